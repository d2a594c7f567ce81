// Who a principal is, in words, and of what parts its name is made.

import type { Catalog } from '../catalog/catalog';
import { parseArn } from '../policy/arn';
import type { PolicyKind, Principal } from '../policy/policy';
import { gitHub, isUnknown, oidcProvider } from '../policy/principal';
import { code } from './markdown';

/** Nothing of a principal of no known form, or one that a template completes. */
export function describePrincipal({ kind, node }: Principal, policy: PolicyKind, catalog: Catalog | undefined): string | undefined {
  const text = node.value;
  if (isUnknown(text)) return undefined;
  const described =
    (kind === undefined || kind.value === 'AWS') && text === '*' ? everybody(policy) : describe.get(kind?.value ?? '')?.(text, catalog);
  if (described === undefined) return undefined;
  const [who, parts] = described;
  const list = parts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`- ${name}: ${code(value)}`]));
  return [who, ...(list.length === 0 ? [] : [list.join('\n')]), page].join('\n\n');
}

type Description = readonly [who: string, parts: readonly (readonly [name: string, value: string | undefined])[]];

const page =
  '[AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)';

function everybody(policy: PolicyKind): Description {
  return [policy === 'trust' ? 'Everybody, of whatever account.' : 'Everybody, of whatever account, and anonymous requests too.', []];
}

const describe: ReadonlyMap<string, (text: string, catalog: Catalog | undefined) => Description | undefined> = new Map([
  ['AWS', describeAws],
  ['Service', describeService],
  ['Federated', describeFederated],
  ['CanonicalUser', describeCanonicalUser],
]);

function describeAws(text: string): Description | undefined {
  if (/^\d{12}$/.test(text)) return account([['account', text]]);
  const id = /^(AROA|AIDA)[A-Z0-9]+$/.exec(text)?.[1];
  if (id !== undefined) return [`A ${id === 'AROA' ? 'role' : 'user'} that was deleted: IAM puts its ID in the place of its ARN.`, []];
  const arn = parseArn(text);
  if (arn === undefined || (arn.service.text !== 'iam' && arn.service.text !== 'sts')) return undefined;
  const place = [['partition', arn.partition.text] as const, ['account', arn.account.text] as const];
  const [type = '', ...names] = arn.resource.text.split('/');
  const name = names.at(-1);
  const path = names.length > 1 ? `/${names.slice(0, -1).join('/')}/` : undefined;
  switch (`${arn.service.text} ${type}`) {
    case 'iam root':
      return account(place);
    case 'iam user':
      return ['A user of IAM.', [...place, ['path', path], ['user', name]]];
    case 'iam role':
      return ['A role, and so every session of it.', [...place, ['path', path], ['role', name]]];
    case 'iam group':
      return ['A group, which IAM takes for no principal: name its users, or a role.', [...place, ['group', name]]];
    case 'sts assumed-role':
      return ['One session of a role.', [...place, ['role', names[0]], ['session', names[1]]]];
    case 'sts federated-user':
      return ['A federated user: a session that a user of IAM got with `sts:GetFederationToken`.', [...place, ['federated user', name]]];
    default:
      return undefined;
  }
}

function describeCanonicalUser(text: string): Description | undefined {
  return /^[0-9a-f]{64}$/i.test(text) ? ['An account, by its canonical user ID, which only Amazon S3 takes.', []] : undefined;
}

function account(parts: Description[1]): Description {
  return ['An account: everybody in it whom its own policies allow to do this.', parts];
}

/** The suffixes of service principals, and the partitions that they are for. */
const partitions: readonly (readonly [suffix: string, partitions: string])[] = [
  ['.amazonaws.com.cn', 'aws-cn'],
  ['.amazonaws.com', 'aws, aws-us-gov, and aws-cn unless the service has a name there that ends in .cn'],
  ['.c2s.ic.gov', 'aws-iso'],
  ['.sc2s.sgov.gov', 'aws-iso-b'],
];

function describeService(text: string, catalog: Catalog | undefined): Description | undefined {
  if (!/^[\w-]+(\.[\w-]+)+$/.test(text)) return undefined;
  const [suffix = '', partition] = partitions.find(([end]) => text.endsWith(end)) ?? [];
  const [label = '', region] = text.slice(0, text.length - suffix.length).split('.');
  const isOfRegion = /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region ?? '');
  const name = region === undefined || isOfRegion ? catalog?.service(label)?.name : undefined;
  return [
    `${name === undefined ? 'A service of AWS' : `The service ${name}`}, acting by itself and not as one of your roles.`,
    [
      ['service', text],
      ['region', isOfRegion ? region : undefined],
      ['partition', partition],
    ],
  ];
}

/** Whose the tokens of well-known issuers are. */
const tokensOf: readonly (readonly [issuer: RegExp, whose: string])[] = [
  [new RegExp(`^${gitHub.replaceAll('.', '\\.')}(/|$)`), 'workflows of GitHub Actions'],
  [/^gitlab\.com$/, 'jobs of GitLab CI/CD'],
  [/^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//, 'pods of an Amazon EKS cluster'],
  [/^cognito-identity\.amazonaws\.com$/, 'identities of an Amazon Cognito identity pool'],
  [/^accounts\.google\.com$/, 'users of Google'],
  [/^www\.amazon\.com$/, 'users of Login with Amazon'],
  [/^graph\.facebook\.com$/, 'users of Facebook'],
];

function describeFederated(text: string): Description | undefined {
  const arn = parseArn(text);
  const place = [['partition', arn?.partition.text] as const, ['account', arn?.account.text] as const];
  const saml = /^saml-provider\/([^*?]+)$/.exec(arn?.resource.text ?? '')?.[1];
  if (saml !== undefined) return ['Users of a SAML provider; condition keys begin with `saml:`.', [...place, ['provider', saml]]];
  const provider = oidcProvider(text);
  if (provider === undefined) return undefined;
  const whose = tokensOf.find(([issuer]) => issuer.test(provider))?.[1] ?? 'users of an OIDC provider';
  return [
    `${whose.charAt(0).toUpperCase()}${whose.slice(1)}, with a token of the issuer; condition keys begin with ${code(`${provider}:`)}.`,
    [...place, ['provider', provider]],
  ];
}
