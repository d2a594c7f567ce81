// The page that shows a role map. It is given the map by messages, asks for nothing from anywhere, and can run no script but its own.

/** @param nonce what the page's own style and script are known by. */
export function roleMapPage(nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<title>Role map</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1 id="title">Role map</h1>
<div role="toolbar" aria-label="Export">
<button type="button" data-export="svg">Export SVG</button>
<button type="button" data-export="mermaid">Export Mermaid</button>
</div>
<p id="problem" role="status"></p>
<div id="picture"></div>
<details><summary>As text</summary><div id="list"></div></details>
</main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

const style = `
body { padding: 0 20px 20px; color: var(--vscode-foreground); background: var(--vscode-editor-background); }
h1 { font-size: 1.3em; font-weight: 600; overflow-wrap: anywhere; }
#picture { overflow-x: auto; margin: 12px 0; }
svg { font-family: var(--vscode-font-family); min-width: 760px; max-width: 100%; height: auto; }
.background { fill: var(--vscode-editor-background); }
svg text { fill: var(--vscode-editor-foreground); }
svg .what { fill: var(--vscode-descriptionForeground); }
svg .name { font-weight: 600; }
.frame { fill: var(--vscode-editorWidget-background); stroke: var(--vscode-contrastBorder, var(--vscode-descriptionForeground)); }
.absent > .frame, .unknown > .frame { stroke-dasharray: 5 4; }
.edge { fill: none; stroke: var(--vscode-descriptionForeground); }
.node.error > .frame { stroke: var(--vscode-editorError-foreground, var(--vscode-errorForeground)); stroke-width: 2.5; }
.node.warning > .frame { stroke: var(--vscode-editorWarning-foreground, currentColor); stroke-width: 2; }
li.error > b { color: var(--vscode-editorError-foreground, var(--vscode-errorForeground)); }
li.warning > b { color: var(--vscode-editorWarning-foreground, var(--vscode-foreground)); }
svg text.error { fill: var(--vscode-editorError-foreground, var(--vscode-errorForeground)); }
svg text.warning > .sign { fill: var(--vscode-editorWarning-foreground, currentColor); }
.node[role=link] { cursor: pointer; }
.node:focus { outline: none; }
.node:focus > .frame, .node:hover > .frame { stroke: var(--vscode-focusBorder); stroke-width: 3; }
.node:focus > .frame { stroke: var(--vscode-contrastActiveBorder, var(--vscode-focusBorder)); }
button { color: var(--vscode-button-foreground); background: var(--vscode-button-background); font: inherit; cursor: pointer;
  border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; padding: 4px 11px; }
button:hover { background: var(--vscode-button-hoverBackground); }
button:focus-visible, summary:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 2px; }
li button { color: var(--vscode-textLink-foreground); background: none; border: none; padding: 0; text-decoration: underline; }
li button:hover { background: none; }
li { overflow-wrap: anywhere; margin: 3px 0; }
li span { color: var(--vscode-descriptionForeground); }
summary { cursor: pointer; }
#problem:empty { display: none; }
`;

/** What is shown is made by the server, which escapes every name; scripts in it would not run anyway. */
const script = `
const vscode = acquireVsCodeApi();
const part = (id) => document.getElementById(id);
const idAt = (target) => target.closest('[data-node]')?.dataset.node;
const openAt = (event) => {
  const id = idAt(event.target);
  if (id !== undefined) vscode.postMessage({ open: Number(id) });
};
addEventListener('message', ({ data }) => {
  const focused = document.activeElement;
  const [holder, id] = [focused?.closest('#picture, #list')?.id, focused?.dataset?.node];
  part('problem').textContent = data.problem ?? '';
  if (data.picture === undefined) return;
  part('title').textContent = data.title;
  part('picture').innerHTML = data.picture;
  part('list').innerHTML = data.list;
  if (holder && id !== undefined) document.querySelector('#' + holder + ' [data-node="' + id + '"]')?.focus();
});
addEventListener('click', (event) => {
  const kind = event.target.closest('[data-export]')?.dataset.export;
  if (kind !== undefined) vscode.postMessage({ save: kind });
  else openAt(event);
});
addEventListener('keydown', (event) => {
  if ((event.key !== 'Enter' && event.key !== ' ') || event.target.tagName !== 'g') return;
  event.preventDefault();
  openAt(event);
});
vscode.postMessage({ ready: true });
`;
