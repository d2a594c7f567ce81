import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { entriesFor } from '../../server/src/core/ignore';
import { type LintContext, lintInProject } from '../../server/src/core/lint';
import { policyKindOf } from '../../server/src/core/policy/kindGlob';
import {
  maxProjectSize,
  type ParsedProject,
  parseProject,
  projectFindings,
  roleKindsIn,
  rootPolicyAt,
  settingsIn,
} from '../../server/src/core/project';
import { ruleIds } from '../../server/src/core/rules/index';
import { defaultSettings } from '../../server/src/core/settings';
import { anyText, jsonLike } from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { isInside } from '../harness/fixture';

const read = (value: unknown): ParsedProject => parseProject(typeof value === 'string' ? value : JSON.stringify(value), ruleIds);
const entry = { files: 'legacy/**', rule: 'policy/missing-version', reason: 'AWS wrote it.' };

describe('a project file', () => {
  test('with nothing wrong is taken as it is', () => {
    const { project, problems } = read(`// ours
      {
        "$schema": "x",
        "profile": "audit",
        "rules": { "policy/missing-version": "off", "emr/unknown-role": "hint" },
        "policyKinds": { "scp/**": "scp", "scp/rcp/*": "rcp" },
        "factsFiles": ["facts/a.json"],
        "launches": { "nightly": { "profile": "p", "shell": "cmd", "options": ["--region", "eu-west-1", "--name", "n"] }, "bare": { "options": [] } },
        "ignore": [${JSON.stringify(entry)}, { "sid": "Admin", "rule": "policy/service-wildcard", "reason": "Break glass." },],
      }`);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [...project.rules],
      [
        ['policy/missing-version', 'off'],
        ['emr/unknown-role', 'hint'],
      ],
    );
    assert.equal(project.profile, 'audit');
    assert.deepEqual(project.factsFiles, ['facts/a.json']);
    assert.deepEqual(project.launches, [
      { name: 'nightly', profile: 'p', shell: 'cmd', options: ['--region', 'eu-west-1', '--name', 'n'] },
      { name: 'bare', profile: undefined, shell: undefined, options: [] },
    ]);
    assert.deepEqual(
      ['scp/a', 'scp/rcp/a', 'a'].map((path) => policyKindOf(project.policyKinds, path)),
      ['scp', 'rcp', undefined],
    );
    assert.deepEqual(
      project.ignore.map(({ files, sid, rule, reason }) => [files?.text, sid, rule, reason]),
      [
        ['legacy/**', undefined, 'policy/missing-version', 'AWS wrote it.'],
        [undefined, 'Admin', 'policy/service-wildcard', 'Break glass.'],
      ],
    );
  });

  for (const [value, place, sentence] of [
    ['', '', /empty/],
    ['// only this', '/', /empty/],
    ['{ "rules": { }', '', /not valid JSON/],
    ['[]', '[]', /must be an object/],
    ['['.repeat(1000), '[', /deeper than 200 levels/],
    ['x'.repeat(maxProjectSize + 1), 'x', /larger than 256 KB/],
    [{ rule: {} }, '"rule"', /"rule" is not a member of a project file\. Did you mean "rules" or "roles"\?/],
    ['{ "__proto__": { "rules": 1 } }', '"__proto__"', /Its members are \$schema, profile, rules, /],
    [{ profile: 'audits' }, '"audits"', /"profile" must be one of default, audit, in quotes/],
    [{ profile: { __proto__: null } }, '{}', /"profile" must be one of/],
    [{ rules: [] }, '[]', /"rules" must be an object/],
    [{ rules: { 'policy/missing-versio': 'off' } }, '"policy/missing-versio"', /is not a rule\. Did you mean "policy\/missing-version"/],
    [{ rules: { nonsense: 'off' } }, '"nonsense"', /"emr-iam explain" lists the rules/],
    [{ rules: { 'policy/missing-version': 'loud' } }, '"loud"', /one of off, error, warning, information, hint/],
    [{ rules: { 'policy/missing-version': 1 } }, '1', /one of off, error/],
    [{ policyKinds: 'scp' }, '"scp"', /"policyKinds" must be an object/],
    [{ policyKinds: { a: 'scpp' } }, '"scpp"', /is not a kind of policy\. Did you mean "scp"(?: or "rcp")?\?/],
    [{ policyKinds: { a: 'nothing like it' } }, '"nothing like it"', /The kinds are identity, /],
    [{ policyKinds: { a: [] } }, '[]', /must be text\. The kinds are identity, /],
    [{ policyKinds: { '../a': 'scp' } }, '"../a"', /The glob "\.\.\/a" has .* Write it relative/],
    [{ factsFiles: 'a.json' }, '"a.json"', /"factsFiles" must be a list of paths/],
    [{ factsFiles: [1] }, '1', /is not the path of a file/],
    [{ factsFiles: [''] }, '""', /is not the path of a file/],
    [{ factsFiles: ['a\0'] }, '"a\\u0000"', /is not the path of a file/],
    ...['/etc/passwd', '//server/share/a.json', '~/a.json', '~', 'C:/a.json', 'c:a.json', 'file:///a.json', 'https://x.example/a'].map(
      (path) => [{ factsFiles: [path] }, JSON.stringify(path), /does not begin at the folder .* Write the path of a file below/] as const,
    ),
    ...['..', '../a.json', 'a/../../b.json', 'a/..'].map(
      (path) => [{ factsFiles: [path] }, JSON.stringify(path), /has "\.\." in it, which leads out of the folder\. Write/] as const,
    ),
    ...['\\\\server\\share', '..\\a.json', 'a\\b.json'].map(
      (path) => [{ factsFiles: [path] }, JSON.stringify(path), /has a backslash/] as const,
    ),
    [{ factsFiles: Array(30).fill('a') }, '"a"', /may name 20 files/],
    [{ roles: [] }, '[]', /"roles" must be an object, as \{ "ClusterRole": /],
    [{ roles: { 'a/b': {} } }, '"a/b"', /"a\/b" cannot be a name in IAM\. Write the name without its path/],
    [{ roles: { R: 'x' } }, '"x"', /What is said of "R" must be an object/],
    [{ roles: { R: { trust: 'a.json' } } }, '"trust"', /"trust" is not a member of what is said of "R"\./],
    [{ roles: { R: { kind: 'servic' } } }, '"servic"', /"kind" must be one of service, ec2, autoscaling/],
    [{ roles: { R: { path: 'emr' } } }, '"emr"', /begins and ends with \/\. Write/],
    [{ roles: { R: { trustPolicy: '../a.json' } } }, '"../a.json"', /leads out of the folder\. .*roles\/cluster\.trust\.json/],
    [{ roles: { R: { trustPolicy: {} } } }, '{}', /is not the path of a file/],
    [{ roles: { R: { inlinePolicies: 'a.json' } } }, '"a.json"', /"inlinePolicies" must be a list/],
    [{ roles: { R: { inlinePolicies: ['/a.json'] } } }, '"/a.json"', /does not begin at the folder/],
    [{ roles: { R: { inlinePolicies: Array(201).fill('a') } } }, '"a"', /may name 200 files together/],
    [
      { roles: { R: { managedPolicies: ['arn:aws:iam::aws:role/x'] } } },
      '"arn:aws:iam::aws:role/x"',
      /not the name or the ARN of a managed/,
    ],
    [{ instanceProfiles: [] }, '[]', /"instanceProfiles" must be an object/],
    [{ instanceProfiles: { P: { role: ['R'] } } }, '["R"]', /"role" must be the name of a role/],
    [{ instanceProfiles: { P: { roles: 'R' } } }, '"roles"', /Did you mean "role"\?/],
    [{ launches: [] }, '[]', /"launches" must be an object, as \{ "nightly": /],
    [{ launches: { ' ': { options: [] } } }, '" "', /" " cannot be the name of a launch\. Write 1 to 100 characters\./],
    [{ launches: { a: {} } }, '"a":{}', /The launch "a" has no "options"\. Write its words there\./],
    [{ launches: { a: { options: [], word: 1 } } }, '"word"', /"word" is not a member of what is said of "a"\./],
    [{ launches: { a: { options: '--name' } } }, '"--name"', /"options" must be a list of words/],
    [{ launches: { a: { options: ['--name', 1] } } }, '1', /must be text, in quotes/],
    [{ launches: { a: { options: [], profile: 1 } } }, '1', /"profile" must be the name of a profile/],
    [{ launches: { a: { options: [], shell: 'fish' } } }, '"fish"', /"shell" must be one of posix, powershell, cmd, in quotes/],
    [{ launches: { a: { options: ['--instance-count', 'three'] } } }, '"three"', /--instance-count must be a whole number/],
    [{ launches: { a: { options: ['--nmae', 'x'] } } }, '"--nmae"', /--nmae is no option of create-cluster\. Did you mean --name\?/],
    [
      { launches: { a: { options: ['--name', 'x', '--profile', 'p'] } } },
      '"--profile"',
      /has no place in a launch\. Name it in "profile"\./,
    ],
    [
      { launches: { a: { options: ['--endpoint-url=https://example.org'] } } },
      '"--endpoint-url=https://example.org"',
      /--endpoint-url is no option of create-cluster itself, and has no place in a launch\. Give it on the command line\./,
    ],
    [{ ignore: {} }, '{}', /"ignore" must be a list/],
    [{ ignore: ['x'] }, '"x"', /must be an object/],
    [{ ignore: [{ ...entry, file: 'x' }] }, '"file"', /Did you mean "files"/],
    [{ ignore: [{ ...entry, files: undefined }] }, '{', /neither "files" nor "sid"/],
    [{ ignore: [{ ...entry, rule: undefined }] }, '{', /has no "rule"/],
    [{ ignore: [{ ...entry, reason: undefined }] }, '{', /has no "reason"\. Say in a sentence/],
    [{ ignore: [{ ...entry, reason: '  ' }] }, '"  "', /"reason" must be text that is not empty/],
    [{ ignore: [{ ...entry, sid: 3 }] }, '3', /"sid" must be text/],
    [{ ignore: [{ ...entry, rule: 'policy/full' }] }, '"policy/full"', /is not a rule/],
    [{ ignore: [{ ...entry, files: '{a' }] }, '"{a"', /a brace without its counterpart/],
  ] as const) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    test(`with one thing wrong says what, where, and the way out: ${text.slice(0, 60)}`, () => {
      const { project, problems } = read(text);
      assert.equal(problems.length, 1, problems.map(({ message }) => message).join('\n'));
      const [problem] = problems;
      assert.match(problem?.message ?? '', sentence);
      assert.equal(text.slice(problem?.span.start, problem?.span.end), place);
      const { rules, policyKinds, launches, ignore } = project;
      assert.deepEqual([rules.size, policyKinds.length, launches.length, ignore.length], [0, 0, 0, 0]);
    });
  }

  test('whatever it is, is read without an exception, in its own text, and not for long', () => {
    const part = fc.oneof(anyText, jsonLike);
    const text = fc.oneof(
      part,
      part.map((inner) => `{"rules":${inner}}`),
      part.map((inner) => `{"ignore":[${inner}]}`),
      part.map((inner) => `{"roles":{"R":${inner}},"instanceProfiles":${inner}}`),
    );
    fc.assert(
      fc.property(text, (source) => {
        for (const { span } of read(source).problems) assert.ok(isInside(span, source));
      }),
      { numRuns: 500 },
    );
    const wrong = `{"rules":{${Array.from({ length: 7000 }, (_, i) => `"policy/missing-versio${i}":"off"`).join()}}}`;
    assert.equal(read(wrong).problems.length, 100);
    assert.match(read({ [`x${'y'.repeat(100_000)}`]: 1 }).problems[0]?.message ?? '', /^"xy{79}…" is not a member/);
  });
});

