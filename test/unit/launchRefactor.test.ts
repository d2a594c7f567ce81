// A command written for another shell, asserted by the text after the edit, and by what the shell then makes of it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { type LaunchRewrite, launchRewrites } from '../../server/src/core/features/launchRefactor';
import type { ShellSyntax } from '../../server/src/core/launch/shellRegions';
import { applyEdits } from '../../server/src/core/text';
import { atCursor } from '../harness/cursor';

function at(marked: string, syntax: ShellSyntax = 'shellscript') {
  const { text, offset } = atCursor(marked);
  const document = parseDocument(text, syntax);
  assert.ok(document.kind === 'launch');
  return { text, rewrites: launchRewrites(document, { start: offset, end: offset }) };
}

function rewritten(marked: string, name: string, syntax?: ShellSyntax): string {
  const { text, rewrites } = at(marked, syntax);
  const rewrite = rewrites.find(({ title }) => title === `Rewrite for ${name}`);
  assert.ok(rewrite?.kind === 'edit', JSON.stringify(rewrites));
  return applyEdits(text, rewrite.edits);
}

function reasons(marked: string, syntax?: ShellSyntax): (string | undefined)[] {
  return at(marked, syntax).rewrites.map((rewrite: LaunchRewrite) => (rewrite.kind === 'refused' ? rewrite.reason : undefined));
}

const create = 'aws --profile dev emr create-cluster';

describe('a command rewritten for bash', () => {
  test('has one option a line, and the same words', () => {
    assert.equal(
      rewritten(
        `if x; then\n  ID=$(${create} --na$0me "it's" --applications Name=Hive  Name=Pig --ec2-attributes="InstanceProfile=a" | jq .)\nfi\n`,
        'bash',
      ),
      `if x; then\n  ID=$(${create} \\\n    --name 'it'\\''s' \\\n    --applications Name=Hive Name=Pig \\\n    --ec2-attributes=InstanceProfile=a | jq .)\nfi\n`,
    );
    assert.equal(rewritten(`${create} --use-$0default-roles\r\n`, 'bash'), `${create} \\\r\n  --use-default-roles\r\n`);
    assert.equal(rewritten(`x:\n\t@${create} --name $0'a$$b'\n`, 'bash', 'makefile'), `x:\n\t@${create} \\\n\t  --name 'a$$b'\n`);
    assert.equal(rewritten(`- run: |\n    ${create} --name$0 a\n`, 'bash', 'yaml'), `- run: |\n    ${create} \\\n      --name a\n`);
  });

  test('ends at a whole line end of a folded text', () => {
    const text = `run: >-\r\n  ${create} --name$0 a \\\r\n  >out\r\n`;
    assert.ok(!/[^\r]\n/.test(rewritten(text, 'bash', 'yaml')));
  });

  test('is not offered where it is written so already, nor outside of the command', () => {
    const { rewrites } = at(`${create} \\\n  --name$0 a\n`);
    assert.ok(!rewrites.some(({ title }) => title === 'Rewrite for bash'));
    assert.deepEqual(at(`${create} --name a\nls$0\n`).rewrites, []);
  });
});

describe('a command rewritten for another shell', () => {
  test('takes the place of the one in Markdown, and the language of the block changes with it', () => {
    const block = (language: string, command: string): string => `- Do:\n\n  \`\`\`${language}\n  ${command}\n  \`\`\`\n`;
    const given = block('bash', `${create} --name$0 "a b" \\\n    --use-default-roles`);
    assert.equal(
      rewritten(given, 'PowerShell', 'markdown'),
      block('powershell', `${create} \`\n    --name 'a b' \`\n    --use-default-roles`),
    );
    assert.equal(rewritten(given, 'cmd', 'markdown'), block('bat', `${create} ^\n    --name "a b" ^\n    --use-default-roles`));
    assert.equal(
      rewritten(block('console', `$ ${create} --name$0 a`), 'PowerShell', 'markdown'),
      block('powershell', `${create} \`\n    --name a`),
    );
  });

  test('leaves the language alone where the block has more', () => {
    const given = `~~~sh\nls\n${create} --na$0me a\n~~~\n`;
    assert.equal(rewritten(given, 'PowerShell', 'markdown'), `~~~sh\nls\n${create} \`\n  --name a\n~~~\n`);
    assert.equal(reasons(`~~~sh\nID=$(${create} --na$0me a)\n~~~\n`, 'markdown')[1], 'The command is a part of another one.');
  });

  test('is text for another editor where a script of that shell cannot stand', () => {
    for (const [syntax, marked] of [
      ['shellscript', `/usr/bin/${create} --name $0a\n`],
      ['makefile', `x:\n\t${create} --name $0a\n`],
      ['yaml', `- run: ${create} --name $0a\n`],
    ] as const) {
      const { rewrites } = at(marked, syntax);
      assert.deepEqual(
        rewrites.filter(({ kind }) => kind === 'text'),
        [
          { kind: 'text', title: 'Rewrite for PowerShell in a new editor', text: `${create} \`\n  --name a\n`, shell: 'powershell' },
          { kind: 'text', title: 'Rewrite for cmd in a new editor', text: `${create} ^\n  --name a\n`, shell: 'cmd' },
        ],
      );
    }
  });
});

describe('a command that cannot be rewritten', () => {
  test('has the reason', () => {
    const all = (reason: string): string[] => [reason, reason, reason];
    assert.deepEqual(
      reasons(`${create} --service-role "$R" --na$0me a`),
      all('The value of --service-role is one that only running the command tells.'),
    );
    assert.deepEqual(reasons(`${create} "\${ARGS[@]}" --na$0me a`), all('The command has words that only running it tells.'));
    assert.deepEqual(reasons(`${create} > log --na$0me a`), all('Something else stands between the words of the command.'));
    assert.deepEqual(
      reasons(`${create} --na$0me a\n  --log-uri s3://b/\n`),
      all('The command ends at a line that is not continued: mend that first.'),
    );
    assert.match(reasons(`${create} --na$0me '100%'`)[2] ?? '', /^cmd cannot carry the value for --name/);
    assert.equal(reasons(`- run: ${create} --na$0me a`, 'yaml')[0], 'Here the command cannot be written on several lines.');
  });
});

test('a value of several lines stays as it is in an indented block of Markdown', () => {
  for (const more of ['', '  ']) {
    const text = `1. x\n\n   \`\`\`sh\n   ${more}aws emr create-cluster --na$0me 'a\n   b'\n   \`\`\`\n`;
    const [bash, powershell] = at(text, 'markdown').rewrites;
    assert.deepEqual(bash, {
      kind: 'refused',
      title: 'Rewrite for bash',
      reason: 'A value has several lines, which would be indented with the command.',
    });
    assert.deepEqual(powershell, {
      kind: 'text',
      title: 'Rewrite for PowerShell in a new editor',
      text: "aws emr create-cluster `\n  --name 'a\nb'\n",
      shell: 'powershell',
    });
  }
});
