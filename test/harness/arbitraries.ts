// Random documents: rubbish, rubbish made of the right words, and documents that mean something and have findings.

import fc from 'fast-check';
import { parseDocument } from '../../server/src/core/document';
import { type AccountFacts, accountFacts } from '../../server/src/core/facts/facts';
import type { ExampleAccount } from '../../server/src/core/rules/rule';
import type { Surroundings } from '../../server/src/core/surroundings';
import { authorizationDetails, listInstanceProfiles, snapshot } from './account';

/** Any code points, and any UTF-16 units, lone surrogates among them. (fast-check's own unit `binary` takes seconds to build.) */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)), maxLength: 80 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 80 }),
);

function composed(fragments: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...fragments) }, { weight: 1, arbitrary: anyText }), { maxLength: 60 })
    .map((parts) => parts.join(''));
}

export const jsonLike: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      '',
      '{"Statement":[{"Effect":"Allow",',
      '{"AssumeRolePolicyDocument":{"Statement":',
      '{"Version":"2012-10-17","Statement":[{"Action":"iam:PassRole","Resource":"*"',
    ),
    composed([
      ...[
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        '"',
        '\\',
        ' ',
        '\n',
        '\r\n',
        '\t',
        '// c\n',
        '/*',
        '*/',
        '1',
        '-',
        'true',
        'null',
        '\\u12',
        '\\n',
        '\\ud83d',
        '🚀',
      ],
      ...[
        '"Statement"',
        '"Version"',
        '"Effect"',
        '"Allow"',
        '"Action"',
        '"NotAction"',
        '"Resource"',
        '"*"',
        '"Condition"',
        '"Principal"',
        '"Sid"',
      ],
      ...[
        '"Statement":[',
        '"Effect":"Allow",',
        '"Action":"iam:PassRole",',
        '"Action":"sts:AssumeRole",',
        '"Resource":"*"',
        '"Condition":{"StringEquals":{',
      ],
    ]),
  )
  .map((parts) => parts.join(''));

export const configLike: fc.Arbitrary<string> = composed([
  ...[
    '[',
    ']',
    '=',
    ':',
    '#',
    ';',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n',
    '\n  ',
    '\r\n',
    '\r\n\t',
    '\r',
    '\u00a0',
    '\x85',
    '\v',
    '\u2028',
    '\ufeff',
    '"',
    "'",
    '\\',
    'İ',
  ],
  ...[
    '[default]\n',
    '[profile a]\n',
    '[profile "a"]\r\n',
    '[DEFAULT]\n',
    'emr =\n',
    'EMR:\n',
    'region = x\n',
    '  service_role = R\n',
    '  instance_profile = P\n',
  ],
  ...[
    '  enable_debugging = yes\n',
    '\tservice_role = A\r\n',
    'aws_secret_access_key = hunter2hunter2\n',
    '  aws_session_token=hunter2hunter2\n',
    '  # c\n',
    '  no equals\n',
  ],
]);

/** A value that may be missing from an object. */
type Maybe<T> = T | undefined;

function record(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const optional = Object.entries(fields).map(([key, value]) =>
    fc.option(value, { nil: undefined }).map((given): readonly [string, Maybe<unknown>] => [key, given]),
  );
  return fc.tuple(...optional).map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
}

function oneOrMany(...values: readonly string[]): fc.Arbitrary<string | readonly string[]> {
  return fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }));
}

const service = fc.constantFrom('ec2.amazonaws.com', 'elasticmapreduce.amazonaws.com');

const condition = record({
  StringEquals: record({ 'aws:RequestedRegion': fc.constant('eu-west-1'), 'iam:PassedToService': service }),
  ArnLike: record({ 'aws:SourceArn': fc.constant('arn:aws:elasticmapreduce:*:111122223333:*') }),
});

const passRole = record({
  Sid: fc.string({ maxLength: 6 }),
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: oneOrMany('iam:PassRole', 'IAM:passrole', 'iam:GetRole'),
  Resource: oneOrMany('*', 'arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/R', 'arn:aws:s3:::b/${aws:username}'),
  Condition: condition,
});

const assumeRole = record({
  Sid: fc.constantFrom('', 'Trust', 'Ü 🚀 "x"'),
  Effect: fc.constant('Allow'),
  Action: oneOrMany('sts:AssumeRole', 'sts:TagSession'),
  Principal: record({ Service: service }),
});

function policyOf(statement: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return record({
    Version: fc.constant('2012-10-17'),
    Id: fc.constant('é\n'),
    Statement: fc.oneof(statement, fc.array(statement, { maxLength: 4 })),
  });
}

