import { removeLines, startOfLine } from '../../awsconfig/edit';
import type { Fix } from '../../finding';
import type { StaleName } from '../../suppression';
import type { Edit, Span } from '../../text';
import { defineRule } from '../rule';

export const unusedSuppression = defineRule({
  id: 'config/unused-suppression',
  severity: 'hint',
  kinds: ['suppression'],
  docs: {
    what: 'a suppression comment that suppresses nothing',
    why: '`# emr-iam-disable-next-line RULE…` switches rules off for the line below it, `# emr-iam-disable RULE…` for all lines below it, and in a policy in a JSONC file `//` does the same; what stands after ` -- ` is a reason for the reader. A comment that names no rule, a rule that does not exist, or one that finds nothing there has outlived its purpose, or never worked. Rules that cannot be judged at the moment, for want of facts, are not counted.',
    bad: [{ syntax: 'aws-config', text: '[default]\n# emr-iam-disable-next-line config/quoted-value\nregion = eu-west-1\n' }],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    # emr-iam-disable-next-line config/quoted-value -- it is really called that\n    key_name = "my-key"\n',
      },
    ],
    references: ['https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments'],
  },
  check({ subject: { directive, name }, text, report }) {
    const what = name === undefined ? 'This comment names no rule' : `"${name.text}" has no finding that this comment could suppress`;
    report({
      at: name?.span ?? directive.span,
      message: `${what}. ${name === undefined ? 'Name the rules to switch off, or remove it.' : 'Remove it.'}`,
      fixes: [removal(text, { directive, name })],
    });
  },
});

function removal(text: string, { directive, name }: StaleName): Fix {
  const isOnly = name === undefined || directive.names.length === 1;
  const edit: Edit = isOnly ? withoutComment(text, directive.span) : { span: withBlanks(text, name.span), newText: '' };
  return { title: isOnly ? 'Remove the comment' : `Remove ${name.text} from the comment`, kind: 'safe', edits: [edit] };
}

/** With its line, unless something stands before it there. */
function withoutComment(text: string, { start, end }: Span): Edit {
  const lineStart = startOfLine(text, start);
  const before = text.slice(lineStart, start).trimEnd();
  return before === '' ? removeLines(text, { start, end }) : { span: { start: lineStart + before.length, end }, newText: '' };
}

/** With what separates it from the name before it. */
function withBlanks(text: string, { start, end }: Span): Span {
  let from = start;
  while (/[ \t,]/.test(text.charAt(from - 1))) from--;
  return { start: from, end };
}
