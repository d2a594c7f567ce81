import type { EmrBlock } from '../../emr/block';
import { launchRoles, policiesOf, settingFor } from '../../emr/roles';
import type { Policy } from '../../policy/policy';
import { type Quotas, sizeBeyond, sizeBeyondTogether, tooLong } from '../../policy/size';
import { defineRule, type RuleContext } from '../rule';

export const policySize = defineRule({
  id: 'emr/policy-size',
  severity: 'error',
  kinds: ['emr-block', 'identity', 'boundary', 'inline-identity', 'trust'],
  needs: 'facts',
  docs: {
    what: 'a policy that IAM refuses for its length',
    why: 'IAM counts characters without white space: a managed policy may have 6,144, all inline policies of a role together 10,240, a trust policy 2,048, unless AWS has raised that for the account (`emrIam.quotas` says so). The newest `AmazonEMRServicePolicy_v2` has 6,981, so that a copy of it fits only into inline policies, or into two managed ones. Reported where the place of a policy tells its kind; a file that holds nothing but a policy is judged by the checks of Access Analyzer for its size. What an account has, IAM took: of roles, only those that the workspace declares are added up.',
    bad: [
      {
        syntax: 'json',
        text: `{"Resources":{"Jobs":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[${Array.from({ length: 282 }, (_, i) => `"arn:aws:s3:::data-${10000 + i}/*"`).join(',')}]}]}}}}}`,
      },
    ],
    good: [
      {
        syntax: 'json',
        text: `{"Resources":{"Jobs":{"Type":"AWS::IAM::RolePolicy","Properties":{"PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[${Array.from({ length: 282 }, (_, i) => `"arn:aws:s3:::data-${10000 + i}/*"`).join(',')}]}]}}}}}`,
      },
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'],
  },
  check(context) {
    const { subject } = context;
    if ('settings' in subject) checkRoles({ ...context, subject });
    else checkPolicy({ ...context, subject });
  },
});

/** What IAM says of one that is too long, and what to do. */
const wordsFor = {
  managedPolicy: {
    owner: 'a managed policy',
    error: (quota: number) => `Cannot exceed quota for PolicySize: ${quota}`,
    wayOut: 'Shorten it, or split it in two.',
  },
  inlinePolicies: {
    owner: 'a role in all its inline policies together',
    error: (quota: number) => `Maximum policy size of ${quota} bytes exceeded`,
    wayOut: 'Shorten it, or make a part of it a managed policy.',
  },
  trustPolicy: {
    owner: 'a trust policy',
    error: (quota: number) => `Cannot exceed quota for ACLSizePerRole: ${quota}`,
    wayOut: 'Shorten it, or have the quota raised and say so in emrIam.quotas.',
  },
} as const satisfies Readonly<Record<keyof Quotas, object>>;

function checkPolicy({ subject, quotas, report }: RuleContext<Policy>): void {
  const quota = subject.kind === 'trust' ? 'trustPolicy' : subject.kind === 'inline-identity' ? 'inlinePolicies' : 'managedPolicy';
  const size = subject.isPlaced ? sizeBeyond(quotas[quota], subject.node) : undefined;
  if (size === undefined) return;
  const { owner, error, wayOut } = wordsFor[quota];
  report({
    at: subject.statement.key.span,
    message: `${tooLong(size, owner, quotas[quota])}: IAM refuses it ("${error(quotas[quota])}"). ${wayOut}`,
  });
}

/** Of a role that the workspace declares, the inline policies together; one that is too long alone is reported where it stands. */
function checkRoles({ subject, facts, catalog, quotas, report }: RuleContext<EmrBlock>): void {
  const limit = quotas.inlinePolicies;
  for (const { kind, setting, role, source } of launchRoles(subject, facts)) {
    if (source.kind !== 'workspace') continue;
    const inline = policiesOf(role, facts, catalog).policies.filter((policy) => policy.kind === 'inline');
    const nodes = inline.map(({ policy }) => policy.node);
    const size = nodes.some((node) => sizeBeyond(limit, node) !== undefined) ? undefined : sizeBeyondTogether(limit, nodes);
    if (size === undefined) continue;
    report({
      at: setting.value,
      message: `${settingFor[kind]} of the profile "${subject.profile}": the ${inline.length} inline policies of the role "${role.name}" (${source.label}) have ${size.toLocaleString('en')} characters together, and a role may have ${limit.toLocaleString('en')}: IAM refuses the last ("${wordsFor.inlinePolicies.error(limit)}"). Make one of them a managed policy.`,
    });
  }
}
