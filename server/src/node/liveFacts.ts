// What IAM says of an account, asked with the user's own credentials. The only file that knows the AWS SDK: a bundle of its own, which is
// loaded with the first question. Answers are text in the shape of the AWS CLI's, so that facts are read from it as from any snapshot.

import { setMaxListeners } from 'node:events';
import {
  type AttachedPolicy,
  GetAccountAuthorizationDetailsCommand,
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  type InstanceProfile,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  type ManagedPolicyDetail,
  type RoleDetail,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import { loadConfig, parseKnownFiles } from '@smithy/core/config';
import { parseReference } from '../core/facts/reference';
import { askedMember, documentOf, takenAtMember } from '../core/facts/snapshot';
import type { LiveNames, LiveOptions, LiveQuestion } from '../lsp/runtime';
import { awsFiles } from './awsFiles';
import {
  type Action,
  LiveFailure,
  type ProfileKind,
  type Subject,
  whatIsDenied,
  whyFailed,
  whyMalformed,
  whyMfa,
  whyNoCredentials,
} from './liveFailure';

/** `parts` make one JSON text; `denied` says in sentences what IAM did not tell. */
export type LiveText =
  | { readonly ok: true; readonly parts: Iterable<string>; readonly denied: readonly string[] }
  | { readonly ok: false; readonly reason: string };

const [namesDeadline, accountDeadline] = [30_000, 300_000];
const concurrency = 8;

/** Never more at a time than IAM's limits bear, and every one of them again, more slowly, where IAM asks for that. */
const transport = {
  maxAttempts: 5,
  retryMode: 'adaptive',
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
};

/** About these names; what they name that does not exist is said to be absent. */
export function lookUp(question: LiveQuestion & { readonly names: LiveNames }, options: LiveOptions): Promise<LiveText> {
  return conversation(question, { ...options, deadline: options.deadline ?? namesDeadline }, (iam) => aboutNames(question.names, iam));
}

/** About everything, which takes two permissions and a page for each few hundred roles. */
export function snapshot(question: LiveQuestion, options: LiveOptions): Promise<LiveText> {
  return conversation(question, { ...options, deadline: options.deadline ?? accountDeadline }, aboutAccount);
}

type List = 'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies' | 'InstanceProfiles';
type Listing = { readonly [list in List]?: readonly object[] | undefined } & { readonly IsTruncated: boolean };

interface Asked {
  readonly listing: Listing;
  readonly absentRoles?: readonly string[];
  readonly absentInstanceProfiles?: readonly string[];
}

/** One answer: what was asked for, that it does not exist, or that asking is not permitted. */
type Said<T> = { readonly state: 'told'; readonly value: T } | { readonly state: 'absent' } | { readonly state: 'denied' };

interface Iam {
  readonly client: IAMClient;
  /** Nothing where it cannot be learnt. */
  account(): Promise<string | undefined>;
  ask<T>(action: Action, call: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<Said<T>>;
  progress(text: string): void;
}

async function conversation(
  { profile }: LiveQuestion,
  { signal, onProgress, deadline }: LiveOptions & { readonly deadline: number },
  about: (iam: Iam) => Promise<Asked>,
): Promise<LiveText> {
  const takenAt = new Date();
  const stop = new AbortController();
  const over = setTimeout(() => stop.abort(new LiveFailure(`IAM did not answer everything within ${deadline / 1000} seconds.`)), deadline);
  // So many requests at a time listen to it.
  setMaxListeners(0, stop.signal);
  const stopped = new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)));
  stopped.catch(() => undefined);
  const withinTime = <T>(work: Promise<T>): Promise<T> => Promise.race([work, stopped]);
  const cancel = (): void => stop.abort(new LiveFailure('The question to IAM was cancelled.'));
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel);
  const clients: { destroy(): void }[] = [];
  try {
    const subject = await withinTime(openProfile(profile));
    const { configuration } = subject;
    const region = (await setting(configuration, ['AWS_REGION', 'AWS_DEFAULT_REGION'], 'region')) ?? 'us-east-1';
    const shared = { ...transport, region, profile };
    const mfaCodeProvider = (): Promise<never> => Promise.reject(new LiveFailure(whyMfa(profile)));
    const credentials = await withinTime(
      fromIni({ ...configuration, ignoreCache: true, mfaCodeProvider, clientConfig: { ...transport, region } })(),
    ).catch((error: unknown) => {
      throw error instanceof LiveFailure ? error : new LiveFailure(whyNoCredentials(subject, error));
    });
    const open = async (service: 'iam' | 'sts') => ({ ...shared, ...(await endpointOf(service, configuration)), credentials });
    const client = new IAMClient(await open('iam'));
    clients.push(client);
    const askAccount = async (): Promise<string | undefined> => {
      if (credentials.accountId !== undefined) return credentials.accountId;
      const sts = new STSClient({ ...(await open('sts')), maxAttempts: 2 });
      clients.push(sts);
      const call = sts.send(new GetCallerIdentityCommand(), { abortSignal: stop.signal });
      const { Account } = await withinTime(call).catch(() => ({ Account: undefined }));
      return Account !== undefined && /^\d{12}$/.test(Account) ? Account : undefined;
    };
    let account: Promise<string | undefined> | undefined;

    const denied = new Set<string>();
    const turn = turnstile(concurrency);
    const ask: Iam['ask'] = (action, call) =>
      turn(async () => {
        try {
          return { state: 'told', value: await withinTime(call({ abortSignal: stop.signal })) };
        } catch (error) {
          if (stop.signal.aborted) throw stop.signal.reason;
          const failure = error instanceof LiveFailure ? { state: 'failed' as const, reason: error.message } : whyFailed(subject, error);
          if (failure.state === 'failed') throw new LiveFailure(failure.reason);
          if (failure.state === 'denied') denied.add(whatIsDenied(profile, action));
          return { state: failure.state };
        }
      });
    const iam: Iam = {
      client,
      ask,
      account() {
        account ??= askAccount();
        return account;
      },
      progress: (text) => onProgress?.(text),
    };
    const { listing, ...absent } = await about(iam);
    const sentences = [...denied].sort();
    if (Object.values(listing).every((list) => !Array.isArray(list))) throw new LiveFailure(sentences.join(' '));
    // Of an account that nobody knows, nothing can be said to be absent; what is there says itself whose it is.
    const isAbsent = Object.values(absent).some((names) => names.length > 0);
    const ofAccount = isAbsent ? await iam.account() : credentials.accountId;
    if (stop.signal.aborted) throw stop.signal.reason;
    const asked = { ...(ofAccount === undefined ? {} : { account: ofAccount, ...absent }), gaps: sentences };
    return { ok: true, parts: textOf({ ...listing, [takenAtMember]: takenAt.toISOString(), [askedMember]: asked }), denied: sentences };
  } catch (error) {
    // What is still under way has nobody who waits for it.
    stop.abort(error);
    return { ok: false, reason: error instanceof LiveFailure ? error.message : whyMalformed };
  } finally {
    clearTimeout(over);
    signal?.removeEventListener('abort', cancel);
    for (const client of clients) client.destroy();
  }
}

