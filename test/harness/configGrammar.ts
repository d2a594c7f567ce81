// Config files out of the corners of the grammar: what Python's configparser and botocore do with them decides.

import fc from 'fast-check';

const heads = [
  ...['[default]', '[profile dev]', '[profile "dev"]', "[profile 'a b']", '[profile a\\ b]', '[profile a b]', '[profile "x]', '[profile]'],
  ...[
    '[DEFAULT]',
    '[DEFAULT]',
    '[Default]',
    '[PROFILE dev]',
    '[ profile dev ]',
    '[profile  dev]',
    '[profile\tq]',
    '[profile dev ]',
    '[dev]',
  ],
  ...['[profile c] # c', '[profile c] # [c]', '[a]b]', '[]', '[]]', '[profile dev', '[profile é]', '[profile ""]', '[profile d"e"f]'],
  ...["[profile 'a\\\\b']", '[profile "a\\\\b"]', "[profile 'a\\\"b']", '[profile "a\\"b"]', '[profile "a\\ b"]', '[profile \'a\'"b"]'],
  ...["[profile 'a\\']", '[profile "a\\"]', '[profile a\\]', '[profile "a"b c]', "[profile '' x]"],
  ...['[sso-session s]', '[services s]', '[profiles x]', '[profile dev # c]', '[[x]]', '[profile \u00a0]', '[\u2028]', '[x]y=z'],
];

const keys = [
  'region',
  'Region',
  'emr',
  'EMR',
  'k',
  'K',
  'output',
  's3',
  'a b',
  'İ',
  'Straße',
  'ΑΣ',
  '"q"',
  'x.y',
  '-',
  '',
  '\u00a0',
  '\ufeffk',
];
const nestedKeys = ['service_role', 'Service_Role', 'instance_profile', 'log_uri', 'a b', 'key_name', 'k', '', 'x:y', 'é'];
const values = [
  '',
  'x',
  'y z',
  'a=b',
  'a:b',
  '"q"',
  '# c',
  'v # c',
  'v ; c',
  '[x]',
  '=',
  ':',
  '%(x)s',
  '${x}',
  'é',
  '\u00a0x',
  'x\u2028y',
  'x\x0by',
  '\\',
  'long '.repeat(3000),
];
const delimiters = ['=', ' = ', ':', ' : ', '\t=\t', '= ', ' =', '\u00a0=\u00a0'];
const indentations = ['', ' ', '  ', '    ', '\t', ' \t', '\u00a0', '\u3000', '\x1c', '\x0c'];
const separators = ['\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\x1f', '\x85', '\u2028', '\u2029', '\0', '\ufeff', '\u200b'];

const head = fc.constantFrom(...heads);
const goodHead = fc.nat(3).map((n) => `[profile p${n}]`);
const setting = fc
  .tuple(fc.constantFrom(...keys), fc.constantFrom(...delimiters), fc.constantFrom(...values))
  .map((parts) => parts.join(''));
const freshSetting = fc
  .tuple(fc.nat(60), fc.constantFrom(...delimiters), fc.constantFrom(...values))
  .map(([n, by, value]) => `k${n}${by}${value}`);
const nested = fc
  .tuple(fc.constantFrom(...nestedKeys), fc.constantFrom('=', ' = ', ' =', '= '), fc.constantFrom(...values))
  .map((parts) => parts.join(''));
const block = fc
  .tuple(
    fc.nat(60),
    fc.constantFrom(' =', '=', ':'),
    fc.array(
      fc.tuple(
        fc.constantFrom(' ', '  ', '\t', '\u00a0', '      '),
        fc.oneof({ weight: 9, arbitrary: nested }, { weight: 1, arbitrary: fc.constantFrom('# c', '; c', '', 'bad', 'a : b') }),
      ),
      {
        maxLength: 4,
      },
    ),
  )
  .map(([n, by, lines]) => [`emr${n < 30 ? '' : n}${by}`, ...lines.map((line) => line.join(''))].join('\n'));
const comment = fc.constantFrom('# c', '; c', '#', ';c = d', '# [x]');
const blank = fc.constantFrom('', ' ', '\t', '\u00a0', '\x0c', '\x85', '\u2028');
const rubbish = fc.constantFrom('stray', 'x y', '[', ']', '= v', ': v', '"', '\ufeff[x]', '\ufeffk = v', 'a\0b = c');

const line = fc.oneof(
  { weight: 3, arbitrary: goodHead },
  { weight: 2, arbitrary: head },
  { weight: 6, arbitrary: freshSetting },
  { weight: 1, arbitrary: setting },
  { weight: 4, arbitrary: block },
  { weight: 2, arbitrary: nested },
  { weight: 2, arbitrary: comment },
  { weight: 2, arbitrary: blank },
  { weight: 1, arbitrary: fc.oneof({ weight: 2, arbitrary: freshSetting }, { weight: 1, arbitrary: rubbish }) },
);

/** One of the texts in one of `every` cases, and nothing in the others. (The `freq` of fc.option counts the cases of nothing.) */
const seldom = (every: number, texts: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: every - 1, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(...texts) });

/** Most lines are where people put them; some are indented somehow, and a few have a separator of lines in the midst of them. */
const placed = fc
  .tuple(seldom(4, indentations), line, seldom(20, separators), fc.nat(10))
  .map(([indentation, text, separator, at]) => indentation + (separator === '' ? text : text.slice(0, at) + separator + text.slice(at)));

const lineEnds = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['\n']) },
  { weight: 2, arbitrary: fc.constant(['\r\n']) },
  { weight: 1, arbitrary: fc.constant(['\r']) },
  { weight: 2, arbitrary: fc.constant(['\n', '\r\n', '\r', '\n\r', '\r\r\n']) },
);

/** The text of a config file. */
export const cornerConfig: fc.Arbitrary<string> = fc
  .tuple(
    fc.option(fc.constantFrom('[default]', '[profile dev]', '[DEFAULT]'), { nil: undefined, freq: 12 }),
    fc.array(placed, { maxLength: 9 }),
    lineEnds,
    fc.boolean(),
    fc.nat(4),
  )
  .map(([first, lines, ends, isClosed, turn]) => {
    const all = first === undefined ? lines : [first, ...lines];
    const end = (i: number): string => ends[(i + turn) % ends.length] ?? '\n';
    return all.map((content, i) => content.replaceAll('\n', end(i)) + (i < all.length - 1 || isClosed ? end(i) : '')).join('');
  });

/** The bytes of a file: nearly always UTF-8. */
export const configBytes: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    cornerConfig,
    fc.integer({ min: 0, max: 199 }).map((n) => (n * 7919) % 200),
    fc.nat(200),
  )
  .map(([content, how, at]) => {
    const bytes = Buffer.from(content, 'utf8');
    if (how === 0) return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    if (how === 1) return Buffer.from(`\ufeff${content}`, 'utf16le');
    if (how === 2) return Buffer.from(`\ufeff${content}`, 'utf16le').swap16();
    if (how === 3) return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xe9]), bytes.subarray(at)]);
    if (how === 4) return Buffer.concat([bytes, Buffer.from([0xed, 0xa0, 0x80])]);
    return bytes;
  });
