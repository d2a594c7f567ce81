// A role map in the language of Mermaid, for pages and wikis that draw it.

import { type MapNode, nodesOf, type RoleMap } from './roleMap';

export function roleMapMermaid(map: RoleMap): string {
  const nodes = nodesOf(map);
  const ids = new Map(nodes.map((node, id) => [node, `n${id}`]));
  const lines = nodes.flatMap((node) => {
    const id = ids.get(node);
    const texts = [node.what, node.name, ...node.notes, ...node.problems.map(({ severity, rule }) => `${severity}: ${rule}`)];
    return [
      `${id}["${texts.map(escaped).join('<br>')}"]`,
      ...node.children.map((child) => `${id} -->${child.relation === '' ? '' : `|"${escaped(child.relation)}"|`} ${ids.get(child)}`),
    ];
  });
  const inClass = (name: string, isIn: (node: MapNode) => boolean): readonly string[] => {
    const those = nodes.flatMap((node) => (isIn(node) ? (ids.get(node) ?? []) : []));
    return those.length === 0 ? [] : [`class ${those.join(',')} ${name}`];
  };
  const worst = (severity: 'error' | 'warning') => (node: MapNode) => node.problems[0]?.severity === severity;
  return [
    'flowchart LR',
    `accTitle: ${escaped(map.title)}`,
    ...lines,
    'classDef missing stroke-dasharray:5 4',
    'classDef error stroke:#cf222e,stroke-width:3px',
    'classDef warning stroke:#9a6700,stroke-width:2px',
    ...inClass('missing', ({ state }) => state !== 'known'),
    ...inClass('error', worst('error')),
    ...inClass('warning', worst('warning')),
    '',
  ].join('\n');
}

/**
 * Everything but plain words as Mermaid's entity codes, which are decimal. Colons too: in a line with the word "style", Mermaid takes the
 * semicolon of a code that follows one away (utils.ts, encodeEntities).
 */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} _.,/=+@-]/gu, (character) => `#${character.codePointAt(0)};`);
}