const pass = '{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }';
const policy = `{ "Version": "2012-10-17", "Statement": [${pass.replace('{', '{ "Sid": "A",')}, ${pass.replace('{', '{ "Sid": "B",')}] }`;
const rule = 'policy/pass-role-with-star-in-resource';

test('a file that a project names as a policy of a role is of the kind, and of the role', () => {
  const trusts = { trustPolicy: './a//trust.json', inlinePolicies: ['a/own.json'] };
  const { project, problems } = read({ roles: { R: { kind: 'ec2', ...trusts }, S: trusts, T: { inlinePolicies: ['a/trust.json'] } } });
  assert.deepEqual(problems, []);
  const owner = { type: 'role', names: ['R', 'S'] };
  assert.deepEqual(rootPolicyAt(project, 'a/trust.json'), { kind: 'trust', owner });
  assert.deepEqual(rootPolicyAt(project, 'a/own.json'), { kind: 'inline-identity', owner });
  assert.equal(rootPolicyAt(project, 'own.json'), undefined);
  assert.deepEqual([...roleKindsIn(project)], [['r', 'ec2']]);
});

test('what a user sets counts more than what the project says, rule by rule', () => {
  const { project } = read({ profile: 'audit', rules: { 'policy/missing-version': 'off', 'emr/unknown-role': 'hint' } });
  for (const [own, wanted] of [
    [undefined, 'audit'],
    ['default', 'default'],
    ['audit', 'audit'],
  ] as const) {
    const rules = new Map([['policy/missing-version', 'error' as const]]);
    const settings = settingsIn(project, { ...defaultSettings, profile: own, rules });
    assert.equal(settings.profile, wanted);
    assert.deepEqual(Object.fromEntries(settings.rules), { 'policy/missing-version': 'error', 'emr/unknown-role': 'hint' });
  }
  assert.equal(settingsIn(read({}).project, { ...defaultSettings, profile: 'audit' }).profile, 'audit');
});

