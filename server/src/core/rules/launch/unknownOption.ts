import { allOptions, withHyphens } from '../../emr/launchArguments';
import type { Fix } from '../../finding';
import { type Launch, mends, sourceSpan, splitWords } from '../../launch/launch';
import { nearest } from '../../nearest';
import { defineRule } from '../rule';

export const unknownOption = defineRule({
  id: 'launch/unknown-option',
  severity: 'error',
  kinds: ['launch'],
  docs: {
    what: 'a word that create-cluster takes for no option and no value',
    why: 'The AWS CLI stops with "Unknown options: …" at a misspelt option, and at a word that no option takes, such as the second half of a value whose blank is not in quotes. The beginning of an option is enough where it is that of one only. An option that is like none of those known may be of a later version of the AWS CLI: then it is a warning.',
    bad: [
      { syntax: 'shellscript', text: 'aws emr create-cluster --relase-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles\n' },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --name My cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --name "My cluster" --rel emr-7.12.0 --instance-type m5.xlarge --use-default-roles $MORE\n',
      },
    ],
    references: ['https://docs.aws.amazon.com/cli/latest/reference/emr/create-cluster.html'],
  },
  check({ subject, text, report }) {
    const { problems } = subject.arguments;
    if (problems.length === 0) return;
    const split = splitWords(subject, text);
    for (const { about, at, message } of problems) {
      const word = subject.words[at?.word ?? -1];
      if (about !== 'option' || at === undefined || word === undefined || split.includes(at.word - 1)) continue;
      const { value } = word.node;
      const written = /^(?:--|(?!-)\p{Pd})[^=]*/u.exec(value)?.[0];
      const meant = written === undefined ? [] : candidates(written, subject);
      const isNew = written !== undefined && meant.length === 0 && / is no option /.test(message);
      report({
        at: written === undefined ? word.node.span : sourceSpan(word, { start: 0, end: written.length }),
        message,
        ...(isNew ? { severity: 'warning' as const } : {}),
        fixes: meant
          .filter((option) => mends(subject, at.word, option + value.slice(written?.length)))
          .map(
            (option): Fix => ({
              title: `Change to ${option}`,
              kind: 'suggestion',
              edits: [{ span: sourceSpan(word, { start: 0, end: written?.length ?? 0 }), newText: option }],
            }),
          ),
      });
    }
  },
});

/** What a beginning can mean, or a misspelling: nothing that is there already. */
function candidates(written: string, { arguments: { places } }: Launch): readonly string[] {
  if (allOptions.includes(written)) return [];
  const hyphened = withHyphens(written);
  if (hyphened !== written) return [hyphened];
  const begun = allOptions.filter((option) => option.startsWith(written));
  return begun.length > 0
    ? begun.slice(0, 5)
    : nearest(
        written,
        allOptions.filter((option) => !places.has(option)),
      );
}
