// An IAM on this machine that does what a test says, for what no real one can be made to do: pages, refusals, silence, nonsense.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  readonly action: string;
  readonly parameters: URLSearchParams;
}

export interface Reply {
  readonly status?: number;
  readonly body: string;
  /** Sent instead of all of it, before the connection is cut. */
  readonly cutAfter?: number;
}

/** Nothing: the call is never answered. @param nth how often the action was called before. */
export type Respond = (call: Call, nth: number) => Reply | undefined;

export interface ScriptedIam {
  readonly endpoint: string;
  readonly calls: Call[];
  /** So many calls were under way at one time. */
  mostAtOnce(): number;
  /** Of the calls that are not answered, those whose caller still waits. */
  waiting(): number;
  respond: Respond;
  stop(): Promise<void>;
}

export async function startIam(respond: Respond): Promise<ScriptedIam> {
  const calls: Call[] = [];
  const counts = new Map<string, number>();
  const open = new Set<ServerResponse>();
  let most = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    open.add(response);
    response.on('close', () => open.delete(response));
    most = Math.max(most, open.size);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const parameters = new URLSearchParams(Buffer.concat(chunks).toString());
      const action = parameters.get('Action') ?? '';
      const nth = counts.get(action) ?? 0;
      counts.set(action, nth + 1);
      calls.push({ action, parameters });
      const reply = iam.respond({ action, parameters }, nth);
      if (reply === undefined) return;
      const { status = 200, body, cutAfter } = reply;
      // A turn later, so that calls which could be made together are.
      setImmediate(() => {
        response.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) });
        if (cutAfter === undefined) response.end(body);
        else response.write(body.slice(0, cutAfter), () => response.destroy());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const iam: ScriptedIam = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    mostAtOnce: () => most,
    waiting: () => open.size,
    respond,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return iam;
}

/** As AWS's query protocol writes it. */
export function answer(action: string, result: string): Reply {
  return {
    body: `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${result}</${action}Result></${action}Response>`,
  };
}

export function refusal(status: number, code: string, message = 'no'): Reply {
  return {
    status,
    body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
}

export const account = '111122223333';
export const trustOf = (service: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] });
/** With what percent-decoding could break. */
export const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a+b%20/*"}]}';

/** An account with one service role, one EC2 role and two profiles; documents percent-encoded, as IAM sends them. */
export interface IamAccount {
  readonly roles: readonly string[];
  /** The role of each, or nothing. */
  readonly instanceProfiles: Readonly<Record<string, string | undefined>>;
  readonly encode: (document: string) => string;
}

export const plain: IamAccount = {
  roles: ['Service', 'Nodes'],
  instanceProfiles: { NodesProfile: 'Nodes', Empty: undefined },
  encode: encodeURIComponent,
};

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const policyArn = `arn:aws:iam::${account}:policy/shared`;

export function answering({ roles, instanceProfiles, encode }: IamAccount): Respond {
  const written = (text: string): string => xml(encode(text));
  const role = (name: string): string =>
    `<Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::${account}:role/${name}</Arn><CreateDate>2026-03-02T09:14:55Z</CreateDate><AssumeRolePolicyDocument>${written(trustOf(name === 'Nodes' ? 'ec2.amazonaws.com' : 'elasticmapreduce.amazonaws.com'))}</AssumeRolePolicyDocument>`;
  const profile = (name: string): string => {
    const held = instanceProfiles[name];
    return `<Path>/</Path><InstanceProfileName>${name}</InstanceProfileName><InstanceProfileId>AIPA</InstanceProfileId><Arn>arn:aws:iam::${account}:instance-profile/${name}</Arn><CreateDate>2026-03-02T09:14:55Z</CreateDate><Roles>${held === undefined ? '' : `<member>${role(held)}</member>`}</Roles>`;
  };
  const members = (items: readonly string[]): string => items.map((item) => `<member>${item}</member>`).join('');
  const inline = `<PolicyName>inline</PolicyName><PolicyDocument>${written(document)}</PolicyDocument>`;
  const attached = `<AttachedPolicies><member><PolicyName>shared</PolicyName><PolicyArn>${policyArn}</PolicyArn></member></AttachedPolicies>`;
  const version = `<Document>${written(document)}</Document><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion><CreateDate>2026-03-02T09:14:55Z</CreateDate>`;
  const last = '<IsTruncated>false</IsTruncated>';
  const gone = refusal(404, 'NoSuchEntity');
  return ({ action, parameters }) => {
    const wantedRole = parameters.get('RoleName') ?? '';
    const wantedProfile = parameters.get('InstanceProfileName') ?? '';
    if (wantedRole !== '' && !roles.includes(wantedRole)) return gone;
    const results: Readonly<Record<string, () => string>> = {
      GetCallerIdentity: () => `<Account>${account}</Account>`,
      GetRole: () => `<Role>${role(wantedRole)}</Role>`,
      ListRolePolicies: () => `<PolicyNames><member>inline</member></PolicyNames>${last}`,
      GetRolePolicy: () => `<RoleName>${wantedRole}</RoleName>${inline}`,
      ListAttachedRolePolicies: () => `${attached}${last}`,
      GetPolicy: () => `<Policy><PolicyName>shared</PolicyName><Arn>${policyArn}</Arn><DefaultVersionId>v2</DefaultVersionId></Policy>`,
      GetPolicyVersion: () => `<PolicyVersion>${version}</PolicyVersion>`,
      GetInstanceProfile: () => `<InstanceProfile>${profile(wantedProfile)}</InstanceProfile>`,
      ListInstanceProfilesForRole: () =>
        `<InstanceProfiles>${members(
          Object.keys(instanceProfiles)
            .filter((name) => instanceProfiles[name] === wantedRole)
            .map(profile),
        )}</InstanceProfiles>${last}`,
      ListInstanceProfiles: () => `<InstanceProfiles>${members(Object.keys(instanceProfiles).map(profile))}</InstanceProfiles>${last}`,
      GetAccountAuthorizationDetails: () =>
        `<UserDetailList/><GroupDetailList/><RoleDetailList>${members(
          roles.map(
            (name) =>
              `${role(name)}<RolePolicyList><member>${inline}</member></RolePolicyList><AttachedManagedPolicies>${attached.replace(/<\/?AttachedPolicies>/g, '')}</AttachedManagedPolicies><InstanceProfileList>${members(
                Object.keys(instanceProfiles)
                  .filter((key) => instanceProfiles[key] === name)
                  .map(profile),
              )}</InstanceProfileList>`,
          ),
        )}</RoleDetailList><Policies><member><PolicyName>shared</PolicyName><Arn>${policyArn}</Arn><DefaultVersionId>v2</DefaultVersionId><PolicyVersionList><member>${version}</member></PolicyVersionList></member></Policies>${last}`,
    };
    if (action === 'GetInstanceProfile' && !Object.hasOwn(instanceProfiles, wantedProfile)) return gone;
    const result = results[action];
    return result === undefined ? refusal(400, 'InvalidAction') : answer(action, result());
  };
}
