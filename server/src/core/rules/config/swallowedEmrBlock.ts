import { indentationAt, mends, startOfLine } from '../../awsconfig/edit';
import type { Setting } from '../../awsconfig/node';
import type { Fix } from '../../finding';
import type { Span } from '../../text';
import { defineRule } from '../rule';

export const swallowedEmrBlock = defineRule({
  id: 'config/swallowed-emr-block',
  severity: 'warning',
  kinds: ['config-file'],
  docs: {
    what: '`emr =` that is indented below another setting, and so is a part of its value',
    why: 'A line that is indented deeper than the setting above it continues that setting. The AWS CLI then has no emr block in the profile, so that the request goes out without roles, and the setting above has a value that nobody meant: a region of several lines, for example.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nregion = eu-west-1\n  emr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\n  region = eu-west-1\n  emr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
      },
    ],
    references: ['https://docs.python.org/3/library/configparser.html#supported-ini-file-structure'],
  },
  check({ subject, text, report }) {
    for (const { name, section } of subject.profiles.values()) {
      for (const setting of section.settings) {
        const at = swallowed(text, setting);
        if (at === undefined) continue;
        report({
          at,
          message: `This "emr" is a part of the value of "${setting.key.text}", which it is indented below: the profile "${name}" has no emr block here. Indent it as far as "${setting.key.text}".`,
          fixes: dedent(text, setting, at).filter((fix) => mends(text, fix.edits, 0)),
        });
      }
    }
  },
});

/** The line `emr =` within the value of another setting. */
function swallowed(text: string, { key, value }: Setting): Span | undefined {
  if (key.text === 'emr' || value.kind === 'secret') return undefined;
  if (value.kind === 'nested')
    return value.settings.find((nested) => /^emr$/i.test(nested.key.text) && nested.value.span.start === nested.value.span.end)?.span;
  if (!value.text.includes('\n')) return undefined;
  const line = /[\r\n][^\S\r\n]*(emr[ \t]*[=:])[^\S\r\n]*(?=[\r\n])/i.exec(text.slice(value.span.start, value.span.end));
  if (line === null) return undefined;
  const start = value.span.start + line.index + line[0].indexOf(line[1] ?? '');
  return { start, end: start + (line[1] ?? '').length };
}

/** Only where all that follows is indented deeper than the line, so that nothing else becomes a part of the block. */
function dedent(text: string, setting: Setting, at: Span): readonly Fix[] {
  const lineStart = startOfLine(text, at.start);
  const depth = at.start - lineStart;
  const rest = text
    .slice(at.end, setting.span.end)
    .split(/[\r\n]+/)
    .slice(1);
  const isWhole = rest.every((line) => line.trim() === '' || /^\s*[#;]/.test(line) || line.length - line.trimStart().length > depth);
  if (!isWhole) return [];
  const outer = indentationAt(text, startOfLine(text, setting.key.span.start));
  return [
    {
      title: `Indent it as far as ${setting.key.text}`,
      kind: 'suggestion',
      edits: [{ span: { start: lineStart, end: at.start }, newText: outer }],
    },
  ];
}
