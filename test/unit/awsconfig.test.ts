// The config reader against what the AWS CLI does with the same text: each outcome was checked against botocore 1.43
// (botocore.configloader: raw_config_parse, then build_profile_map) when it was written down.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AwsConfig, ConfigErrorKind, NestedSetting, Setting } from '../../server/src/core/awsconfig/node';
import { parseAwsConfig } from '../../server/src/core/awsconfig/parse';
import { type FileKind, nestedSettings, profileName, profilesOf, shellWords } from '../../server/src/core/awsconfig/profiles';
import { emrBlocks } from '../../server/src/core/emr/block';

type Values = { readonly [key: string]: string | { readonly [key: string]: string } };
type Profiles = { readonly [name: string]: Values };

interface Case {
  readonly name: string;
  readonly text: string;
  readonly is: Profiles | ConfigErrorKind;
}

const block = { service_role: 'R', instance_profile: 'P' };

const cases: readonly Case[] = [
  { name: 'nothing', text: '', is: {} },
  {
    name: 'a block',
    text: '[default]\nregion = eu-west-1\nemr =\n    service_role = R\n    instance_profile = P\n',
    is: { default: { region: 'eu-west-1', emr: block } },
  },
  {
    name: 'one blank of indentation',
    text: '[default]\nemr =\n service_role = R\n instance_profile = P\n',
    is: { default: { emr: block } },
  },
  { name: 'tabs', text: '[default]\nemr =\n\tservice_role = R\n\tinstance_profile = P\n', is: { default: { emr: block } } },
  {
    name: 'mixed and uneven indentation',
    text: '[default]\nemr =\n \t service_role = R\n  instance_profile = P\n',
    is: { default: { emr: block } },
  },
  {
    name: 'no-break spaces for indentation',
    text: '[default]\nemr =\n\u00a0\u00a0service_role = R\n\u00a0instance_profile = P\n',
    is: { default: { emr: block } },
  },
  { name: 'CRLF', text: '[default]\r\nemr =\r\n  service_role = R\r\n  instance_profile = P\r\n', is: { default: { emr: block } } },
  { name: 'CR only', text: '[default]\remr =\r  service_role = R\r  instance_profile = P\r', is: { default: { emr: block } } },
  { name: 'no final line end', text: '[default]\nemr =\n  service_role = R\n  instance_profile = P', is: { default: { emr: block } } },
  {
    name: 'blank lines and comments in the block',
    text: '[default]\nemr =\n\n  service_role = R\n   \n# c\n  ; d\n\n  instance_profile = P\n',
    is: { default: { emr: block } },
  },
  {
    name: 'a comment that is not indented before the block',
    text: '[default]\nemr =\n# roles\n  service_role = R\n  instance_profile = P\n',
    is: { default: { emr: block } },
  },
  {
    name: 'no blanks around the equals sign',
    text: '[default]\nemr=\n  service_role=R\n  instance_profile=P\n',
    is: { default: { emr: block } },
  },
  {
    name: 'a colon for the parent',
    text: '[default]\nemr:\n  service_role = R\n  instance_profile = P\n',
    is: { default: { emr: block } },
  },
  { name: 'an upper-case parent', text: '[default]\nEMR =\n  service_role = R\n  instance_profile = P\n', is: { default: { emr: block } } },
  {
    name: 'letter case of the children',
    text: '[default]\nemr =\n  Service_Role = R\n  INSTANCE_PROFILE = P\n',
    is: { default: { emr: { Service_Role: 'R', INSTANCE_PROFILE: 'P' } } },
  },
  {
    name: 'inline comments are values',
    text: '[default]\nregion = eu-west-1 # home\nemr =\n  service_role = R # x\n  instance_profile = P ; y\n',
    is: { default: { region: 'eu-west-1 # home', emr: { service_role: 'R # x', instance_profile: 'P ; y' } } },
  },
  { name: 'quotes are values', text: '[default]\nemr =\n  service_role = "R"\n', is: { default: { emr: { service_role: '"R"' } } } },
  {
    name: 'equals signs in a value',
    text: '[default]\nemr =\n  service_role = a=b=c\n',
    is: { default: { emr: { service_role: 'a=b=c' } } },
  },
  {
    name: 'nothing is expanded',
    text: '[default]\nemr =\n  service_role = ${R} %(x)s $HOME ~\n',
    is: { default: { emr: { service_role: '${R} %(x)s $HOME ~' } } },
  },
  {
    name: 'the last of duplicate children',
    text: '[default]\nemr =\n  service_role = A\n  service_role = R\n',
    is: { default: { emr: { service_role: 'R' } } },
  },
  {
    name: 'an empty child',
    text: '[default]\nemr =\n  service_role =\n  instance_profile = P\n',
    is: { default: { emr: { service_role: '', instance_profile: 'P' } } },
  },
  { name: 'a child without a key', text: '[default]\nemr =\n  = R\n', is: { default: { emr: { '': 'R' } } } },
  { name: 'an empty value', text: '[default]\nregion =\n', is: { default: { region: '' } } },
  { name: 'a scalar', text: '[default]\nemr = foo\n', is: { default: { emr: 'foo' } } },
  { name: 'a scalar that goes on', text: '[default]\nemr = service_role\n  = R\n', is: { default: { emr: 'service_role\n= R' } } },
  { name: 'a value over several lines, with a blank one', text: '[default]\nx = a\n  b\n\n  c\n', is: { default: { x: 'a\nb\n\nc' } } },
  {
    name: 'a section head that is indented deeper than a key',
    text: '[default]\nx = a\n  [profile dev]\n',
    is: { default: { x: 'a\n[profile dev]' } },
  },
  { name: 'keys at the left margin', text: '[default]\nemr =\nservice_role = R\n', is: { default: { emr: '', service_role: 'R' } } },
  { name: 'a dotted key', text: '[default]\nemr.service_role = R\n', is: { default: { 'emr.service_role': 'R' } } },
  {
    name: 'a block swallowed by an indented key before it',
    text: '[default]\n  region = x\n    emr =\n      service_role = R\n',
    is: { default: { region: 'x\nemr =\nservice_role = R' } },
  },
  {
    name: 'an indented section',
    text: '[default]\n  region = x\n  emr =\n    service_role = R\n',
    is: { default: { region: 'x', emr: { service_role: 'R' } } },
  },
  {
    name: 'a key with a colon in its value',
    text: '[default]\nlog_uri = s3://b/\na:b = c\n',
    is: { default: { log_uri: 's3://b/', a: 'b = c' } },
  },

  { name: 'a named profile', text: '[profile dev]\nregion = x\n', is: { dev: { region: 'x' } } },
  { name: 'a quoted profile', text: '[profile "my team"]\nregion = x\n', is: { 'my team': { region: 'x' } } },
  { name: 'a profile in single quotes', text: "[profile 'my team']\nregion = x\n", is: { 'my team': { region: 'x' } } },
  { name: 'a profile with an escaped blank', text: '[profile my\\ team]\nregion = x\n', is: { 'my team': { region: 'x' } } },
  { name: 'a profile of two words', text: '[profile my team]\nregion = x\n', is: {} },
  { name: 'two blanks before the name', text: '[profile  dev]\nregion = x\n', is: { dev: { region: 'x' } } },
  { name: 'a tab before the name', text: '[profile\tdev]\nregion = x\n', is: { dev: { region: 'x' } } },
  { name: 'a comment after the head', text: '[profile dev] # c\nregion = x\n', is: { dev: { region: 'x' } } },
  { name: 'a comment with a bracket after the head', text: '[profile dev] # [c]\nregion = x\n', is: {} },
  { name: '"profiles"', text: '[profiles dev]\nregion = x\n', is: { dev: { region: 'x' } } },
  { name: 'blanks inside the brackets', text: '[ profile dev ]\nregion = x\n', is: {} },
  { name: 'a blank before the closing bracket', text: '[profile dev ]\nregion = x\n', is: { dev: { region: 'x' } } },
  { name: 'upper-case PROFILE', text: '[PROFILE dev]\nregion = x\n', is: {} },
  { name: 'upper-case Default', text: '[Default]\nregion = x\n', is: {} },
  { name: 'a comment inside the brackets', text: '[profile dev # c]\nregion = x\n', is: {} },
  { name: 'an open quote', text: '[profile "dev]\nregion = x\n', is: {} },
  { name: 'a section without "profile"', text: '[dev]\nregion = x\n', is: {} },
  { name: 'the profile "default"', text: '[profile default]\nregion = x\n', is: { default: { region: 'x' } } },
  {
    name: '[default] and then [profile default]',
    text: '[default]\nregion = a\noutput = json\n[profile default]\nregion = b\n',
    is: { default: { region: 'b' } },
  },
  {
    name: '[profile default] and then [default]',
    text: '[profile default]\nregion = b\n[default]\nregion = a\n',
    is: { default: { region: 'a' } },
  },
  {
    name: 'one profile in two spellings',
    text: '[profile dev]\nregion = a\noutput = json\n[profile "dev"]\nregion = b\n',
    is: { dev: { region: 'b' } },
  },
  {
    name: 'what [DEFAULT] adds',
    text: '[DEFAULT]\nregion = a\noutput = json\n[profile dev]\nregion = b\n',
    is: { dev: { region: 'b', output: 'json' } },
  },
  { name: 'no head at all in a comment', text: '# [default]\n; x\n', is: {} },
  { name: 'an empty profile', text: '[profile dev]\n', is: { dev: {} } },
  { name: 'an sso session', text: '[sso-session corp]\nsso_region = x\n[services s]\nec2 =\n  endpoint_url = http://x\n', is: {} },

  { name: 'a duplicate parent', text: '[default]\nemr =\n  a = b\nemr =\n  c = d\n', is: 'duplicate-setting' },
  { name: 'a duplicate key in other letters', text: '[default]\nregion = a\nRegion = b\n', is: 'duplicate-setting' },
  { name: 'a duplicate key in [DEFAULT]', text: '[DEFAULT]\na = b\n[DEFAULT]\na = c\n', is: 'duplicate-setting' },
  { name: 'a duplicate section', text: '[default]\na = b\n[default]\nc = d\n', is: 'duplicate-section' },
  { name: 'a duplicate section, of another profile', text: '[default]\n[profile x]\n[profile y]\n[profile x]\n', is: 'duplicate-section' },
  { name: 'a key before the first section', text: 'region = x\n[default]\n', is: 'setting-before-section' },
  { name: 'a line before the first section', text: 'hello\n[default]\n', is: 'setting-before-section' },
  { name: 'a byte order mark', text: '\ufeff[default]\nregion = x\n', is: 'byte-order-mark' },
  { name: 'a child with a colon', text: '[default]\nemr =\n  service_role: R\n', is: 'nested-line-without-equals' },
  { name: 'a child without anything', text: '[default]\nemr =\n  service_role\n', is: 'nested-line-without-equals' },
  {
    name: 'a bad child in another profile',
    text: '[default]\nregion = x\n[profile y]\ns3 =\n  nonsense\n',
    is: 'nested-line-without-equals',
  },
  { name: 'a value on the line below its key', text: '[default]\nemr =\n  service_role =\n    R\n', is: 'nested-line-without-equals' },
  { name: 'a stray line', text: '[default]\nregion = x\nhello\n', is: 'stray-line' },
  { name: 'an empty section name', text: '[default]\n[]\n', is: 'stray-line' },
  { name: 'a head without its bracket', text: '[default]\n[profile dev\n', is: 'stray-line' },
  { name: 'a key without a name', text: '[default]\n= x\n', is: 'stray-line' },
];