/** Not more calls than so many at a time. */
function turnstile(places: number): <T>(call: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (call) => {
    if (free === 0) await new Promise<void>((enter) => waiting.push(enter));
    else free--;
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

/** One JSON object, an item a line. Documents stand in it as JSON, as the AWS CLI prints them. */
function* textOf(members: Readonly<Record<string, unknown>>): Generator<string> {
  let isFirst = true;
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    yield `${isFirst ? '{' : ','}\n${JSON.stringify(name)}: `;
    isFirst = false;
    if (!Array.isArray(value)) yield JSON.stringify(value);
    else {
      yield '[';
      for (const [i, item] of value.entries()) yield `${i === 0 ? '' : ','}\n${JSON.stringify(item, withDocuments)}`;
      yield ']';
    }
  }
  yield '\n}\n';
}

const documentMembers: ReadonlySet<string> = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document']);

function withDocuments(key: string, value: unknown): unknown {
  if (!documentMembers.has(key) || typeof value !== 'string') return value;
  try {
    return JSON.parse(documentOf(value) ?? '');
  } catch {
    return value;
  }
}

type Configuration = ReturnType<typeof configurationOf>;

function configurationOf(profile: string): { profile: string; filepath: string; configFilepath: string } {
  const { config, credentials } = awsFiles(process.env);
  return { profile, filepath: credentials, configFilepath: config };
}

/** What stands in the user's own files, read anew: he may just have logged in. */
async function openProfile(profile: string): Promise<Subject & { readonly configuration: Configuration }> {
  const configuration = configurationOf(profile);
  const profiles = await parseKnownFiles({ ...configuration, ignoreCache: true });
  if (!Object.hasOwn(profiles, profile)) throw new LiveFailure(`The AWS config files have no profile "${profile}".`);
  // A profile that assumes a role gets its credentials from another one: that one is to be logged in.
  let source = profile;
  for (const seen = new Set<string>(); !seen.has(source); ) {
    seen.add(source);
    source = profiles[source]?.['source_profile'] ?? source;
  }
  return { profile, loginProfile: source, kind: kindOf(profiles[source] ?? {}), assumesRole: source !== profile, configuration };
}

function kindOf(settings: Readonly<Record<string, string | undefined>>): ProfileKind {
  if (settings['aws_access_key_id'] !== undefined) return 'keys';
  if (settings['credential_process'] !== undefined) return 'process';
  if (settings['sso_session'] !== undefined || settings['sso_start_url'] !== undefined) return 'sso';
  return settings['login_session'] === undefined ? 'none' : 'login';
}

/** Of the user's environment or of his profile; of the SDK's own look-up, only the former knows which profile was chosen. */
async function endpointOf(
  service: 'iam' | 'sts',
  configuration: Configuration,
): Promise<{ endpoint?: string; ignoreConfiguredEndpointUrls: true }> {
  const ignored = await setting(configuration, ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'], 'ignore_configured_endpoint_urls');
  const endpoint =
    ignored === 'true'
      ? undefined
      : await setting(configuration, [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL'], 'endpoint_url', service);
  return { ...(endpoint === undefined ? {} : { endpoint }), ignoreConfiguredEndpointUrls: true };
}

/** @param service whose own value in the `services` section of the profile comes first. */
function setting(configuration: Configuration, variables: readonly string[], key: string, service?: string): Promise<string | undefined> {
  return loadConfig<string | undefined>(
    {
      environmentVariableSelector: (env) => variables.map((name) => env[name]).find((value) => value !== undefined && value !== ''),
      configFileSelector: (profile, sections) =>
        (service === undefined ? undefined : sections?.[`services.${profile['services']}`]?.[`${service}.${key}`]) ?? profile[key],
      default: async () => undefined,
    },
    configuration,
  )();
}

async function aboutNames(names: LiveNames, iam: Iam): Promise<Asked> {
  const { client, ask } = iam;
  const absentRoles: string[] = [];
  const absentInstanceProfiles: string[] = [];
  const roles: RoleDetail[] = [];
  const instanceProfiles: InstanceProfile[] = [];
  const policies: ManagedPolicyDetail[] = [];
  const counts = { done: 0, all: 0 };
  const begun = new Map<string, Promise<void>>();
  /** Each thing once, whoever asks for it. */
  const once = (key: string, look: () => Promise<void>): Promise<void> => {
    const known = begun.get(key);
    if (known !== undefined) return known;
    counts.all++;
    const work = look().then(() => {
      counts.done++;
      iam.progress(`${counts.done} of ${counts.all} roles, instance profiles and policies`);
    });
    begun.set(key, work);
    return work;
  };

  /** @param isNamed whether its absence is an answer to the question. */
  const role = (name: string, isNamed: boolean): Promise<void> =>
    once(`role ${name}`, async () => {
      const said = await ask('iam:GetRole', (options) => client.send(new GetRoleCommand({ RoleName: name }), options));
      if (said.state === 'absent' && isNamed) absentRoles.push(name);
      if (said.state !== 'told') return;
      const found = named(said.value.Role, said.value.Role?.RoleName, name);
      const [inline, attached] = await Promise.all([inlinePolicies(name), attachedPolicies(name)]);
      const detail = { ...found, RolePolicyList: inline, AttachedManagedPolicies: attached };
      roles.push(detail);
      await Promise.all((attached ?? []).map(({ PolicyArn }) => (PolicyArn === undefined ? undefined : policy(PolicyArn))));
    });
  const inlinePolicies = async (RoleName: string): Promise<RoleDetail['RolePolicyList']> => {
    const list = await everyPage(
      (Marker) => ask('iam:ListRolePolicies', (options) => client.send(new ListRolePoliciesCommand({ RoleName, Marker }), options)),
      ({ PolicyNames }) => PolicyNames,
    );
    if (list === undefined) return undefined;
    return Promise.all(
      list.map(async (PolicyName) => {
        const said = await ask('iam:GetRolePolicy', (options) => client.send(new GetRolePolicyCommand({ RoleName, PolicyName }), options));
        return { PolicyName, PolicyDocument: said.state === 'told' ? required(said.value.PolicyDocument) : undefined };
      }),
    );
  };
  const attachedPolicies = (RoleName: string): Promise<AttachedPolicy[] | undefined> =>
    everyPage(
      (Marker) =>
        ask('iam:ListAttachedRolePolicies', (options) => client.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker }), options)),
      ({ AttachedPolicies }) => AttachedPolicies,
    );
  const policy = (PolicyArn: string): Promise<void> =>
    once(`policy ${PolicyArn}`, async () => {
      const found = told(await ask('iam:GetPolicy', (options) => client.send(new GetPolicyCommand({ PolicyArn }), options)));
      if (found === undefined) return;
      const { DefaultVersionId: VersionId, ...rest } = named(found.Policy, found.Policy?.Arn, PolicyArn);
      const version =
        VersionId === undefined
          ? undefined
          : told(
              await ask('iam:GetPolicyVersion', (options) => client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }), options)),
            );
      policies.push({
        ...rest,
        DefaultVersionId: VersionId,
        PolicyVersionList: version === undefined ? [] : [required(version.PolicyVersion)],
      });
    });
  const instanceProfile = (name: string): Promise<void> =>
    once(`instance profile ${name}`, async () => {
      const said = await ask('iam:GetInstanceProfile', (options) =>
        client.send(new GetInstanceProfileCommand({ InstanceProfileName: name }), options),
      );
      if (said.state === 'told') {
        const found = named(said.value.InstanceProfile, said.value.InstanceProfile?.InstanceProfileName, name);
        instanceProfiles.push(found);
        await Promise.all((found.Roles ?? []).map(({ RoleName }) => (RoleName === undefined ? undefined : role(RoleName, true))));
      } else if (said.state === 'absent') {
        absentInstanceProfiles.push(name);
        // The most frequent mistake: it is the name of a role, and the profile that holds that role has another.
        await role(name, false);
        if (roles.some(({ RoleName }) => sameName(RoleName, name))) await holders(name);
      }
    });
  const holders = async (RoleName: string): Promise<void> => {
    const list = await everyPage(
      (Marker) =>
        ask('iam:ListInstanceProfilesForRole', (options) =>
          client.send(new ListInstanceProfilesForRoleCommand({ RoleName, Marker }), options),
        ),
      ({ InstanceProfiles }) => InstanceProfiles,
    );
    instanceProfiles.push(...(list ?? []));
  };
  /** An ARN may be of another account, of which IAM tells nothing here. */
  const own = async (reference: string, wanted: 'role' | 'instance-profile', look: (name: string) => Promise<void>): Promise<void> => {
    const { name, type = wanted, account } = parseReference(reference) ?? {};
    if (name === undefined || type !== wanted || (account !== undefined && account !== (await iam.account()))) return;
    await look(name);
  };

  // The profiles later: that one of them is named like a role that is asked for must not hide that the role is absent.
  await Promise.all(names.roles.map((reference) => own(reference, 'role', (name) => role(name, true))));
  await Promise.all(names.instanceProfiles.map((reference) => own(reference, 'instance-profile', instanceProfile)));
  // It is no list of everything.
  const listing = { RoleDetailList: roles, Policies: policies, InstanceProfiles: instanceProfiles, IsTruncated: true };
  return { listing, absentRoles, absentInstanceProfiles };
}

