// A role map as a picture, and as the same in text: for a page that styles both, or as an SVG file that stands alone. Each kind of node
// has a column; a parent stands in the middle of its children.

import { type MapNode, type MapNodeKind, nodesOf, type RoleMap } from './roleMap';
import { clipped, wrapped } from './textWidth';

const gap = { column: 36, row: 14, edge: 16 };
const padding = 10;
/** Of letters, and of the line that they stand on. */
const sizes = { what: 11, name: 13, note: 11 };
const lineHeights = { what: 14, name: 18, note: 15 };
const mostNoteLines = 4;
const mostProblems = 4;

const columns: Readonly<Record<MapNodeKind, { readonly x: number; readonly width: number }>> = {
  profile: { x: 0, width: 160 },
  'instance-profile': { x: 160 + gap.column, width: 235 },
  role: { x: 395 + 2 * gap.column, width: 220 },
  trust: { x: 615 + 3 * gap.column, width: 260 },
  policy: { x: 615 + 3 * gap.column, width: 260 },
};

const signRoom = 20;
const signs = { error: '✖', warning: '▲', information: '●', hint: '●' } as const;

interface Line {
  readonly sign?: string;
  readonly text: string;
  readonly style: string;
  readonly size: number;
  readonly height: number;
}

interface Box {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
}

/** With a role and a name for each node, so that keys and screen readers can reach it; classes instead of colours. */
export function roleMapPicture(map: RoleMap): string {
  return draw(
    map,
    (node, id) => `data-node="${id}" tabindex="0" role="${node.link === undefined ? 'img' : 'link'}" aria-label="${xml(inWords(node))}"`,
    '',
  );
}

/** A file for any viewer: its own colours, no scripts. */
export function roleMapSvg(map: RoleMap): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${draw(map, undefined, `<style>${standaloneStyle}</style>`)}\n`;
}

/** The same as nested lists of HTML. */
export function roleMapList(map: RoleMap): string {
  const ids = idsOf(map);
  const item = (node: MapNode): string => {
    const relation = node.relation === '' ? '' : `${xml(node.relation)}: `;
    const about = [node.what, ...node.notes].map(xml).join('; ');
    const name =
      node.link === undefined
        ? `<b>${xml(node.name)}</b>`
        : `<button type="button" data-node="${ids.get(node)}">${xml(node.name)}</button>`;
    const problems = node.problems.map(
      ({ severity, rule, message }) => `<li class="${severity}"><b>${severity}</b> ${xml(rule)}: ${xml(message)}</li>`,
    );
    const below = [...problems, ...node.children.map(item)];
    return `<li>${relation}${name} <span>${about}</span>${below.length === 0 ? '' : `<ul>${below.join('')}</ul>`}</li>`;
  };
  return `<ul>${item(map.root)}</ul>`;
}

function idsOf(map: RoleMap): ReadonlyMap<MapNode, number> {
  return new Map(nodesOf(map).map((node, id) => [node, id]));
}

/** @param attributes of a node, where it can be reached. */
function draw(map: RoleMap, attributes: ((node: MapNode, id: number | undefined) => string) | undefined, style: string): string {
  const boxes: Box[] = [];
  const bottom = place(map.root, gap.edge, boxes);
  const ids = idsOf(map);
  const boxOf = new Map(boxes.map((box) => [box.node, box]));
  const edges = boxes.flatMap((from) => from.node.children.flatMap((child) => edge(from, boxOf.get(child))));
  const width = Math.max(...boxes.map((box) => box.x + box.width)) + gap.edge;
  const height = bottom + gap.edge;
  const role = attributes === undefined ? 'role="img"' : 'role="group"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${role} aria-label="${xml(map.title)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${xml(map.title)}</title>${style}<rect class="background" width="${width}" height="${height}"/>`,
    ...edges,
    ...boxes.map((box) => drawBox(box, attributes?.(box.node, ids.get(box.node)))),
    '</svg>',
  ].join('\n');
}

