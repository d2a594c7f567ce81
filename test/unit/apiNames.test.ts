import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsOfApi, apiNames } from '../../server/src/core/policy/apiNames';
import { catalog } from '../harness/catalog';

test('names of operations are no actions, and what they need are actions', () => {
  for (const [operation, actions] of apiNames) {
    assert.equal(catalog().action(operation), undefined, operation);
    for (const action of actions) assert.equal(catalog().action(action)?.id, action, `${operation} needs ${action}`);
  }
});

test('letter case makes no difference, and a pattern is no operation', () => {
  assert.deepEqual(actionsOfApi('S3:headbucket'), ['s3:ListBucket']);
  assert.deepEqual(actionsOfApi('lambda:Invoke'), ['lambda:InvokeFunction']);
  assert.deepEqual(actionsOfApi('kms:ReEncrypt'), ['kms:ReEncryptFrom', 'kms:ReEncryptTo']);
  assert.deepEqual(actionsOfApi('apigateway:GetRestApis'), ['apigateway:GET']);
  for (const id of ['s3:Head*', 's3:HeadBucke?', 's3:GetObject', 'HeadBucket', '*']) assert.equal(actionsOfApi(id), undefined, id);
});
