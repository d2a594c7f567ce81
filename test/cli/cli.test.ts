// The built bundle, spawned, as a user would call it.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { newestRelease, releasesKnownOn } from '../../server/src/core/emr/releases';
import { inRepository } from '../harness/repository';

const program = inRepository('dist/emr-iam.js');
let home = '';

before(() => {
  home = mkdtempSync(join(tmpdir(), 'emr-iam-'));
});
after(() => rmSync(home, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

function run(args: readonly string[], cwd = home, more = {}): { code: number | null; out: string; err: string } {
  const env = { PATH: process.env['PATH'], HOME: home, USERPROFILE: home, ...more };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, env, encoding: 'utf8', timeout: 20_000 });
  return { code: status, out: stdout, err: stderr };
}

const yes = '[default]\nemr =\n    enable_debugging = yes\n';
const noVersion = '{\n  "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }]\n}\n';

describe('lint', () => {
  test('shows place, rule, message, the line with the span underlined, and the fixes', () => {
    const path = write('show/.aws/config', yes);
    const { code, out, err } = run(['lint', path]);
    assert.equal(code, 1);
    assert.equal(err, '');
    assert.deepEqual(out.split('\n'), [
      'show/.aws/config:3:24 error config/invalid-boolean',
      '  enable_debugging is "yes", which is neither true nor false: every "aws emr create-cluster" with the profile "default" stops there. Write true or false.',
      '  3 |     enable_debugging = yes',
      '    |                        ^^^',
      '  fix: Change to true',
      '',
      '1 error; 1 file checked; no facts, so no role name was checked',
      '',
    ]);
  });

  test('writes JSON with places that count from 1', () => {
    const path = write('json/policy.json', noVersion);
    const { code, out } = run(['lint', path, '--format', 'json']);
    assert.equal(code, 1);
    const report = JSON.parse(out);
    assert.equal(report.version, 1);
    assert.deepEqual(report.findings, [
      {
        file: 'json/policy.json',
        rule: 'policy/missing-version',
        severity: 'warning',
        message: report.findings[0].message,
        start: { line: 2, column: 3 },
        end: { line: 2, column: 14 },
        accessAnalyzer: 'MISSING_VERSION',
        policyKind: 'identity',
        fixes: [
          {
            title: 'Add "Version": "2012-10-17"',
            kind: 'safe',
            edits: [{ start: { line: 2, column: 3 }, end: { line: 2, column: 3 }, newText: '"Version": "2012-10-17",\n  ' }],
          },
        ],
      },
    ]);
    assert.deepEqual(report.summary, { files: 1, error: 0, warning: 1, information: 0, hint: 0, facts: [] });
  });

  test('goes by the columns of the file through the escapes of a string, and mends what is in it', () => {
    const inner = '{ "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }';
    const path = write('string/input.json', `{\n  "AssumeRolePolicyDocument": ${JSON.stringify(inner)}\n}\n`);
    const report = JSON.parse(run(['lint', path, '--format', 'json']).out);
    const places = report.findings.map(({ rule, policyKind, start, end }: Record<string, { line: number; column: number }>) => [
      rule,
      policyKind,
      start?.line,
      start?.column,
      end?.column,
    ]);
    assert.deepEqual(places[0], ['policy/missing-version', 'trust', 2, 34, 47]);
    run(['lint', path, '--fix']);
    assert.equal(JSON.parse(JSON.parse(readFileSync(path, 'utf8')).AssumeRolePolicyDocument).Version, '2012-10-17');
  });

  test('says where the JSON of a policy is broken', () => {
    const path = write('wrong/policy.json', noVersion.replace('"Allow",', '"Allow"'));
    const { code, out } = run(['lint', path]);
    assert.equal(code, 2);
    assert.match(out, /wrong\/policy\.json:2:37 error policy\/json-syntax-error\n {2}There is no comma before this/);
  });

  test('exits by the threshold', () => {
    const path = write('threshold/policy.json', noVersion);
    assert.equal(run(['lint', path, '--fail-on', 'error']).code, 0);
    assert.equal(run(['lint', path, '--fail-on', 'information']).code, 1);
    assert.equal(run(['lint', path, '--fail-on', 'never']).code, 0);
  });

  test('without a path checks the current folder and the config file of the home folder', () => {
    write('.aws/config', yes);
    write('here/policy.json', noVersion);
    write('here/node_modules/x/policy.json', noVersion);
    write('here/notes.json', '{"Statement": ["not a policy"]}');
    const { out } = run(['lint', '--format', 'json'], join(home, 'here'));
    const files = JSON.parse(out).findings.map(({ file }: { file: string }) => file);
    assert.deepEqual(files, ['../.aws/config', 'policy.json']);
  });

  test('respects AWS_CONFIG_FILE, whatever the file is called', () => {
    mkdirSync(join(home, 'empty'));
    const { out } = run(['lint', '--format', 'json'], join(home, 'empty'), { AWS_CONFIG_FILE: write('elsewhere/team.cfg', yes) });
    assert.deepEqual(
      JSON.parse(out).findings.map(({ file }: { file: string }) => file),
      ['../elsewhere/team.cfg'],
    );
  });

  test('says what it cannot read in a sentence each, checks the rest, and exits with 2', () => {
    const folder = dirname(write('bad/good.json', noVersion));
    write('bad/binary.json', new Uint8Array([0x7b, 0, 1, 2]));
    write('bad/latin1.json', new Uint8Array([0x22, 0xe9, 0x22]));
    write('bad/deep.json', `{"Statement":${'['.repeat(100_000)}`);
    write('bad/huge.json', `"${'x'.repeat(5 * 1024 * 1024)}"`);
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    symlinkSync('round', join(folder, 'round'));
    const { code, out, err } = run(['lint', folder, join(folder, 'pipe.json'), join(folder, 'round'), join(folder, 'missing.json')]);
    assert.equal(code, 2);
    assert.match(out, /policy\/missing-version/);
    const lines = err.trimEnd().split('\n');
    assert.equal(lines.length, 7, err);
    for (const [name, reason] of [
      ['binary.json', 'it is not text (it has NUL bytes)'],
      ['latin1.json', 'it is not UTF-8 text'],
      ['deep.json', 'its brackets are nested deeper than 200 levels'],
      ['huge.json', 'it is larger than 5 MB'],
      ['pipe.json', 'it is not a regular file'],
      ['round', 'its links go round in a circle'],
      ['missing.json', 'it does not exist'],
    ]) {
      assert.ok(lines.includes(`${join(folder, name ?? '')}: not checked: ${reason}.`), `${name}\n${err}`);
    }
  });

  test('shows no password of a script', () => {
    const kerberos = [
      'Realm=R,KdcAdminPassword=hunter2,Oops=x',
      `'{"Realm":"R","KdcAdminPassword":"hunter2","Oops":"x"}'`,
      '"Realm=R,KdcAdminPassword=my hunter2,Oops=x"',
      `"Realm=R,KdcAdminPassword='my, hunter2',Oops=x"`,
      `'Realm=R,KdcAdminPassword=my\\,hunter2,Oops=x'`,
      `'{"Realm":"R","KdcAdminPassword":"my \\"hunter2","Oops":"x"}'`,
      `"{\\"Realm\\":\\"R\\",\\"KdcAdminPassword\\":\\"my hunter2\\",\\"Oops\\":\\"x\\"}"`,
    ];
    for (const [i, value] of kerberos.entries()) {
      const path = write(`kerberos${i}.sh`, `aws emr create-cluster --use-default-roles --kerberos-attributes ${value}\n`);
      for (const format of ['text', 'json']) {
        const { out, err } = run(['lint', path, '--format', format]);
        assert.match(out, /Oops/);
        assert.ok(!`${out}${err}`.includes('hunter2'), out);
      }
    }
  });

  test('says of broken JSON that it was checked in part', () => {
    const path = write('broken.json', noVersion.replace(']', ''));
    const { code, out, err } = run(['lint', path]);
    assert.equal(code, 2);
    assert.equal(err, `${path}: checked in part: it is not valid JSON.\n`);
    assert.match(out, /policy\/missing-version/);
  });

  test('takes facts from both commands, and says which file is not one', () => {
    const examples = inRepository('examples');
    const facts = ['account/account-authorization-details.json', 'account/instance-profiles.json'].flatMap((file) => [
      '--facts',
      join(examples, file),
    ]);
    const { code, out } = run(['lint', join(examples, '.aws/config'), ...facts, '--format', 'json']);
    assert.equal(code, 1);
    const report = JSON.parse(out);
    assert.deepEqual(
      report.findings.map(({ rule }: { rule: string }) => rule),
      [
        'emr/deprecated-managed-policy',
        'emr/deprecated-managed-policy',
        'emr/use-default-roles',
        'emr/v2-tags',
        'emr/inline-policy',
        'emr/v2-tags',
        'emr/role-used-as-instance-profile',
        'config/invalid-boolean',
        'config/unknown-emr-setting',
        'config/quoted-value',
        'config/comment-in-value',
        'config/unreachable-profile',
      ],
    );
    assert.deepEqual(report.summary.facts, ['account-authorization-details.json', 'instance-profiles.json']);
    const other = run(['lint', join(examples, '.aws/config'), '--facts', write('other.json', '{"a": 1}')]);
    assert.equal(other.code, 2);
    assert.match(other.err, /other\.json: not used as facts: it is not what "aws iam/);
  });

  test('knows the policies that AWS writes, for the roles of a script and of a command', () => {
    const facts = inRepository('test/fixtures/facts/permissions.json');
    const roles = ['--service-role', 'V2Service', '--ec2-attributes', 'InstanceProfile=Nodes'];
    const options = ['--release-label', 'emr-7.12.0', '--instance-type', 'm5.xlarge', ...roles];
    const script = write('v2.sh', `aws emr create-cluster ${options.join(' ')}\n`);
    assert.match(run(['lint', script, '--facts', facts]).out, /launch\/pass-role-for-custom-role/);
    const config = write('bare', '[default]\nregion = eu-west-1\n');
    assert.match(run(['command', '--config', config, '--facts', facts, ...options]).err, /"V2Service" may not pass the role "Nodes"/);
  });

  test('knows the policies that AWS writes, for the roles of a config file', () => {
    const config = write('v2/config', '[profile own]\nemr =\n    service_role = V2Service\n    instance_profile = Nodes\n');
    const facts = inRepository('test/fixtures/facts/permissions.json');
    const { out } = run(['lint', config, '--facts', facts, '--format', 'json']);
    const rules = JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule);
    assert.ok(rules.includes('emr/pass-role-for-custom-role'), out);
    const { err } = run(['command', '--config', config, '--profile', 'own', '--facts', facts]);
    assert.match(err, /problem: service_role of the profile "own": the role "V2Service" may not pass the role "Nodes"/);
  });

  test('--fix makes the safe fixes, keeps the byte-order mark and leaves suggestions alone', () => {
    const text = `\ufeff${noVersion.replace('s3:GetObject', 'iam:PassRole')}`;
    const path = write('fix/policy.json', text);
    const { code, out } = run(['lint', path, '--fix']);
    assert.equal(code, 1);
    assert.match(out, /pass-role-with-star/);
    assert.equal(readFileSync(path, 'utf8'), text.replace('{\n  ', '{\n  "Version": "2012-10-17",\n  '));
  });

  test('shows control characters of a file as pictures, and a long line in part', () => {
    const path = write(
      'terminal/policy.json',
      `{"\u001b[31mx": "${'y'.repeat(500)}", "Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "*"}]}`,
    );
    const { out } = run(['lint', path]);
    assert.doesNotMatch(out, /\u001b/);
    const shown = out.split('\n').filter((line) => line.includes('|'));
    const at = shown.findIndex((line) => line.includes('"Statement"'));
    assert.equal(shown[at + 1]?.indexOf('^'), shown[at]?.indexOf('"Statement"'));
    assert.ok(shown.every((line) => line.length < 140));
  });

  test('refuses bad usage in a sentence', () => {
    for (const [args, sentence] of [
      [['lint', '--format', 'xml'], /--format must be text or json/],
      [['lint', '--fail-on', 'always'], /--fail-on must be one of/],
      [['lint', '--no-such-option'], /no-such-option/],
      [['linnt'], /no command "linnt"/],
      [['serve'], /--stdio/],
    ] as const) {
      const { code, out, err } = run(args);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, sentence);
      assert.equal(err.trimEnd().split('\n').length, 1);
    }
  });
});