async function aboutAccount({ client, ask, progress }: Iam): Promise<Asked> {
  const counts = { roles: 0, users: 0, policies: 0, 'instance profiles': 0 };
  const count = (added: { readonly [kind in keyof typeof counts]?: number | undefined }): void => {
    for (const kind of kindsCounted) counts[kind] += added[kind] ?? 0;
    progress(kindsCounted.map((kind) => `${counts[kind]} ${kind}`).join(', '));
  };
  const [details, profiles] = await Promise.all([
    everyPage(
      (Marker) =>
        ask('iam:GetAccountAuthorizationDetails', async (options) => {
          const page = await client.send(new GetAccountAuthorizationDetailsCommand({ Marker, MaxItems: 1000 }), options);
          count({ roles: page.RoleDetailList?.length, users: page.UserDetailList?.length, policies: page.Policies?.length });
          return page;
        }),
      (page) => (page.RoleDetailList === undefined && page.IsTruncated === undefined ? undefined : [page]),
    ),
    everyPage(
      (Marker) =>
        ask('iam:ListInstanceProfiles', async (options) => {
          const page = await client.send(new ListInstanceProfilesCommand({ Marker, MaxItems: 1000 }), options);
          count({ 'instance profiles': page.InstanceProfiles?.length });
          return page;
        }),
      ({ InstanceProfiles }) => InstanceProfiles,
    ),
  ]);
  const all = (list: Exclude<List, 'InstanceProfiles'>): object[] | undefined => details?.flatMap((page) => page[list] ?? []);
  // A list that IAM did not give at all is left out: then the text says no more than one of the two commands of the AWS CLI.
  const listing = {
    UserDetailList: all('UserDetailList'),
    GroupDetailList: all('GroupDetailList'),
    RoleDetailList: all('RoleDetailList'),
    Policies: all('Policies'),
    InstanceProfiles: profiles,
    IsTruncated: false,
  };
  return { listing };
}

