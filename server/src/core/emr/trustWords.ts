// Who may assume a role, in words.

import type { Role } from '../facts/facts';
import { conditionsInWords } from '../policy/conditionWords';
import type { Verdict } from '../policy/evaluate';
import type { Policy } from '../policy/policy';
import { listed } from '../words';
import { callers, type RoleKind } from './roleKind';
import { trustOf } from './roles';
import { judgeTrust, placeOf, type TrustVerdict } from './trust';

type Write = (name: string) => string;

/** Whether all whom a role of the kind is for can assume it; nothing where that cannot be told. */
export function trustVerdict(role: Role, kind: RoleKind): Verdict | undefined {
  const policy = trustOf(role);
  const verdicts = policy === undefined ? [] : judged(policy, kind, role).map(({ verdict, isInferred }) => (isInferred ? 'may' : verdict));
  if (verdicts.length === 0) return undefined;
  return verdicts.includes('no') ? 'no' : verdicts.includes('may') ? 'may' : 'yes';
}

/** One or more clauses. @param write what makes a name stand out: quotes, or Markdown. */
export function trustInWords(role: Role, kind: RoleKind, write: Write): string {
  if (role.trustPolicy === undefined) return 'who may assume it is not known';
  const policy = trustOf(role);
  if (policy === undefined) return 'its trust policy cannot be read';
  const verdicts = judged(policy, kind, role);
  if (verdicts.length === 0) return `${trustedBy(policy, write)} may assume it`;
  return [...new Set(verdicts.map((verdict) => clause(verdict, policy, write)))].join('; ');
}

/** By services alone: whom a runtime role is for depends on the cluster. */
function judged(policy: Policy, kind: RoleKind, role: Role): readonly TrustVerdict[] {
  return kind === 'runtime' ? [] : judgeTrust(policy, { kind, ...placeOf(role) });
}

function clause({ principal, action, verdict, by, cause, isInferred }: TrustVerdict, policy: Policy, write: Write): string {
  const service = principal.slice(0, principal.indexOf('.'));
  const caller = callers[service] ?? service;
  const conditions = by === undefined ? '' : conditionsInWords(by.conditions, write);
  if (verdict === 'yes') return `${caller} may assume it${conditions === '' ? '' : `, if ${conditions}`}`;
  if (verdict === 'may') {
    const on = conditions === '' ? 'more than is known' : by?.effect === 'Deny' ? `a Deny for when ${conditions}` : `whether ${conditions}`;
    return `${caller} may be able to assume it; that depends on ${on}`;
  }
  switch (cause?.kind) {
    case 'denied':
      return `a Deny keeps ${caller} from assuming it`;
    case 'condition':
      return `${caller} may assume it only if ${conditionsInWords(cause.conditions, write)}, which is ${isInferred ? 'probably ' : ''}never so`;
    case 'action':
      return `it names ${caller}, but does not allow ${write(action)}`;
    case 'misspelt':
    case 'partition':
      return `${caller} may not assume it: it is called ${write(cause.meant)}, not ${write(cause.node.value)}`;
    case 'not-as-service':
      return `${caller} may not assume it: ${write(principal)} is not named as a service`;
    default: {
      const trusted = trustedBy(policy, write);
      return trusted === 'nobody' ? 'nobody may assume it' : `${caller} may not assume it: only ${trusted} may`;
    }
  }
}

function trustedBy({ statements }: Policy, write: Write): string {
  const allowing = statements.filter(({ effect }) => effect !== 'Deny');
  const names = new Set(allowing.flatMap(({ principals }) => principals.map(({ node }) => node.value)));
  if (names.size > 0) return listed([...names], write);
  return allowing.some(({ elements }) => elements.NotPrincipal !== undefined) ? 'everybody but a few' : 'nobody';
}