describe('scripts', () => {
  const script = 'aws emr create-cluster --profile dev --relase-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles\n';

  test('are linted by their names, in the folder of workflows too, with the config file of the user', () => {
    const folder = write('scripts/launch.sh', script).replace(/launch\.sh$/, '');
    write('scripts/.github/workflows/launch.yml', `run: |\n  ${script}`);
    write('scripts/Makefile', `x:\n\t${script}`);
    write('scripts/README.md', `\`\`\`sh\n${script}\`\`\`\n`);
    write('scripts/launch.py', script);
    const config = write('scripts-config', '[profile dev]\nemr =\n    service_role = MyRole\n');
    const { code, out } = run(['lint', folder, '--format', 'json'], folder, { AWS_CONFIG_FILE: config });
    assert.equal(code, 1);
    const { findings } = JSON.parse(out);
    assert.deepEqual(
      findings.map(({ file, rule }: { file: string; rule: string }) => [file.replace(/.*[\\/]/, ''), rule]),
      ['launch.yml', 'Makefile', 'README.md', 'launch.sh'].flatMap((file) => [
        [file, 'launch/unknown-option'],
        [file, 'launch/use-default-roles'],
      ]),
    );
  });
});

describe('command', () => {
  const config =
    '[profile my team]\n[profile dev]\nemr =\n    service_role = Service\n    instance_profile = Profile\n    key_name = a,b\n    log_uri = s3://logs/\n';

  test('prints the command and nothing else; what was filled in is said beside it', () => {
    const { code, out, err } = run([
      'command',
      '--config',
      write('c1', config),
      '--profile',
      'dev',
      '--name',
      "it's",
      '--applications',
      'Name=Hive',
      'Name=Pig',
    ]);
    assert.equal(code, 0);
    assert.deepEqual(err.split('\n').slice(0, -1), [
      'note: By default: --release-label, --instance-type, --instance-count.',
      `note: ${newestRelease} is the newest release known here, as of ${releasesKnownOn}.`,
    ]);
    assert.deepEqual(out.split('\n'), [
      'aws emr create-cluster \\',
      '  --profile dev \\',
      "  --name 'it'\\''s' \\",
      `  --release-label ${newestRelease} \\`,
      '  --applications Name=Hive Name=Pig \\',
      '  --instance-type m5.xlarge \\',
      '  --instance-count 3 \\',
      '  --service-role Service \\',
      "  --ec2-attributes 'InstanceProfile=Profile,KeyName='\\''a,b'\\''' \\",
      '  --log-uri s3://logs/',
      '',
    ]);
  });

  test('says which profiles there are when the wanted one is not', () => {
    const { code, out, err } = run(['command', '--config', write('c2', config), '--profile', 'prod']);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /there is no profile "prod"\. It has dev\./);
  });

  test('uses the default roles where the profile names none', () => {
    const { out, err } = run(['command', '--config', write('c3', '[default]\nregion = eu-west-1\n')]);
    assert.match(out, /--use-default-roles/);
    assert.doesNotMatch(out, /--service-role/);
    assert.match(err, /default ones/);
  });

  describe('with a launch of the project file', () => {
    const launches = {
      nightly: { profile: 'dev', shell: 'cmd', options: ['--name', 'Nightly', '--tags', 'a=b'] },
      bad: { options: ['--nmae', 'x'] },
    };
    const preset = (...args: readonly string[]): ReturnType<typeof run> => {
      write('presets/.emr-iam.jsonc', JSON.stringify({ launches }, undefined, 2));
      write('presets/inner/file', '');
      return run(['command', '--config', write('c9', config), ...args], join(home, 'presets', 'inner'));
    };

    test('takes its profile, shell and options, where the command line does not say otherwise', () => {
      const { code, out } = preset('--preset', 'nightly', '--tags', 'c=d');
      assert.equal(code, 0);
      assert.match(out, /--profile dev \^\n/);
      assert.match(out, /--name Nightly [\s\S]*--tags c=d/);
      assert.match(preset('--preset=nightly', '--shell', 'posix').out, /--profile dev \\\n {2}--name Nightly/);
      assert.match(preset('--preset=nightly', '--profile', 'default').err, /there is no profile "default"/);
    });

    test('says which there are when the wanted one is not, and what is wrong with the file', () => {
      const { code, out, err } = preset('--preset', 'bad');
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /\.emr-iam\.jsonc:\d+: --nmae is no option of create-cluster\. Did you mean --name\?\n/);
      assert.match(err, /\.emr-iam\.jsonc: there is no launch "bad"\. It has nightly\./);
      assert.match(
        run(['command', '--preset', 'x'], home).err,
        /There is no launch "x": no \.emr-iam\.jsonc is in this folder, or above it\./,
      );
    });
  });

  test('puts long JSON into files where that is asked for, and never over other files', () => {
    const file = write('c5', config);
    const properties = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`spark.key.${i}`, `50%é`]));
    const configurations = [{ Classification: 'spark-defaults', Properties: properties }];
    const args = ['command', '--config', file, '--profile', 'dev', '--configurations', JSON.stringify(configurations)];
    assert.match(run([...args, '--shell', 'cmd']).err, /cmd cannot carry .*--json-files FOLDER, emr-iam command puts JSON into files/);
    for (const nowhere of [join(dirname(file), 'no', 'where'), file]) {
      const { code, err } = run([...args, '--json-files', nowhere]);
      assert.equal(code, 2);
      assert.match(err, /cannot be written \((ENOENT|ENOTDIR)\)\. Name another folder/);
    }
    const folder = join(dirname(file), 'json');
    const { out } = run([...args, '--shell', 'cmd', '--json-files', folder]);
    assert.match(out, /--configurations "?file:\/\/.*json\/configurations\.json/);
    const path = join(folder, 'configurations.json');
    assert.deepEqual(JSON.parse(readFileSync(path, 'latin1')), configurations);
    assert.equal(run([...args, '--shell', 'posix', '--json-files', folder]).err.includes('was written'), false);
    writeFileSync(path, '[]');
    const again = run([...args, '--json-files', folder]);
    assert.equal(again.code, 2);
    assert.match(again.err, /configurations\.json: there is a file with something else in it/);
    assert.equal(readFileSync(path, 'utf8'), '[]');
  });

  test('tells of problems that a launch would fail with, and exits with 1', () => {
    const examples = inRepository('examples/account/account-authorization-details.json');
    const text = '[default]\nemr =\n    service_role = Nobody\n    instance_profile = EMR_EC2_DefaultRole\n';
    const { code, err } = run(['command', '--config', write('c4', text), '--facts', examples]);
    assert.equal(code, 1);
    assert.match(err, /^problem: .*"Nobody" is not among the roles/m);
  });

  test('refuses what would not arrive as it stands: control characters, and what the AWS CLI would open', () => {
    for (const [value, reason] of [
      ['A\u001b[2K', /--service-role has control characters/],
      ['file:///etc/hostname', /--service-role begins like a file or web address/],
    ] as const) {
      const { code, out, err } = run([
        'command',
        '--config',
        write('c5', `[default]\nemr =\n    service_role = ${value}\n    instance_profile = B\n`),
      ]);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, reason);
    }
  });

  test('is written for other shells, or refused where they cannot carry a value', () => {
    const path = write('c6', config);
    const inShell = (shell: string, name: string) =>
      run(['command', '--config', path, '--profile', 'dev', '--shell', shell, '--name', name]);
    assert.match(inShell('powershell', "it's").out, /^aws emr create-cluster `\n[\s\S]* {2}--name 'it''s' `\n/);
    assert.match(inShell('cmd', "it's").out, /^aws emr create-cluster \^\n[\s\S]* {2}--name "it's" \^\n/);
    const { code, out, err } = inShell('cmd', '50%');
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /profile "dev": cmd cannot carry the value for --name: it has %/);
    assert.match(run(['command', '--shell', 'fish']).err, /--shell must be one of posix, powershell, cmd, not "fish"/);
  });

  test('takes a whole command of create-cluster and gives it back with the roles of the profile, in one form', () => {
    const { code, out, err } = run([
      ...['command', '--config', write('c10', config), '--profile=dev', '--release-l', 'emr-7.1.0', '--instance-type', 'm5.xlarge'],
      ...[
        '--steps',
        '[{"Type":"SPARK","Args":["a","b c"]}]',
        '--configurations',
        'file://spark.json',
        '--region',
        'eu-west-1',
        '--auto-terminate',
      ],
    ]);
    assert.deepEqual([code, err], [0, '']);
    assert.deepEqual(out.split('\n'), [
      'aws emr create-cluster \\',
      '  --profile dev \\',
      '  --region eu-west-1 \\',
      '  --release-label emr-7.1.0 \\',
      '  --instance-type m5.xlarge \\',
      '  --service-role Service \\',
      "  --ec2-attributes 'InstanceProfile=Profile,KeyName='\\''a,b'\\''' \\",
      '  --log-uri s3://logs/ \\',
      '  --configurations file://spark.json \\',
      "  --steps 'Type=SPARK,Args=[a,'\\''b c'\\'']' \\",
      '  --auto-terminate',
      '',
    ]);
  });

  test('refuses what the AWS CLI would, in a line for each option, and tells what EMR would', () => {
    const path = write('c7', config);
    const wrong = run(['command', '--config', path, '--profile', 'dev', '--ec2-attributes', 'KeyNam=k', '--instance-count', 'three']);
    assert.deepEqual([wrong.code, wrong.out], [2, '']);
    assert.deepEqual(wrong.err.trimEnd().split('\n'), [
      'emr-iam: --ec2-attributes has no member "KeyNam". Did you mean KeyName?',
      'emr-iam: --instance-count must be a whole number, not "three".',
    ]);
    assert.match(
      run(['command', '--config', path, '--profile', 'dev', '--use-default-roles', '--service-role', 'X']).err,
      /exclude each other/,
    );
    const late = run(['command', '--config', path, '--profile', 'dev', '--step-concurrency-level', '300']);
    assert.equal(late.code, 1);
    assert.match(late.err, /^problem: --step-concurrency-level is 300; EMR takes 1 to 256\.$/m);
    assert.match(late.out, /--step-concurrency-level 300/);
  });

  test('writes the launch in other forms, and says what they have no place for', () => {
    const args = ['command', '--config', write('c8', config), '--profile', 'dev', '--repo-upgrade-on-boot', 'NONE'];
    assert.equal(JSON.parse(run([...args, '--as', 'json']).out).JobFlowRole, 'Profile');
    assert.match(run([...args, '--as', 'boto3']).out, /run_job_flow\(/);
    assert.match(run([...args, '--as', 'sdk-js']).out, /new RunJobFlowCommand\(/);
    const template = run([...args, '--as', 'cloudformation']);
    assert.equal(JSON.parse(template.out).Resources.Cluster.Properties.ServiceRole, 'Service');
    assert.match(template.err, /^note: RepoUpgradeOnBoot is left out/m);
    assert.match(run([...args, '--as', 'terraform']).out, /resource "aws_emr_cluster" "cluster" \{/);
    assert.match(run([...args, '--as', 'xml']).err, /--as must be one of json, boto3, sdk-js, cloudformation, terraform/);
  });

  test('leaves the roles to the profile if asked to', () => {
    const { out } = run(['command', '--config', write('c9', config), '--profile', 'dev', '--roles', 'profile']);
    assert.doesNotMatch(out, /--service-role|InstanceProfile/);
    assert.match(out, /--ec2-attributes 'KeyName=/);
  });
});

describe('config', () => {
  test('prints what the AWS CLI reads, credentials masked, the credentials file over the config file', () => {
    const config = write(
      'aws/config',
      '[default]\nregion = a\naws_secret_access_key = wJalrXUtnFEMI\nemr =\n  service_role = R\n[profile __proto__]\nx = y\n',
    );
    const credentials = write('aws/credentials', '[default]\nregion = b\naws_access_key_id = AKIAEXAMPLE\n');
    const { code, out } = run(['config', '--config', config, '--credentials', credentials, '--format', 'json']);
    assert.equal(code, 0);
    assert.doesNotMatch(out, /wJalrXUtnFEMI|AKIAEXAMPLE/);
    assert.equal(
      out,
      `${JSON.stringify(
        JSON.parse(
          '{"ok":true,"chosen":{"v1":"default","v2":"default"},"profiles":{"default":{"region":"b","aws_secret_access_key":"***","emr":{"service_role":"R"},"aws_access_key_id":"***"},"__proto__":{"x":"y"}}}',
        ),
        null,
        2,
      )}\n`,
    );
  });

  test('says where the AWS CLI gives up', () => {
    const { code, out, err } = run(['config', '--config', write('broken', '[default]\na = 1\nA = 2\n'), '--format', 'json']);
    assert.equal(code, 2);
    assert.deepEqual(JSON.parse(out), {
      ok: false,
      error: { kind: 'duplicate-setting', line: 3, message: 'The setting stands in its section twice.' },
    });
    assert.match(err, /broken:3: the AWS CLI cannot read the file/);
  });
});

describe('explain', () => {
  test('lists every rule, one a line', () => {
    const { code, out } = run(['explain']);
    assert.equal(code, 0);
    assert.match(out, /^policy\/missing-version +warning +a policy without a `Version`$/m);
  });

  test('explains one in full, and offers the nearest for a misspelt one', () => {
    assert.match(run(['explain', 'emr/inline-policy']).out, /^emr\/inline-policy \(warning\) finds [\s\S]*Reported:[\s\S]*Sources:/);
    const { code, err } = run(['explain', 'emr/inline-polcy']);
    assert.equal(code, 2);
    assert.match(err, /Did you mean emr\/inline-policy\?/);
  });
});

describe('config files', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG';

  test('are judged with the credentials file beside them', () => {
    const path = write('beside/.aws/config', '[default]\nemr =\n    key_name = "k"\n');
    write('beside/.aws/credentials', '[default]\nemr =\n    key_name = c\n');
    const { out } = run(['lint', path]);
    assert.match(out, /config\/shadowed-profile/);
    assert.doesNotMatch(out, /quoted-value/);
    assert.equal(JSON.parse(run(['config', '--config', path, '--format', 'json']).out).profiles.default.emr.key_name, 'c');
  });

  test('show no credential, however the line is broken', () => {
    const path = write(
      'secret/.aws/config',
      `aws_secret_access_key = ${secret}\n[default]\naws_secret_access_key ${secret}\naws_secret_access_key=${secret}\nAWS_SECRET_ACCESS_KEY=${secret}\n`,
    );
    for (const args of [
      ['lint', path],
      ['lint', path, '--format', 'json'],
      ['config', '--config', path],
      ['command', '--config', path],
    ]) {
      const { out, err } = run(args);
      assert.ok(out !== '' || err !== '', args.join(' '));
      assert.doesNotMatch(out + err, /wJalr/, args.join(' '));
    }
  });

  test('lose their byte-order mark, and nothing else, with --fix', () => {
    const path = write('mark/.aws/config', '\ufeff[default]\r\nregion = x\r\n');
    assert.match(run(['config', '--config', path]).err, /config:1: the AWS CLI cannot read the file.*byte-order mark/);
    assert.equal(run(['lint', path]).code, 1);
    assert.equal(run(['lint', path, '--fix']).code, 0);
    assert.equal(readFileSync(path, 'utf8'), '[default]\r\nregion = x\r\n');
  });

  test('that are not UTF-8 are reported, and never written', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('# emr-iam-disable config/quoted-value\n[a]\n#'), 0xe9, 0x0a]);
    const path = write('latin/.aws/config', bytes);
    assert.match(run(['lint', path, '--fix']).out, /not UTF-8/);
    assert.deepEqual(new Uint8Array(readFileSync(path)), bytes);
    const { code, out } = run(['config', '--config', path, '--format', 'json']);
    assert.equal(code, 2);
    assert.deepEqual(JSON.parse(out), {
      ok: false,
      error: { kind: 'not-utf-8', line: 3, message: 'The file has bytes that are not UTF-8.' },
    });
  });

  test('say which profile each version of the AWS CLI takes', () => {
    const path = write('chosen/.aws/config', '[profile a]\nregion = x\n[profile b]\nregion = y\n');
    const env = { AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'b' };
    const { code, out, err } = run(['config', '--config', path, '--format', 'json'], home, env);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out).chosen, { v1: 'b', v2: 'a' });
    assert.match(err, /version 1 of the AWS CLI takes "b", version 2 takes "a"/);
    const command = run(['command', '--config', path], home, env);
    assert.equal(command.code, 2);
    assert.match(command.err, /Name the profile with --profile NAME/);
    assert.match(run(['command', '--config', path], home, { AWS_DEFAULT_PROFILE: 'b' }).out, /--profile b/);
  });
});