describe('a config file, as the AWS CLI reads it:', () => {
  for (const { name, text, is } of cases) {
    test(name, () => {
      const config = parseAwsConfig(text);
      if (typeof is === 'string') assert.equal(config.errors[0]?.kind, is);
      else assert.deepEqual({ errors: config.errors, profiles: valuesOf(config, 'config') }, { errors: [], profiles: is });
    });
  }
});

describe('errors', () => {
  test('point at the line at fault', () => {
    const marked = (text: string): string | undefined => {
      const [error] = parseAwsConfig(text).errors;
      return error && text.slice(error.span.start, error.span.end);
    };
    assert.equal(marked('[default]\nregion = a\n  \n Region = b\n'), undefined, 'indented: it continues the line above');
    assert.equal(marked('[default]\nregion = a\nRegion = b\n'), 'Region');
    assert.equal(marked('[a]\n[b]\n[a] ; again\n'), '[a] ; again');
    assert.equal(marked('[default]\nemr =\n  service_role: R  \n'), 'service_role: R');
    assert.equal(marked('[default]\n  hello  \n'), 'hello');
  });

  test('of configparser come before those of nested lines', () => {
    assert.equal(parseAwsConfig('[a]\nemr =\n  nonsense\n[b]\n[b]\n').errors[0]?.kind, 'duplicate-section');
    assert.equal(parseAwsConfig('[a]\nemr =\n  nonsense\nstray\n').errors[0]?.kind, 'stray-line');
  });

  test('do not stop the reading', () => {
    const config = parseAwsConfig('stray\n[default]\nemr =\n  nonsense\n  service_role = R\n[default]\nregion = x\n');
    assert.equal(config.errors[0]?.kind, 'setting-before-section');
    assert.deepEqual(
      config.sections.map(({ name, settings }) => [name.text, settings.length]),
      [
        ['default', 1],
        ['default', 1],
      ],
    );
  });
});

