import { isEveryAction, isFullAdmin } from '../../policy/grant';
import { defineRule } from '../rule';

export const fullAdmin = defineRule({
  id: 'policy/full-admin',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity'],
  docs: {
    what: 'a statement that allows everything on everything',
    why: '`"Action": "*"` on `"Resource": "*"` without a condition is what AdministratorAccess grants: every action of every service, `iam:PassRole` among them. A role of EMR that has it hands the account to whoever can run a job. Other rules say nothing more about such a statement.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "*", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      const star = statement.actions.find(({ value }) => isEveryAction(value));
      if (star === undefined || !isFullAdmin(statement)) continue;
      report({
        at: star.span,
        message: 'This statement allows every action on every resource. Name the actions and resources that are needed.',
      });
    }
  },
});
