// Launches of every kind: values of create-cluster's options, made from their table, full of what shells and the shorthand syntax treat
// specially; and the words of commands that are not quite right.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from '../../server/src/core/document';
import { effectiveBlock } from '../../server/src/core/emr/block';
import { createClusterWords } from '../../server/src/core/emr/createCluster';
import {
  areValues,
  type CreateClusterValues,
  cliVersions,
  type OptionName,
  optionNames,
  schemaOf,
  shapeOf,
} from '../../server/src/core/emr/createClusterOptions';
import { type LaunchOptions, type LaunchPlan, planLaunch } from '../../server/src/core/emr/launchSpec';
import { isList, type Schema, type Structure, type Value } from '../../server/src/core/emr/schema';
import { noFacts } from '../../server/src/core/facts/facts';
import { noSurroundings } from '../../server/src/core/surroundings';
import type { Members } from './awsCli';

/** The profiles of the launches: one with all that an emr block may have, one with nothing, and one with a role alone. */
export const launchConfig = `[profile full]
emr =
    service_role = Service+=,.@-x
    instance_profile = Nodes,a=b
    key_name = a key, "quoted"
    log_uri = s3://logs/it's
    enable_debugging = true
[profile plain]
region = eu-west-1
[profile half]
emr =
    service_role = service-role/Half
    enable_debugging = FALSE
`;
export const launchProfiles = ['full', 'plain', 'half'];

/** The plan for a profile of that file. */
export function planOf(profile: string, options: LaunchOptions): LaunchPlan {
  const document = parseDocument(launchConfig, 'aws-config');
  assert.ok(document.kind === 'config');
  return planLaunch(profile, effectiveBlock(profile, document, noSurroundings)?.block, noFacts, options);
}

const hostile = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('a', 'Hive', 'x1', 's3://b/k', 'é', '漢', '\u{1f600}', '--conf') },
      { weight: 3, arbitrary: fc.constantFrom(' ', ',', '=', "'", '"', '\\', '[', ']', '{', '}', '(', ')') },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '$',
          '`',
          '%',
          '!',
          '#',
          '&',
          '|',
          ';',
          '<',
          '>',
          '*',
          '?',
          '~',
          '^',
          '@',
          '\n',
          '\t',
          '-',
          '$HOME',
          '${x}',
          '\\,',
          "\\'",
        ),
      },
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const plain = fc.constantFrom('a', 'm5.xlarge', 's3://bucket/key', 'subnet-1', 'arn:aws:iam::111122223333:role/path/Name', 'true', '3', '');

