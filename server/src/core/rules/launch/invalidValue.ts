import { insertion } from '../../awsconfig/edit';
import type { Fix } from '../../finding';
import { type Launch, sourceSpan, spanOf, splitWords, wordsOf } from '../../launch/launch';
import { problemsTogether } from '../../launch/problems';
import type { ShellWord } from '../../launch/shellText';
import type { Span } from '../../text';
import { defineRule } from '../rule';

export const invalidValue = defineRule({
  id: 'launch/invalid-value',
  severity: 'error',
  kinds: ['launch'],
  docs: {
    what: 'a value of create-cluster that the AWS CLI cannot read, or EMR does not take',
    why: 'The values of most options are in the shorthand syntax of the AWS CLI or in JSON, with members of a certain type. The AWS CLI stops at what it cannot read and at a member that it does not know. Of what EMR alone would refuse this is a warning.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role MyRole --ec2-attributes InstanceProfle=MyProfile\n',
      },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles --applications Spark\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles \\\n  --applications Name=Spark Name=$OTHER\n',
      },
    ],
    references: ['https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html'],
  },
  check({ subject, text, surroundings, report }) {
    for (const { about, by, message, options: [first] = [] } of problemsTogether(subject, surroundings)) {
      const at = about === 'value' && first !== undefined ? spanOf(wordsOf(subject, `--${first}`)) : undefined;
      if (at !== undefined) report({ at, message, ...(by === 'emr' ? { severity: 'warning' as const } : {}) });
    }
    const { problems } = subject.arguments;
    if (problems.length === 0) return;
    const split = splitWords(subject, text);
    for (const { about, at, by, message, meant = [] } of problems) {
      const word = subject.words[at?.word ?? -1];
      if (about !== 'value' || at === undefined || word === undefined) continue;
      if (split.includes(at.word) || split.includes(at.word - 1)) continue;
      // Version 1 of the AWS CLI takes what is there (awscli/paramfile.py).
      if (/^https?:\/\//.test(word.node.value)) continue;
      const { start, end } = at.span;
      report({
        at: start === end ? word.node.span : sourceSpan(word, at.span),
        message,
        ...(by === 'emr' ? { severity: 'warning' as const } : {}),
        fixes: [...meant.map((name) => writing(name, word, at.span)), ...namingIt(subject, word)],
      });
    }
  },
});

function writing(name: string, word: ShellWord, { start, end }: Span): Fix {
  const isQuoted = /["']/.test(word.node.value.charAt(start));
  const span = sourceSpan(word, isQuoted ? { start: start + 1, end: end - 1 } : { start, end });
  return { title: `Change to ${name}`, kind: 'suggestion', edits: [{ span, newText: name }] };
}

/** Of an application without `Name=`, where the values are not read as JSON: the first one decides that. */
function namingIt(launch: Launch, word: ShellWord): readonly Fix[] {
  const { value, span } = word.node;
  const names = wordsOf(launch, '--applications').slice(1);
  if (!/^[\w-]+$/.test(value) || !names.includes(word) || /^\s*[[{]/.test(names[0]?.node.value ?? '')) return [];
  return [{ title: `Write Name=${value}`, kind: 'suggestion', edits: [insertion(span.start, 'Name=')] }];
}
