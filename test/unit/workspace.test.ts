// Facts from the files of a workspace.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { hasPolicyOfAws, policiesOf, trustOf } from '../../server/src/core/emr/roles';
import type { Declarations } from '../../server/src/core/facts/declarations';
import { type AccountFacts, accountFacts, type FactsSource, type Role } from '../../server/src/core/facts/facts';
import { projectDeclarations } from '../../server/src/core/facts/projectRoles';
import { conflictInWords } from '../../server/src/core/facts/provenance';
import { declarationsIn, workspaceFacts } from '../../server/src/core/facts/workspace';
import { parseProject } from '../../server/src/core/project';
import { ruleIds } from '../../server/src/core/rules/index';
import { authorizationDetails, snapshot } from '../harness/account';
import { anyText, jsonLike } from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { isInside } from '../harness/fixture';

const trust = (service = 'ec2.amazonaws.com'): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});
const permissions = (action = 's3:GetObject') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});
const write = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));
const declared = (value: unknown, name = 'a.json'): Declarations => declarationsIn(write(value), `file:///w/${name}`, name);

/** Of files by their names. */
function workspaceOf(files: Readonly<Record<string, unknown>>): FactsSource | undefined {
  return workspaceFacts(Object.entries(files).map(([name, value]) => declared(value, name)));
}

function factsOf(...values: readonly unknown[]): AccountFacts {
  const source = workspaceOf(Object.fromEntries(values.map((value, i) => [`${i}.json`, value])));
  return accountFacts(source === undefined ? [] : [source]);
}

function roleIn(facts: AccountFacts, name: string): Role {
  const role = facts.role(name);
  assert.ok(role.state === 'known', name);
  return role.value;
}

const resource = (type: string, properties: object): object => ({ Type: `AWS::IAM::${type}`, Properties: properties });
const template = (resources: object): object => ({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources });
const role = (properties: object = {}): object => resource('Role', { AssumeRolePolicyDocument: trust(), ...properties });

