// Who a principal of a policy is (IAM User Guide, "AWS JSON policy elements: Principal").

import type { ObjectNode } from '../tree/node';
import { hasPlaceholder } from './placeholder';
import { element, isWhole, type Principal, type Statement } from './policy';

export const principalKinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

/** What decides how a principal assumes a role. */
export type PrincipalType = 'aws' | 'service' | 'saml' | 'oidc';

/** Nothing where it is not known: a placeholder, or a text of no known form. */
export function principalType({ kind, node }: Principal): PrincipalType | undefined {
  if (isUnknown(node.value)) return undefined;
  switch (kind?.value) {
    case 'AWS':
      return 'aws';
    case 'Service':
      return 'service';
    case 'Federated':
      if (/^arn:[\w-]+:iam::\d{12}:saml-provider\//.test(node.value)) return 'saml';
      return oidcProvider(node.value) === undefined ? undefined : 'oidc';
    default:
      return undefined;
  }
}

/** The domain, with its path, of an issuer of OIDC tokens: what its condition keys begin with. */
export function oidcProvider(federated: string): string | undefined {
  const provider = /^arn:[\w-]+:iam::\d{12}:oidc-provider\/(.+)$/.exec(federated)?.[1] ?? federated;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[^*?]*)?$/i.test(provider) ? provider : undefined;
}

export function isUnknown(text: string): boolean {
  return text.includes('${') || hasPlaceholder(text);
}

/** Whether every principal of a statement stands in the file as text. */
export function knowsPrincipals({ node }: Statement): boolean {
  const principal = element(node, 'Principal');
  if (principal?.kind !== 'object') return principal?.kind === 'string';
  return principal.members.every(({ key, value }) => isPrincipalKind(key.value) && isWhole(value));
}

export function isPrincipalKind(text: string): boolean {
  return principalKinds.some((kind) => kind === text);
}

/** Whether an object in the place of a principal is a template's. */
export function isIntrinsic({ members }: ObjectNode): boolean {
  return members.some(({ key }) => key.value.startsWith('Fn::') || key.value === 'Ref');
}
