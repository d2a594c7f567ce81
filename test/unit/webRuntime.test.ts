// What the server's machine is in a browser.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { webRuntime } from '../../server/src/web/runtime';

const runtime = webRuntime({ sendRequest: () => Promise.reject(new Error('no editor')) }, '');

describe('in a browser', () => {
  test('commands are for the shell of the system that it runs on', () => {
    assert.equal(runtime.shell, 'posix');
    assert.equal(
      webRuntime({ sendRequest: () => Promise.reject(new Error('no editor')) }, 'Mozilla/5.0 (Windows NT 10.0)').shell,
      'powershell',
    );
  });

  test('a path is one in the file system of its folder', () => {
    const folder = 'vscode-vfs://github/owner/repo';
    assert.equal(runtime.resolve('facts/a b#1.json', folder), `${folder}/facts/a%20b%231.json`);
    assert.equal(runtime.resolve('./facts/a.json', `${folder}/`), `${folder}/facts/a.json`);
    assert.equal(runtime.resolve('../a.json', folder), 'vscode-vfs://github/owner/a.json');
    assert.equal(runtime.resolve('/a.json', folder), 'vscode-vfs://github/a.json');
    assert.equal(runtime.resolve('~/a.json', folder), `${folder}/~/a.json`);
    assert.equal(runtime.resolve('vscode-vfs://github/x', folder), `${folder}/vscode-vfs%3A//github/x`);
    assert.equal(runtime.resolve('a.json', undefined), undefined);
    assert.equal(runtime.resolve('\ud800', folder), undefined);
  });

  test('the other of the two files of the AWS CLI is the one beside it', () => {
    assert.equal(runtime.otherAwsFile('memfs:/w/.aws/config'), 'memfs:/w/.aws/credentials');
    assert.equal(runtime.otherAwsFile('memfs:/w/.aws/credentials'), 'memfs:/w/.aws/config');
    assert.equal(runtime.otherAwsFile('memfs:/w/config'), undefined);
    assert.equal(runtime.otherAwsFile(runtime.awsConfig), undefined);
  });

  test('nothing is read from outside the folder of a project file', async () => {
    const refused = { state: 'failed', reason: 'it is outside the folder of the project file', isMissing: false };
    for (const path of ['../a.json', 'x/../../a.json', '/a.json', '../sub2/a.json'])
      assert.deepEqual(await runtime.read(runtime.resolve(path, 'memfs:/w/sub') ?? '', 10, undefined, 'memfs:/w/sub'), refused, path);
  });

  test('an editor that does not read files and has no service data is no failure', async () => {
    const unread = { state: 'failed', reason: 'the editor does not read files', isMissing: false };
    assert.deepEqual(await runtime.read('memfs:/w/a.json', 10), unread);
    assert.deepEqual(await runtime.read('memfs:/w/a.json', 10, undefined, 'memfs:/w'), unread);
    assert.deepEqual(await runtime.findFiles('memfs:/w', 10), []);
    assert.equal(await runtime.catalog(), undefined);
    assert.equal(await runtime.descriptions(), undefined);
    assert.equal(await runtime.keyPairFile('/key.pem'), undefined);
  });
});