/** Any value of a schema; one in fifty is not what EMR takes. */
function anyOf(schema: Schema): fc.Arbitrary<Value> {
  switch (schema.type) {
    case 'string': {
      const texts: fc.Arbitrary<string> = fc.oneof({ weight: 3, arbitrary: hostile }, { weight: 1, arbitrary: plain });
      const { values, min = 0 } = schema;
      const known =
        values === undefined ? texts : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: texts });
      return known.map((text) => ([...text].length < min ? `${text}${'x'.repeat(min)}` : text));
    }
    case 'integer':
      return fc.integer({ min: schema.min ?? -5, max: 1000 });
    case 'double':
      return fc.oneof(
        fc.integer({ min: 0, max: 100 }),
        fc.double({ min: 0, max: 1e22, noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
      );
    case 'boolean':
      return fc.boolean();
    case 'list':
      return fc.array(anyOf(schema.of), { maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.oneof(fc.constantFrom('a', 'spark.x', 'A-b/c', '__proto__', 'toString'), hostile), anyOf(schema.of), {
        maxKeys: 3,
      });
    case 'structure': {
      const members = Object.entries(schema.members).filter(([name]) => name !== 'Configurations' || schema.required.length > 0);
      const { required } = schema;
      return fc
        .tuple(
          ...members.map(([name, member]) =>
            required.includes(name) ? anyOf(member) : fc.option(anyOf(member), { nil: undefined, freq: 2 }),
          ),
        )
        .map((values) =>
          Object.fromEntries(
            members.flatMap(([name], i): (readonly [string, Value])[] => (values[i] === undefined ? [] : [[name, values[i]]])),
          ),
        );
    }
  }
}

/** What the CLI itself asks for, which hardly any random value is. */
const apt: Partial<Record<OptionName, fc.Arbitrary<Value>>> = {
  'release-label': fc.constantFrom('emr-7.1.0', 'emr-5.36.2', 'emr-spark-8.0.0', 'custom'),
  'ami-version': fc.constantFrom('3.11.0', '2.4'),
  steps: fc.array(
    fc
      .tuple(anyOf(schemaOf('steps')), fc.constantFrom('CUSTOM_JAR', 'streaming', 'Spark', 'HIVE', 'pig', undefined))
      .map(([steps, Type]) => ({
        ...(Array.isArray(steps) ? steps[0] : {}),
        ...(Type === undefined ? {} : { Type }),
        Jar: 's3://j',
        Args: ['a', "b 'c'", 'd=e,f'],
      })),
    { minLength: 1, maxLength: 3 },
  ),
  emrfs: fc.constantFrom<Value>(
    { Consistent: true, RetryCount: 3, Args: ['a=b', 'c', 'fs.s3.consistent=d'] },
    { SSE: false },
    { Encryption: 'ServerSide' },
    { Encryption: 'clientside', ProviderType: 'kms', KMSKeyId: 'k' },
    { Encryption: 'ClientSide', ProviderType: 'Custom', CustomProviderLocation: 's3://l', CustomProviderClass: 'C' },
    { RetryCount: 3 },
    { Encryption: 'ClientSide' },
  ),
  'monitoring-configuration': fc.record({
    CloudWatchLogConfiguration: fc.record({ Enabled: fc.boolean(), LogTypes: fc.constantFrom({ STEP_LOGS: ['STDOUT', 'STDERR'] }, {}) }),
    S3LoggingConfiguration: fc.record({
      LogTypeUploadPolicy: fc.dictionary(
        fc.constantFrom('system-logs', 'application-logs', 'persistent-ui-logs'),
        fc.constantFrom('emr-managed', 'on-customer-s3only', 'disabled'),
        { maxKeys: 3 },
      ),
    }),
  }),
  'ec2-attributes': fc.record(
    {
      InstanceProfile: hostile,
      KeyName: hostile,
      SubnetIds: fc.array(hostile, { minLength: 1, maxLength: 3 }),
      AdditionalMasterSecurityGroups: fc.array(plain, { maxLength: 3 }),
      EmrManagedMasterSecurityGroup: hostile,
    },
    { requiredKeys: [] },
  ),
  applications: fc.oneof(
    anyOf(schemaOf('applications')),
    fc.constant([{ Name: 'hive' }, { Name: 'Pig' }, { Name: 'HBase' }].map((application) => ({ ...application, Args: ['a'] }))),
  ),
  'restore-from-hbase-backup': fc.record({ Dir: plain, BackupVersion: plain }, { requiredKeys: ['Dir'] }),
};

const lackedByAll = (name: OptionName): boolean => shapeOf(name).lackedBy?.length === cliVersions.length;
const instances = ['instance-type', 'instance-groups', 'instance-fleets'] as const;
const rest = optionNames.filter(
  (name) => !lackedByAll(name) && !['release-label', 'ami-version', 'instance-count', 'use-default-roles', ...instances].includes(name),
);

/** Complete ones, with some options more; nearly all are such as the CLI takes. */
export const launchValues: fc.Arbitrary<CreateClusterValues> = fc
  .tuple(
    fc.oneof(
      { weight: 15, arbitrary: fc.constant('release-label' as const) },
      { weight: 1, arbitrary: fc.constant('ami-version' as const) },
    ),
    fc.constantFrom(...instances),
    fc.subarray(rest, { maxLength: 6 }),
    fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant(['use-default-roles' as const]) }),
    fc.option(fc.constant('instance-count' as const), { nil: undefined }),
  )
  .chain(([release, kind, others, roles, count]) => {
    const needed = others.some((name) => name === 'steps' || name === 'restore-from-hbase-backup') ? ['applications' as const] : [];
    const counted = kind === 'instance-type' && count ? [count] : [];
    const names = [...new Set<OptionName>([release, kind, ...needed, ...others, ...roles, ...counted])];
    return fc.tuple(...names.map((name) => apt[name] ?? anyOf(schemaOf(name)))).map((values) => {
      const record = Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
      if (record['instance-type'] === '') record['instance-type'] = 'm5.xlarge';
      return areValues(record) ? record : {};
    });
  });

