import type { Fix } from '../../finding';
import { removeMember } from '../../json/remove';
import { isIntrinsic } from '../../policy/placeholder';
import { element } from '../../policy/policy';
import type { Edit, Span } from '../../text';
import type { Member, Node, ObjectNode } from '../../tree/node';
import { defineRule } from '../rule';

export const duplicateKey = defineRule({
  id: 'policy/duplicate-key',
  severity: 'warning',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  docs: {
    what: 'two members of one name in an object of a policy',
    why: 'IAM refuses to save a policy in which an element stands twice. What reads the JSON before IAM does, such as a template or a script, keeps the last and says nothing: a condition that was written is then not there. Of policies that IAM saved before it was strict, it observes the last `Effect`, and takes all `Action` or `Resource` elements for one list.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": {\n        "StringEquals": { "aws:PrincipalTag/team": "data" },\n        "StringEquals": { "aws:PrincipalTag/stage": "live" }\n      }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html#morethanonestatement',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html#policies-grammar-notes',
    ],
  },
  check({ subject, document, text, report }) {
    // A name that is being typed may be any.
    if (document.kind === 'json' && document.isBroken) return;
    const look = (object: Node | undefined, where: string): void => {
      if (object?.kind !== 'object') return;
      for (const [ignored, counts] of repeated(object)) {
        report({
          at: ignored.key.span,
          message: `"${ignored.key.value}" stands in ${where} more than once: IAM refuses the policy, and what reads the JSON before IAM drops this one. Keep one of them.`,
          related: [{ span: counts.key.span, message: 'The one that counts.' }],
          fixes: fixesFor(text, object, ignored, counts),
        });
      }
    };
    look(subject.node, 'the policy');
    for (const { node, condition } of subject.statements) {
      look(node, 'the statement');
      look(element(node, 'Principal'), 'the principal');
      look(element(node, 'NotPrincipal'), 'the principal');
      look(condition, 'the condition');
      if (condition?.kind === 'object') for (const { key, value } of condition.members) look(value, key.value);
    }
  },
});

/** Each member that a later one of the same name replaces, and the last of that name. */
function repeated({ members }: ObjectNode): readonly (readonly [Member, Member])[] {
  if (!hasRepeated(members)) return [];
  const last = new Map(members.map((member) => [member.key.value, member]));
  return members.flatMap((member) => {
    const counts = last.get(member.key.value);
    return counts === undefined || counts === member ? [] : [[member, counts] as const];
  });
}

/** Nearly always there are a handful of members, none of them repeated. */
function hasRepeated(members: readonly Member[]): boolean {
  if (members.length > 20) return new Set(members.map(({ key }) => key.value)).size < members.length;
  for (let i = 1; i < members.length; i++) {
    for (let j = 0; j < i; j++) {
      if (members[i]?.key.value === members[j]?.key.value) return true;
    }
  }
  return false;
}

function fixesFor(text: string, object: ObjectNode, ignored: Member, counts: Member): readonly Fix[] {
  const remove = removeMember(object, ignored);
  const isSame = textAt(text, ignored.value) === textAt(text, counts.value);
  const removal: Fix = { title: `Remove this "${ignored.key.value}"`, kind: isSame ? 'safe' : 'suggestion', edits: [remove] };
  if (isSame) return [removal];
  const other: Fix = {
    title: `Remove the other "${ignored.key.value}"`,
    kind: 'suggestion',
    edits: [removeMember(object, counts)],
  };
  const merge = merged(text, ignored, counts);
  return merge === undefined
    ? [removal, other]
    : [{ title: 'Put both into one', kind: 'suggestion', edits: [remove, ...merge] }, removal, other];
}

function textAt(text: string, node: Node | undefined): string | undefined {
  return node && text.slice(node.span.start, node.span.end);
}

const lists: ReadonlySet<string> = new Set(['Statement', 'Action', 'NotAction', 'Resource', 'NotResource']);

/** The value that is ignored as a part of the one that counts: of lists, and of the keys of one operator. */
function merged(text: string, { key, value: from }: Member, { value: into }: Member): readonly Edit[] | undefined {
  if (from === undefined || into === undefined) return undefined;
  if (lists.has(key.value)) {
    const added = partsText(text, from.kind === 'array' ? from.items : [from]);
    if (into.kind === 'array') return [insertFirst(text, into.span, into.items, added)];
    return [
      { span: { start: into.span.start, end: into.span.start }, newText: `[${added}, ` },
      { span: { start: into.span.end, end: into.span.end }, newText: ']' },
    ];
  }
  if (from.kind !== 'object' || into.kind !== 'object' || isIntrinsic(from) || isIntrinsic(into)) return undefined;
  const names = [...from.members, ...into.members].map((member) => member.key.value.toLowerCase());
  if (new Set(names).size < names.length) return undefined;
  return [insertFirst(text, into.span, into.members, partsText(text, from.members))];
}

type Placed = { readonly span: Span };

function partsText(text: string, parts: readonly Placed[]): string {
  return text.slice(parts[0]?.span.start ?? 0, parts.at(-1)?.span.end ?? 0);
}

/** After the opening bracket, in the layout of what is there. */
function insertFirst(text: string, { start }: Span, parts: readonly Placed[], added: string): Edit {
  const first = parts[0]?.span.start;
  const at = first ?? start + 1;
  const layout = first === undefined ? '' : text.slice(start + 1, first);
  const isEmpty = first === undefined || added === '';
  return { span: { start: at, end: at }, newText: isEmpty ? added : `${added},${/^\s+$/.test(layout) ? layout : ' '}` };
}
