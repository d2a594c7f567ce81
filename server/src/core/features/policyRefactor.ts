// Other ways to write a statement that grant and deny the same, as far as the service data know.

import type { Catalog } from '../catalog/catalog';
import type { JsonDocument } from '../document';
import { compareText } from '../finding';
import { isPlainList, layoutFor, sourceOf, writeList } from '../json/list';
import type { Statement } from '../policy/policy';
import { type Edit, isWithin, type Span } from '../text';
import { type ArrayNode, type Member, member, type Node, type ObjectNode, type StringNode } from '../tree/node';
import { collapseActions, expandAction } from './actionRefactor';
import { splitStatement } from './splitStatement';
import { listAt, lists, type Refactoring, type StatementPlace } from './statementPlace';

/** Every one that can be made where the selection is. What stands where in broken JSON is a guess: there are none. */
export function refactorings(document: JsonDocument, selection: Span, catalog: Catalog | undefined): readonly Refactoring[] {
  const policy = document.isBroken ? undefined : document.policies.find(({ node }) => isWithin(selection, node.span));
  const statement = policy?.statements.find(({ node }) => isWithin(selection, node.span));
  if (policy === undefined || statement === undefined) return [];
  const place: StatementPlace = { text: document.text, policy, statement, selection };
  const made = [
    ...(catalog === undefined ? [] : [expandAction(place, catalog), ...collapseActions(place, catalog), splitStatement(place, catalog)]),
    sortList(place),
    convertList(place),
  ];
  return made.filter((refactoring) => refactoring !== undefined);
}

function sortList(place: StatementPlace): Refactoring | undefined {
  const found = listAt(place);
  const list = found?.member.value;
  if (found === undefined || list?.kind !== 'array' || !isPlainList(place.text, list)) return undefined;
  const items = list.items.filter((item) => item.kind === 'string');
  if (items.length !== list.items.length) return undefined;
  const ofActions = found.name.endsWith('Action');
  // IAM compares actions without regard to letter case, resources with it.
  const meaning = ({ value }: StringNode): string => (ofActions ? value.toLowerCase() : value);
  const seen = new Set<string>();
  const distinct = items.filter((item) => !seen.has(meaning(item)) && seen.add(meaning(item)));
  const sorted = [...distinct].sort((a, b) => compareText(a.value.toLowerCase(), b.value.toLowerCase()) || compareText(a.value, b.value));
  const isSorted = sorted.every((item, i) => item === distinct[i]);
  const hasDuplicates = distinct.length < items.length;
  if (isSorted && !hasDuplicates) return undefined;
  const what = ofActions ? 'actions' : 'resources';
  return {
    title: isSorted ? `Remove the duplicate ${what}` : hasDuplicates ? `Sort the ${what} and remove duplicates` : `Sort the ${what}`,
    kind: 'rewrite',
    edits: replaceItems(
      place.text,
      list,
      sorted.map((item) => sourceOf(place.text, item)),
    ),
  };
}

/** Fewer items, or as many, in the places of those that are there. */
function replaceItems(text: string, { items }: ArrayNode, written: readonly string[]): readonly Edit[] {
  const edits = written.flatMap((newText, i): Edit[] => {
    const item = items[i];
    return item === undefined || sourceOf(text, item) === newText ? [] : [{ span: item.span, newText }];
  });
  const lastKept = items[written.length - 1];
  const last = items.at(-1);
  if (lastKept === undefined || last === undefined || lastKept === last) return edits;
  return [...edits, { span: { start: lastKept.span.end, end: last.span.end }, newText: '' }];
}

/** A single value as a list of one, and the other way round. */
function convertList({ text, statement, selection }: StatementPlace): Refactoring | undefined {
  const found = valuesIn(statement).find(({ member: { span } }) => isWithin(selection, span));
  const value = found?.member.value;
  if (found === undefined || value === undefined) return undefined;
  if (value.kind !== 'array') {
    if (!isScalar(value)) return undefined;
    const models = [...found.owner.members, ...statement.node.members].flatMap((other) => other.value ?? []);
    const newText = writeList(layoutFor(text, found.owner, found.member, 1, models), [sourceOf(text, value)]);
    return { title: 'Write as an array', kind: 'rewrite', edits: [{ span: value.span, newText }] };
  }
  const [only, ...others] = value.items;
  if (only === undefined || others.length > 0 || !isScalar(only) || !isPlainList(text, value)) return undefined;
  return { title: 'Write without the array', kind: 'rewrite', edits: [{ span: value.span, newText: sourceOf(text, only) }] };
}

/** The members whose values IAM reads alike, alone or in a list of one. */
function valuesIn({ node, conditions }: Statement): readonly { readonly owner: ObjectNode; readonly member: Member }[] {
  const ofObject = (owner: Node | undefined): { owner: ObjectNode; member: Member }[] =>
    owner?.kind === 'object' ? owner.members.map((entry) => ({ owner, member: entry })) : [];
  const condition = member(node, 'Condition')?.value;
  const operators = condition?.kind === 'object' ? condition.members.flatMap(({ value }) => ofObject(value)) : [];
  return [
    ...ofObject(node).filter(({ member: entry }) => lists.some((name) => member(node, name) === entry)),
    ...['Principal', 'NotPrincipal'].flatMap((name) => ofObject(member(node, name)?.value)),
    ...operators.filter(({ member: entry }) => conditions.some((known) => known.member === entry)),
  ].filter(({ member: { key } }) => key.value !== 'Ref' && !key.value.startsWith('Fn::'));
}

function isScalar({ kind }: Node): boolean {
  return kind === 'string' || kind === 'number' || kind === 'boolean';
}
