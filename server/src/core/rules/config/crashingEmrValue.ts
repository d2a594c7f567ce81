import { indentationAt, insertion, lineEndIn, mends, startOfLine } from '../../awsconfig/edit';
import type { Setting, TextValue } from '../../awsconfig/node';
import { emrSettingNames, scalarBlocks } from '../../emr/block';
import type { Fix } from '../../finding';
import type { Edit } from '../../text';
import { defineRule } from '../rule';

export const crashingEmrValue = defineRule({
  id: 'config/crashing-emr-value',
  severity: 'error',
  kinds: ['config-file'],
  docs: {
    what: 'text after `emr =` that has the name of an emr setting in it',
    why: 'The AWS CLI takes text that begins on the line of `emr =` for a plain value, with every indented line below it; a comment after `emr =` does that too. Then it looks for the name of each setting in that text, finds it, and dies: "string indices must be integers, not \'str\'". Every `aws emr create-cluster` of the profile ends so that does not say itself what the setting would, and with `key_pair_file` every `aws emr ssh`, `put`, `get` and `socks`.',
    bad: [
      { syntax: 'aws-config', text: '[default]\nemr = service_role = EMR_DefaultRole\n' },
      {
        syntax: 'aws-config',
        text: '[default]\nemr = # roles\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\n# roles\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
      },
    ],
    references: ['https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/command.py'],
  },
  check({ subject, text, surroundings, report }) {
    for (const { profile, setting, value } of scalarBlocks(subject, surroundings)) {
      const name = emrSettingNames.find((known) => value.text.includes(known));
      if (name === undefined) continue;
      // The last of the names, which create-cluster does not look for.
      const dying = name === 'key_pair_file' ? '"aws emr ssh"' : '"aws emr create-cluster" that leaves it to the profile';
      const edits = asBlock(text, setting, value);
      const fixes: Fix[] = mends(text, edits, 1) ? [{ title: 'Make it an indented block', kind: 'suggestion', edits }] : [];
      const [first = ''] = value.text.split('\n');
      const what = /^[#;]/.test(first)
        ? 'the comment after "emr =" makes the block below it plain text'
        : '"emr =" is followed by plain text';
      report({
        at: { start: value.span.start, end: value.span.start + Math.max(1, first.length) },
        message: `In the profile "${profile}", ${what} that has "${name}" in it: every ${dying} dies with "string indices must be integers". Leave nothing after "emr =", and indent the settings below it.`,
        fixes,
      });
    }
  },
});

/** A comment moves to a line above, a setting to an indented line below. */
function asBlock(text: string, { key, span }: Setting, value: TextValue): readonly Edit[] {
  const lineStart = startOfLine(text, key.span.start);
  const outer = indentationAt(text, lineStart);
  const [first = ''] = value.text.split('\n');
  const afterKey = text.slice(key.span.end, value.span.start).trimEnd().length;
  const delimiterEnd = key.span.end + afterKey;
  const lineEnd = lineEndIn(text);
  if (/^[#;]/.test(first)) {
    return [
      insertion(lineStart, `${outer}${first}${lineEnd}`),
      { span: { start: delimiterEnd, end: value.span.start + first.length }, newText: '' },
    ];
  }
  const below = text.slice(value.span.start + first.length, span.end);
  const inner = /[\r\n]([ \t]+)[^\s#;]/.exec(below)?.[1] ?? `${outer}    `;
  return [{ span: { start: delimiterEnd, end: value.span.start }, newText: `${lineEnd}${inner}` }];
}
