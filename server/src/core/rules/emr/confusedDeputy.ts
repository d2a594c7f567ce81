import type { RoleKind } from '../../emr/roleKind';
import { launchRoles, trustOf } from '../../emr/roles';
import { emrNames, keepsOut, onlyFor, onlyPlaceIn, openToAnyCaller, placeOf, type RolePlace } from '../../emr/trust';
import type { Fix } from '../../finding';
import { insertAfter } from '../../json/edit';
import type { Policy, Statement } from '../../policy/policy';
import { defineRule } from '../rule';
import { kindsOfOwner, placeOfFile, roleOf } from '../trustReport';

export const confusedDeputy = defineRule({
  id: 'emr/confused-deputy',
  severity: 'warning',
  kinds: ['emr-block', 'trust'],
  needs: 'facts',
  docs: {
    what: 'a service role that EMR may assume on behalf of any AWS account',
    why: 'EMR acts for every customer of AWS. A trust policy that lets it in without saying on whose behalf leaves it to EMR alone that nobody in another account makes it use your role (the confused deputy problem). AWS recommends conditions on `aws:SourceAccount` and `aws:SourceArn` for the service roles of EMR and of EMR Notebooks; `aws emr create-default-roles` does not write them. Not for the EC2 role, of which EC2 is not known to send these keys, nor for the Auto Scaling role, with which they have been seen to fail. Judged: the service role that an emr block names, where facts know its trust policy, and a trust policy in a file that belongs to such a role, or lets no other service than EMR in.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [
            {
              name: 'MyServiceRole',
              trustPolicy:
                '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole" }] }',
            },
            { name: 'EMR_EC2_DefaultRole' },
          ],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Principal": { "Service": "elasticmapreduce.amazonaws.com" },\n      "Action": "sts:AssumeRole",\n      "Condition": {\n        "StringEquals": { "aws:SourceAccount": "111122223333" },\n        "ArnLike": { "aws:SourceArn": "arn:aws:elasticmapreduce:*:111122223333:*" }\n      }\n    }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-notebooks-service-role.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    ],
  },
  check(context) {
    const { subject, facts, text, report } = context;
    if ('statements' in subject) {
      const open = openToAnyCaller(subject);
      if (open === undefined || !isServiceRole(subject, kindsOfOwner({ ...context, subject }))) return;
      if (keepsOut(subject, { kind: 'service', ...placeOfFile(facts) })) return;
      const service = open.principals.find(({ node }) => emrNames.includes(node.value.toLowerCase()));
      report({
        at: (service?.node ?? open.node).span,
        message: `EMR may assume ${roleOf(subject)} on behalf of any AWS account. Say on whose, with aws:SourceAccount and aws:SourceArn in a condition${open.principals.length > 1 ? ' of a statement for EMR alone' : ''}.`,
        fixes: fixesOf(open, onlyPlaceIn(facts), text),
      });
      return;
    }
    for (const { kind, setting, role, source } of launchRoles(subject, facts)) {
      const policy = kind === 'service' ? trustOf(role) : undefined;
      const place = placeOf(role);
      if (policy === undefined || openToAnyCaller(policy) === undefined || keepsOut(policy, { kind: 'service', ...place })) continue;
      const { account } = place;
      report({
        at: setting.value,
        message: `service_role of the profile "${subject.profile}": EMR may assume the role "${role.name}" (${source.label}) on behalf of any AWS account. Add a condition on aws:SourceAccount${account === undefined ? '' : `, ${account},`} and aws:SourceArn to its trust policy.`,
      });
    }
  },
});

/** By what is known of the role, or else by whom it lets in. */
function isServiceRole({ statements }: Policy, kinds: readonly RoleKind[]): boolean {
  if (kinds.length > 0) return kinds.every((kind) => kind === 'service' || kind === 'notebooks');
  return statements.every(({ principals }) =>
    principals.every(({ kind, node }) => kind?.value !== 'Service' || emrNames.includes(node.value.toLowerCase())),
  );
}

/** For a statement of EMR alone: another principal need not send these keys. */
function fixesOf({ elements, principals, conditions }: Statement, { account, partition }: RolePlace, text: string): readonly Fix[] {
  const { Action, Condition, Principal } = elements;
  const anchor = Action ?? Principal;
  if (account === undefined || anchor === undefined || principals.length !== 1) return [];
  const title = `Only for the account ${account}`;
  const condition = onlyFor(account, partition ?? 'aws');
  if (Condition === undefined) return [{ title, kind: 'suggestion', edits: [insertAfter(text, anchor, 'Condition', condition)] }];
  const tests = Condition.value?.kind === 'object' ? Condition.value.members : [];
  const last = tests.at(-1);
  if (last === undefined || conditions.some(({ operator }) => operator.name === 'StringEquals' || operator.name === 'ArnLike')) return [];
  const [first, second] = [
    insertAfter(text, last, 'StringEquals', condition.StringEquals),
    insertAfter(text, last, 'ArnLike', condition.ArnLike),
  ];
  return [{ title, kind: 'suggestion', edits: [{ ...first, newText: first.newText + second.newText }] }];
}
