import { commentOut, insertion, lineEndIn, mends, startOfLine } from '../../awsconfig/edit';
import type { ConfigError, ConfigErrorKind } from '../../awsconfig/node';
import { encodingError } from '../../awsconfig/parse';
import type { ConfigDocument } from '../../document';
import type { Fix } from '../../finding';
import { applyEdits, type Edit } from '../../text';
import { defineRule } from '../rule';

/** Nobody mends more at a time. */
const mostReported = 50;
/** A fix is looked through by reading the whole file again: so many characters in all. */
const mostRead = 2_000_000;

const wayOut: Readonly<Record<ConfigErrorKind, string>> = {
  'utf-16': 'Save it as UTF-8.',
  'not-utf-8': 'Save it as UTF-8; even a comment may not hold other bytes.',
  'byte-order-mark': 'Save it as UTF-8 without a byte-order mark.',
  'duplicate-section': 'Put the settings of both under one heading.',
  'duplicate-setting': 'Keep one of them; letter case makes no difference.',
  'nested-line-without-equals': 'Write "key = value" on one line; a colon does not do there.',
  'setting-before-section': 'Put it below a heading such as [default].',
  'stray-line': 'Write "key = value", or make it a comment with # at its start.',
};

export const unparsable = defineRule({
  id: 'config/unparsable',
  severity: 'error',
  kinds: ['config-file'],
  docs: {
    what: 'whatever makes the AWS CLI refuse the whole file',
    why: 'With "Unable to parse config file" **every** `aws` command fails, of every profile, not only those of EMR: Python\'s configparser refuses a section or a setting that stands there twice, a line that is neither heading nor setting, a setting before the first heading, and any encoding but UTF-8 without a byte-order mark; botocore refuses a line without `=` in an indented block.',
    bad: [
      { syntax: 'aws-config', text: '[default]\nregion = eu-west-1\nregion = us-east-1\n' },
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role: EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n    service_role = EMR_DefaultRole\n',
      },
    ],
    good: [{ syntax: 'aws-config', text: '[default]\nregion = eu-west-1\n# Region = us-east-1\n' }],
    references: [
      'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html',
      'https://docs.python.org/3/library/configparser.html#supported-ini-file-structure',
      'https://github.com/boto/botocore/blob/develop/botocore/configloader.py',
    ],
  },
  check({ subject, text, surroundings, report }) {
    const { errors } = subject.config;
    // An editor does not show the mark: only the bytes on disk tell of it.
    const encoding = text === '' || text.startsWith('\ufeff') ? undefined : encodingError(text, surroundings.encoding);
    const shown = [...(encoding === undefined ? [] : [encoding]), ...errors].slice(0, mostReported);
    const fixable = new Set(shown.slice(0, Math.floor(mostRead / (3 * text.length + 1))));
    for (const error of shown) {
      const fixes = fixable.has(error) ? fixesOf(subject, error).filter((fix) => mends(text, fix.edits, errors.length)) : [];
      report({
        at: error.span,
        message: `${error.message} Every aws command fails with "Unable to parse config file", whatever its profile. ${wayOut[error.kind]}`,
        fixes,
      });
    }
  },
});

function fixesOf({ text, config, profiles }: ConfigDocument, { kind, span }: ConfigError): readonly Fix[] {
  const suggestion = (title: string, ...edits: readonly Edit[]): Fix => ({ title, kind: 'suggestion', edits });
  const comment = suggestion('Make it a comment', ...commentOut(text, span));
  const line = text.slice(span.start, span.end);
  switch (kind) {
    case 'byte-order-mark':
      return text.startsWith('\ufeff') ? [{ title: 'Remove the byte-order mark', kind: 'safe', edits: [{ span, newText: '' }] }] : [];
    case 'duplicate-section': {
      const section = config.sections.find(({ span: whole }) => whole.start === span.start);
      return section === undefined ? [] : [suggestion('Make this second section a comment', ...commentOut(text, section.span))];
    }
    case 'duplicate-setting': {
      const setting = config.sections.flatMap(({ settings }) => settings).find((candidate) => candidate.span.start === span.start);
      return setting === undefined ? [] : [suggestion('Make this second one a comment', ...commentOut(text, setting.span))];
    }
    case 'nested-line-without-equals':
      return [...equalsFixes(text, line, span.start).map((edit) => suggestion('Write "="', edit)), ...joinFixes(text, span), comment];
    case 'setting-before-section':
      return profiles.has('default')
        ? []
        : [suggestion('Add the heading [default]', insertion(startOfLine(text, span.start), `[default]${lineEndIn(text)}`))];
    case 'stray-line':
      return [comment];
    default:
      return [];
  }
}

function equalsFixes(text: string, line: string, start: number): readonly Edit[] {
  const colon = /^[\w.-]+[ \t]*:/.exec(line);
  if (colon === null) return [];
  const at = start + colon[0].length - 1;
  const before = text[at - 1] === ' ' ? '' : ' ';
  return [{ span: { start: at, end: at + 1 }, newText: `${before}=` }];
}

/** A value that stands on the line below its key. */
function joinFixes(text: string, span: { readonly start: number; readonly end: number }): readonly Fix[] {
  const above = /=[ \t]*((?:\r\n|\n|\r)[ \t]*)$/.exec(text.slice(0, span.start));
  if (above === null) return [];
  const edits = [{ span: { start: above.index + 1, end: span.start }, newText: ' ' }];
  // Only below a nested key: what stands below `emr =` itself begins a block.
  return /^[ \t]/.test(applyEdits(text, edits).slice(startOfLine(text, above.index)))
    ? [{ title: 'Put the value on the line of its key', kind: 'suggestion', edits }]
    : [];
}
