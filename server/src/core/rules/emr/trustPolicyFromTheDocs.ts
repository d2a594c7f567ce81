import { type RoleKind, roleKindNames, trustedServices } from '../../emr/roleKind';
import type { Fix } from '../../finding';
import { replaceMember } from '../../json/edit';
import type { Statement } from '../../policy/policy';
import { isOfEmrOnEks, lacksPrincipalForResource, sourceService } from '../../policy/trustOfTheDocs';
import type { Member } from '../../tree/node';
import { defineRule } from '../rule';
import { kindsOfOwner, placeOfFile } from '../trustReport';

export const trustPolicyFromTheDocs = defineRule({
  id: 'emr/trust-policy-from-the-docs',
  severity: 'error',
  kinds: ['trust'],
  docs: {
    what: 'a trust policy with `Resource` and without `Principal`, as several pages about EMR print it',
    why: 'The EMR Management Guide prints the trust policies of the service role, of the Auto Scaling role and of the service role of EMR Notebooks with a `Resource` and without a `Principal`, and the EMR on EKS guide that of the job execution role. IAM refuses them: "MalformedPolicyDocument: Has prohibited field Resource". The resource of a trust policy is its own role; what it has to say is who may assume it. Found in trust policies, and in a file by itself where the condition says that EMR, Application Auto Scaling or a service account of EMR on EKS is meant: a policy that lets somebody assume a role is everyday work, and looks much the same.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Sid": "AllowEMR",\n      "Effect": "Allow",\n      "Action": ["sts:AssumeRole"],\n      "Resource": "arn:aws:iam::111122223333:role/MyServiceRole",\n      "Condition": {\n        "StringEquals": { "aws:SourceAccount": "111122223333" },\n        "ArnLike": { "aws:SourceArn": "arn:aws:elasticmapreduce:*:111122223333:*" }\n      }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Principal": { "Service": "elasticmapreduce.amazonaws.com" },\n      "Action": ["sts:AssumeRole"],\n      "Condition": {\n        "StringEquals": { "aws:SourceAccount": "111122223333" },\n        "ArnLike": { "aws:SourceArn": "arn:aws:elasticmapreduce:*:111122223333:*" }\n      }\n    }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/MyServiceRole" }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-automatic-scaling.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-notebooks-service-role.html',
      'https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/iam-execution-role.html',
    ],
  },
  check(context) {
    const { subject, facts, text, report } = context;
    for (const statement of subject.statements) {
      const { Resource } = statement.elements;
      if (Resource === undefined || !lacksPrincipalForResource(statement)) continue;
      const isOfEks = isOfEmrOnEks(statement);
      const partition = placeOfFile(facts).partition ?? partitionOfSource(statement) ?? 'aws';
      report({
        at: Resource.key.span,
        message: `A trust policy has a Principal and no Resource; IAM refuses this one, which some pages of AWS print, with "Has prohibited field Resource". ${
          isOfEks
            ? 'Run "aws emr-containers update-role-trust-policy", which writes the right one.'
            : 'Write the Principal that is to assume the role in its place.'
        }`,
        fixes: isOfEks ? [] : kindsMeant(statement, kindsOfOwner(context)).flatMap((kind) => fixesFor(kind, partition, Resource, text)),
      });
    }
  },
});

function partitionOfSource({ conditions }: Statement): string | undefined {
  const values = conditions.flatMap(({ key, values: all }) => (/^aws:sourcearn$/i.test(key.value) ? all : []));
  return values.flatMap((value) => (value.kind === 'string' ? (/^arn:(aws[\w-]*):/.exec(value.value)?.[1] ?? []) : []))[0];
}

/** By the role, by the condition, or else those that a launch needs. */
function kindsMeant(statement: Statement, kinds: readonly RoleKind[]): readonly RoleKind[] {
  if (kinds.length > 0) return kinds;
  switch (sourceService(statement)) {
    case 'application-autoscaling':
      return ['autoscaling'];
    case 'emr-serverless':
      return ['serverless'];
    case 'elasticmapreduce':
      return ['service'];
    default:
      return ['service', 'ec2'];
  }
}

function fixesFor(kind: RoleKind, partition: string, resource: Member, text: string): readonly Fix[] {
  const services = trustedServices(kind, partition).flatMap(([name]) => name ?? []);
  const [only, another] = services;
  if (only === undefined) return [];
  const principal = { Service: another === undefined ? only : services };
  const title = `Trust ${services.join(' and ')} (${roleKindNames[kind]})`;
  return [{ title, kind: 'suggestion', edits: [replaceMember(text, resource, 'Principal', principal)] }];
}
