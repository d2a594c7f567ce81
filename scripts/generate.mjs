// Writes what is generated from the sources: the settings in the manifest, and one page for each rule. With --check it only compares.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './setup.mjs';

const {
  accessAnalyzerCodes,
  accessAnalyzerLink,
  ignoreDefinitions,
  notDecidable,
  projectDefinitions,
  projectFileName,
  rules,
  section,
  settingDefinitions,
} = await load(
  [
    "export { rules } from './server/src/core/rules/index';",
    "export { accessAnalyzerCodes, accessAnalyzerLink, notDecidable } from './server/src/core/policy/accessAnalyzer';",
    "export { section, settingDefinitions } from './server/src/core/settings';",
    "export { ignoreDefinitions, projectDefinitions } from './server/src/core/project';",
    "export { projectFileName } from './server/src/core/projectFileName';",
  ].join('\n'),
);
const docsFolder = 'docs/rules';
const projectSchemaFile = 'schemas/project.schema.json';
const wanted = new Map([
  ['package.json', manifest()],
  [projectSchemaFile, projectSchema()],
  ...rules.map((rule) => [pageOf(rule.id), page(rule)]),
  [`${docsFolder}/README.md`, list()],
  ['docs/access-analyzer.md', accessAnalyzerTable()],
]);
const stale = filesBelow(docsFolder).filter((file) => !wanted.has(file));

if (process.argv.includes('--check')) {
  const wrong = [...stale, ...[...wanted].filter(([file, text]) => read(file) !== text).map(([file]) => file)];
  if (wrong.length > 0) {
    process.stderr.write(`Out of date, run "npm run generate": ${wrong.join(', ')}\n`);
    process.exit(1);
  }
} else {
  for (const file of stale) rmSync(join(root, file));
  for (const [file, text] of wanted) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

async function load(contents) {
  const options = { bundle: true, write: false, format: 'esm', platform: 'node', mainFields: ['module', 'main'] };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: root, loader: 'ts' } });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

function manifest() {
  const json = JSON.parse(read('package.json'));
  json.contributes.configuration.properties = Object.fromEntries(
    Object.entries(settingDefinitions).map(([name, { scope, description, schema }]) => [
      `${section}.${name}`,
      { ...(name === 'rules' ? withRuleIds(schema) : schema), scope, markdownDescription: description },
    ]),
  );
  json.contributes.jsonValidation = [{ fileMatch: projectFileName, url: `./${projectSchemaFile}` }];
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** So that the editor completes the ids and explains them. */
function withRuleIds({ additionalProperties, ...schema }) {
  const properties = rules.map(({ id, docs }) => [id, { ...additionalProperties, description: `Finds ${docs.what}.` }]);
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false };
}

function projectSchema() {
  const { rules: severities, ignore, ...others } = schemasOf(projectDefinitions);
  const { rule, ...rest } = schemasOf(ignoreDefinitions);
  const ids = { ...rule, enum: rules.map(({ id }) => id), enumDescriptions: rules.map(({ docs }) => `Finds ${docs.what}.`) };
  const entry = {
    type: 'object',
    properties: { ...rest, rule: ids },
    required: ['rule', 'reason'],
    anyOf: [{ required: ['files'] }, { required: ['sid'] }],
    additionalProperties: false,
  };
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'EMR IAM project file',
    type: 'object',
    properties: {
      ...others,
      rules: { ...severities, ...withRuleIds(settingDefinitions.rules.schema), default: undefined },
      ignore: { ...ignore, items: entry },
    },
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function schemasOf(definitions) {
  return Object.fromEntries(Object.entries(definitions).map(([name, { description, schema }]) => [name, { description, ...schema }]));
}

function pageOf(id) {
  return `${docsFolder}/${id}.md`;
}

function list() {
  const rows = rules.map(
    ({ id, severity, profile, docs }) => `| [${id}](${id}.md) | ${severity}${profile ? ` (profile ${profile})` : ''} | ${docs.what} |`,
  );
  return ['# Rules', '', '| rule | severity | finds |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** One row for each check of Access Analyzer: the rules that do it, or why none does. */
function accessAnalyzerTable() {
  const done = new Set(rules.flatMap(({ accessAnalyzer }) => accessAnalyzer ?? []));
  const rows = [...accessAnalyzerCodes].map(([code, type]) => {
    const links = rules.filter(({ accessAnalyzer }) => accessAnalyzer === code).map(({ id }) => `[${id}](rules/${id}.md)`);
    const here = links.length === 0 ? (notDecidable.get(code) ?? 'not yet') : links.join(', ');
    return `| [${code}](${accessAnalyzerLink(code)}) | ${type} | ${here} |`;
  });
  return [
    '# The checks of IAM Access Analyzer',
    '',
    `Of ${accessAnalyzerCodes.size} checks of AWS's policy validation, ${done.size} are done here, without credentials and without a network.`,
    '',
    '| check | type | here |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function page({ id, severity, profile, docs, accessAnalyzer }) {
  return [
    `# ${id}`,
    '',
    `Severity: ${severity}. Finds ${docs.what}.`,
    '',
    docs.why,
    ...(profile === undefined ? [] : ['', `Off, unless the profile is \`${profile}\` or a severity is set for it.`]),
    ...(accessAnalyzer === undefined ? [] : ['', `IAM Access Analyzer reports the same as \`${accessAnalyzer}\`.`]),
    ...docs.bad.flatMap((example) => ['', 'Reported:', '', ...shown(example)]),
    ...docs.good.flatMap((example) => ['', 'Not reported:', '', ...shown(example)]),
    '',
    'Sources:',
    ...docs.references.map((link) => `- <${link}>`),
    '',
  ].join('\n');
}

function shown({ syntax, text, account }) {
  const fence = text.includes('```') ? '````' : '```';
  const code = [fence.concat(syntax.startsWith('aws') ? 'ini' : syntax), text.trimEnd(), fence];
  if (account === undefined) return code;
  const roles = account.roles.map(
    ({ name, inlinePolicies }) =>
      `\`${name}\`${inlinePolicies ? ` (inline policies: ${inlinePolicies.map((policy) => policy.name ?? policy).join(', ')})` : ''}`,
  );
  const profiles = account.instanceProfiles.map(({ name, role }) => `\`${name}\` (holds \`${role ?? 'no role'}\`)`);
  return [...code, '', `in an account with the roles ${roles.join(', ')} and the instance profiles ${profiles.join(', ')}.`];
}

function read(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

function filesBelow(folder) {
  try {
    return readdirSync(join(root, folder), { recursive: true })
      .map((file) => `${folder}/${file.split('\\').join('/')}`)
      .filter((file) => file.endsWith('.md'));
  } catch {
    return [];
  }
}
