// The picture of the roles of a profile: what is in it, and that no name breaks it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { type MapNode, nodesOf, type RoleMap, roleMap } from '../../server/src/core/emr/roleMap';
import { roleMapMermaid } from '../../server/src/core/emr/roleMapMermaid';
import { roleMapList, roleMapPicture, roleMapSvg } from '../../server/src/core/emr/roleMapSvg';
import { clipped, textWidth, wrapped } from '../../server/src/core/emr/textWidth';
import { type AccountFacts, accountFacts, noFacts } from '../../server/src/core/facts/facts';
import type { ExampleAccount } from '../../server/src/core/rules/rule';
import { defaultSettings } from '../../server/src/core/settings';
import { factsOf, snapshot } from '../harness/account';
import { catalog } from '../harness/catalog';
import { elementsIn, parseXml, textIn, type XmlElement } from '../harness/xml';

const block = (service: string, profile: string, more = ''): string =>
  `[profile dev]\nemr =\n    service_role = ${service}\n    instance_profile = ${profile}\n${more}`;

function mapOf(text: string, facts: AccountFacts, profile = 'dev'): RoleMap {
  const document = parseDocument(text, 'aws-config');
  assert.ok(document.kind === 'config');
  const map = roleMap(document, profile, { settings: defaultSettings, facts, catalog: catalog() });
  assert.ok(map);
  return map;
}

/** The tree as indented lines: relation, name, state, and the rules of its problems. */
function lines({ root }: RoleMap): readonly string[] {
  const below = (node: MapNode, depth: number): readonly string[] => {
    const parts = [
      node.relation,
      node.name,
      ...(node.state === 'known' ? [] : [node.state]),
      ...node.problems.map(({ rule }) => `!${rule}`),
    ];
    return [`${'  '.repeat(depth)}${parts.filter(Boolean).join(' ')}`, ...node.children.flatMap((child) => below(child, depth + 1))];
  };
  return below(root, 0);
}

const account: ExampleAccount = {
  roles: [
    { name: 'Service', inlinePolicies: ['extra'], attachedPolicies: ['AmazonEMRServicePolicy_v2'] },
    { name: 'Nodes', attachedPolicies: ['own'] },
    { name: 'EMR_AutoScaling_DefaultRole' },
  ],
  instanceProfiles: [{ name: 'NodesProfile', role: 'Nodes' }, { name: 'Empty' }],
};

