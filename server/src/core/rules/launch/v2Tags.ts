import { insertion } from '../../awsconfig/edit';
import { managedPoliciesTag, managedPoliciesTagWord } from '../../emr/managedPolicy';
import type { Fix } from '../../finding';
import { commandRoles } from '../../launch/effectiveRoles';
import { changeTo, factsFor, hasOption, type Launch, spanOf, wordsOf } from '../../launch/launch';
import { defineRule } from '../rule';
import { launchTagged, tagProblem } from '../serviceRoleReport';

const v2Role = {
  roles: [{ name: 'EMR_DefaultRole_V2', attachedPolicies: ['AmazonEMRServicePolicy_v2'] }, { name: 'EMR_EC2_DefaultRole' }],
  instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
};

export const v2TagsInLaunch = defineRule({
  id: 'launch/v2-tags',
  severity: 'warning',
  kinds: ['launch'],
  needs: 'facts',
  docs: {
    what: 'a create-cluster command that lacks the tag which its service role asks for',
    why: '`AmazonEMRServicePolicy_v2` allows EMR to touch only what carries the tag `for-use-with-amazon-emr-managed-policies` with exactly the value `true`. EMR hands the tags of a cluster on to its instances, volumes and network interfaces; without this one it accepts the launch, and the cluster ends minutes later with "Service role ... has insufficient EC2 permissions". The subnets, and security groups of your own, need the tag as well, and whoever launches needs `elasticmapreduce:AddTags`. Looked at: the service role that the command names, that of the emr block of its profile, or EMR_DefaultRole with `--use-default-roles`. Quiet where the tags are not all known, and where other policies of the role let EMR start a cluster without the tag.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role EMR_DefaultRole_V2 --ec2-attributes InstanceProfile=EMR_EC2_DefaultRole\n',
        account: v2Role,
      },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role EMR_DefaultRole_V2 --ec2-attributes InstanceProfile=EMR_EC2_DefaultRole \\\n  --tags team=data for-use-with-amazon-emr-managed-policies=True\n',
        account: v2Role,
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role EMR_DefaultRole_V2 --ec2-attributes InstanceProfile=EMR_EC2_DefaultRole \\\n  --tags team=data for-use-with-amazon-emr-managed-policies=true\n',
        account: v2Role,
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
    ],
  },
  check({ subject, facts, catalog, surroundings, report }) {
    const { values, isOpen } = subject.arguments;
    const { tags = [] } = values;
    if (isOpen || (values.tags === undefined && hasOption(subject, 'tags'))) return;
    // Of a tag in another syntax, launch/tag-syntax makes this one.
    if (tags.some((tag) => tag === managedPoliciesTagWord || tag.startsWith(`Key=${managedPoliciesTag.key},`))) return;
    const service = commandRoles(subject, facts, surroundings).find(({ kind }) => kind === 'service');
    const problem = service && tagProblem(service, factsFor(subject, facts, surroundings), catalog);
    if (problem === undefined) return;
    const words = wordsOf(subject, '--tags');
    const wrong = words.find(({ node }) => node.value.split('=')[0] === managedPoliciesTag.key);
    report({
      at: wrong?.node.span ?? spanOf(words) ?? subject.name,
      message: `${problem} ${wrong === undefined ? launchTagged : `Write ${managedPoliciesTagWord}: no other value will do.`}`,
      fixes:
        wrong !== undefined ? [changeTo({ text: wrong.node.value, span: wrong.node.span }, managedPoliciesTagWord)] : additions(subject),
    });
  },
});

/** None where the tags are written as JSON, or behind an equals sign. */
function additions(launch: Launch): readonly Fix[] {
  const { tags = [] } = launch.arguments.values;
  const [option, ...words] = wordsOf(launch, '--tags');
  const added = option === undefined ? `--tags ${managedPoliciesTagWord}` : managedPoliciesTagWord;
  const { end } = words.at(-1)?.node.span ?? launch.name;
  const isPlain = words.length === tags.length && words.every(({ node }, i) => node.value === tags[i]);
  return isPlain ? [{ title: `Add ${added}`, kind: 'suggestion', edits: [insertion(end, ` ${added}`)] }] : [];
}
