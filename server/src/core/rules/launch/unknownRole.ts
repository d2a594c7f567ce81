import { parseReference } from '../../facts/reference';
import { changeTo, factsFor, namedValue } from '../../launch/launch';
import { nearest } from '../../nearest';
import { defaultRoles } from '../examples';
import { defineRule } from '../rule';

export const unknownRoleInLaunch = defineRule({
  id: 'launch/unknown-role',
  severity: 'error',
  kinds: ['launch'],
  needs: 'facts',
  docs: {
    what: 'a role in a create-cluster command that the account does not have',
    why: 'EMR accepts the request, returns a cluster id, and terminates the cluster some minutes later with "EMR service role ARN is invalid" or the like. Reported only where the facts list every role of the account, so that the role is known to be absent.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role EMR_DefualtRole --ec2-attributes InstanceProfile=EMR_EC2_DefaultRole\n',
        account: defaultRoles,
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role "$ROLE" --ec2-attributes InstanceProfile=EMR_EC2_DefaultRole\n',
        account: defaultRoles,
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
      'https://repost.aws/knowledge-center/emr-default-role-invalid',
    ],
  },
  check({ subject, facts: all, surroundings, report }) {
    if (all.sources.length === 0) return;
    const facts = factsFor(subject, all, surroundings);
    for (const name of ['service-role', 'auto-scaling-role'] as const) {
      const value = namedValue(subject, name);
      const reference = value && parseReference(value.text);
      if (value === undefined || reference === undefined || reference.type === 'instance-profile') continue;
      const role = facts.role(value.text);
      if (role.state !== 'absent') continue;
      const profile = facts.instanceProfile(value.text);
      const held = profile.state === 'known' && profile.value.role !== undefined ? [profile.value.role] : [];
      const candidates = [...new Set([...held, ...nearest(reference.name, facts.roleNames)])].slice(0, 3);
      const what = profile.state === 'known' ? 'is an instance profile, not a role' : 'is not among the roles of the account';
      report({
        at: value.span,
        message: `--${name}: "${reference.name}" ${what} (${role.source.label}). ${afterwards[name]}; name a role that exists.`,
        fixes: candidates.map((candidate) => changeTo(value, candidate)),
      });
    }
  },
});

const afterwards = {
  'service-role': 'EMR accepts a launch with it and terminates the cluster minutes later',
  'auto-scaling-role':
    'EMR accepts a launch with it and says "Failed to provision the AutoScaling policy: Unable to assume IAM role" later',
} as const;
