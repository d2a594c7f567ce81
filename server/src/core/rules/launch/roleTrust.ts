import { arnOf } from '../../emr/launchNeeds';
import { swappedIn } from '../../emr/trust';
import { commandRoles } from '../../launch/effectiveRoles';
import { factsFor, hasOption } from '../../launch/launch';
import { defaultRoles } from '../examples';
import { defineRule } from '../rule';
import { swapProblem, trustProblem } from '../trustReport';

const trusting = (principal: object, ...actions: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: actions }] });

export const roleTrustInLaunch = defineRule({
  id: 'launch/role-trust',
  severity: 'error',
  kinds: ['launch'],
  needs: 'facts',
  docs: {
    what: 'a role in a create-cluster command that those who need it cannot assume',
    why: "EMR must be able to assume the service role, EC2 the role in the instance profile, EMR and Application Auto Scaling both the role of `--auto-scaling-role`, and the EC2 role that of `--step-execution-role-arn`, with `sts:TagSession` as well. EMR accepts a launch where one cannot, and the cluster, its scaling or its steps fail minutes later. Judged: roles that the command itself names, also by `--use-default-roles`, where facts know the trust policy. Of a service role and an EC2 role that stand in each other's place it is one finding. Of roles that stand in the emr block of the profile, emr/service-role-trust and emr/ec2-role-trust say it there.",
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role MyServiceRole --ec2-attributes InstanceProfile=EMR_EC2_DefaultRole\n',
        account: {
          ...defaultRoles,
          roles: [
            ...defaultRoles.roles,
            { name: 'MyServiceRole', trustPolicy: trusting({ Service: 'datapipeline.amazonaws.com' }, 'sts:AssumeRole') },
          ],
        },
      },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles \\\n  --step-execution-role-arn arn:aws:iam::111122223333:role/EtlRuntimeRole\n',
        account: {
          ...defaultRoles,
          roles: [
            ...defaultRoles.roles,
            {
              name: 'EtlRuntimeRole',
              trustPolicy: trusting({ AWS: 'arn:aws:iam::111122223333:role/AnotherRole' }, 'sts:AssumeRole', 'sts:TagSession'),
            },
          ],
        },
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles \\\n  --step-execution-role-arn arn:aws:iam::111122223333:role/EtlRuntimeRole\n',
        account: {
          ...defaultRoles,
          roles: [
            ...defaultRoles.roles,
            {
              name: 'EtlRuntimeRole',
              trustPolicy: trusting({ AWS: 'arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole' }, 'sts:AssumeRole', 'sts:TagSession'),
            },
          ],
        },
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-automatic-scaling.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-steps-runtime-roles.html',
      'https://repost.aws/knowledge-center/emr-default-role-invalid',
    ],
  },
  check({ subject, facts, surroundings, report }) {
    const roles = commandRoles(subject, facts, surroundings);
    const ec2 = roles.find(({ kind }) => kind === 'ec2');
    const named = roles.flatMap((role) => (role.at === undefined ? [] : { ...role, at: role.at }));
    // The default roles have no other place.
    const swapped = hasOption(subject, 'use-default-roles') ? undefined : swappedIn(named);
    if (swapped !== undefined)
      report({
        at: swapped.service.at,
        ...swapProblem(swapped, 'the command', factsFor(subject, facts, surroundings), (serviceRole, profile) => [
          { span: swapped.service.at, newText: serviceRole },
          { span: swapped.ec2.at, newText: profile },
        ]),
        related: [{ span: swapped.ec2.at, message: `It holds "${swapped.ec2.role.name}", which trusts EMR.` }],
      });
    const rest = swapped === undefined ? named : named.filter(({ kind }) => kind !== 'service' && kind !== 'ec2');
    for (const { at, ...role } of rest) for (const problem of trustProblem(role, ec2 && arnOf(ec2.role))) report({ at, ...problem });
  },
});
