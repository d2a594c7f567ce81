import type { Catalog } from '../../catalog/catalog';
import type { EmrBlock } from '../../emr/block';
import { type ManagedCopy, newestDocument, originalArn, outdatedCopies, outdatedCopy, scopeOf, versionName } from '../../emr/managedCopy';
import { isDeprecatedPolicy } from '../../emr/managedPolicy';
import { launchRoles, settingFor } from '../../emr/roles';
import { placeOf } from '../../emr/trust';
import type { Role } from '../../facts/facts';
import type { Fix } from '../../finding';
import { addToList, replaceObject } from '../../json/edit';
import type { Policy, Statement } from '../../policy/policy';
import { sizeBeyond } from '../../policy/size';
import { policyFromText } from '../../policy/text';
import { listed } from '../../words';
import { defineRule, type RuleContext } from '../rule';

export const inlinePolicyDrift = defineRule({
  id: 'emr/inline-policy-drift',
  severity: 'warning',
  kinds: ['emr-block', 'identity', 'inline-identity'],
  needs: 'facts',
  docs: {
    what: 'a policy that is a copy of an older version of a managed policy of EMR',
    why: 'AWS adds to its managed policies what new releases of EMR need; a copy of one, in a customer managed policy or an inline one, stays as it was. What it lacks shows as "Service role ... has insufficient EC2 permissions" minutes after a launch. Compared are effects, actions, resources and conditions, whatever their order, the names of the statements and the partition: at least nine tenths of them must be those of a version that AWS has replaced, and more than of any newer one. A copy of the newest version is not reported here.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": [\n        "elasticmapreduce:Describe*",\n        "elasticmapreduce:List*",\n        "elasticmapreduce:ViewEventsFromAllClustersInConsole",\n        "s3:GetObject",\n        "s3:ListAllMyBuckets",\n        "s3:ListBucket",\n        "sdb:Select",\n        "cloudwatch:GetMetricStatistics"\n      ],\n      "Resource": "*"\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": [\n        "elasticmapreduce:Describe*",\n        "elasticmapreduce:GetBlockPublicAccessConfiguration",\n        "elasticmapreduce:List*",\n        "elasticmapreduce:ViewEventsFromAllClustersInConsole",\n        "s3:GetObject",\n        "s3:ListAllMyBuckets",\n        "s3:ListBucket",\n        "sdb:Select",\n        "cloudwatch:GetMetricStatistics"\n      ],\n      "Resource": "*"\n    }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html',
    ],
  },
  check(context) {
    const { subject, catalog } = context;
    if (catalog === undefined) return;
    if ('settings' in subject) checkRoles({ ...context, subject }, catalog);
    else checkPolicy({ ...context, subject }, catalog);
  },
});

function checkPolicy(context: RuleContext<Policy>, catalog: Catalog): void {
  const copy = outdatedCopy(context.subject, catalog);
  if (copy === undefined) return;
  context.report({
    at: context.subject.statement.key.span,
    message: `The policy is ${whatOf(copy)}. ${isDeprecatedPolicy(copy.original.name) ? 'Bring it up to date' : 'Bring it up to date, or attach the managed policy itself'}.`,
    fixes: [addActions(copy, context), replaceByNewest(copy, context)].flatMap((fix) => fix ?? []),
  });
}

function checkRoles({ subject, facts, report }: RuleContext<EmrBlock>, catalog: Catalog): void {
  for (const { kind, setting, role, source } of launchRoles(subject, facts)) {
    for (const { named, copy } of outdatedCopies(catalog)(facts)(role)) {
      report({
        at: setting.value,
        message: `${settingFor[kind]} of the profile "${subject.profile}": the ${named.kind} policy "${named.name}" of the role "${role.name}" (${source.label}) is ${whatOf(copy)}. ${wayOut(copy, role)}`,
      });
    }
  }
}

/** As in "a copy of X v9 of 2017-12-12, to which AWS has since added ec2:CreateFleet". */
function whatOf(copy: ManagedCopy): string {
  const { isExact, added } = copy;
  const since =
    added.length === 0 ? ', and AWS has since changed its resources or conditions' : `, to which AWS has since added ${listed(added)}`;
  return `a copy of ${versionName(copy)}${isExact ? '' : ', with changes'}${since}`;
}

/** What is on the path to deprecation should be attached to nothing new. */
function wayOut(copy: ManagedCopy, role: Role): string {
  if (isDeprecatedPolicy(copy.original.name)) return 'Bring it up to date.';
  const policyArn = originalArn(copy, placeOf(role).partition ?? 'aws');
  return `Bring it up to date, or attach the managed policy itself: aws iam attach-role-policy --role-name ${role.name} --policy-arn ${policyArn}`;
}

function newestOf(copy: ManagedCopy): Policy | undefined {
  return policyFromText(newestDocument(copy, 'aws'), 'identity');
}

/** Where each of them has a statement for the same resources under the same conditions to go to. */
function addActions(copy: ManagedCopy, { subject, text }: RuleContext<Policy>): Fix | undefined {
  const additions = new Map<Statement, readonly string[]>();
  for (const statement of newestOf(copy)?.statements ?? []) {
    const actions = statement.actions.flatMap(({ value }) => (copy.added.includes(value) ? value : []));
    if (actions.length === 0) continue;
    const scope = scopeOf(statement);
    const home = subject.statements.find((own) => own.elements.Action !== undefined && scopeOf(own) === scope);
    if (home === undefined) return undefined;
    additions.set(home, [...(additions.get(home) ?? []), ...actions]);
  }
  const edits = [...additions].flatMap(([{ elements }, actions]) => (elements.Action && addToList(text, elements.Action, actions)) ?? []);
  return edits.length === 0 ? undefined : { title: `Add ${listed(copy.added, (action) => action)}`, kind: 'suggestion', edits };
}

/** Of an exact copy, where IAM takes what is longer, in the partition of the copy. */
function replaceByNewest(copy: ManagedCopy, { subject, text, quotas }: RuleContext<Policy>): Fix | undefined {
  const newest = newestOf(copy);
  const version = copy.original.versions.at(-1);
  const quota = subject.kind === 'inline-identity' ? quotas.inlinePolicies : quotas.managedPolicy;
  if (!copy.isExact || newest === undefined || version === undefined || sizeBeyond(quota, newest.node) !== undefined) return undefined;
  const arns = subject.statements.flatMap(
    ({ resources }) => /^arn:(\$\{[^}]*\}|[^:]*):/.exec(resources.find(isArn)?.value ?? '')?.[1] ?? [],
  );
  return {
    title: `Replace by ${copy.original.name} ${version.id}`,
    kind: 'suggestion',
    edits: [replaceObject(text, subject.node, JSON.parse(newestDocument(copy, arns[0] ?? 'aws')))],
  };
}

function isArn({ value }: { readonly value: string }): boolean {
  return value.startsWith('arn:');
}
