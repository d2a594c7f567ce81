import type { Fix } from '../../finding';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { operatorOf } from '../../policy/operator';
import { isIntrinsic } from '../../policy/placeholder';
import { isUnknown } from '../../policy/principal';
import { memberValue, type Node, type StringNode } from '../../tree/node';
import { defineRule, type Report } from '../rule';

export const dataTypeMismatch = defineRule({
  id: 'policy/data-type-mismatch',
  severity: 'error',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'DATA_TYPE_MISMATCH',
  docs: {
    what: 'an element whose value is of a JSON type that it does not take',
    why: 'Every element takes values of certain JSON types: a Sid is a string, an account ID too, actions and resources are a string or a list of strings. IAM refuses the policy otherwise. What a template resolves, such as `{ "Ref": … }`, may be anything and is not judged.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": 1, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": [["s3:GetObject", "s3:PutObject"]], "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "1", "Effect": "Allow", "Action": "s3:GetObject", "Resource": { "Fn::Sub": "${Bucket.Arn}/*" } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('DATA_TYPE_MISMATCH'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
    ],
  },
  check({ subject, document, text, report }) {
    // What belongs to what in broken JSON is a guess.
    if (document.kind === 'json' && document.isBroken) return;
    const check = (name: string, shape: Shape, value: Node | undefined): void => {
      for (const wrong of wrongIn(value, shape)) report(reportOf(name, shape, wrong, text));
    };
    check('Version', string, memberValue(subject.node, 'Version'));
    check('Id', string, memberValue(subject.node, 'Id'));
    check('Statement', statements, subject.statement.value);
    // In other policies, a principal is not to be there at all.
    const hasPrincipals = subject.kind === 'trust' || subject.kind === 'resource';
    for (const { node, condition } of subject.statements) {
      for (const { key, value } of node.members) {
        const shape = shapes.get(key.value);
        if (shape !== undefined) check(key.value, shape, value);
        // Anything else than an object is a matter of policy/invalid-principal-format.
        else if (hasPrincipals && /^(Not)?Principal$/.test(key.value)) forMembers(value, (name, each) => check(name, strings, each));
      }
      forMembers(condition, (name, keys, operator) => {
        // Of an operator that there is not, it is not known what belongs there.
        if (keys?.kind !== 'object' && operatorOf(operator).family === undefined) return;
        check(name, object, keys);
        forMembers(keys, (key, each) => check(key, values, each));
      });
    }
  },
});

interface Shape {
  readonly wanted: string;
  readonly kinds: readonly Node['kind'][];
  /** Whether a list of such values will do as well. */
  readonly orList: boolean;
}

const string: Shape = { wanted: 'a string', kinds: ['string'], orList: false };
const strings: Shape = { wanted: 'a string or a list of strings', kinds: ['string'], orList: true };
/** IAM takes true and 5 for "true" and "5" in a condition. */
const values: Shape = { wanted: strings.wanted, kinds: ['string', 'number', 'boolean'], orList: true };
const object: Shape = { wanted: 'an object', kinds: ['object'], orList: false };
const statements: Shape = { wanted: 'an object or a list of objects', kinds: ['object'], orList: true };

const shapes: ReadonlyMap<string, Shape> = new Map([
  ['Sid', string],
  ['Effect', string],
  ['Action', strings],
  ['NotAction', strings],
  ['Resource', strings],
  ['NotResource', strings],
  ['Condition', object],
]);

function forMembers(node: Node | undefined, visit: (name: string, value: Node | undefined, key: StringNode) => void): void {
  if (node?.kind === 'object' && !isIntrinsic(node)) for (const { key, value } of node.members) visit(key.value, value, key);
}

const none: readonly Node[] = [];

function wrongIn(value: Node | undefined, { kinds, orList }: Shape): readonly Node[] {
  if (value === undefined || kinds.includes(value.kind)) return none;
  if (value.kind !== 'array' || !orList) return isUnresolved(value) ? none : [value];
  if (value.items.every(({ kind }) => kinds.includes(kind))) return none;
  return value.items.filter((item) => !kinds.includes(item.kind) && !isUnresolved(item));
}

/** Whether something else puts a value in this place. */
function isUnresolved(node: Node): boolean {
  return node.kind === 'string' ? isUnknown(node.value) : node.kind === 'object' && isIntrinsic(node);
}

const kindNames: Readonly<Record<Node['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  null: 'null',
};

function reportOf(name: string, shape: Shape, node: Node, text: string): Report {
  const { wanted, orList } = shape;
  const found = orList && node.kind === 'array' ? 'a list within a list' : kindNames[node.kind];
  return {
    at: node.span,
    message: `${name} has ${found} where ${wanted} belongs: IAM refuses the policy. Write ${wanted}.`,
    fixes: fixesFor(name, shape, node, text),
  };
}

function fixesFor(name: string, { kinds, orList }: Shape, node: Node, text: string): readonly Fix[] {
  if (node.kind === 'number') {
    const written = text.slice(node.span.start, node.span.end);
    return quotable.get(name)?.test(written)
      ? [{ title: `Change to "${written}"`, kind: 'suggestion', edits: [{ span: node.span, newText: `"${written}"` }] }]
      : [];
  }
  if (node.kind !== 'array') return [];
  const [first] = node.items;
  const last = node.items.at(-1);
  const fits = node.items.every(({ kind }) => kinds.includes(kind)) && (orList || node.items.length === 1);
  if (!fits || first === undefined || last === undefined) return [];
  const items = text.slice(first.span.start, last.span.end);
  return [{ title: 'Remove the brackets', kind: 'suggestion', edits: [{ span: node.span, newText: items }] }];
}

/** Where digits are meant: the number of an account is a string too. */
const quotable: ReadonlyMap<string, RegExp> = new Map([
  ['Sid', /^\d+$/],
  ['Id', /^\d+$/],
  ['AWS', /^\d{12}$/],
]);