const grantable = [
  's3:GetObject',
  'S3:getobject',
  's3:PutObject',
  's3:ListBucket',
  's3:ListAllMyBuckets',
  's3:GetBucketTagging',
  's3:PutBucketTagging',
  's3:*BucketTagging',
  's3:Get*',
  's3:*',
  's3:NoSuchAction',
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoot',
  'sts:Get*',
  'sts:GetCallerIdentity',
  'iam:PassRole',
  'iam:GetRole',
  'iam:GetUser',
  'iam:*Role',
  'ec2:RunInstances',
  'ec2:DescribeInstances',
  'lambda:InvokeFunction',
  'lambda:GetAlias',
  'nosuch:*',
  '*',
  's?s:Get*',
];

/** All that begin so, and one more. */
const assuming = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'STS:AssumeRoleWithWebIdentity', 'sts:AssumeRoot', 'sts:GetCallerIdentity'];

const grantedOn = [
  '*',
  'arn:aws:s3:::my-data',
  'arn:aws:s3:::my-data/*',
  'arn:aws:s3:::my-*',
  'arn:aws:s3:::my-data/${aws:username}/*',
  'arn:aws:s3:*:111122223333:accesspoint/*',
  'arn:aws:iam::111122223333:role/*',
  'arn:aws:iam::111122223333:role/R',
  'arn:aws:iam::*:user/*',
  'arn:aws:ec2:*:*:instance/*',
  'arn:aws:lambda:*:111122223333:function:f',
  'arn:aws:lambda:*:111122223333:function:f:prod',
  'arn:*:*:*:*:*',
];

function manyOf(values: readonly string[], maxLength: number): fc.Arbitrary<string | readonly string[]> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...values) },
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...values), { minLength: 1, maxLength }) },
  );
}

const grantCondition = record({
  StringLike: record({ 'aws:PrincipalTag/team': manyOf(['a', 'b*', '*'], 2) }),
  IpAddress: record({ 'aws:SourceIp': manyOf(['203.0.113.7/24', '203.0.113.0/24', '2001:db8::1/32'], 2) }),
  NumericLessThan: record({ 's3:max-keys': manyOf(['10', '5'], 2) }),
  Bool: record({ 'aws:SecureTransport': fc.constantFrom('true', true, ['true']) }),
});

/** Statements that grant, deny and leave out real actions on real resources, under conditions, with repetitions. */
export const grantPolicies: fc.Arbitrary<unknown> = fc
  .array(
    fc
      .tuple(
        record({ Sid: fc.constantFrom('', 'Data', 'Data2') }),
        fc.constantFrom('Allow', 'Allow', 'Deny'),
        fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
        fc.oneof(
          { weight: 4, arbitrary: manyOf(grantable, 8) },
          { weight: 1, arbitrary: fc.shuffledSubarray([...assuming], { minLength: 3 }) },
        ),
        fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
        manyOf(grantedOn, 5),
        record({ Condition: grantCondition }),
      )
      .map(([sid, Effect, action, actions, resource, resources, condition]) => ({
        ...sid,
        Effect,
        [action]: actions,
        [resource]: resources,
        ...condition,
      })),
    { minLength: 1, maxLength: 3 },
  )
  .map((Statement) => ({ Version: '2012-10-17', Statement }));

/** Policies, alone or where CloudFormation and IAM have them. */
export const policies: fc.Arbitrary<unknown> = fc.oneof(
  policyOf(passRole),
  policyOf(assumeRole),
  fc.tuple(policyOf(assumeRole), fc.array(policyOf(passRole), { maxLength: 2 })).map(([trust, inline]) => ({
    Role: { AssumeRolePolicyDocument: trust, Policies: inline.map((PolicyDocument) => ({ PolicyName: 'p', PolicyDocument })) },
  })),
);

/** JSON text, minified or in one of several layouts; the last has comments and trailing commas. */
export function layouts(value: unknown): readonly string[] {
  const pretty = JSON.stringify(value, undefined, 2);
  const commented = pretty.replace(/\n( *)([\]}])/g, ',\n$1$2').replaceAll('\n', ' // "x": {\n/* , */ ');
  return [
    JSON.stringify(value),
    pretty,
    JSON.stringify(value, undefined, '\t'),
    pretty.replaceAll('\n', '\r\n'),
    `\n ${pretty} \n`,
    commented,
  ];
}