describe('a template', () => {
  test('declares roles under their names, with trust, path and policies', () => {
    const known = factsOf(
      template({
        Nodes: role({
          RoleName: 'ClusterNodes',
          Path: '/service-role/',
          Policies: [{ PolicyName: 'logs', PolicyDocument: permissions() }],
          ManagedPolicyArns: [
            'arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role',
            { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2' },
            { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonEMRFullAccessPolicy_v2']] },
            { Ref: 'SomeParameter' },
          ],
        }),
        Plain: role({ RoleName: 'Plain' }),
      }),
    );
    const nodes = roleIn(known, 'clusternodes');
    assert.deepEqual([nodes.name, nodes.path, nodes.arn], ['ClusterNodes', '/service-role/', '']);
    assert.deepEqual(JSON.parse(nodes.trustPolicy ?? ''), trust());
    assert.deepEqual(
      nodes.inlinePolicies?.map(({ name, document }) => [name, JSON.parse(document ?? '')]),
      [['logs', permissions()]],
    );
    assert.deepEqual(
      nodes.attachedPolicies?.map(({ name }) => name),
      ['AmazonElasticMapReduceforEC2Role', 'AmazonEMRServicePolicy_v2', 'AmazonEMRFullAccessPolicy_v2'],
    );
    assert.equal(policiesOf(nodes, known, catalog()).policies.length, 4);
    assert.deepEqual([roleIn(known, 'Plain').path, roleIn(known, 'Plain').attachedPolicies], ['/', undefined]);
  });

  test('joins what refers to its own resources, named or not', () => {
    const source = declared(
      template({
        Nodes: role(),
        Named: role({ RoleName: 'Named', ManagedPolicyArns: [{ Ref: 'Managed' }] }),
        Profile: resource('InstanceProfile', { InstanceProfileName: 'Unnamed', Roles: [{ Ref: 'Nodes' }] }),
        Other: resource('InstanceProfile', { InstanceProfileName: 'Holds', Roles: [{ Ref: 'Named' }] }),
        Inline: resource('Policy', { PolicyName: 'inline', PolicyDocument: permissions(), Roles: [{ Ref: 'Nodes' }, { Ref: 'Named' }] }),
        OfRole: resource('RolePolicy', { PolicyName: 'own', PolicyDocument: permissions(), RoleName: { 'Fn::Sub': '${Named}' } }),
        Managed: resource('ManagedPolicy', { PolicyDocument: permissions('s3:PutObject'), Roles: [{ Ref: 'Nodes' }] }),
        ByArn: role({ RoleName: 'ByArn', ManagedPolicyArns: [{ 'Fn::GetAtt': ['Managed', 'PolicyArn'] }] }),
      }),
    );
    const [nodes] = source.roles;
    assert.equal(nodes?.name, undefined);
    assert.deepEqual(
      [nodes?.inlinePolicies.map(({ name }) => name), nodes?.attachedPolicies.map(({ name }) => name)],
      [['inline'], ['Managed']],
    );
    assert.equal(source.instanceProfiles[0]?.role, nodes);
    const facts = workspaceFacts([source]);
    const known = accountFacts(facts === undefined ? [] : [facts]);
    assert.deepEqual(known.roleNames, ['Named', 'ByArn']);
    const named = roleIn(known, 'Named');
    assert.deepEqual(
      named.inlinePolicies?.map(({ name }) => name),
      ['inline', 'own'],
    );
    const { policies } = policiesOf(roleIn(known, 'ByArn'), known, undefined);
    assert.deepEqual(
      policies.map(({ name, document }) => [name, JSON.parse(document)]),
      [['Managed', permissions('s3:PutObject')]],
    );
    const profiles = known.instanceProfileNames.map((name) => {
      const profile = known.instanceProfile(name);
      return [name, profile.state === 'known' && profile.value.role];
    });
    assert.deepEqual(profiles, [
      ['Unnamed', undefined],
      ['Holds', 'Named'],
    ]);
  });

  test('adds to roles of elsewhere by their names', () => {
    const known = factsOf(
      template({
        A: resource('Policy', { PolicyName: 'a', PolicyDocument: permissions(), Roles: ['ClusterNodes'] }),
        B: resource('ManagedPolicy', { ManagedPolicyName: 'b', PolicyDocument: permissions(), Roles: ['ClusterNodes'] }),
      }),
      template({ C: role({ RoleName: 'Other', ManagedPolicyArns: [{ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/b' }] }) }),
    );
    const nodes = roleIn(known, 'ClusterNodes');
    assert.deepEqual(
      [nodes.path, nodes.trustPolicy, nodes.inlinePolicies?.length, nodes.attachedPolicies?.length],
      ['/*', undefined, 1, 1],
    );
    assert.equal(policiesOf(roleIn(known, 'Other'), known, undefined).policies[0]?.document, JSON.stringify(permissions()));
  });

  test('leaves unknown what a deployment fills in', () => {
    const source = declared(
      template({
        A: role({ RoleName: { Ref: 'Name' } }),
        B: role({ RoleName: { 'Fn::Sub': '${AWS::StackName}-nodes' } }),
        C: role({ RoleName: { 'Fn::If': ['IsProd', 'Prod', 'Dev'] } }),
        D: role({ RoleName: 'D', Path: { Ref: 'Path' }, AssumeRolePolicyDocument: { 'Fn::Transform': {} } }),
        E: resource('InstanceProfile', { InstanceProfileName: 'E', Roles: [{ Ref: 'RoleParameter' }] }),
        F: resource('InstanceProfile', { Roles: [{ 'Fn::ImportValue': 'x' }] }),
      }),
    );
    assert.deepEqual(
      source.roles.map(({ name }) => name),
      [undefined, undefined, undefined, 'D'],
    );
    assert.deepEqual(
      source.instanceProfiles.map(({ name, role: held }) => [name, held]),
      [
        ['E', undefined],
        [undefined, undefined],
      ],
    );
    const facts = accountFacts([workspaceFacts([source])].flatMap((each) => each ?? []));
    assert.equal(roleIn(facts, 'D').path, '/*');
    assert.equal(policiesOf(roleIn(facts, 'D'), facts, undefined).areAll, false);
    for (const statement of [{ 'Fn::If': ['IsProd', {}, {}] }, [...permissions().Statement, { Ref: 'More' }], undefined]) {
      const document = { Version: '2012-10-17', Statement: statement };
      const policies = [{ PolicyName: 'p', PolicyDocument: document }, { 'Fn::If': [] }];
      const given = roleIn(factsOf(template({ A: role({ RoleName: 'A', AssumeRolePolicyDocument: document, Policies: policies }) })), 'A');
      assert.deepEqual([given.trustPolicy, given.inlinePolicies?.map((policy) => policy.document)], [undefined, [undefined]]);
    }
  });

  test('is told from what only looks like one', () => {
    for (const value of [
      { Resources: [] },
      { Resources: { A: { Type: 'Custom', Properties: { RoleName: 'A' } } } },
      { Resource: { A: role({ RoleName: 'A' }) } },
      [template({ A: role({ RoleName: 'A' }) })],
      { Nested: template({ A: role({ RoleName: 'A' }) }) },
      write(template({ A: role({ RoleName: 'A' }) })).slice(0, -1),
      'Resources:\n  A:\n    Type: AWS::IAM::Role\n',
    ])
      assert.deepEqual(declared(value).roles, [], write(value));
    assert.deepEqual(factsOf(template({ A: resource('Role', {}), B: { Type: 'AWS::IAM::Role' } })).roleNames, []);
  });
});

describe('the inputs of commands', () => {
  const create = { RoleName: 'R', AssumeRolePolicyDocument: JSON.stringify(trust()), Path: '/emr/' };

  test('make up a role together', () => {
    const known = factsOf(
      create,
      { RoleName: 'r', PolicyName: 'own', PolicyDocument: permissions() },
      { RoleName: 'R', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2' },
      { RoleName: 'R', PolicyArn: 'arn:aws:iam::111122223333:policy/team/Mine' },
      { PolicyName: 'Mine', PolicyDocument: permissions('s3:PutObject') },
      { InstanceProfileName: 'P' },
      { InstanceProfileName: 'P', RoleName: 'R' },
      { InstanceProfileName: 'Q', Path: '/emr/', Tags: [] },
    );
    const made = roleIn(known, 'R');
    assert.deepEqual([made.path, JSON.parse(made.trustPolicy ?? '')], ['/emr/', trust()]);
    assert.deepEqual(
      made.inlinePolicies?.map(({ name }) => name),
      ['own'],
    );
    assert.deepEqual(
      made.attachedPolicies?.map(({ name }) => name),
      ['AmazonEMRServicePolicy_v2', 'Mine'],
    );
    assert.deepEqual(
      known.instanceProfilesHolding('R').map(({ name }) => name),
      ['P'],
    );
    assert.deepEqual(known.instanceProfileNames, ['P', 'Q']);
    assert.equal(known.managedPolicy('mine').state, 'known');
  });

  test('are told by their members, all of them', () => {
    for (const value of [
      { ...create, Region: 'eu-west-1' },
      { Role: create },
      [create],
      { RoleDetailList: [create] },
      { RoleName: 'R' },
      { AssumeRolePolicyDocument: trust() },
      { ...create, RoleName: '' },
      { ...create, RoleName: '<role>' },
      { ...create, RoleName: { Ref: 'R' } },
      { RoleName: 'R', PolicyName: 'p' },
      { UserName: 'U', PolicyName: 'p', PolicyDocument: permissions() },
      { RoleName: 'R', InstanceProfileName: 'P', Force: true },
      permissions(),
    ])
      assert.deepEqual(workspaceOf({ 'a.json': value }), undefined, write(value));
    for (const name of ['detach-policy.json', 'remove_role.json', 'teardown.delete.json'])
      assert.equal(workspaceOf({ [name]: { InstanceProfileName: 'P', RoleName: 'R' } }), undefined, name);
    assert.notEqual(workspaceOf({ 'undeleted.json': { InstanceProfileName: 'P', RoleName: 'R' } }), undefined);
  });

  test('say nothing of a document that is not there', () => {
    const made = roleIn(factsOf({ ...create, AssumeRolePolicyDocument: 'file://trust.json' }), 'R');
    assert.equal(made.trustPolicy, undefined);
  });
});

describe('the workspace', () => {
  const created = (service: string): object => ({ RoleName: 'R', AssumeRolePolicyDocument: trust(service) });

  test('never says absent, and does not hide that another source does', () => {
    const source = workspaceOf({ 'a.json': created('ec2.amazonaws.com') });
    assert.ok(source !== undefined);
    assert.equal(accountFacts([source]).role('Other').state, 'unknown');
    assert.equal(accountFacts([source]).instanceProfile('Other').state, 'unknown');
    const account = snapshot(authorizationDetails({ roles: [{ name: 'Other' }], instanceProfiles: [] }), 'account.json');
    const role = accountFacts([source, account]).role('R');
    assert.ok(role.state === 'absent' && role.source === account);
    const partial = { ...account, listsEveryRole: false, listsEveryProfile: 'no' as const };
    assert.equal(accountFacts([source, partial]).role('R').state, 'known');
    assert.equal(accountFacts([source]).forAccount('111122223333').role('R').state, 'known');
  });

  test('does not know whether a role has other policies', () => {
    const known = factsOf(
      template({ A: role({ RoleName: 'A', Policies: [], ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }) }),
    );
    assert.equal(policiesOf({ ...roleIn(known, 'A'), inlinePolicies: [], attachedPolicies: [] }, known, catalog()).areAll, false);
  });

  test('that says two things of one role knows neither, and says so', () => {
    const source = workspaceOf({ 'a.json': created('ec2.amazonaws.com'), 'b.json': created('elasticmapreduce.amazonaws.com') });
    assert.equal(source?.roles[0]?.trustPolicy, undefined);
    assert.deepEqual(source?.gaps, ['Files of the workspace differ in the trust policy of the role "R", so that it is not known.']);
    const same = workspaceOf({
      'a.json': created('x'),
      'b.json': { AssumeRolePolicyDocument: JSON.stringify(trust('x'), null, 3), RoleName: 'r' },
    });
    assert.notEqual(same?.roles[0]?.trustPolicy, undefined);
    assert.equal(same?.gaps, undefined);
    const held = workspaceOf({
      'a.json': { InstanceProfileName: 'P', RoleName: 'R' },
      'b.json': { InstanceProfileName: 'P', RoleName: 'S' },
    });
    assert.equal(held?.instanceProfiles[0]?.role, undefined);
    assert.equal(held?.gaps?.length, 1);
    const inline = (action: string): object => ({ RoleName: 'R', PolicyName: 'p', PolicyDocument: permissions(action) });
    const differing = workspaceOf({ 'a.json': inline('s3:GetObject'), 'b.json': inline('s3:PutObject') });
    assert.deepEqual(
      differing?.roles[0]?.inlinePolicies?.map(({ name, document }) => [name, document]),
      [['p', undefined]],
    );
  });

  test('that differs from an account gives way, and the conflict is a sentence', () => {
    const account = snapshot(
      authorizationDetails({
        roles: [{ name: 'R', trustPolicy: JSON.stringify(trust()) }],
        instanceProfiles: [{ name: 'P', role: 'R' }],
      }),
      'account.json',
    );
    const words = (...values: readonly unknown[]): readonly string[] => {
      const source = workspaceOf(Object.fromEntries(values.map((value, i) => [`${i}.json`, value])));
      return accountFacts([account, ...(source === undefined ? [] : [source])]).conflicts.map(conflictInWords);
    };
    assert.deepEqual(words(created('elasticmapreduce.amazonaws.com'), { InstanceProfileName: 'P', RoleName: 'S' }), [
      'account.json and the workspace differ in the trust policy of the role "R"; what account.json says counts.',
      'account.json and the workspace differ in the role of the instance profile "P"; what account.json says counts.',
    ]);
    assert.deepEqual(words(created('ec2.amazonaws.com'), { InstanceProfileName: 'P', RoleName: 'r' }, { InstanceProfileName: 'P' }), []);
    for (const filledIn of ['${Service}', '<service>', { Ref: 'Service' }]) {
      const principal = { Statement: [{ Principal: { Service: filledIn } }] };
      assert.deepEqual(words({ RoleName: 'R', AssumeRolePolicyDocument: principal }), [], write(filledIn));
    }
  });

  test('that an account does not have is nowhere to be chosen', () => {
    const account = snapshot(
      authorizationDetails({ roles: [{ name: 'R' }], instanceProfiles: [{ name: 'P', role: 'R' }] }),
      'account.json',
    );
    const source = workspaceOf({
      'a.json': { InstanceProfileName: 'Q', RoleName: 'R' },
      'b.json': { ...created('ec2.amazonaws.com'), RoleName: 'S' },
    });
    assert.ok(source !== undefined);
    assert.deepEqual([accountFacts([source]).roleNames, accountFacts([source]).instanceProfileNames], [['S'], ['Q']]);
    const known = accountFacts([source, account]);
    assert.deepEqual([known.roleNames, known.instanceProfileNames], [['R'], ['P']]);
    assert.deepEqual(
      known.instanceProfilesHolding('R').map(({ name }) => name),
      ['P'],
    );
  });

  test("names AWS's policies by their names alone", () => {
    const { project } = parseProject('{"roles":{"R":{"managedPolicies":["AmazonElasticMapReduceRole","Own"]}}}', ruleIds);
    const source = workspaceFacts([projectDeclarations(project, 'file:///w/.emr-iam.jsonc', () => undefined)]);
    assert.ok(source !== undefined);
    const facts = accountFacts([source]);
    assert.equal(hasPolicyOfAws(roleIn(facts, 'R'), 'AmazonElasticMapReduceRole'), true);
    assert.deepEqual(
      policiesOf(roleIn(facts, 'R'), facts, catalog()).policies.map(({ name, isOfAws }) => [name, isOfAws]),
      [['AmazonElasticMapReduceRole', true]],
    );
  });

  test('does not fill a profile that an account has empty', () => {
    const empty = snapshot(JSON.stringify({ InstanceProfiles: [{ InstanceProfileName: 'P', Path: '/', Roles: [] }] }), 'profiles.json');
    const source = workspaceOf({ 'a.json': { InstanceProfileName: 'P', RoleName: 'R' } });
    assert.ok(source !== undefined);
    const known = accountFacts([source, empty]);
    const profile = known.instanceProfile('P');
    assert.ok(profile.state === 'known' && profile.value.role === undefined && profile.source === empty);
    assert.equal(known.conflicts.length, 1);
  });

  test('of any JSON is read without an exception, and places lie in the text', () => {
    const names = fc.constantFrom(
      ...['Resources', 'Type', 'Properties', 'RoleName', 'PolicyName', 'PolicyArn', 'InstanceProfileName', 'Roles', 'Ref', 'Fn::GetAtt'],
      ...['Fn::Join', 'Fn::Sub', 'PolicyDocument', 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns', 'Path', '__proto__', 'A'],
    );
    const words = fc.constantFrom(
      'AWS::IAM::Role',
      'AWS::IAM::InstanceProfile',
      'AWS::IAM::Policy',
      'AWS::IAM::ManagedPolicy',
      'A',
      '${A}',
      '{}',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 6 }, words, fc.jsonValue({ maxDepth: 1 }), tie('list'), tie('object'), tie('object')),
      list: fc.array(tie('any'), { maxLength: 3 }),
      object: fc.array(fc.tuple(names, tie('any')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
    })).any;
    const resources = fc
      .dictionary(fc.constantFrom('A', 'B'), fc.record({ Type: words, Properties: value }))
      .map((all) => ({ Resources: all }));
    const text = fc.oneof(anyText, jsonLike, value.map(write), resources.map(write));
    fc.assert(
      fc.property(text, (source) => {
        const { roles, instanceProfiles, managedPolicies } = declarationsIn(source, 'file:///a.json', 'a.json');
        for (const { place, whole, trustPlace, inlinePolicies, attachedPolicies } of roles) {
          const places = [place, trustPlace, ...[...inlinePolicies, ...attachedPolicies].map((policy) => policy.place)];
          for (const span of [whole, ...places.flatMap((each) => each?.span ?? [])]) assert.ok(isInside(span, source));
        }
        for (const { place } of [...instanceProfiles, ...managedPolicies]) assert.ok(place === undefined || isInside(place.span, source));
        const facts = workspaceFacts([{ roles, instanceProfiles, managedPolicies }]);
        const known = accountFacts(facts === undefined ? [] : [facts]);
        for (const { value: each } of known.roles) {
          trustOf(each);
          policiesOf(each, known, undefined);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a project file', () => {
  const text = write({
    roles: {
      Cluster: {
        kind: 'ec2',
        path: '/emr/',
        trustPolicy: './roles/trust.json',
        inlinePolicies: ['roles/logs.json', 'roles/gone.json'],
        managedPolicies: ['AmazonEMRServicePolicy_v2', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
      },
      Bare: {},
    },
    instanceProfiles: { Profile: { role: 'Cluster' }, Empty: {} },
  });
  const read = (source: string): Declarations => {
    const { project, problems } = parseProject(source, ruleIds);
    assert.deepEqual(problems, []);
    const files: Record<string, string> = { 'roles/trust.json': `// ours\n${write(trust())}`, 'roles/logs.json': write(permissions()) };
    return projectDeclarations(project, 'file:///w/.emr-iam.jsonc', (path) => ({ uri: `file:///w/${path}`, text: files[path] }));
  };

  test('declares roles with the files that it names', () => {
    const source = workspaceFacts([read(text)]);
    assert.ok(source !== undefined);
    const known = accountFacts([source]);
    const cluster = roleIn(known, 'Cluster');
    assert.deepEqual([cluster.path, JSON.parse(cluster.trustPolicy ?? ''), cluster.mayHaveMore], ['/emr/', trust(), undefined]);
    assert.equal(cluster.trustPlace?.uri, 'file:///w/roles/trust.json');
    assert.deepEqual(
      cluster.inlinePolicies?.map(({ name, document }) => [name, document !== undefined]),
      [
        ['logs', true],
        ['gone', false],
      ],
    );
    assert.deepEqual(
      cluster.attachedPolicies?.map(({ name }) => name),
      ['AmazonEMRServicePolicy_v2', 'ReadOnlyAccess'],
    );
    const { place } = cluster;
    assert.equal(text.slice(place?.span.start, place?.span.end), '"Cluster"');
    const bare = roleIn(known, 'Bare');
    assert.deepEqual([bare.path, bare.trustPolicy, bare.inlinePolicies, bare.attachedPolicies], ['/', undefined, undefined, undefined]);
    assert.deepEqual(
      known.instanceProfilesHolding('cluster').map(({ name }) => name),
      ['Profile'],
    );
  });

  test('that names all policies of a role says what the role may not do', () => {
    const of = (given: object): boolean => {
      const source = workspaceFacts([read(write({ roles: { R: given } }))]);
      const known = accountFacts(source === undefined ? [] : [source]);
      return policiesOf(roleIn(known, 'R'), known, catalog()).areAll;
    };
    assert.equal(of({ inlinePolicies: ['roles/logs.json'], managedPolicies: ['AmazonEMRServicePolicy_v2'] }), true);
    assert.equal(of({ inlinePolicies: [], managedPolicies: [] }), true);
    assert.equal(of({ inlinePolicies: ['roles/gone.json'], managedPolicies: [] }), false);
    assert.equal(of({ inlinePolicies: ['roles/logs.json'] }), false);
    assert.equal(of({ inlinePolicies: [], managedPolicies: ['NobodyKnows'] }), false);
  });
});
