import { parseReference } from '../../facts/reference';
import { changeTo, factsFor, instanceProfileOf } from '../../launch/launch';
import { nearest } from '../../nearest';
import { listed } from '../../words';
import { clusterRoleIn, defaultRoles } from '../examples';
import { defineRule } from '../rule';

export const unknownInstanceProfileInLaunch = defineRule({
  id: 'launch/unknown-instance-profile',
  severity: 'error',
  kinds: ['launch'],
  needs: 'facts',
  docs: {
    what: 'an `InstanceProfile` in a create-cluster command that the account does not have, or that is a role',
    why: 'EC2 takes an instance profile, the container that holds a role, and EMR refuses any other name with "Invalid InstanceProfile: NAME." The IAM console makes a profile of the same name along with a role for EC2, which is why the two are taken for one; the CLI, the SDKs, CloudFormation and Terraform do not. Reported only where the facts list the instance profiles of the account.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role EMR_DefaultRole --ec2-attributes InstanceProfile=MyClusterRole\n',
        account: clusterRoleIn('MyClusterProfile'),
      },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role EMR_DefaultRole --ec2-attributes KeyName=k,InstanceProfile=EMR_EC2_DefautlRole\n',
        account: defaultRoles,
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role EMR_DefaultRole --ec2-attributes InstanceProfile=MyClusterProfile\n',
        account: clusterRoleIn('MyClusterProfile'),
      },
    ],
    references: ['https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html'],
  },
  check({ subject, facts: all, surroundings, report }) {
    const value = all.sources.length === 0 ? undefined : instanceProfileOf(subject);
    const reference = value && parseReference(value.text);
    if (value === undefined || reference === undefined) return;
    const facts = factsFor(subject, all, surroundings);
    const role = facts.role(reference.name);
    const profile = facts.instanceProfile(reference.name);
    if (profile.state !== 'absent' && reference.type !== 'role') return;
    const holders = role.state === 'known' ? facts.instanceProfilesHolding(role.value.name).map(({ name }) => name) : [];
    const isRole = role.state === 'known' || reference.type === 'role';
    const what = isRole
      ? 'is a role, not an instance profile'
      : profile.state === 'absent' && profile.orEmpty
        ? 'does not exist or holds no role'
        : 'is not among the instance profiles of the account';
    const source = profile.state === 'absent' ? ` (${profile.source.label})` : '';
    const wayOut =
      holders.length > 0
        ? `The role is held by ${listed(holders)}: name that instead.`
        : 'Name an instance profile that exists and holds a role.';
    const near = holders.length > 0 ? holders.slice(0, 3) : isRole ? [] : nearest(reference.name, facts.instanceProfileNames);
    // A comma would end it there (shorthand syntax).
    const candidates = near.filter((name) => !name.includes(','));
    report({
      at: value.span,
      message: `InstanceProfile: "${reference.name}" ${what}${source}, and EMR refuses the launch with "Invalid InstanceProfile: ${reference.name}." ${wayOut}`,
      fixes: candidates.map((name) => changeTo(value, name)),
    });
  },
});
