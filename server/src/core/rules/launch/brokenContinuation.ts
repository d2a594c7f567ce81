import { insertion } from '../../awsconfig/edit';
import type { Fix } from '../../finding';
import type { BrokenLine } from '../../launch/shellText';
import { defineRule } from '../rule';

export const brokenContinuation = defineRule({
  id: 'launch/broken-continuation',
  severity: 'error',
  kinds: ['launch'],
  docs: {
    what: 'a line of a create-cluster command that is not continued as it was meant to be',
    why: 'A backslash continues a line only where it is the last character. After a blank behind it, after a line without it, and after a comment the command is over: the AWS CLI gets only what stands above, and the shell takes the next option for a command of its own ("--instance-type: not found"). Where there is no blank before the backslash and none below it, the option becomes the end of the word above.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 \\ \n  --instance-type m5.xlarge \\\n  --use-default-roles\n',
      },
      {
        syntax: 'markdown',
        text: '```sh\naws emr create-cluster --release-label emr-7.12.0 \\\n  # small ones\n  --instance-type m5.xlarge --use-default-roles\n```\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 \\\n  --instance-type m5.xlarge --use-default-roles # small\n',
      },
    ],
    references: ['https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_01'],
  },
  check({ subject, report }) {
    for (const broken of subject.breaks) report({ at: broken.span, message: messages[broken.kind], fixes: fixesOf(broken) });
  },
});

const messages: Readonly<Record<BrokenLine['kind'], string>> = {
  blank: 'A blank stands behind the backslash, so that the command ends here, without the options below. Take the blank away.',
  missing: 'The command ends here, without the options below, since the line does not end in a backslash. Add one.',
  glued: 'No blank stands before the backslash, so that the option on the next line belongs to this word. Put a blank before it.',
  comment: 'The command ends with this comment, without the options below. Put the comment above the command.',
};

function fixesOf({ kind, span }: BrokenLine): readonly Fix[] {
  switch (kind) {
    case 'blank':
      return [{ title: 'Remove the blank', kind: 'suggestion', edits: [{ span, newText: '' }] }];
    case 'missing':
      return [{ title: 'Continue the line', kind: 'suggestion', edits: [insertion(span.end, ' \\')] }];
    case 'glued':
      return [{ title: 'Put a blank before the backslash', kind: 'suggestion', edits: [insertion(span.end - 1, ' ')] }];
    case 'comment':
      return [];
  }
}
