// Who a principal of a policy is (IAM User Guide, "AWS JSON policy elements: Principal").

import type { StringNode } from '../tree/node';
import { hasPlaceholder } from './placeholder';
import { element, isWhole, type Principal, type Statement } from './policy';
import { hasWildcard, matches } from './wildcard';

export const principalKinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

/** What decides how a principal assumes a role. */
export type PrincipalType = 'aws' | 'service' | 'saml' | 'oidc';

/** Nothing where it is not known: a placeholder, or a text of no known form. */
export function principalType({ kind, node }: Principal): PrincipalType | undefined {
  if (isUnknown(node.value)) return undefined;
  switch (kind?.value) {
    case 'AWS':
      // Everybody, whatever way they come.
      return node.value === '*' ? undefined : 'aws';
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

/** The services that a statement names, as far as they stand in the file as text. */
export function servicesIn({ principals }: Statement): readonly StringNode[] {
  return principals
    .filter(({ kind, node }) => kind?.value === 'Service' && !isUnknown(node.value) && !hasWildcard(node.value))
    .map(({ node }) => node);
}

interface Issuer {
  readonly node: StringNode;
  /** As in `oidcProvider`, in lower case. */
  readonly provider: string;
}

export const gitHub = 'token.actions.githubusercontent.com';

/** The issuers of OIDC tokens whose users a statement lets in. */
export function trustedIssuers({ effect, actions, principals }: Statement): readonly Issuer[] {
  if (effect !== 'Allow' || !principals.some(({ kind }) => kind?.value === 'Federated')) return [];
  if (!actions.some(({ value }) => matches(value.toLowerCase(), 'sts:assumerolewithwebidentity'))) return [];
  return principals.flatMap((principal) => {
    const provider = principalType(principal) === 'oidc' ? oidcProvider(principal.node.value) : undefined;
    return provider === undefined ? [] : [{ node: principal.node, provider: provider.toLowerCase() }];
  });
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
