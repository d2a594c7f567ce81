// Texts in the AWS CLI's shorthand syntax, right and wrong ones, and what the reader makes of them.

import fc from 'fast-check';
import type { CliVersion } from '../../server/src/core/emr/createClusterOptions';
import type { Value } from '../../server/src/core/emr/schema';
import { readShorthand } from '../../server/src/core/emr/shorthand';
import type { Node } from '../../server/src/core/tree/node';
import type { ShorthandAnswer } from './awsCli';

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'Key', 'Name', '1', 'm5.xlarge', 's3://x/', '-', 'é', '\u{1f600}', 'x y') },
  { weight: 6, arbitrary: fc.constantFrom('=', ',', '=', ',', '@=', ',=') },
  { weight: 3, arbitrary: fc.constantFrom('[', ']', '{', '}', '[]', '{}') },
  { weight: 3, arbitrary: fc.constantFrom("'", '"', '\\', "\\'", '\\"', '\\,', '\\\\') },
  { weight: 2, arbitrary: fc.constantFrom(' ', '\n', '\t', '  ', '\u00a0', '\x1c') },
);

const word = fc.oneof(
  fc.constantFrom('a', 'b1', 'x y', '', 'é', '--conf', 's3://b/k', 'a=b', '\\,', '\u{1f600}'),
  fc.array(fc.constantFrom('a', ',', '=', ' ', "\\'", '"', '\\\\', ']', '}'), { maxLength: 4 }).map((parts) => `'${parts.join('')}'`),
  fc.array(fc.constantFrom('a', ',', '=', ' ', '\\"', "'", '\\\\', '[', '{'), { maxLength: 4 }).map((parts) => `"${parts.join('')}"`),
);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('A', 'b.c', 'd/e'), tie('value')), { maxLength: 3 })
      .map((pairs) => `{${pairs.map(([key, held]) => `${key}=${held}`).join(', ')}}`),
  ),
}));

const structure = fc
  .array(
    fc.tuple(
      fc.constantFrom('A', 'B', 'C', 'Name', 'x-y'),
      fc.oneof(
        value,
        fc.array(word, { minLength: 1, maxLength: 3 }).map((items) => items.join(',')),
      ),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((pairs) => pairs.map(([key, held]) => `${key}=${held}`).join(','));

/** Half of them may be anything, half are nearly right. */
export const shorthandText: fc.Arbitrary<string> = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  structure,
  fc.tuple(structure, fc.nat(40), piece).map(([text, at, inserted]) => text.slice(0, at) + inserted + text.slice(at)),
);

/** As the oracle answers; it counts in characters. */
export function shorthandReading(text: string, version: CliVersion): ShorthandAnswer {
  const result = readShorthand(text, version);
  if (result.ok) return { ok: true, value: plain(result.node) };
  return { ok: false, message: result.message, at: [...text.slice(0, result.at)].length };
}

function plain(node: Node): Value {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'array':
      return node.items.map(plain);
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value: held }) => [key.value, held === undefined ? '' : plain(held)]));
    default:
      return String(node.kind);
  }
}

export const frozenShorthand = 'test/fixtures/shorthand.json';
