import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { element } from '../../policy/policy';
import { isUnknown } from '../../policy/principal';
import { defineRule } from '../rule';

export const invalidPrincipalFormat = defineRule({
  id: 'policy/invalid-principal-format',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust', 'resource'],
  accessAnalyzer: 'INVALID_PRINCIPAL_FORMAT',
  docs: {
    what: 'a principal that is neither `"*"` nor an object',
    why: 'A principal is an object that says of what kind it is: `{ "AWS": … }`, `{ "Service": … }`, `{ "Federated": … }` or `{ "CanonicalUser": … }`. The one exception is `"*"`, which is everybody.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": "111122223333", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_PRINCIPAL_FORMAT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { node } of subject.statements) {
      for (const name of ['Principal', 'NotPrincipal'] as const) {
        const principal = element(node, name);
        if (principal === undefined || principal.kind === 'object' || (principal.kind === 'array' && principal.items.length === 0))
          continue;
        const text = principal.kind === 'string' ? principal.value : undefined;
        if (text === '*' || (text !== undefined && isUnknown(text))) continue;
        const key = text === undefined ? undefined : kindOf(text);
        report({
          at: principal.span,
          message: `A ${name} is "*" or an object that says of what kind it is, such as { "AWS": "111122223333" } or { "Service": "ec2.amazonaws.com" }.`,
          fixes:
            key === undefined
              ? []
              : [
                  {
                    title: `Name it as ${key}`,
                    kind: 'suggestion',
                    edits: [{ span: principal.span, newText: `{ "${key}": ${JSON.stringify(text)} }` }],
                  },
                ],
        });
      }
    }
  },
});

/** What the text of a principal cannot but mean. */
function kindOf(text: string): 'AWS' | 'Service' | undefined {
  if (/^\d{12}$|^arn:[\w-]+:(iam|sts)::\d{12}:/.test(text)) return 'AWS';
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text) ? 'Service' : undefined;
}
