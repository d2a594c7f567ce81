import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import {
  CancellationTokenSource,
  type CodeAction,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticRequest,
  type InitializeParams,
  type Range,
  ResponseError,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LaunchCommandResult } from '../../server/src/lsp/protocol';
import { authorizationDetails, listInstanceProfiles } from '../harness/account';
import { awsConfig, type Client, type Files, folder, startClient, until } from '../harness/client';

const pulls: InitializeParams['capabilities'] = {
  textDocument: { diagnostic: { dynamicRegistration: false, relatedInformation: true } },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
};
const pushes: InitializeParams['capabilities'] = { workspace: { configuration: true } };

const policy = `${folder}/policy.json`;
const noVersion = '{ "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }\n';
const yes = '[default]\nemr =\n    log_uri = s3://logs/\n    enable_debugging = yes\n';

const account = {
  roles: [{ name: 'EMR_DefaultRole' }, { name: 'ClusterRole', inlinePolicies: ['extra'] }],
  instanceProfiles: [{ name: 'ClusterProfile', role: 'ClusterRole' }],
};
const blockWithRole = '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = ClusterRole\n';

let client: Client | undefined;
afterEach(() => client?.stop());

async function started(capabilities = pulls, settings: unknown = {}, files: Files = new Map()): Promise<Client> {
  client = await startClient(files, capabilities, settings);
  return client;
}

