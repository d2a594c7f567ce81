// Who may assume a role, in words.

import type { Role } from '../facts/facts';
import { parseReference } from '../facts/reference';
import { conditionsInWords } from '../policy/conditionWords';
import { evaluate, judge, type Request, type Verdict } from '../policy/evaluate';
import type { Policy, Statement } from '../policy/policy';
import { listed } from '../rules/rule';
import { type Partition, type RoleKind, trustedServices } from './roleKind';
import { trustOf } from './roles';

type Write = (name: string) => string;

/** Whether all whom a role of the kind is for can assume it; nothing where that cannot be told. */
export function trustVerdict(role: Role, kind: RoleKind): Verdict | undefined {
  const policy = trustOf(role);
  const verdicts = policy === undefined ? [] : judgeNeeds(policy, kind, role).map(({ verdict }) => verdict);
  if (verdicts.length === 0) return undefined;
  return verdicts.includes('no') ? 'no' : verdicts.includes('may') ? 'may' : 'yes';
}

/** One or more clauses. @param write what makes a name stand out: quotes, or Markdown. */
export function trustInWords(role: Role, kind: RoleKind, write: Write): string {
  if (role.trustPolicy === undefined) return 'who may assume it is not known';
  const policy = trustOf(role);
  if (policy === undefined) return 'its trust policy cannot be read';
  const needs = judgeNeeds(policy, kind, role);
  if (needs.length === 0) return `${trustedBy(policy, write)} may assume it`;
  return [...new Set(needs.map((need) => clause(need, policy, write)))].join('; ');
}

interface Need {
  /** The service, as sentences call it. */
  readonly caller: string;
  readonly request: Request;
  readonly verdict: Verdict;
  /** The statement that decided, or may. */
  readonly by: Statement | undefined;
}

function clause({ caller, request, verdict, by }: Need, policy: Policy, write: Write): string {
  const ofDecision = by === undefined ? '' : conditionsInWords(by.conditions, write);
  if (verdict === 'yes') return `${caller} may assume it${ofDecision === '' ? '' : `, if ${ofDecision}`}`;
  if (verdict === 'may') {
    const on = ofDecision === '' ? 'more than is known' : by?.effect === 'Deny' ? `a Deny for when ${ofDecision}` : `whether ${ofDecision}`;
    return `${caller} may be able to assume it; that depends on ${on}`;
  }
  if (by !== undefined) return `a Deny keeps ${caller} from assuming it`;
  const judged = policy.statements.filter(({ effect }) => effect !== 'Deny').map((statement) => judge(statement, request));
  const named = judged.filter(({ principal }) => principal !== 'no');
  const unmet = named.flatMap(({ action, conditions }) => (action === 'no' ? [] : conditions.filter((each) => each.verdict === 'no')));
  if (unmet.length > 0) {
    const conditions = unmet.map(({ condition }) => condition);
    return `${caller} may assume it only if ${conditionsInWords(conditions, write)}, which is never so`;
  }
  if (named.length > 0) return `it names ${caller}, but does not allow ${write('sts:AssumeRole')}`;
  const trusted = trustedBy(policy, write);
  return trusted === 'nobody' ? 'nobody may assume it' : `${caller} may not assume it: only ${trusted} may`;
}

function trustedBy({ statements }: Policy, write: Write): string {
  const allowing = statements.filter(({ effect }) => effect !== 'Deny');
  const names = new Set(allowing.flatMap(({ principals }) => principals.map(({ node }) => node.value)));
  if (names.size > 0) return listed([...names], write);
  return allowing.some(({ elements }) => elements.NotPrincipal !== undefined) ? 'everybody but a few' : 'nobody';
}

/** By the first label of their names. */
const callers: Readonly<Record<string, string>> = {
  elasticmapreduce: 'EMR',
  ec2: 'EC2',
  'application-autoscaling': 'Application Auto Scaling',
  'emr-serverless': 'EMR Serverless',
};

/** RunJobFlow has no parameter for an external ID, and a service has no device for multi-factor authentication. */
const neverSent = ['sts:externalid', 'aws:multifactorauthpresent', 'aws:multifactorauthage'];
/** EC2 assumes a role for an instance without saying on whose behalf. */
const neverSentByEc2 = [...neverSent, 'aws:sourcearn', 'aws:sourceaccount'];

/** Each service that a role of the kind needs, by that of its names which the policy likes best. */
function judgeNeeds(policy: Policy, kind: RoleKind, { arn }: Role): readonly Need[] {
  const { partition, account = '*' } = parseReference(arn) ?? {};
  const absentKeys = new Set(kind === 'ec2' ? neverSentByEc2 : neverSent);
  const source = [
    ['aws:sourceaccount', [account]],
    ['aws:sourcearn', [`arn:${partition ?? '*'}:elasticmapreduce:*:${account}:*`]],
  ] as const;
  // Which ARN Application Auto Scaling gives is documented in one way, and has been seen in another.
  const context = new Map(kind === 'service' || kind === 'notebooks' ? source : []);
  return servicesFor(kind, partition).flatMap((names) => {
    const needs = names.map((text): Need => {
      const request: Request = { action: 'sts:AssumeRole', principal: { kind: 'Service', text }, context, absentKeys };
      const { outcome, by } = evaluate([policy], request);
      const verdict = outcome === 'allowed' ? 'yes' : outcome === 'may' ? 'may' : 'no';
      const service = text.slice(0, text.indexOf('.'));
      return { caller: callers[service] ?? service, request, verdict, by };
    });
    return needs.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)).slice(0, 1);
  });
}

const order: readonly Verdict[] = ['yes', 'may', 'no'];

/** Without a partition, the names of all. What services are called in a partition of AWS's own is not known. */
function servicesFor(kind: RoleKind, partition: Partition | undefined): readonly (readonly string[])[] {
  if (partition !== undefined) return ['aws', 'aws-cn', 'aws-us-gov'].includes(partition) ? trustedServices(kind, partition) : [];
  const inChina = trustedServices(kind, 'aws-cn');
  return trustedServices(kind, 'aws').map((names, i) => [...new Set([...names, ...(inChina[i] ?? [])])]);
}