/** The text as a string of JSON, whose escapes are those that are needed, and others; nobody escapes letters and digits. */
export function escapedIn(text: string, seed: number): string {
  const written = (char: string, i: number): string => {
    const style = (seed * 31 + i * 7) % 11;
    if (style < 3 && !/[\w-]/.test(char)) return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return style === 3 && char === '/' ? '\\/' : JSON.stringify(char).slice(1, -1);
  };
  return `"${text.split('').map(written).join('')}"`;
}

/** JSON with a text in a string of it, and that again in a string, up to three levels deep. */
export function embeddedIn(text: string, levels: number, seed: number): string {
  const inner = levels > 1 ? embeddedIn(text, levels - 1, seed + 1) : text;
  return `{ "é🚀\\n": [true, 1],\n  "policy": ${escapedIn(inner, seed)} }`;
}

export const policyText: fc.Arbitrary<string> = fc.tuple(policies, fc.nat(5)).map(([value, index]) => layouts(value)[index] ?? '');

const names = [
  'EMR_DefaultRole',
  'EMR_EC2_DefaultRole',
  'emr_defaultrole',
  'MyServiceRole',
  'MyNodes',
  'MyNodeRole',
  'MyNodeProfile',
  'EMR_DefualtRole',
  'MyNodse',
];
const references = [
  ...names,
  'arn:aws:iam::111122223333:role/MyNodeRole',
  'arn:aws:iam::111122223333:instance-profile/MyNodse',
  'arn:aws:iam::111122223333:role/MyServiceRoel',
  'arn:aws:iam::999988887777:role/MyNodeRole',
  '/service-role/MyServiceRole',
  '<role>',
  '',
];

const realNames = fc.constantFrom(...names.filter((name) => name !== 'emr_defaultrole'));

const trustPolicy = fc
  .record({
    Version: fc.constant('2012-10-17'),
    Statement: fc.record({
      Effect: fc.constant('Allow'),
      Principal: fc.record({ Service: service }),
      Action: fc.constant('sts:AssumeRole'),
    }),
  })
  .map((policy) => JSON.stringify(policy));

export const accounts: fc.Arbitrary<ExampleAccount> = fc
  .tuple(
    fc.uniqueArray(
      fc.oneof(
        fc.record({
          name: realNames,
          inlinePolicies: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
          attachedPolicies: fc.constantFrom(['SomePolicy'], ['AmazonElasticMapReduceRole'], ['AmazonEMRServicePolicy_v2'], []),
        }),
        fc.record({ name: realNames, trustPolicy }),
      ),
      { maxLength: 5, selector: ({ name }) => name },
    ),
    fc.uniqueArray(fc.record({ name: realNames, role: fc.nat(6) }), { maxLength: 5, selector: ({ name }) => name }),
  )
  .map(([roles, profiles]) => ({
    roles,
    instanceProfiles: profiles.map(({ name, role }) => {
      const held = roles[role];
      return held === undefined ? { name } : { name, role: held.name };
    }),
  }));

const trusting = (service: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' } });

const serviceRoles = ['EMR_DefaultRole', 'MyServiceRole'];
const ec2Roles = ['EMR_EC2_DefaultRole', 'MyNodes', 'MyNodeRole'];

/** Whose roles for EMR trust EC2, and the other way about. */
const swappedAccount: ExampleAccount = {
  roles: [
    ...serviceRoles.map((name) => ({ name, trustPolicy: trusting('ec2.amazonaws.com') })),
    ...ec2Roles.map((name) => ({ name, trustPolicy: trusting('elasticmapreduce.amazonaws.com') })),
  ],
  instanceProfiles: [...ec2Roles, 'MyServiceRole'].map((name) => ({ name, role: name })),
};

/** Whose roles may launch instances, and nothing else. */
const narrowAccount: ExampleAccount = {
  roles: [...serviceRoles, ...ec2Roles].map((name) => ({
    name,
    attachedPolicies: [
      {
        name: 'LaunchesInstances',
        document: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*"}}',
      },
    ],
  })),
  instanceProfiles: ec2Roles.map((name) => ({ name, role: name })),
};

/** From both listings of an account, from one of them, or from none. */
export const someFacts: fc.Arbitrary<AccountFacts> = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: accounts }, { weight: 2, arbitrary: fc.constantFrom(swappedAccount, narrowAccount) }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([account, details, profiles]) =>
    accountFacts([
      ...(details ? [snapshot(authorizationDetails(account), 'account.json')] : []),
      ...(profiles ? [snapshot(listInstanceProfiles(account), 'profiles.json')] : []),
    ]),
  );