function codes(diagnostics: readonly { code?: unknown }[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

function apply(text: string, action: CodeAction | undefined): string {
  const edits = (action?.edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? change.edits : []));
  return TextDocument.applyEdits(TextDocument.create('x', '', 0, text), edits as TextEdit[]);
}

describe('diagnostics', () => {
  test('are pulled where the client can, and then never pushed', async () => {
    const c = await started();
    await c.open(policy, noVersion);
    assert.deepEqual(codes(await c.diagnostics(policy)), ['policy/missing-version']);
    assert.deepEqual(c.published, []);
    assert.ok(c.initialized.capabilities.diagnosticProvider);
  });

  test('are pushed where the client cannot pull, with the version that they are for, and taken back on close', async () => {
    const c = await started(pushes);
    assert.equal(c.initialized.capabilities.diagnosticProvider, undefined);
    await c.open(policy, noVersion);
    await until('the first diagnostics', () => c.published.length > 0);
    assert.deepEqual(codes(c.published[0]?.diagnostics ?? []), ['policy/missing-version']);
    assert.equal(c.published[0]?.version, 1);
    await c.close(policy);
    await until('the empty list', () => c.published.at(-1)?.diagnostics.length === 0);
  });

  test('are taken back when the text is no policy any more', async () => {
    const c = await started(pushes);
    await c.open(policy, noVersion);
    await until('the first diagnostics', () => c.published.length > 0);
    await c.change(policy, 2, [{ text: '{ "name": "x" }' }]);
    await until('the empty list', () => c.published.at(-1)?.diagnostics.length === 0);
  });

  test('are right again after a change of which nobody has told the server', async () => {
    const files: Files = new Map([[`${folder}/account.json`, authorizationDetails(account)]]);
    const c = await started(pulls, { factsFiles: ['account.json'] }, files);
    await c.open(awsConfig, blockWithRole, 'aws-config');
    const first = await c.pull(awsConfig);
    files.delete(`${folder}/account.json`);
    const second = await c.pull(awsConfig, first.kind === 'full' ? first.resultId : undefined);
    assert.deepEqual(second.kind === 'full' && codes(second.items), ['emr/use-default-roles']);
  });

  test('are never pushed for an old version', async () => {
    const c = await started(pushes);
    let release = (): void => undefined;
    c.holdSettings = new Promise((resolve) => {
      release = resolve;
    });
    await c.open(policy, noVersion);
    await until('the server to ask for settings', () => c.settingsAsked > 0);
    await c.change(policy, 2, [{ text: noVersion.replace('{ "S', '{ "Version": "2012-10-17", "S') }]);
    await until('the server to ask again', () => c.settingsAsked > 1);
    release();
    await until('diagnostics', () => c.published.length > 0);
    assert.deepEqual(
      c.published.map(({ version, diagnostics }) => [version, diagnostics.length]),
      [[2, 0]],
    );
  });

  test('follow incremental edits, in UTF-16 columns', async () => {
    const c = await started();
    const before = '{ "Id": "𝒳", "Statement": [{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "';
    const role = 'arn:aws:iam::111122223333:role/x';
    await c.open(policy, `${before}${role}" }], "Version": "2012-10-17" }`);
    assert.deepEqual(await c.diagnostics(policy), []);
    const at = before.length;
    const range = { start: { line: 0, character: at }, end: { line: 0, character: at + role.length } };
    await c.change(policy, 2, [{ range, text: '*' }]);
    const [found] = await c.diagnostics(policy);
    assert.equal(found?.code, 'policy/pass-role-with-star-in-resource');
    assert.deepEqual(found?.range, { start: { line: 0, character: at - 1 }, end: { line: 0, character: at + 2 } });
    assert.equal(found?.relatedInformation?.length, 1);
  });

  test('are right in a file with CRLF', async () => {
    const c = await started();
    await c.open(awsConfig, yes.replaceAll('\n', '\r\n'), 'ini');
    const [found] = await c.diagnostics(awsConfig);
    assert.deepEqual(found?.range, { start: { line: 3, character: 23 }, end: { line: 3, character: 26 } });
  });

  test('come for the config file whatever its language id, and not for a JSON file without a policy', async () => {
    const c = await started();
    await c.open(awsConfig, yes, 'ini');
    await c.open(`${folder}/package.json`, '{ "Statement": "nothing of ours" }');
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['config/invalid-boolean']);
    assert.deepEqual(await c.diagnostics(`${folder}/package.json`), []);
    assert.equal(c.settingsAsked, 1, 'a JSON file without a policy costs no question');
  });

  test('are "unchanged" for the same text, and new when settings change', async () => {
    const c = await started();
    await c.open(policy, noVersion);
    const first = await c.pull(policy);
    assert.equal(first.kind, 'full');
    assert.equal((await c.pull(policy, first.resultId)).kind, 'unchanged');
    c.settings = { rules: { 'policy/missing-version': 'off' } };
    await c.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    const second = await c.pull(policy, first.resultId);
    assert.deepEqual(second.kind === 'full' && second.items, []);
  });

  test('stop for a cancelled request', async () => {
    const c = await started();
    let release = (): void => undefined;
    c.holdSettings = new Promise((resolve) => {
      release = resolve;
    });
    await c.open(policy, noVersion);
    const source = new CancellationTokenSource();
    const pulled = c.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: policy } }, source.token);
    await until('the server to ask for settings', () => c.settingsAsked > 0);
    source.cancel();
    release();
    await assert.rejects(pulled, (error: unknown) => error instanceof ResponseError && error.code === -32800);
  });

  test('of a document that is closed while they are computed are empty', async () => {
    const c = await started();
    let release = (): void => undefined;
    c.holdSettings = new Promise((resolve) => {
      release = resolve;
    });
    await c.open(policy, noVersion);
    const pulled = c.diagnostics(policy);
    await until('the server to ask for settings', () => c.settingsAsked > 0);
    await c.close(policy);
    release();
    assert.deepEqual(await pulled, []);
  });
});

