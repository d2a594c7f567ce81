// What IAM refuses for its length, beyond what fixtures can show: quotas of the settings, and roles that the workspace declares.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { accountFacts, type SourceKind } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultQuotas } from '../../server/src/core/policy/size';
import { defaultSettings } from '../../server/src/core/settings';

/** Of about so many characters. */
function policy(size: number): string {
  const resources = Array.from({ length: Math.ceil(size / 27) }, (_, i) => `arn:aws:s3:::data-${10_000 + i}/*`);
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: resources }] });
}

function messages(kind: SourceKind, ...sizes: readonly number[]): readonly string[] {
  const facts = accountFacts([
    {
      kind,
      label: 'roles.template.json',
      accounts: [],
      roles: [{ name: 'Jobs', path: '/', arn: '', inlinePolicies: sizes.map((size, i) => ({ name: `p${i}`, document: policy(size) })) }],
      instanceProfiles: [],
      managedPolicies: [],
      users: [],
      listsEveryRole: false,
      listsEveryProfile: 'no',
    },
  ]);
  const document = parseDocument('[profile dev]\nemr =\n  service_role = Jobs\n  instance_profile = P\n', 'aws-config');
  return lint(document, { settings: defaultSettings, facts }).flatMap(({ rule, message }) => (rule === 'emr/policy-size' ? message : []));
}

test('the inline policies of a role that the workspace declares are added up', () => {
  const [message, ...others] = messages('workspace', 6000, 6000);
  assert.match(
    message ?? '',
    /^service_role of the profile "dev": the 2 inline policies of the role "Jobs" \(roles\.template\.json\) have 12,/,
  );
  assert.deepEqual(others, []);
  assert.deepEqual(messages('workspace', 6000, 3000), []);
  assert.deepEqual(messages('workspace', 12_000, 100), [], 'one that is too long alone is reported where it stands');
  assert.deepEqual(messages('snapshot', 6000, 6000), [], 'what an account has, IAM took');
});

test('the quotas are those of the settings', () => {
  const found = (kind: string, quotas: Partial<typeof defaultQuotas>): readonly string[] => {
    const text = `{"Type":"AWS::IAM::${kind}","Properties":{"PolicyDocument":${policy(7000)}}}`;
    const settings = { ...defaultSettings, quotas: { ...defaultQuotas, ...quotas } };
    return lint(parseDocument(text, 'json'), { settings, facts: accountFacts([]) }).map(({ rule }) => rule);
  };
  assert.deepEqual(found('ManagedPolicy', {}), ['emr/policy-size']);
  assert.deepEqual(found('ManagedPolicy', { managedPolicy: 8000 }), []);
  assert.deepEqual(found('RolePolicy', {}), []);
  assert.deepEqual(found('RolePolicy', { inlinePolicies: 5000 }), ['emr/policy-size']);
});

test('a kind that somebody tells is as good as a place that tells it', () => {
  const found = (kind?: 'identity' | 'boundary' | 'inline-identity'): readonly string[] =>
    lint(parseDocument(policy(7000), 'json', kind && { kind }), { settings: defaultSettings, facts: accountFacts([]) }).map(
      ({ rule }) => rule,
    );
  assert.deepEqual(found(), ['policy/policy-size-exceeds-identity-policy-quota']);
  assert.deepEqual(found('identity'), ['emr/policy-size']);
  assert.deepEqual(found('boundary'), ['emr/policy-size']);
  assert.deepEqual(found('inline-identity'), []);
});
