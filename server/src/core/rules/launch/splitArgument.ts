import { splitWords } from '../../launch/launch';
import type { ShellWord } from '../../launch/shellText';
import type { Edit } from '../../text';
import { defineRule } from '../rule';

export const splitArgument = defineRule({
  id: 'launch/split-argument',
  severity: 'error',
  kinds: ['launch'],
  docs: {
    what: 'a value of create-cluster that a blank beside a comma cuts in two',
    why: "The shell ends an argument at a blank, and those at the beginning of a continued line are blanks as well. The AWS page on custom roles breaks a line after `InstanceProfile=…,` and indents the next one: pasted like that, the AWS CLI gets two words and stops with \"Error parsing parameter '--ec2-attributes': Expected: '<second>', received: '<none>'\".",
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role MyRole --ec2-attributes InstanceProfile=MyProfile,\\\n    KeyName=mykey\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role MyRole --ec2-attributes InstanceProfile=MyProfile,KeyName=mykey\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
    ],
  },
  check({ subject, text, report }) {
    const split = splitWords(subject, text);
    for (const first of split.filter((index) => !split.includes(index - 1))) {
      let last = first + 1;
      while (split.includes(last)) last++;
      const [word, ...others] = subject.words.slice(first, last + 1);
      const [next] = others;
      if (word === undefined || next === undefined) continue;
      const many = others.length === 1 ? 'two' : String(others.length + 1);
      const why = next.isContinued ? 'the blanks at the beginning of the next line end' : 'the blank beside the comma ends';
      report({
        at: word.node.span,
        message: `The AWS CLI gets ${many} words here, because ${why} the argument, and stops at the first ("Expected: '<second>', received: '<none>'"). Join them.`,
        fixes: [{ title: `Join the ${many} words`, kind: 'suggestion', edits: gapsBetween([word, ...others]) }],
      });
    }
  },
});

function gapsBetween(words: readonly ShellWord[]): readonly Edit[] {
  return words.slice(1).map(({ node }, i) => ({
    span: { start: words[i]?.node.span.end ?? node.span.start, end: node.span.start },
    newText: '',
  }));
}