describe('settings and facts', () => {
  test('a value of the wrong type is one line in the log, and its default is used', async () => {
    const c = await started(pulls, {
      enable: 'yes',
      factsFiles: 'a.json',
      rules: { 'policy/missing-version': 'loud', 'no/such-rule': 'off' },
    });
    await c.open(policy, noVersion);
    await c.diagnostics(policy);
    assert.deepEqual(codes(await c.diagnostics(policy)), ['policy/missing-version']);
    assert.equal(c.logged.length, 4, c.logged.join('\n'));
    assert.match(c.logged.join('\n'), /emrIam\.enable must be true or false/);
  });

  test('facts files are read, watched, and read again when they change', async () => {
    const files: Files = new Map([[`${folder}/account.json`, authorizationDetails({ roles: account.roles, instanceProfiles: [] })]]);
    const c = await started(pulls, { factsFiles: ['account.json'] }, files);
    let refreshed = 0;
    c.connection.onRequest(DiagnosticRefreshRequest.type, () => void refreshed++);
    await c.open(awsConfig, blockWithRole, 'aws-config');
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['emr/use-default-roles', 'emr/role-used-as-instance-profile']);
    await until('a watcher', () => c.registered.includes('workspace/didChangeWatchedFiles'));
    const named = { roles: account.roles, instanceProfiles: [{ name: 'ClusterRole', role: 'ClusterRole' }] };
    files.set(`${folder}/account.json`, authorizationDetails(named));
    await c.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: `${folder}/account.json`, type: 2 }] });
    await until('a refresh', () => refreshed > 0);
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['emr/use-default-roles', 'emr/inline-policy']);
  });

  test('a file that is not facts, or not there, is one line in the log, and the rest of the work goes on', async () => {
    const files: Files = new Map([[`${folder}/other.json`, '{"secret": "hunter2"}']]);
    const c = await started(pulls, { factsFiles: ['other.json', 'missing.json'] }, files);
    await c.open(awsConfig, yes, 'aws-config');
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['config/invalid-boolean']);
    assert.equal(c.logged.length, 2);
    assert.match(c.logged[0] ?? '', /^other\.json: not used as facts: /);
    assert.doesNotMatch(c.logged.join(), /hunter2/);
  });

  test('a document that is nested too deep is one line in the log', async () => {
    const c = await started();
    await c.open(policy, `{"Statement": ${'['.repeat(5000)}`);
    assert.deepEqual(await c.diagnostics(policy), []);
    assert.deepEqual(await c.diagnostics(policy), []);
    assert.deepEqual(c.logged, ['policy.json: not checked: its brackets are nested deeper than 200 levels.']);
  });
});

describe('code actions', () => {
  test('are the fixes that the diagnostics carry', async () => {
    const c = await started();
    await c.open(awsConfig, yes, 'aws-config');
    const found = await c.diagnostics(awsConfig);
    const [action] = await c.actions(awsConfig, found);
    assert.equal(action?.title, 'Change to true');
    assert.equal(action?.isPreferred, true);
    assert.equal(apply(yes, action), yes.replace('yes', 'true'));
  });

  test('of an older text are left out', async () => {
    const c = await started();
    await c.open(awsConfig, yes, 'aws-config');
    const found = await c.diagnostics(awsConfig);
    await c.change(awsConfig, 2, [{ text: `# new\n${yes}` }]);
    assert.deepEqual(await c.actions(awsConfig, found), []);
  });

  test('fix all safe findings at once, and only these', async () => {
    const c = await started();
    const text = '{ "Statement": [{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }] }\n';
    await c.open(policy, text);
    const actions = await c.actions(policy, [], ['source.fixAll']);
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      ['source.fixAll.emrIam'],
    );
    assert.equal(apply(text, actions[0]), text.replace('{ "S', '{ "Version": "2012-10-17", "S'));
    assert.deepEqual(await c.actions(policy, [], ['source.organizeImports']), []);
  });
});

test('a policy in a string has its diagnostics, its fix and its hover there', async () => {
  const c = await started();
  const text = String.raw`{ "RoleName": "r", "PolicyName": "p",
  "PolicyDocument": "{ \"Id\": \"\u00e9\", \"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\" }] }"
}
`;
  await c.open(policy, text);
  const found = await c.diagnostics(policy);
  assert.deepEqual(codes(found), ['policy/missing-version']);
  const line = text.split('\n')[1] ?? '';
  const start = line.indexOf(String.raw`\"Statement\"`);
  assert.deepEqual(found[0]?.range, { start: { line: 1, character: start }, end: { line: 1, character: start + 13 } });
  const [fix] = await c.actions(policy, found);
  const fixed: unknown = JSON.parse(JSON.parse(apply(text, fix)).PolicyDocument);
  assert.equal(JSON.stringify(fixed).slice(0, 24), '{"Version":"2012-10-17",');
  assert.match(JSON.stringify(await c.hover(policy, 1, line.indexOf('GetObject'))), /s3:GetObject/);
});

