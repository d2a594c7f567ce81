import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument, type Syntax } from '../../server/src/core/document';
import { hover } from '../../server/src/core/features/hover';
import { lint } from '../../server/src/core/lint';
import type { ExampleAccount } from '../../server/src/core/rules/rule';
import { defaultSettings } from '../../server/src/core/settings';
import { factsOf } from '../harness/account';
import { atCursor } from '../harness/cursor';

const account: ExampleAccount = {
  roles: [{ name: 'Service', inlinePolicies: ['a`b](c)'] }, { name: 'Ec2Role' }],
  instanceProfiles: [{ name: 'Ec2Profile', role: 'Ec2Role' }, { name: 'Empty' }],
};

/** The text that is marked, and the Markdown; nothing where there is no hover. */
function hoverAt(marked: string, syntax: Syntax = 'aws-config', known: ExampleAccount | null = account) {
  const { text, offset } = atCursor(marked);
  const facts = factsOf(known ?? undefined);
  const document = parseDocument(text, syntax);
  const found = hover(document, offset, lint(document, { settings: defaultSettings, facts }), facts);
  return found && { marked: text.slice(found.span.start, found.span.end), markdown: found.markdown };
}

const block = (settings: string): string => `[default]\nemr =\n${settings}\n`;

describe('hover', () => {
  test('on a service role tells what the facts say of it', () => {
    const found = hoverAt(block('  service_role = Ser$0vice\n  instance_profile = Ec2Profile'));
    assert.equal(found?.marked, 'Service');
    assert.match(
      found?.markdown ?? '',
      /^Role `Service` \(`account\.json`\)\n- ARN: `arn:aws:iam::111122223333:role\/Service`\n- managed policies: none/,
    );
  });

  test('shows names from a file as text, never as Markdown', () => {
    const found = hoverAt(block('  service_role = $0Service'));
    assert.match(found?.markdown ?? '', /- inline policies: `a b\]\(c\)`/);
  });

  test('on an instance profile tells of the role that it holds', () => {
    const found = hoverAt(block('  instance_profile = Ec2Profile$0'));
    assert.match(found?.markdown ?? '', /^Instance profile `Ec2Profile`[\s\S]*holds the role `Ec2Role`[\s\S]*Role `Ec2Role`/);
  });

  test('says absent, empty and unknown apart', () => {
    assert.match(hoverAt(block('  service_role = No$0body'))?.markdown ?? '', /^Role `Nobody`: not in the account/);
    assert.match(hoverAt(block('  instance_profile = Emp$0ty'))?.markdown ?? '', /holds no role/);
    assert.match(
      hoverAt(block('  service_role = No$0body'), 'aws-config', null)?.markdown ?? '',
      /nothing is known about it\..*emrIam\.factsFiles/,
    );
  });

  test('on a finding explains its rule', () => {
    const found = hoverAt('{ "Statem$0ent": [{ "Effect": "Allow", "Action": "a:b", "Resource": "*" }] }', 'json');
    assert.equal(found?.marked, '"Statement"');
    assert.match(found?.markdown ?? '', /^\*\*policy\/missing-version\*\* finds a policy without a `Version`/);
  });

  test('is silent elsewhere', () => {
    assert.equal(hoverAt(`$0${block('  service_role = Service')}`), undefined);
    assert.equal(hoverAt('{ "Version"$0: "2012-10-17", "Statement": [] }', 'json'), undefined);
  });
});