test('globs are bounded together, since each is tried on every file', () => {
  const globs = Array.from({ length: 400 }, (_, i) => `${'*a/'.repeat(100)}${i}`);
  const { project, problems } = read({ policyKinds: Object.fromEntries(globs.map((glob) => [glob, 'scp'])) });
  assert.ok(project.policyKinds.length < 170);
  assert.match(problems[0]?.message ?? '', /have more than 50000 characters together, and this one is left out/);
  assert.equal(policyKindOf(project.policyKinds, `${'a/'.repeat(100)}none`), undefined);
  assert.equal(policyKindOf(project.policyKinds, 'xa/'.repeat(100) + 7), 'scp');
});

describe('an entry of "ignore"', () => {
  const context: LintContext = { settings: defaultSettings, facts: noFacts, catalog: catalog() };
  const lintWith = (entries: readonly object[], text = policy, more: Partial<LintContext> = {}): ReturnType<typeof lintInProject> => {
    const { project, problems } = read({ ignore: entries.map((given) => ({ rule, reason: 'so', ...given })) });
    assert.deepEqual(problems, []);
    const ignore = entriesFor(project.ignore, 'legacy/a.json');
    return lintInProject(parseDocument(text, text.startsWith('[') ? 'aws-config' : 'json'), { ...context, ...more, ignore });
  };
  const left = (entries: readonly object[]): number => lintWith(entries).findings.filter((finding) => finding.rule === rule).length;

  test('drops the findings of its rule, in its files and in its statement', () => {
    assert.equal(left([]), 2);
    assert.equal(left([{ files: 'legacy/**' }]), 0);
    assert.equal(left([{ files: 'other/**' }]), 2);
    assert.equal(left([{ sid: 'A' }]), 1);
    assert.equal(left([{ sid: 'A' }, { sid: 'B', files: '**/a.json' }]), 0);
    assert.equal(left([{ sid: 'a' }]), 2);
    assert.equal(left([{ files: '**', rule: 'policy/missing-version' }]), 2);
  });

  test('is used, or unused, or it cannot be told', () => {
    const verdict = (entries: readonly object[], text = policy, more: Partial<LintContext> = {}): (readonly string[])[] => {
      const { used, unused, undecided } = lintWith(entries, text, more);
      return [used, unused, undecided].map((list) => list.map(({ sid = '' }) => sid));
    };
    assert.deepEqual(verdict([{ sid: 'A' }, { sid: 'C' }]), [['A'], ['C'], []]);
    assert.deepEqual(verdict([{ sid: 'C' }], policy, { catalog: undefined }), [[], [], ['C']]);
    assert.deepEqual(verdict([{ sid: 'C' }], policy.slice(0, -1)), [[], [], ['C']]);
    const off = { settings: { ...defaultSettings, rules: new Map([[rule, 'off' as const]]) } };
    assert.deepEqual(verdict([{ sid: 'A' }], policy, off), [[], [], ['A']]);
    assert.deepEqual(verdict([{ sid: 'A' }], '[default]\nregion = x\n'), [[], [], []]);
    assert.deepEqual(verdict([{ sid: 'role', rule: 'emr/unknown-role' }], '[default]\nemr =\n  service_role = x\n'), [[], [], ['role']]);
    // A rule of both config files and policies is silent in either.
    const both = { sid: 'both', rule: 'emr/policy-size' };
    assert.deepEqual(verdict([both]), [[], ['both'], []]);
    assert.deepEqual(verdict([both], '[default]\nemr =\n  service_role = x\n'), [[], [], ['both']]);
  });

  test('that is stale is a hint on the entry', () => {
    const text = JSON.stringify({ ignore: [entry] });
    const [found] = projectFindings([], read(text).project.ignore);
    assert.deepEqual([found?.rule, found?.severity], ['project/unused-ignore', 'hint']);
    assert.equal(text.slice(found?.span.start, found?.span.end), JSON.stringify(entry));
  });

  test('thousands of them, and of findings, cost no more than both together', () => {
    const text = `{ "Version": "2012-10-17", "Statement": [${Array(5000).fill(pass).join()}] }`;
    assert.ok(
      lintWith(
        Array.from({ length: 1500 }, (_, i) => ({ sid: `S${i}` })),
        text,
      ).unused.length === 1500,
    );
  });
});

test('a kind that is given counts for a bare policy alone', () => {
  const kinds = (text: string): readonly string[] => {
    const document = parseDocument(text, 'json', { kind: 'scp' });
    return document.kind === 'json' ? document.policies.map(({ kind }) => kind) : [];
  };
  assert.deepEqual(kinds(policy), ['scp']);
  assert.deepEqual(kinds(`{ "AssumeRolePolicyDocument": ${policy}, "x": ${policy} }`), ['trust', 'identity']);
  assert.deepEqual(kinds(`[${policy}]`), ['identity']);
});
