import { splitWords } from '../../launch/launch';
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
    for (const index of splitWords(subject, text)) {
      const [word, next] = [subject.words[index], subject.words[index + 1]];
      if (word === undefined || next === undefined) continue;
      const why = next.isContinued ? 'the blanks at the beginning of the next line end' : 'the blank beside the comma ends';
      report({
        at: word.node.span,
        message: `The AWS CLI gets two words here, because ${why} the argument, and stops at the first ("Expected: '<second>', received: '<none>'"). Join the two.`,
        fixes: [
          {
            title: 'Join the two words',
            kind: 'suggestion',
            edits: [{ span: { start: word.node.span.end, end: next.node.span.start }, newText: '' }],
          },
        ],
      });
    }
  },
});
