import { insertion } from '../../awsconfig/edit';
import type { Fix } from '../../finding';
import type { BrokenLine } from '../../launch/shellText';
import type { Edit, Span } from '../../text';
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
  check({ subject, text, report }) {
    const missing = subject.breaks.filter(({ kind }) => kind === 'missing');
    for (const broken of subject.breaks) {
      // Whoever forgets one forgets them all.
      const together = broken.kind === 'missing' ? missing : [broken];
      if (together[0] === broken) report({ at: broken.span, message: messageOf(together), fixes: fixesOf(together, text) });
    }
  },
});

const messages: Readonly<Record<BrokenLine['kind'], string>> = {
  blank: 'A blank stands behind the backslash, so that the command ends here, without the options below. Take the blank away.',
  missing: 'The command ends here, without the options below, since the line does not end in a backslash. Add one.',
  glued: 'No blank stands before the backslash, so that the option on the next line belongs to this word. Put a blank before it.',
  comment: 'The command ends with this comment, without the options below. Put the comment above the command.',
};

function messageOf([first, ...others]: readonly BrokenLine[]): string {
  if (first === undefined) return '';
  return others.length === 0 ? messages[first.kind] : `${messages.missing} ${others.length} of the lines below lack it too.`;
}

const fixes: Readonly<
  Record<BrokenLine['kind'], { readonly title: string; readonly edit: (span: Span, text: string) => Edit } | undefined>
> = {
  blank: { title: 'Remove the blank', edit: (span) => ({ span, newText: '' }) },
  missing: { title: 'Continue the line', edit: ({ end }, text) => ({ span: { start: end, end: blanksFrom(end, text) }, newText: ' \\' }) },
  glued: { title: 'Put a blank before the backslash', edit: ({ end }) => insertion(end - 1, ' ') },
  comment: undefined,
};

function blanksFrom(start: number, text: string): number {
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end;
}

function fixesOf(together: readonly BrokenLine[], text: string): readonly Fix[] {
  const [fix] = together.map(({ kind }) => fixes[kind]);
  return fix === undefined ? [] : [{ title: fix.title, kind: 'suggestion', edits: together.map(({ span }) => fix.edit(span, text)) }];
}