/** Adds the boxes of a node and all below it; how far down they reach. */
function place(node: MapNode, top: number, boxes: Box[]): number {
  const { x, width } = columns[node.kind];
  const lines = linesOf(node, width - 2 * padding);
  const height = 2 * padding + lines.reduce((sum, line) => sum + line.height, 0);
  const first = boxes.length;
  let bottom = top;
  for (const child of node.children) bottom = place(child, bottom === top ? top : bottom + gap.row, boxes);
  // Taller than all of its children: these move into its middle.
  const spare = height - (bottom - top);
  if (spare > 0) {
    for (let i = first; i < boxes.length; i++) {
      const box = boxes[i];
      if (box !== undefined) boxes[i] = { ...box, y: box.y + spare / 2 };
    }
  }
  const end = Math.max(bottom, top + height);
  boxes.splice(first, 0, { node, x: x + gap.edge, y: (top + end - height) / 2, width, height, lines });
  return end;
}

function linesOf(node: MapNode, room: number): readonly Line[] {
  const line = (style: keyof typeof sizes, text: string, more = ''): Line => ({
    text,
    style: `${style}${more}`,
    size: sizes[style],
    height: lineHeights[style],
  });
  const notes = node.notes.flatMap((note) => wrapped(note, sizes.note, room, mostNoteLines));
  // Those of one rule are told apart where there is room for what they say.
  const rules = [...new Map(node.problems.map(({ rule, severity }) => [rule, severity]))];
  const problems = rules
    .slice(0, mostProblems)
    .map(([rule, severity]) => ({ ...line('note', clipped(rule, sizes.note, room - signRoom), ` ${severity}`), sign: signs[severity] }));
  const more = rules.length - mostProblems;
  return [
    line('what', clipped(node.what, sizes.what, room)),
    line('name', clipped(node.name, sizes.name, room)),
    ...notes.slice(0, mostNoteLines).map((note) => line('note', note)),
    ...problems,
    ...(more > 0 ? [line('note', `and ${more} more`)] : []),
  ];
}

function drawBox({ node, x, y, width, height, lines }: Box, attributes: string | undefined): string {
  let baseline = y + padding;
  const texts = lines.map((line) => {
    baseline += line.height;
    const sign = line.sign === undefined ? '' : `<tspan class="sign">${line.sign}</tspan> `;
    return `<text class="${line.style}" x="${x + padding}" y="${baseline - 4}" font-size="${line.size}">${sign}${xml(line.text)}</text>`;
  });
  const classes = ['node', node.kind, node.state, ...(node.problems[0] === undefined ? [] : [node.problems[0].severity])].join(' ');
  const frame = `<rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="5"/>`;
  return `<g class="${classes}"${attributes === undefined ? '' : ` ${attributes}`}><title>${xml(inWords(node))}</title>${frame}${texts.join('')}</g>`;
}

/** A curve into the column after the parent's, then straight to the child, between whose neighbours nothing stands. */
function edge(from: Box, to: Box | undefined): readonly string[] {
  if (to === undefined) return [];
  const [startX, startY, endY] = [from.x + from.width, from.y + from.height / 2, to.y + to.height / 2];
  const turn = startX + gap.column / 2;
  const curve = `M${startX} ${startY} C${turn} ${startY} ${turn} ${endY} ${startX + gap.column} ${endY}`;
  return [`<path class="edge" d="${curve} H${to.x} m-7 -4 l7 4 l-7 4"/>`];
}

function inWords({ what, name, notes, problems }: MapNode): string {
  const wrong = problems.map(({ severity, message }) => `${severity}: ${message}`);
  return [`${what} ${name}`, ...notes, ...wrong].join('. ');
}

const standaloneStyle = [
  'svg{font-family:"Segoe UI",Helvetica,Arial,sans-serif}',
  '.background{fill:#fff}',
  'text{fill:#1f2328}',
  '.what{fill:#59636e}',
  '.name{font-weight:600}',
  '.frame{fill:#f6f8fa;stroke:#59636e}',
  '.absent>.frame,.unknown>.frame{stroke-dasharray:5 4}',
  '.edge{fill:none;stroke:#818b98}',
  '.node.error>.frame{stroke:#cf222e;stroke-width:2.5}',
  '.node.warning>.frame{stroke:#9a6700;stroke-width:2}',
  'text.error{fill:#cf222e}',
  'text.warning>.sign{fill:#9a6700}',
].join('');

/** For text and for attributes in double quotes. */
function xml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
