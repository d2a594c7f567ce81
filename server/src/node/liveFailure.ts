// Why IAM, or the way to it, did not answer, in one sentence. Never a word of an answer itself: it may be anybody's, and hold anything.

/** The sentence is for the user. */
export class LiveFailure extends Error {}

export type Action = keyof typeof untold;

/** What stays unknown without the permission. */
const untold = {
  'iam:GetAccountAuthorizationDetails': 'roles, users and policies',
  'iam:ListInstanceProfiles': 'instance profiles that hold no role',
  'iam:GetInstanceProfile': 'instance profiles',
  'iam:ListInstanceProfilesForRole': 'the instance profiles of a role',
  'iam:GetRole': 'roles',
  'iam:ListRolePolicies': 'the inline policies of roles',
  'iam:GetRolePolicy': 'the content of inline policies',
  'iam:ListAttachedRolePolicies': 'the attached policies of roles',
  'iam:GetPolicy': 'the versions of managed policies',
  'iam:GetPolicyVersion': 'the content of managed policies',
} as const;

export function whatIsDenied(profile: string, action: Action): string {
  return `The profile "${profile}" may not call ${action}, so ${untold[action]} are unknown.`;
}

/** How a profile comes to its credentials. */
export type ProfileKind = 'keys' | 'sso' | 'login' | 'process' | 'none';

export interface Subject {
  readonly profile: string;
  /** The one that is logged in: this one, or the source of the role that it assumes. */
  readonly loginProfile: string;
  readonly kind: ProfileKind;
  readonly assumesRole: boolean;
}

export const whyMalformed =
  'What answered is not IAM, or its answer arrived incomplete: is there a proxy, a login page of a network, or a wrong endpoint in between?';

const renewals: Readonly<Record<ProfileKind, (profile: string) => string>> = {
  sso: (profile) => `run "aws sso login --profile ${profile}"`,
  login: (profile) => `run "aws login --profile ${profile}"`,
  process: () => 'renew what its credential_process needs',
  keys: () => 'put new ones into your credentials file',
  none: () => 'get new ones',
};

export const whyMfa = (profile: string): string =>
  `The profile "${profile}" asks for an MFA code, which cannot be entered here: get session credentials with the AWS CLI, and name the profile that has them.`;

/** Why a profile gave no credentials. */
export function whyNoCredentials(subject: Subject, error: unknown): string {
  const { profile, loginProfile, kind, assumesRole } = subject;
  const { code, status } = facts(error);
  const network = whyUnreachable(error);
  if (network !== undefined) return network;
  if (assumesRole && isDenied(code)) return `The profile "${profile}" may not assume its role: sts:AssumeRole is denied.`;
  if (expired.has(code)) return whyExpired(subject);
  if (unknownKeys.has(code)) return whyUnknownKeys(profile);
  if (status !== undefined && status >= 500) return whyBroken(status);
  const sentences: Readonly<Record<ProfileKind, string>> = {
    sso: `The single sign-on of the profile "${profile}" has expired: ${renewals.sso(loginProfile)} and ask again.`,
    login: `The login of the profile "${profile}" has expired: ${renewals.login(loginProfile)} and ask again.`,
    process: `The credential_process of the profile "${profile}" gave no credentials: run it by hand to see why.`,
    keys: `The profile "${profile}" has no credentials that can be used.`,
    none: `The profile "${profile}" has no credentials.`,
  };
  return sentences[kind];
}

/** What became of one call: that the thing does not exist is an answer, and so is that asking is not permitted. */
type CallFailure = { readonly state: 'absent' } | { readonly state: 'denied' } | { readonly state: 'failed'; readonly reason: string };

export function whyFailed(subject: Subject, error: unknown): CallFailure {
  const { code, status } = facts(error);
  if (code === 'NoSuchEntity' || code === 'NoSuchEntityException') return { state: 'absent' };
  if (isDenied(code)) return { state: 'denied' };
  const failed = (reason: string): CallFailure => ({ state: 'failed', reason });
  if (expired.has(code)) return failed(whyExpired(subject));
  if (unknownKeys.has(code)) return failed(whyUnknownKeys(subject.profile));
  if (skewed.has(code)) return failed('AWS refuses the time of this machine: set its clock, and ask again.');
  if (throttled.has(code) || status === 429) return failed('IAM turned requests away because there were too many: ask again in a minute.');
  const network = whyUnreachable(error);
  if (network !== undefined) return failed(network);
  return failed(status !== undefined && status >= 500 ? whyBroken(status) : whyMalformed);
}

const whyExpired = ({ profile, loginProfile, kind }: Subject): string =>
  `The credentials of the profile "${profile}" have expired: ${renewals[kind](loginProfile)} and ask again.`;

const whyUnknownKeys = (profile: string): string =>
  `AWS does not accept the credentials of the profile "${profile}": its keys are wrong, or no longer there.`;

const whyBroken = (status: number): string => `IAM failed with an error of its own (HTTP ${status}): ask again later.`;

/** IAM API reference, common errors; AWS STS. */
const expired: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']);
const unknownKeys: ReadonlySet<string> = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'AuthFailure',
  'MissingAuthenticationToken',
]);
const skewed: ReadonlySet<string> = new Set(['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture']);
const throttled: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
]);

function isDenied(code: string): boolean {
  return code === 'AccessDenied' || code === 'AccessDeniedException' || code === 'UnauthorizedOperation';
}

/** Node, errors.md (common system errors), dns and tls. */
const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved',
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'it gives no answer',
  TimeoutError: 'it gives no answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
};

function whyUnreachable(error: unknown): string | undefined {
  const { code, system } = facts(error);
  const reason = [system, code].map((key) => (Object.hasOwn(unreachable, key) ? unreachable[key] : undefined)).find(Boolean);
  if (reason !== undefined) return `AWS cannot be reached from here: ${reason}.`;
  return /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(system)
    ? 'AWS cannot be reached from here: its certificate is not accepted, as it happens behind a proxy that looks into connections.'
    : undefined;
}

/** `code` is the error's name in the API, `system` that of Node. */
function facts(error: unknown): { readonly code: string; readonly system: string; readonly status: number | undefined } {
  if (!(error instanceof Error)) return { code: '', system: '', status: undefined };
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  const status = typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
  const inner = error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
  return {
    code: error.name,
    system: String(('code' in error ? error.code : inner) ?? ''),
    status: typeof status === 'number' ? status : undefined,
  };
}