const kindsCounted = ['roles', 'users', 'policies', 'instance profiles'] as const;

/**
 * The items of every page; nothing where asking is not permitted.
 *
 * @param itemsOf a page, which has the list even if it is empty.
 */
async function everyPage<T extends { IsTruncated?: boolean | undefined; Marker?: string | undefined }, I>(
  page: (marker: string | undefined) => Promise<Said<T>>,
  itemsOf: (page: T) => readonly I[] | undefined,
): Promise<I[] | undefined> {
  const items: I[] = [];
  const markers = new Set<string>();
  for (let marker: string | undefined; ; ) {
    const said = await page(marker);
    if (said.state !== 'told') return undefined;
    const { IsTruncated, Marker } = said.value;
    for (const item of required(itemsOf(said.value))) items.push(item);
    if (IsTruncated !== true) return items;
    // The same place again would never end.
    if (Marker === undefined || markers.has(Marker)) throw new LiveFailure(whyMalformed);
    markers.add(Marker);
    marker = Marker;
  }
}

function told<T>(said: Said<T>): T | undefined {
  return said.state === 'told' ? said.value : undefined;
}

/** What an answer of IAM always has. */
function required<T>(value: T | undefined): T {
  if (value === undefined) throw new LiveFailure(whyMalformed);
  return value;
}

/** An answer must be about what was asked for. */
function named<T>(value: T | undefined, name: string | undefined, wanted: string): T {
  if (!sameName(name, wanted)) throw new LiveFailure(whyMalformed);
  return required(value);
}

function sameName(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