const blockLine = fc.oneof(
  fc.tuple(fc.constantFrom('service_role', 'instance_profile'), fc.constantFrom(...references)),
  fc.tuple(fc.constant('enable_debugging'), fc.constantFrom('true', 'FALSE', 'yes', '"true"', 'maybe', '', 'on # x')),
  fc.tuple(fc.constantFrom('log_uri', 'key_name', 'Service_Role'), fc.constantFrom('x', '', 's3://my-logs/')),
);

/** Config files that the CLI accepts, with emr blocks in every layout that people write. */
export const configText: fc.Arbitrary<string> = fc
  .tuple(
    fc.uniqueArray(
      fc.tuple(
        fc.constantFrom('default', 'profile dev', 'profile "my team"', 'DEFAULT', 'other'),
        fc.array(blockLine, { minLength: 1, maxLength: 5 }),
      ),
      {
        minLength: 1,
        maxLength: 4,
        selector: ([name]) => name,
      },
    ),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.constantFrom(' ', '    ', '\t', '\u00a0'),
    fc.constantFrom('=', ' = ', ' =\t'),
    fc.boolean(),
  )
  .map(([sections, lineEnd, indentation, equals, isClosed]) => {
    const lines = sections.flatMap(([name, block]) => [
      `[${name}]`,
      'region = eu-west-1',
      'emr =',
      ...block.flatMap(([key, value], index) => [
        ...(index === 1 ? ['', `${indentation}# c`] : []),
        `${indentation}${key}${equals}${value}`,
      ]),
    ]);
    return lines.join(lineEnd) + (isClosed ? lineEnd : '');
  });

/** Lines that are right alone, and those of every mistake that a rule knows, in any order. */
const configLines = [
  ...[
    '[default]',
    '[profile dev]',
    '[profile "dev"]',
    '[dev]',
    '[PROFILE dev]',
    '[profile my team]',
    '[profile default]',
    '[DEFAULT]',
    '[emr]',
  ],
  ...['[profile dev.emr]', '[ profile x ]', '[profile y # z]', '[profile "q]', '[sso-session s]'],
  ...[
    'region = eu-west-1',
    'Region = x',
    'output: json',
    's3 =',
    'emr =',
    'emr =',
    'emr =',
    'emr =',
    'EMR :',
    'emr = # roles',
    'emr = service_role = R',
    'emr = R',
  ],
  ...['  emr =', '    emr =', '  region = x', '      service_role = R', 'service_role = R', 'emr.service_role = R', 'instance_profile = P'],
  ...[
    '    service_role = R',
    '    service_role: R',
    '    service_role =',
    '    instance_profile = P # x',
    '    service_role = "R"',
    '\tlog_uri = b/c',
  ],
  ...['    service-role = R', '    LogUri = s3://b-c/', '    log_uri = s3://b-c/', '    release_label = x', '    enable_debugging = true'],
  ...[
    '    enable_debugging = yes',
    '    service_role = $R',
    '    service_role = AmazonElasticMapReduceRole',
    '    key_pair_file = /gone.pem',
  ],
  ...[
    '    instance_profile = arn:aws:iam::111122223333:role/MyNodeRole',
    '    service_role = arn:aws:iam:::role/x',
    '    log_uri = s3://B_C',
  ],
  ...['aws_secret_access_key = hunter2hunter2', 'stray', '    nested stray', '# a comment', '  ; another', '', '  '],
  ...[
    '# emr-iam-disable config/quoted-value',
    '    # emr-iam-disable-next-line config/unknown-emr-setting',
    '# emr-iam-disable-next-line x y',
  ],
];

export const mistakenConfig: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '\ufeff'),
    fc.constantFrom('[default]', '[profile dev]', 'region = x'),
    fc.array(fc.constantFrom(...configLines), { maxLength: 12 }),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.boolean(),
  )
  .map(([mark, first, lines, lineEnd, isClosed]) => mark + [first, ...lines].join(lineEnd) + (isClosed ? lineEnd : ''));

/** A machine that has none of the private keys that a file names, and perhaps a credentials file. */
export const someSurroundings: fc.Arbitrary<Surroundings> = fc.option(fc.constantFrom(...configTexts()), { nil: undefined }).map((text) => {
  const other = text === undefined ? undefined : parseDocument(text, 'aws-credentials');
  return { keyPairFiles: new Map([['/gone.pem', 'missing' as const]]), other: other?.kind === 'config' ? other : undefined };
});

function configTexts(): readonly string[] {
  return ['[default]\nemr =\n  service_role = C\n', '[dev]\nregion = x\n', '[default]\nregion = x\n[profile dev]\nemr = x\n'];
}