test('in the credentials file every section is a profile', () => {
  const config = parseAwsConfig('[default]\nemr =\n  service_role = R\n[my team]\nregion = x\n[profile dev]\nregion = y\n');
  assert.deepEqual(valuesOf(config, 'credentials'), {
    default: { emr: { service_role: 'R' } },
    'my team': { region: 'x' },
    'profile dev': { region: 'y' },
  });
  assert.deepEqual(
    emrBlocks(profilesOf(config, 'credentials')).map(({ profile }) => profile),
    ['default'],
  );
});

test('an emr block holds what the CLI takes from it', () => {
  const text =
    '[default]\nemr =\n  service_role = A\n  log_uri =\n  Key_Name = k\n  enable_debugging =\n  service_role = B\n  color = red\n';
  const [only, ...others] = emrBlocks(profilesOf(parseAwsConfig(text), 'config'));
  assert.equal(others.length, 0);
  assert.deepEqual(
    [...(only?.settings ?? [])].map(([name, setting]) => [name, setting.text]),
    [
      ['service_role', 'B'],
      ['enable_debugging', ''],
    ],
  );
  const value = only?.settings.get('service_role')?.value;
  assert.equal(value?.start, text.indexOf('B'));
});

test('emr blocks come in the order of the file; those of other sections and scalars are none', () => {
  const text =
    '[profile b]\nemr =\n  key_name = k\n[x]\nemr =\n  key_name = k\n[profile c]\nemr = service_role\n[profile a]\nemr =\n  key_name = k\n';
  assert.deepEqual(
    emrBlocks(profilesOf(parseAwsConfig(text), 'config')).map(({ profile }) => profile),
    ['b', 'a'],
  );
});

