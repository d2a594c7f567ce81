import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../server/src/core/nearest';

const roles = ['EMR_DefaultRole', 'EMR_DefaultRole_V2', 'EMR_EC2_DefaultRole', 'Admin'];

test('a swap of two letters is found, nearest first', () => {
  assert.deepEqual(nearest('EMR_DefualtRole', roles), ['EMR_DefaultRole']);
  assert.deepEqual(nearest('EMR_DefaultRole_V1', roles), ['EMR_DefaultRole_V2', 'EMR_DefaultRole']);
});

test('letter case is of little weight', () => {
  assert.deepEqual(nearest('emr_defaultrole', ['EMR_DefaultRole']), ['EMR_DefaultRole']);
});

test('nothing is near to a text that is like none', () => {
  assert.deepEqual(nearest('MyRole', roles), []);
  assert.deepEqual(nearest('', ['a', '']), []);
  assert.deepEqual(nearest('x', ['y', 'z']), [], 'nothing of it would be left');
  assert.deepEqual(nearest('Admin', []), []);
});

test('at most three, the same in any order', () => {
  const names = ['role-d', 'role-b', 'role-c', 'role-a', 'role-a'];
  assert.deepEqual(nearest('role-x', names), ['role-a', 'role-b', 'role-c']);
  assert.deepEqual(nearest('role-x', [...names].reverse()), ['role-a', 'role-b', 'role-c']);
});
