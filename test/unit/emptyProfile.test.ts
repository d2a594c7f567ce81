// An instance profile that a workspace declares without a role may have one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { accountFacts, type FactsSource, type SourceKind } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';

function source(kind: SourceKind, role?: string): FactsSource {
  return {
    kind,
    label: kind,
    accounts: [],
    roles: [],
    instanceProfiles: [{ name: 'Nodes', arn: '', role }],
    managedPolicies: [],
    users: [],
    listsEveryRole: false,
    listsEveryProfile: 'no',
  };
}

test('an instance profile is empty where an account says so, whatever a workspace puts into it', () => {
  const document = parseDocument('[default]\nemr =\n  service_role = EMR_DefaultRole\n  instance_profile = Nodes\n', 'aws-config');
  const isEmpty = (...sources: readonly FactsSource[]): boolean =>
    lint(document, { settings: defaultSettings, facts: accountFacts(sources) }).some(
      ({ rule }) => rule === 'emr/instance-profile-without-role',
    );
  assert.equal(isEmpty(source('live')), true);
  assert.equal(isEmpty(source('snapshot')), true);
  assert.equal(isEmpty(source('workspace')), false);
  assert.equal(isEmpty(source('snapshot'), source('workspace', 'Nodes')), true);
  assert.equal(isEmpty(source('snapshot', 'Nodes'), source('workspace')), false);
});