describe('refactorings', () => {
  const policyWith = (actions: string): string =>
    `{ "Id": "𝒳", "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": ${actions}, "Resource": "*" }] }\n`;
  const text = policyWith('["s3:PutObject", "s3:*BucketTagging"]');
  const rangeOf = (part: string): Range => {
    const start = { line: 0, character: text.indexOf(part) };
    return { start, end: start };
  };

  test('are code actions where the cursor is, in UTF-16 columns, by kind', async () => {
    const c = await started();
    await c.open(policy, text);
    const at = async (part: string, only?: string[]): Promise<CodeAction[]> => c.actions(policy, [], only, rangeOf(part));
    const kinds = (actions: readonly CodeAction[]): unknown => actions.map(({ kind }) => kind);
    const [expand] = await at('s3:*', ['refactor.inline']);
    assert.equal(apply(text, expand), policyWith('["s3:PutObject", "s3:GetBucketTagging", "s3:PutBucketTagging"]'));
    assert.deepEqual(kinds(await at('s3:*')), ['refactor.inline', 'refactor.extract', 'refactor.rewrite']);
    assert.deepEqual(kinds(await at('s3:*', ['refactor'])), ['refactor.inline', 'refactor.extract', 'refactor.rewrite']);
    assert.deepEqual(kinds(await at('s3:*', ['refactor.rewrite', 'source'])), ['refactor.rewrite']);
    assert.deepEqual(kinds(await at('s3:*', ['quickfix'])), []);
    assert.deepEqual(kinds(await at('"Id"')), []);
    const kept = c.initialized.capabilities.codeActionProvider;
    assert.ok(typeof kept === 'object' && kept.codeActionKinds?.includes('refactor.rewrite'));
  });

  test('are none of a text that has changed since they were asked for', async () => {
    const c = await started();
    await c.open(policy, text);
    const asked = c.actions(policy, [], ['refactor'], rangeOf('s3:*'));
    await c.change(policy, 2, [{ text: `\n${text}` }]);
    const edits = (await asked).flatMap(({ edit }) => edit?.documentChanges ?? []);
    for (const change of edits) assert.ok('textDocument' in change && change.textDocument.version === 1);
    assert.deepEqual(await c.actions(policy, [], ['refactor'], rangeOf('s3:*')), []);
  });
});

describe('hover', () => {
  test('on a finding tells of its rule, on a role name what the facts say of it', async () => {
    const files: Files = new Map([
      [`${folder}/0.json`, authorizationDetails(account)],
      [`${folder}/1.json`, listInstanceProfiles(account)],
    ]);
    const c = await started(pulls, { factsFiles: ['0.json', '1.json'] }, files);
    await c.open(awsConfig, blockWithRole.replace('ClusterRole', 'ClusterProfile'), 'aws-config');
    const onRole = JSON.stringify(await c.hover(awsConfig, 2, 22));
    assert.match(onRole, /Role `EMR_DefaultRole`/);
    assert.match(onRole, /inline policies: none/);
    const onProfile = JSON.stringify(await c.hover(awsConfig, 3, 26));
    assert.match(onProfile, /holds the role `ClusterRole`/);
    assert.match(onProfile, /emr\/instance-profile-role-mismatch/);
    assert.equal(await c.hover(awsConfig, 0, 0), null);
  });
});

describe('scripts', () => {
  const script = `${folder}/launch.sh`;
  const text =
    '# x\naws emr create-cluster --profile dev \\\n  --relase-label emr-7.12.0 --instance-type m5.xlarge \\\n  --use-default-roles\n';
  const config = '[profile dev]\nemr =\n    service_role = MyRole\n    instance_profile = MyProfile\n';

  test('have findings, with the config file of the user, fixes, and comments that switch rules off for a whole command', async () => {
    const c = await started(pulls, {}, new Map([[awsConfig, config]]));
    await c.open(script, text, 'shellscript');
    const diagnostics = await c.diagnostics(script);
    assert.deepEqual(codes(diagnostics), ['launch/unknown-option', 'launch/use-default-roles']);
    const actions = await c.actions(script, diagnostics);
    const fixed = actions.map((action) => apply(text, action));
    assert.ok(fixed.includes(text.replace('relase', 'release')));
    const suppressed = fixed.find((other) => other.includes('emr-iam-disable-next-line launch/unknown-option'));
    assert.ok(suppressed?.startsWith('# x\n# emr-iam-disable-next-line launch/unknown-option\naws emr') === true, suppressed);
    await c.change(script, 2, [{ text: suppressed }]);
    assert.deepEqual(codes(await c.diagnostics(script)), ['launch/use-default-roles']);
  });

  test('without such a command have none', async () => {
    const c = await started();
    for (const [language, other] of [
      ['shellscript', 'echo emr create-cluster\n'],
      ['markdown', '# aws emr create-cluster\n'],
      ['yaml', 'x: y\n'],
    ] as const) {
      await c.open(`${folder}/${language}`, other, language);
      assert.deepEqual(await c.diagnostics(`${folder}/${language}`), []);
    }
  });
});