describe('spans', () => {
  test('cover the text of names, keys and values', () => {
    const text = '[profile "my team"]  # c\r\n  Region =  eu-west-1  \r\n  emr =\r\n\r\n     service_role\t=\tR  \r\n';
    const [section] = parseAwsConfig(text).sections;
    const cut = (span: { start: number; end: number } | undefined): string | undefined => span && text.slice(span.start, span.end);
    assert.equal(cut(section?.name.span), 'profile "my team"');
    assert.equal(cut(section?.span), text.trimEnd());
    const [region, emr] = section?.settings ?? [];
    assert.deepEqual([cut(region?.key.span), region?.key.text, cut(region?.value.span)], ['Region', 'region', 'eu-west-1']);
    assert.equal(cut(region?.span), 'Region =  eu-west-1');
    const nested = nestedSettings(emr).get('service_role');
    assert.deepEqual([cut(nested?.key.span), cut(nested?.value.span), cut(nested?.span)], ['service_role', 'R', 'service_role\t=\tR']);
  });

  test('of comments cover the line', () => {
    const text = '# a\n[default]\n  ; b c  \nx = y # not one\n';
    assert.deepEqual(
      parseAwsConfig(text).comments.map((span) => text.slice(span.start, span.end)),
      ['# a', '; b c'],
    );
  });
});

