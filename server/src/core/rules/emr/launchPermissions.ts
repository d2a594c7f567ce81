import type { Catalog } from '../../catalog/catalog';
import type { EmrBlock } from '../../emr/block';
import { missingInDocument } from '../../emr/launchDocument';
import { callerIn, type Launcher, type LaunchNeed, lackedByAll, lackedNeeds, launchersIn, launchNeeds } from '../../emr/launchNeeds';
import { hasPolicyOfAws, policiesOf } from '../../emr/roles';
import type { AccountFacts } from '../../facts/facts';
import type { Policy } from '../../policy/policy';
import { listed } from '../../words';
import { defineRule, type Report, type RuleContext } from '../rule';

export const launchPermissions = defineRule({
  id: 'emr/launch-permissions',
  severity: 'warning',
  kinds: ['emr-block', 'identity', 'inline-identity'],
  docs: {
    what: '`elasticmapreduce:RunJobFlow` without what else a launch takes',
    why: 'Whoever launches a cluster must be allowed to pass its roles: the service role to EMR and the role in the instance profile to EC2, each with `iam:PassRole`. A launch with tags takes `elasticmapreduce:AddTags` too, and the first cluster of an account `iam:CreateServiceLinkedRole` for `AWSServiceRoleForEMRCleanup`. `AmazonEMRFullAccessPolicy_v2` allows passing three names only, `EMR_DefaultRole_V2`, `EMR_EC2_DefaultRole` and `EMR_AutoScaling_DefaultRole`, each without a path: with it, a launch with `EMR_DefaultRole` or with roles of your own fails.\n\nAn emr block is judged for the role that its profile assumes (`role_arn`, or `sso_role_name`). Where the profile names none, it is judged for all users and roles whose policies name `RunJobFlow`, and reported only if none of them may pass both roles. A policy is judged by itself, where it allows passing a role for the one service and none for the other: one without `iam:PassRole` leaves that to another policy.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[profile emr]\nrole_arn = arn:aws:iam::111122223333:role/Analysts\nsource_profile = default\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [
            { name: 'EMR_DefaultRole' },
            { name: 'EMR_EC2_DefaultRole' },
            { name: 'Analysts', attachedPolicies: ['AmazonEMRFullAccessPolicy_v2'] },
          ],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:RunJobFlow", "Resource": "*" },\n    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/EMR_DefaultRole" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[profile emr]\nrole_arn = arn:aws:iam::111122223333:role/Analysts\nsource_profile = default\nemr =\n    service_role = EMR_DefaultRole_V2\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [
            { name: 'EMR_DefaultRole_V2' },
            { name: 'EMR_EC2_DefaultRole' },
            { name: 'Analysts', attachedPolicies: ['AmazonEMRFullAccessPolicy_v2'] },
          ],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:RunJobFlow", "Resource": "*" },\n    {\n      "Effect": "Allow",\n      "Action": "iam:PassRole",\n      "Resource": ["arn:aws:iam::111122223333:role/EMR_DefaultRole", "arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole"]\n    }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-create-permissions.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-policy-fullaccess-v2.html',
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEMRFullAccessPolicy_v2.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    ],
  },
  check({ subject, facts, uses, catalog, report }) {
    const found = 'settings' in subject ? inBlock(subject, facts, catalog) : inPolicy(subject, facts, uses);
    if (found !== undefined) report(found);
  },
});

function inPolicy(policy: Policy, facts: AccountFacts, uses: RuleContext<Policy>['uses']): Report | undefined {
  const found = missingInDocument(policy, facts, uses);
  if (found === undefined) return undefined;
  const { at, missing } = found;
  const whats = missing.map(({ action, what, others, source }) => {
    const aside = others.length === 0 ? '' : ` (${listed(others)} is none${source === undefined ? '' : `, ${source.label}`})`;
    return `${action} ${what}${aside}`;
  });
  return {
    at: at.span,
    message: `This policy allows elasticmapreduce:RunJobFlow, but lacks ${listed(whats, (what) => what)}. Allow ${missing.length === 1 ? 'it' : 'them'} too: a launch fails with "is not authorized to perform: ${missing[0]?.action}".`,
  };
}

function inBlock(block: EmrBlock, facts: AccountFacts, catalog: Catalog | undefined): Report | undefined {
  const setting = block.settings.get('service_role');
  if (setting === undefined || catalog === undefined || facts.sources.length === 0) return undefined;
  const found = block.caller === undefined ? noneMay(block, facts, catalog) : callerMayNot(block, facts, catalog);
  if (found === undefined) return undefined;
  const { who, launchers, lacking } = found;
  const whats = listed(
    lacking.map(({ what }) => what),
    (what) => what,
  );
  const isLimited =
    lacking.some(({ kind }) => isPassing(kind)) &&
    launchers.some(({ holder }) => hasPolicyOfAws(holder, 'AmazonEMRFullAccessPolicy_v2') === true);
  return {
    at: setting.value,
    message: `service_role of the profile "${block.profile}": ${who} ${whats} (${launchers[0]?.source.label}). Allow ${lacking.length === 1 ? 'it' : 'them'}: a launch fails with "${lacking[0]?.error}".${isLimited ? ` ${limit}` : ''}`,
  };
}

const limit = 'AmazonEMRFullAccessPolicy_v2 allows only EMR_DefaultRole_V2, EMR_EC2_DefaultRole and EMR_AutoScaling_DefaultRole.';

interface Found {
  /** As in: the role "X" lacks. */
  readonly who: string;
  readonly launchers: readonly Launcher[];
  readonly lacking: readonly LaunchNeed[];
}

/** Of the one who is known to launch, everything is said. */
function callerMayNot(block: EmrBlock, facts: AccountFacts, catalog: Catalog): Found | undefined {
  const caller = callerIn(block.caller, facts);
  if (caller === undefined) return undefined;
  const lacking = lackedNeeds(launchNeeds(block, facts), policiesOf(caller.holder, facts, catalog));
  if (lacking.length === 0) return undefined;
  return { who: `the role "${caller.name}", as which the profile acts, lacks`, launchers: [caller], lacking };
}

/** With one who may, the block is his, and others are not meant to launch with it. */
function noneMay(block: EmrBlock, facts: AccountFacts, catalog: Catalog): Found | undefined {
  const lacking = lackedByAll(catalog)(facts)(launchNeeds(block, facts).filter(({ kind }) => isPassing(kind)));
  if (lacking.length === 0) return undefined;
  const launchers = launchersIn(catalog)(facts);
  const names = listed(
    launchers.map(({ kind, name }) => `the ${kind} "${name}"`),
    (name) => name,
  );
  const lack = launchers.length === 1 ? 'lacks' : 'lack';
  return {
    who: `of the users and roles that may call elasticmapreduce:RunJobFlow, administrators aside, none may pass these roles: ${names} ${lack}`,
    launchers,
    lacking,
  };
}

function isPassing(kind: LaunchNeed['kind']): boolean {
  return kind === 'pass-service-role' || kind === 'pass-ec2-role';
}