describe('a role map', () => {
  test('leads from the profile to the roles, their trust and their policies, with each problem where it belongs', () => {
    assert.deepEqual(lines(mapOf(block('service', 'NodesProfile'), factsOf(account))), [
      'dev',
      '  instance_profile NodesProfile !emr/instance-profile-role-mismatch',
      '    holds Nodes',
      '      trust Trust policy',
      '      attached own',
      '  service_role Service !emr/pass-role-for-custom-role !emr/inline-policy',
      '    trust Trust policy',
      '    attached AmazonEMRServicePolicy_v2',
      '    inline extra',
      '  --auto-scaling-role EMR_AutoScaling_DefaultRole',
      '    trust Trust policy',
      '    attached SomePolicy',
    ]);
  });

  test('says what each is, whom it trusts, the versions of policies, and where that is known from', () => {
    const nodes = nodesOf(mapOf(block('Service', 'NodesProfile'), factsOf(account)));
    const about = (name: string): string => nodes.flatMap((node) => (node.name === name ? [node.what, ...node.notes] : [])).join(' | ');
    assert.equal(about('dev'), 'profile, config file');
    assert.equal(about('NodesProfile'), 'instance profile | from account.json');
    assert.match(about('Trust policy'), /EC2 may assume it.*EMR may assume it, if "aws:SourceAccount" is "111122223333"/);
    assert.match(about('AmazonEMRServicePolicy_v2'), /^AWS's managed policy, v\d+$/);
    assert.equal(about('own'), 'managed policy');
  });

  test('tells absent, empty and unknown apart', () => {
    assert.deepEqual(lines(mapOf(block('Nobody', 'Nothing'), factsOf(account))).slice(0, 3), [
      'dev',
      '  instance_profile Nothing absent !emr/unknown-instance-profile',
      '  service_role Nobody absent !emr/unknown-role',
    ]);
    const empty = nodesOf(mapOf(block('Service', 'Empty'), factsOf(account))).find(({ name }) => name === 'Empty');
    assert.deepEqual([empty?.state, empty?.notes], ['known', ['holds no role', 'from profiles.json']]);
    assert.deepEqual(lines(mapOf(block('Service', 'NodesProfile'), noFacts)), [
      'dev',
      '  instance_profile NodesProfile unknown',
      '  service_role Service unknown',
    ]);
  });

  test('puts a policy of another partition on its role, and a name of one on what it names', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::d/*' }],
    });
    const china = factsOf({
      roles: [{ name: 'Nodes', attachedPolicies: [{ name: 'own', document: text }] }],
      instanceProfiles: [{ name: 'NodesProfile', role: 'Nodes' }],
      partition: 'aws-cn',
    });
    const partition = (profile: string): readonly string[] =>
      nodesOf(mapOf(block('Service', profile), china)).flatMap(({ name, problems }) =>
        problems.some(({ rule }) => rule === 'emr/partition') ? [name] : [],
      );
    assert.deepEqual(partition('NodesProfile'), ['Nodes']);
    const foreign = 'arn:aws:iam::111122223333:instance-profile/NodesProfile';
    assert.deepEqual(partition(foreign), [foreign]);
  });

  test('puts problems of other settings on the profile, and says what it does not name', () => {
    const map = mapOf('[profile dev]\nemr =\n    enable_debugging = yes\n    service_role = Service\n', factsOf(account));
    assert.equal(lines(map)[0], 'dev !config/invalid-boolean');
    assert.deepEqual(map.root.notes, ['names no instance_profile']);
    assert.deepEqual(mapOf('[profile dev]\nregion = x\n', factsOf(account)).root.notes, ['has no emr block']);
    const document = parseDocument('[default]\n', 'aws-config');
    assert.ok(document.kind === 'config');
    assert.equal(roleMap(document, 'gone', { settings: defaultSettings, facts: noFacts }), undefined);
  });

  test('leads each node to its source: the config file, a declaration, or the facts file', () => {
    const known = snapshot(
      '{"RoleDetailList":[{"RoleName":"Service","Arn":"arn:aws:iam::111122223333:role/Service","AssumeRolePolicyDocument":{"Statement":[]},"RolePolicyList":[{"PolicyName":"extra"}],"AttachedManagedPolicies":[]}],"IsTruncated":true}',
      'account.json',
    );
    const place = { uri: 'file:///w/roles.json', span: { start: 3, end: 9 } };
    const declared = { ...snapshot('{"InstanceProfiles":[]}', 'workspace'), kind: 'workspace' as const };
    const profile = { name: 'NodesProfile', arn: '', role: undefined, place };
    const text = block('SERVICE', 'NodesProfile');
    const map = mapOf(text, accountFacts([known, { ...declared, instanceProfiles: [profile] }]));
    const [root, instanceProfile, service, trust, inline] = nodesOf(map);
    const spanOf = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
    assert.deepEqual(root?.link, { kind: 'config', file: 'config', span: spanOf('emr') });
    assert.deepEqual(instanceProfile?.link, { kind: 'place', place });
    assert.deepEqual(service?.link, { kind: 'facts', source: known, member: 'RoleName', value: 'Service' });
    assert.deepEqual(trust?.link, service?.link);
    assert.deepEqual(inline?.link, { kind: 'facts', source: known, member: 'PolicyName', value: 'extra' });
    const absent = nodesOf(mapOf(block('Nobody', 'x'), factsOf(account))).find(({ name }) => name === 'Nobody');
    assert.deepEqual(absent?.link, { kind: 'config', file: 'config', span: { start: 39, end: 45 } });
  });

  test('lists no more than a few policies', () => {
    const attachedPolicies = Array.from({ length: 20 }, (_, i) => `p${i}`);
    const map = mapOf(block('Service', 'x'), factsOf({ roles: [{ name: 'Service', attachedPolicies }], instanceProfiles: [] }));
    const names = nodesOf(map).flatMap(({ kind, name }) => (kind === 'policy' ? [name] : []));
    assert.equal(names.length, 9);
    assert.equal(names.at(-1), 'and 12 more');
  });
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
}

function boxes(svg: XmlElement): readonly Box[] {
  return elementsIn(svg).flatMap(({ name, attributes: { class: style, x, y, width, height } }) =>
    name === 'rect' && style === 'frame'
      ? [{ x: Number(x), y: Number(y), right: Number(x) + Number(width), bottom: Number(y) + Number(height) }]
      : [],
  );
}

const hostile = [
  '<script>alert(1)</script>',
  `"'&<>]]>--><!--`,
  'a\u202eb\u2066c\u200bd',
  'x'.repeat(1000),
  'line\nbreak\r\u2028end',
  '\u0000\u0001\ufffe\ud800',
  '大きな役割の名前'.repeat(40),
  '#quot; end style:#34; classDef x:#1; %%{init}%%',
];

/** An account whose every name is this, which only facts and not the config file can give. */
function accountNamed(name: string): AccountFacts {
  const details = {
    RoleDetailList: [
      {
        RoleName: 'Service',
        Arn: 'arn:aws:iam::111122223333:role/Service',
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: name }, Action: 'sts:AssumeRole' }] },
        AttachedManagedPolicies: [{ PolicyName: name, PolicyArn: name }],
        RolePolicyList: [{ PolicyName: name, PolicyDocument: {} }],
      },
      {
        RoleName: name,
        Arn: 'arn:aws:iam::111122223333:role/x',
        InstanceProfileList: [{ InstanceProfileName: 'Nodes', Arn: '', Roles: [{ RoleName: name }] }],
      },
    ],
  };
  return accountFacts([snapshot(JSON.stringify(details), name)]);
}

