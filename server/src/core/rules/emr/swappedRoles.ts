import { replaceValue } from '../../awsconfig/edit';
import { swappedRoles as swapped } from '../../emr/trust';
import { defineRule } from '../rule';
import { swapProblem } from '../trustReport';

export const swappedRoles = defineRule({
  id: 'emr/swapped-roles',
  severity: 'error',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: "a service role and an EC2 role that stand in each other's place",
    why: 'The service role is for EMR, the role in the instance profile for EC2. Where each trusts the service that needs the other, neither can be assumed: EMR accepts the launch and terminates the cluster minutes later. `instance_profile` names an instance profile, so that the two values can change places only if a profile holds the role that now is the service role.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyNodes\n    instance_profile = MyService\n',
        account: {
          roles: [
            {
              name: 'MyNodes',
              trustPolicy:
                '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] }',
            },
            {
              name: 'MyService',
              trustPolicy:
                '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole" }] }',
            },
          ],
          instanceProfiles: [
            { name: 'MyNodes', role: 'MyNodes' },
            { name: 'MyService', role: 'MyService' },
          ],
        },
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyService\n    instance_profile = MyNodes\n',
        account: {
          roles: [{ name: 'MyNodes' }, { name: 'MyService' }],
          instanceProfiles: [{ name: 'MyNodes', role: 'MyNodes' }],
        },
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html',
    ],
  },
  check({ subject, text, facts, report }) {
    const found = swapped(subject, facts);
    if (found === undefined) return;
    const { service, ec2 } = found;
    report({
      at: service.setting.value,
      ...swapProblem(found, `the profile "${subject.profile}"`, facts, (serviceRole, profile) => [
        replaceValue(text, service.setting.line, serviceRole),
        replaceValue(text, ec2.setting.line, profile),
      ]),
      related: [{ span: ec2.setting.value, message: `It holds "${ec2.role.name}", which trusts EMR.` }],
    });
  },
});