describe('credentials', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY';
  const texts = [
    `[default]\naws_secret_access_key = ${secret}\n`,
    `[default]\nAWS_Secret_Access_Key=${secret}\n`,
    `[default]\naws_access_key_id = ${secret}\naws_session_token: ${secret}\naws_security_token = ${secret}\n`,
    `[default]\naws_session_token = ${secret}\n  ${secret}\n`,
    `[default]\naws_secret_access_key =\n  ${secret}\n`,
    `[default]\nemr =\n  aws_secret_access_key = ${secret}\n`,
    `[default]\nsso_client_secret = ${secret}\ndb_password = ${secret}\n`,
    `[default]\naws_secret_access_key = ${secret}\naws_secret_access_key = ${secret}\n`,
    `aws_secret_access_key = ${secret}\n`,
    `[default]\r\naws_secret_access_key = ${secret}`,
  ];
  for (const text of texts) {
    test(`stay out of the model: ${JSON.stringify(text.replaceAll(secret, '…'))}`, () => {
      assert.ok(!JSON.stringify(parseAwsConfig(text)).includes(secret.slice(2, 12)));
    });
  }

  test('have a place', () => {
    const text = `[default]\naws_secret_access_key = ${secret}  \n`;
    const value = parseAwsConfig(text).sections[0]?.settings[0]?.value;
    assert.equal(value?.kind, 'secret');
    assert.equal(value && text.slice(value.span.start, value.span.end), secret);
  });
});

test('profile names', () => {
  const names: readonly (readonly [string, string | undefined])[] = [
    ['default', 'default'],
    ['profile a', 'a'],
    ['profile "a b"', 'a b'],
    ['profilea b', 'b'],
    ['profile', undefined],
    ['profile ""', ''],
    ['DEFAULT', undefined],
    [' profile a', undefined],
  ];
  for (const [section, name] of names) assert.equal(profileName(section), name, section);
});

test('words are split as shlex does', () => {
  const words: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['', []],
    ['a  b\tc', ['a', 'b', 'c']],
    ['"a b"c', ['a bc']],
    ["'a\\b'", ['a\\b']],
    ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
    ['a\\ b', ['a b']],
    ["''", ['']],
    ['a "" b', ['a', '', 'b']],
    ['a # b', ['a', '#', 'b']],
    ['"a', undefined],
    ["a'", undefined],
    ['a\\', undefined],
    ['ä\u00a0ö', ['ä\u00a0ö']],
  ];
  for (const [text, expected] of words) assert.deepEqual(shellWords(text), expected, text);
});

function valuesOf(config: AwsConfig, kind: FileKind): Profiles {
  return Object.fromEntries(
    [...profilesOf(config, kind)].map(([name, { settings }]) => [
      name,
      Object.fromEntries([...settings()].map(([key, setting]) => [key, valuesIn(setting)])),
    ]),
  );
}

function valuesIn(setting: Setting): Values[string] {
  if (setting.value.kind !== 'nested') return textOf(setting);
  return Object.fromEntries([...nestedSettings(setting)].map(([key, nested]) => [key, textOf(nested)]));
}

function textOf({ value }: Setting | NestedSetting): string {
  return value.kind === 'text' ? value.text : `(${value.kind})`;
}
