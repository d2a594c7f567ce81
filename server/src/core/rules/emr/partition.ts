import { replaceValue as replaceSetting } from '../../awsconfig/edit';
import type { EmrBlock } from '../../emr/block';
import type { Partition } from '../../emr/roleKind';
import { launchRoles, type NamedPolicy, policiesOf } from '../../emr/roles';
import { onlyPlaceIn, placeOf } from '../../emr/trust';
import { parseReference } from '../../facts/reference';
import { replaceValue } from '../../json/edit';
import { parseArn, publicPartitions } from '../../policy/arn';
import type { Policy, Statement } from '../../policy/policy';
import type { StringNode } from '../../tree/node';
import { listed } from '../../words';
import { defineRule, type RuleContext } from '../rule';

export const partition = defineRule({
  id: 'emr/partition',
  severity: 'error',
  kinds: ['emr-block', 'identity', 'inline-identity', 'trust', 'resource', 'boundary'],
  needs: 'facts',
  docs: {
    what: 'an ARN of another partition than that of the account',
    why: "The China Regions (`aws-cn`) and the GovCloud Regions (`aws-us-gov`) are partitions of their own: every ARN there begins with `arn:aws-cn:` or `arn:aws-us-gov:`, and nothing in them is reached from another partition. A statement about `arn:aws:` resources allows and denies nothing there, and a role with such an ARN does not exist. AWS's pages, and copies of its managed policies, have `arn:aws:`. Judged in policies where all that the facts know is in one such partition, and in emr blocks where the facts know the account. A statement that names ARNs of the right partition too is meant for several, and left alone. What services are called is a matter of the rules on trust.",
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
        account: { partition: 'aws-cn', roles: [{ name: 'EMR_DefaultRole' }], instanceProfiles: [] },
      },
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = arn:aws:iam::111122223333:role/EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          partition: 'aws-us-gov',
          roles: [{ name: 'EMR_DefaultRole' }, { name: 'EMR_EC2_DefaultRole' }],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws-cn:s3:::my-data/*" }\n  ]\n}\n',
        account: { partition: 'aws-cn', roles: [{ name: 'EMR_DefaultRole' }], instanceProfiles: [] },
      },
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html', 'https://github.com/aws/aws-cdk/issues/19867'],
  },
  check(context) {
    const { subject } = context;
    if ('statements' in subject) judgePolicy({ ...context, subject });
    else judgeBlock({ ...context, subject });
  },
});

function judgePolicy({ subject, facts, report }: RuleContext<Policy>): void {
  const own = onlyPlaceIn(facts).partition;
  if (own === undefined || own === 'aws') return;
  for (const statement of subject.statements) {
    const foreign = foreignArns(statement, own);
    const [first] = foreign;
    if (first === undefined) continue;
    report({
      at: first.span,
      message: `${listed(foreign.map(({ value }) => value))} ${foreign.length === 1 ? 'is' : 'are'} of another partition than the account, which is in ${own}. Write arn:${own}:.`,
      fixes: [
        {
          title: `Change to arn:${own}:`,
          kind: 'suggestion',
          edits: foreign.map((node) => replaceValue(node, node.value.replace(/^arn:[^:]*/, `arn:${own}`))),
        },
      ],
    });
  }
}

/** What a statement is about, and whom it names; nothing if some of it is of the right partition. */
function foreignArns({ resources, notResources, principals }: Statement, own: Partition): readonly StringNode[] {
  const nodes = [...resources, ...notResources, ...principals.filter(({ kind }) => kind?.value !== 'Service').map(({ node }) => node)];
  const arns = nodes.flatMap((node) => {
    const written = parseArn(node.value)?.partition.text;
    return written === undefined ? [] : [{ node, written }];
  });
  if (arns.some(({ written }) => written === own || !publicPartitions.includes(written))) return [];
  return arns.map(({ node }) => node);
}

function judgeBlock(context: RuleContext<EmrBlock>): void {
  const { subject, text, facts, report } = context;
  for (const name of ['service_role', 'instance_profile'] as const) {
    const setting = subject.settings.get(name);
    const reference = setting && parseReference(setting.text);
    const own = reference?.account === undefined ? undefined : facts.partitions.get(reference.account);
    if (setting === undefined || own === undefined || reference?.partition === own) continue;
    report({
      at: setting.value,
      message: `${name} of the profile "${subject.profile}" is of the partition ${reference?.partition}, and the account ${reference?.account} is in ${own} (${facts.sources[0]?.label}). Write arn:${own}:.`,
      fixes: [
        {
          title: `Change to arn:${own}:`,
          kind: 'suggestion',
          edits: [replaceSetting(text, setting.line, setting.text.replace(/^arn:[^:]*/, `arn:${own}`))],
        },
      ],
    });
  }
  judgeRoles(context);
}

/** The policies of the account's own. Where a managed policy of AWS is read from the service data, it has the ARNs of the partition aws. */
function judgeRoles({ subject, facts, report }: RuleContext<EmrBlock>): void {
  for (const { setting, role, source } of launchRoles(subject, facts)) {
    const own = placeOf(role).partition;
    if (own === undefined || own === 'aws') continue;
    const { policies } = policiesOf(role, facts, undefined);
    const copies = policies.filter((named) => namesForeign(named, own));
    if (copies.length === 0) continue;
    const which = `the polic${copies.length === 1 ? 'y' : 'ies'} ${listed(copies.map(({ name }) => name))} of the role "${role.name}"`;
    report({
      at: setting.value,
      message: `In ${which} of the profile "${subject.profile}" (${source.label}) are ARNs of another partition than that of the account, ${own}, so that they grant nothing there. Write arn:${own}: in them.`,
    });
  }
}

function namesForeign({ policy }: NamedPolicy, own: Partition): boolean {
  return policy.statements.some((statement) => foreignArns(statement, own).length > 0);
}
