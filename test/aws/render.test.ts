// Templates of random launches, as the tools for them see them: cfn-lint's copy of CloudFormation's schema, and Terraform's own parser.
// Without these tools they are left out.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Form, render } from '../../server/src/core/emr/render/render';
import { launchOptions, planOf } from '../harness/launches';

const specs = fc
  .sample(launchOptions, { numRuns: 300, seed: 20_261_128 })
  .map(({ profile, options }) => planOf(profile, options))
  .filter(({ problems, spec }) => problems.every(({ by }) => by === 'emr') && Boolean(spec.values['release-label']))
  .map(({ spec }) => spec);

function texts(form: Form): readonly string[] {
  return specs.map((spec) => {
    const result = render(spec, form);
    assert.ok('text' in result);
    return result.text;
  });
}

const has = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

/** Properties that the type does not have, and values that are of another type than it wants. */
const validator = `
import json, sys
from jsonschema import Draft7Validator
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema('us-east-1', 'AWS::EMR::Cluster').schema
validator = Draft7Validator(schema)
for text in json.load(sys.stdin):
    properties = json.loads(text)['Resources']['Cluster']['Properties']
    for error in validator.iter_errors(properties):
        if error.validator in ('additionalProperties', 'type', 'required'):
            print('/'.join(map(str, error.path)), error.message[:200])
`;

describe(`the templates of ${specs.length} launches`, () => {
  test('have what AWS::EMR::Cluster has', { skip: !has('python3', '-c', 'import cfnlint, jsonschema') }, () => {
    const found = execFileSync('python3', ['-c', validator], { input: JSON.stringify(texts('cloudformation')), encoding: 'utf8' });
    // Where no instance profile or role is given, there is none.
    assert.deepEqual(
      [...new Set(found.split('\n'))].filter((line) => line !== '' && !/'(JobFlowRole|ServiceRole)' is a required/.test(line)),
      [],
    );
  });

  test('are Terraform', { skip: !has('terraform', 'version') }, () => {
    for (const text of texts('terraform'))
      execFileSync('terraform', ['fmt', '-'], { input: `${text}\n`, stdio: ['pipe', 'ignore', 'pipe'] });
  });

  test('keep every text in Terraform', { skip: !has('terraform', 'version') }, () => {
    const values = ['${x}', '%{if}', '$${x}', '$$', '%%{', '"\\', 'a\nb\tc', '\u{1f600}', '$', '$"{', '\u0001'];
    for (const value of values) {
      const [spec] = specs;
      assert.ok(spec);
      const result = render({ ...spec, values: { ...spec.values, name: value } }, 'terraform');
      const literal = 'text' in result ? /^ {2}name = (.*)$/m.exec(result.text)?.[1] : undefined;
      const shown = execFileSync('terraform', ['console'], {
        input: `jsonencode(${literal})\n`,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      assert.equal(JSON.parse(JSON.parse(shown)), value, literal);
    }
  });
});