export const launchOptions: fc.Arbitrary<{ readonly profile: string; readonly options: LaunchOptions }> = fc.record({
  profile: fc.constantFrom(...launchProfiles),
  options: fc.record({ values: launchValues, roles: fc.constantFrom('named' as const, 'profile' as const) }),
});

/** Without what an older CLI lacks: options, and members of their values. */
export function knownTo(options: { readonly [option: string]: Members }, launch: LaunchOptions): LaunchOptions {
  const { values = {}, ...rest } = launch;
  const known = knownOf(values, options);
  return { ...rest, values: areValues(known) ? known : {} };
}

function knownOf(structure: Structure, members: NonNullable<Members>): Structure {
  const entries = Object.entries(structure).filter(([name]) => Object.hasOwn(members, name));
  return Object.fromEntries(entries.map(([name, value]) => [name, knownIn(value, members[name] ?? null)]));
}

function knownIn(value: Value, members: Members): Value {
  if (members === null || typeof value !== 'object') return value;
  return isList(value) ? value.map((item) => knownIn(item, members)) : knownOf(value, members);
}

/**
 * Of the words of a launch, one or two are changed, moved or left out.
 * @param known makes it one that the CLI in question knows.
 */
export const nearlyWords = (known: (options: LaunchOptions) => LaunchOptions): fc.Arbitrary<readonly string[]> =>
  fc
    .tuple(
      launchOptions
        .map(({ profile, options }) => planOf(profile, known(options)))
        .filter(({ problems }) => problems.every(({ by }) => by === 'emr')),
      fc.array(
        fc.tuple(
          fc.nat(1000),
          fc.nat(1000),
          fc.oneof(
            {
              weight: 3,
              arbitrary: fc.constantFrom(
                '',
                ',',
                '=',
                '"',
                "'",
                '[',
                ']',
                '{',
                '}',
                '\\',
                ' ',
                'x',
                'Name',
                '-',
                '--',
                '1.5',
                '1',
                'null',
                'true',
              ),
            },
            {
              weight: 1,
              arbitrary: fc.constantFrom(
                ...optionNames.filter((name) => !lackedByAll(name)).flatMap((name) => [`--${name}`, `--no-${name}`]),
              ),
            },
          ),
          fc.constantFrom('insert', 'replace', 'add', 'drop', 'shorten', 'split'),
        ),
        { minLength: 1, maxLength: 2 },
      ),
    )
    .map(([{ spec }, changes]) => {
      const words = createClusterWords(spec).flat().slice(5);
      for (const [where, within, text, how] of changes) {
        const at = where % words.length;
        const word = words[at] ?? '';
        const cut = within % (word.length + 1);
        const changed = {
          insert: [word.slice(0, cut) + text + word.slice(cut)],
          replace: [text],
          add: [word, text],
          drop: [],
          shorten: [word.slice(0, cut)],
          split: [word.slice(0, cut), word.slice(cut)],
        }[how];
        words.splice(at, 1, ...changed);
      }
      return words;
    });