describe('the launch command', () => {
  test('comes from the text in the editor, or else from the disk', async () => {
    const files: Files = new Map([[awsConfig, '[profile disk]\nemr =\n    service_role = A\n    instance_profile = B\n']]);
    const c = await started(pulls, {}, files);
    assert.deepEqual(await c.connection.sendRequest('emrIam/launchProfiles', {}), [
      { uri: awsConfig, profiles: [{ name: 'disk', serviceRole: 'A', instanceProfile: 'B' }] },
    ]);
    await c.open(awsConfig, '[profile editor]\nemr =\n    service_role = A\n    instance_profile = B\n', 'aws-config');
    const { command } = await c.connection.sendRequest<{ command: string }>('emrIam/launchCommand', { uri: awsConfig, profile: 'editor' });
    assert.match(command, /--profile editor[\s\S]*--service-role A[\s\S]*--ec2-attributes InstanceProfile=B/);
    await assert.rejects(c.connection.sendRequest('emrIam/launchCommand', { uri: awsConfig, profile: 'disk' }), /no profile "disk"/);
  });

  for (const [settings, shell, start] of [
    [{}, 'posix', '# By default: '],
    [{ shell: 'cmd' }, 'cmd', 'rem By default: '],
  ] as const) {
    test(`is for the shell of the machine, or else of the settings: ${shell}`, async () => {
      const c = await started(pulls, settings);
      await c.open(awsConfig, '[default]\nregion = eu-west-1\n', 'aws-config');
      const result = await c.connection.sendRequest<LaunchCommandResult>('emrIam/launchCommand', { uri: awsConfig, profile: 'default' });
      assert.equal(result.shell, shell);
      assert.ok(result.annotated.startsWith(start), result.annotated);
    });
  }
});

describe('config files', () => {
  const quoted = '[default]\nemr =\n    key_name = "k"\n';
  const credentials = 'file:///home/u/.aws/credentials';

  test('offer to switch a rule off for a line, last of all', async () => {
    const c = await started();
    await c.open(awsConfig, quoted, 'aws-config');
    const actions = await c.actions(awsConfig, await c.diagnostics(awsConfig));
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Remove the quotes', 'Disable config/quoted-value for this line'],
    );
    const after = apply(quoted, actions[1]);
    assert.match(after, /\n {4}# emr-iam-disable-next-line config\/quoted-value\n {4}key_name/);
    await c.change(awsConfig, 2, [{ text: after }]);
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), []);
  });

  test('are judged with the credentials file beside them, as it is on disk or in the editor', async () => {
    const files: Files = new Map([[credentials, '[default]\nemr =\n  key_name = c\n']]);
    const c = await started(pulls, {}, files);
    await c.open(awsConfig, quoted, 'aws-config');
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['config/shadowed-profile']);
    await c.open(credentials, '[default]\nregion = x\n', 'aws-credentials');
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['config/quoted-value']);
    await c.close(credentials);
    files.delete(credentials);
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['config/quoted-value']);
    assert.ok(c.registered.includes(DidChangeWatchedFilesNotification.method), 'the file is watched');
  });

  test('are unparsable with a byte-order mark, which only the disk tells of', async () => {
    const c = await started(pulls, {}, new Map([[awsConfig, '\ufeff[default]\n']]));
    await c.open(awsConfig, '[default]\n', 'aws-config');
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['config/unparsable']);
  });

  test('have their private keys looked for only if they are those of this machine', async () => {
    const text = '[default]\nemr =\n    key_pair_file = ~/gone.pem\n';
    const other = `${folder}/.aws/config`;
    const c = await started();
    await c.open(awsConfig, text, 'aws-config');
    await c.open(other, text, 'aws-config');
    assert.deepEqual(codes(await c.diagnostics(awsConfig)), ['config/key-pair-file']);
    assert.deepEqual(codes(await c.diagnostics(other)), []);
  });
});