/** What means something to a shell, or nothing to anything. */
export const hostilePiece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'\'"`$%!^&|<>(){}[]*?~#=,;:@+-\\/ ab\t\n\r') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '\\"',
        '\\\\"',
        '" ',
        '""',
        "''",
        '\u2018',
        '\u2019',
        '\u201c',
        '\u2013',
        '\u00a0',
        '\u0085',
        '\ufeff',
        'é',
        '🚀',
        '%PATH%',
        '%%',
      ],
      ...['$(x)', '`x`', '%CMDCMDLINE:~-1%', '!x!', '--', '\\\n', '^\n', '`\n', '\\', 'rem', '.5', '0x1', '1kb', 'a.b', ' \\', "\\'"],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
);

/** Of a command: `aws`, then options with values of everything that means something to a shell. */
export const hostileGroups: fc.Arbitrary<readonly (readonly string[])[]> = fc
  .array(
    fc.array(fc.oneof({ weight: 5, arbitrary: fc.array(hostilePiece, { maxLength: 6 }).map((pieces) => pieces.join('')) }, hostilePiece), {
      maxLength: 2,
    }),
    {
      maxLength: 3,
    },
  )
  .map((options) => [['aws', 'emr', 'create-cluster'], ...options.map((values, i) => [`--option-${'abc'.charAt(i)}`, ...values])]);

const launchPieces = [
  ...['--release-label emr-7.12.0', '--relase-label x', '--instance-type m5.xlarge', '--instance-count 3', '--instance-count x'],
  ...['--use-default-roles', '--service-role MyServiceRoel', '--service-role "$ROLE"', '--ami-version 3.1', '--auto-terminate'],
  ...['--no-auto-terminate', '--instance', '--name My cluster', "--name 'My cluster'", '--profile dev', '--log-uri=s3://x/$Y'],
  ...['--ec2-attributes InstanceProfile=MyNodeRole,KeyName=k', "--ec2-attributes 'InstanceProfile=MyNodse'", '--ec2-attributes KeyNam=k'],
  ...['--ec2-attributes InstanceProfile=P,', 'KeyName=k', ',KeyName=k', '--applications Spark Name=Hive', '--applications Name=$APP'],
  ...['--instance-groups "$GROUPS"', '--instance-groups {a,b}', '--tags Key=a,Value=b', '--tags "Key=a b,Value=$C" a=b', '$OPTIONS'],
  ...['--release-label emr-7.1', '--applications Name=Spark "Name=Ganglia"', `--applications '[{"Name": "Sqop"}]'`],
  ...['"${MORE[@]}"', '<options>', '...', '--steps Type=HIVE,Args=a', "--configurations '[{]'", '--repo-upgrade-on-boot x', '`', '>out'],
];

const launchGap = fc.constantFrom(' ', ' ', ' \\\n  ', ' \\\n  ', ' \\\n', ' \\ \n  ', '\n  ', ' # c\n  ', ' \\\n  # c\n  ');

/** Scripts with create-cluster commands in every place that is looked at, with mistakes in any order. */
export const launchText: fc.Arbitrary<readonly [string, 'shellscript' | 'markdown' | 'makefile' | 'yaml']> = fc
  .tuple(
    fc.array(fc.tuple(launchGap, fc.constantFrom(...launchPieces)), { maxLength: 8 }),
    fc.constantFrom('aws emr create-cluster', 'ID=$(aws --profile dev emr create-cluster', 'if ! aws emr create-cluster'),
    fc.constantFrom('shellscript', 'markdown', 'makefile', 'yaml'),
    fc.nat(3),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([pieces, start, syntax, layout, lineEnd]) => {
    const command = start + pieces.map((piece) => piece.join('')).join('') + (start.startsWith('ID') ? ')' : '');
    const indented = (by: string): string => command.replaceAll('\n', `\n${by}`);
    const text = {
      shellscript: [command, `set -e\n${command}\n`, `x() {\n  ${indented('  ')}\n}\n`, `${command}\n${command}`],
      markdown: [`\`\`\`sh\n${command}\n\`\`\`\n`, `1. x\n\n   ~~~\n   ${indented('   ')}\n   ~~~\n`, `\`\`\`\n${command}`, command],
      makefile: [`x:\n\t${indented('\t')}\n`, `x:\n\t@-${indented('\t  ')}`, `x: y\n\n\t${command}\n`, command],
      yaml: [
        `run: |\n  ${indented('  ')}\n`,
        `a:\n  - run: >-\n      ${indented('      ')}\n  - b\n`,
        `- ${indented('  ')}\n`,
        `script: ${indented('  ')}\nx: y`,
      ],
    } as const;
    return [(text[syntax][layout] ?? '').replaceAll('\n', lineEnd), syntax] as const;
  });