describe('the picture', () => {
  for (const name of hostile) {
    test(`is well-formed and harmless with ${JSON.stringify(name.slice(0, 40))} as a name`, () => {
      const map = mapOf(block('Service', 'Nodes', `    log_uri = ${name.replace(/[\r\n]/g, ' ')}\n`), accountNamed(name));
      for (const [svg, isPage] of [
        [roleMapSvg(map), false],
        [roleMapPicture(map), true],
      ] as const) {
        const root = parseXml(svg);
        const elements = elementsIn(root);
        assert.deepEqual([...new Set(elements.map((element) => element.name))].sort(), [
          'g',
          'path',
          'rect',
          ...(isPage ? [] : ['style']),
          'svg',
          'text',
          'title',
          'tspan',
        ]);
        for (const { attributes } of elements)
          for (const key of Object.keys(attributes)) assert.doesNotMatch(key, /^on|href|^style$/, 'nothing that acts');
        assert.doesNotMatch(textIn(root), /[\u0000-\u0009\u000b-\u001f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
        const nodes = nodesOf(map);
        assert.equal(boxes(root).length, nodes.length);
        const ids = elements.flatMap(({ attributes }) => attributes['data-node'] ?? []).sort();
        assert.deepEqual(ids, isPage ? nodes.map((_, id) => String(id)).sort() : []);
      }
      const list = parseXml(roleMapList(map));
      assert.deepEqual(
        [...new Set(elementsIn(list).map((element) => element.name))].filter((tag) => !['ul', 'li', 'b', 'button', 'span'].includes(tag)),
        [],
      );
      const mermaid = roleMapMermaid(map);
      for (const line of mermaid.trimEnd().split('\n')) {
        assert.match(
          line,
          /^(flowchart LR|accTitle: [^"\\<>:;]*(?:#\d+;[^"\\<>:;]*)*|n\d+\["(?:[\p{L}\p{N} _.,/=+@-]|#\d+;|<br>)*"\]|n\d+ -->(?:\|"(?:[\p{L}\p{N} _.,/=+@-]|#\d+;)*"\|)? n\d+|class(Def)? [\w,]+ [\w:#,. -]+)$/u,
        );
      }
    });
  }

  test('lays no box over another, and keeps every text in its box', () => {
    const attachedPolicies = Array.from({ length: 7 }, (_, i) => `policy-with-a-rather-long-name-${i}`);
    const roles = account.roles.map((role) => ({ ...role, attachedPolicies }));
    const svg = parseXml(roleMapSvg(mapOf(block('Service', 'NodesProfile'), factsOf({ ...account, roles }))));
    const all = boxes(svg);
    assert.ok(all.length > 25);
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1))
        assert.ok(
          a.right <= b.x || b.right <= a.x || a.bottom <= b.y || b.bottom <= a.y,
          `${JSON.stringify(a)} lies over ${JSON.stringify(b)}`,
        );
    const { width = '', height = '' } = svg.attributes;
    for (const box of all) assert.ok(box.x >= 0 && box.y >= 0 && box.right <= Number(width) && box.bottom <= Number(height));
    for (const { name, children } of elementsIn(svg)) {
      if (name !== 'g') continue;
      const inside = children.filter((child) => typeof child !== 'string');
      const frame = inside.find((child) => child.attributes['class'] === 'frame');
      for (const text of inside.filter((child) => child.name === 'text')) {
        const end = Number(text.attributes['x']) + textWidth(textIn(text), Number(text.attributes['font-size']));
        assert.ok(end <= Number(frame?.attributes['x']) + Number(frame?.attributes['width']), textIn(text));
      }
    }
  });

  test('marks what is wrong, and says it to those who do not see it', () => {
    const map = mapOf(block('Nobody', 'NodesProfile'), factsOf(account));
    const wrong = elementsIn(parseXml(roleMapPicture(map))).find(({ attributes }) => attributes['class'] === 'node role absent error');
    assert.match(
      wrong?.attributes['aria-label'] ?? '',
      /^EMR service role Nobody\. not in the account \(account\.json\)\. error: service_role of the profile/,
    );
    assert.equal(wrong?.attributes['tabindex'], '0');
    assert.match(roleMapList(map), /<li class="error"><b>error<\/b> emr\/unknown-role: service_role of the profile/);
    assert.match(roleMapMermaid(map), /^class n\d+ error$/m);
    assert.match(roleMapSvg(map), /text\.error\{fill:#cf222e\}/);
  });
});

describe('text in boxes', () => {
  test('is clipped with an ellipsis, and wrapped between words', () => {
    assert.equal(clipped('short', 12, 100), 'short');
    const cut = clipped('a'.repeat(200), 12, 100);
    assert.match(cut, /^a+…$/);
    assert.ok(textWidth(cut, 12) <= 100);
    assert.equal(clipped('x', 12, 0), '…');
    const paragraph = wrapped('the quick brown fox jumps over the lazy dog and more', 12, 90, 3);
    assert.equal(paragraph.length, 3);
    assert.match(paragraph.at(-1) ?? '', /…$/);
    for (const line of paragraph) assert.ok(textWidth(line, 12) <= 90, line);
    assert.deepEqual(wrapped('', 12, 90, 3), ['']);
  });
});
