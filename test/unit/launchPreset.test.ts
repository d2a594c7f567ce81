// Launches in the project file: how they are written into it, and what a command line changes of them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type LaunchArguments, parseArguments } from '../../server/src/core/emr/launchArguments';
import { type LaunchPreset, overPreset } from '../../server/src/core/emr/launchPreset';
import { emptyProject, parseProject } from '../../server/src/core/project';
import { withLaunch } from '../../server/src/core/projectEdit';
import { ruleIds } from '../../server/src/core/rules/index';
import { applyEdits } from '../../server/src/core/text';

const preset: LaunchPreset = {
  name: 'nightly',
  profile: 'p',
  shell: 'posix',
  options: ['--name', 'n', '--applications', 'Name=A', 'Name=B'],
};

function saved(text: string | undefined, own: LaunchPreset = preset): string {
  const edits = withLaunch(text, own);
  assert.ok(!('refused' in edits), 'refused' in edits ? edits.refused : '');
  const result = applyEdits(text ?? '', edits);
  const { project, problems } = parseProject(result, ruleIds);
  assert.deepEqual(problems, [], result);
  assert.deepEqual(
    project.launches.find(({ name }) => name === own.name),
    { profile: undefined, shell: undefined, ...own },
    result,
  );
  return result;
}

const written = [
  '"nightly": {',
  '  "profile": "p",',
  '  "shell": "posix",',
  '  "options": [',
  '    "--name", "n",',
  '    "--applications", "Name=A", "Name=B"',
  '  ]',
  '}',
];
const indented = (by: string): string => written.map((line) => by + line).join('\n');

describe('a launch that is saved', () => {
  test('makes the file where there is none', () => {
    const text = `{\n  "launches": {\n${indented('    ')}\n  }\n}\n`;
    assert.equal(saved(undefined), text);
    assert.equal(saved(' \n'), text);
  });

  test('leaves everything else as it is: comments, commas too many, indentation, line ends', () => {
    const launches = `"launches": {\n${indented('    ')}\n  }`;
    assert.equal(saved('{\n  "rules": {} // none\n}\n'), `{\n  "rules": {}, // none\n  ${launches}\n}\n`);
    assert.equal(saved('{\n  "rules": {}, // none\n  /* end */\n}'), `{\n  "rules": {}, // none\n  /* end */\n  ${launches}\n}`);
    assert.equal(saved('{}'), `{\n  ${launches}\n}`);
    const tabs = saved('{\r\n\t"rules": {}\r\n}\r\n');
    assert.ok(tabs.startsWith('{\r\n\t"rules": {},\r\n\t"launches": {\r\n\t\t"nightly": {\r\n\t\t\t"profile": "p",'), tabs);
    assert.ok(!/[^\r]\n/.test(tabs));
  });

  test('stands below the others, or in the place of the one with its name', () => {
    const other = '"other": { "options": [] }';
    const both = saved(`{\n  "launches": {\n    ${other}\n  }\n}\n`);
    assert.equal(both, `{\n  "launches": {\n    ${other},\n${indented('    ')}\n  }\n}\n`);
    assert.equal(saved(both), both);
    assert.match(saved(both, { name: 'nightly', options: [] }), /"nightly": \{\n {6}"options": \[\]\n {4}\}\n {2}\}/);
    assert.match(saved('{ "launches": {} }'), /^\{ "launches": \{\n/);
  });

  test('whatever its words are, is read again', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        saved('{}', { name: 'x', options: [`--name=${name}`] });
      }),
    );
  });

  for (const [text, why] of [
    ['{ "rules": ', /not a valid JSON object: mend it first/],
    ['[]', /not a valid JSON object/],
    ['{ "launches": [] }', /"launches" in .* is not an object/],
  ] as const)
    test(`is not, in a file that says something else: ${text}`, () => {
      const edits = withLaunch(text, preset);
      assert.match('refused' in edits ? edits.refused : '', why);
    });
});

describe('the command line', () => {
  const over = (launch: string, own: string): LaunchArguments =>
    overPreset(parseArguments(launch.split(' ')), parseArguments(own.split(' ')));

  test('takes the place of the options that it has, and of their rivals', () => {
    const launch = '--release-label emr-7.1.0 --instance-type a --instance-count 3 --tags a=b --region r';
    assert.deepEqual(over(launch, '--tags c=d').values, {
      'release-label': 'emr-7.1.0',
      'instance-type': 'a',
      'instance-count': 3,
      tags: ['c=d'],
    });
    const { values, globals, inFiles } = over(launch, '--ami-version 3.11.0 --instance-groups file://g.json --region s');
    assert.deepEqual(values, { 'ami-version': '3.11.0', tags: ['a=b'] });
    assert.deepEqual([...inFiles.keys()], ['instance-groups']);
    assert.deepEqual(globals.at(-1), ['--region', 's']);
  });

  test('that gives a value ends one in a file', () => {
    const { values, inFiles } = over('--tags file://t.txt --service-role R', '--tags a=b --use-default-roles');
    assert.deepEqual([values, inFiles.size], [{ tags: ['a=b'], 'use-default-roles': true }, 0]);
  });
});

test('a project without launches has none', () => {
  assert.deepEqual(emptyProject.launches, []);
});
