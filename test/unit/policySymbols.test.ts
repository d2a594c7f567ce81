import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { policySymbols } from '../../server/src/core/features/policySymbols';
import type { OutlineSymbol } from '../../server/src/core/features/symbols';

function outline(value: unknown): string[] {
  const text = JSON.stringify(value, null, 2);
  const document = parseDocument(text, 'json');
  assert.ok(document.kind === 'json');
  const lines = ({ name, detail, selection, children }: OutlineSymbol, depth: number): string[] => [
    `${'  '.repeat(depth)}${name} | ${detail} | ${text.slice(selection.start, selection.end).split('\n')[0]}`,
    ...children.flatMap((child) => lines(child, depth + 1)),
  ];
  return policySymbols(document).flatMap((symbol) => lines(symbol, 0));
}

const read = { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket', 's3:a', 's3:b', 's3:c'], Resource: 'arn:aws:s3:::my-data/*' };

describe('the outline of a policy', () => {
  test('has its statements by Sid, else by what they say', () => {
    assert.deepEqual(
      outline({
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Read', ...read },
          read,
          { Effect: 'Deny', NotAction: 'iam:*', NotResource: ['a', 'b'] },
          { Sid: ' ', Effect: 'Allow', Action: 'sts:AssumeRole' },
          { Condition: {} },
        ],
      }),
      [
        'Read | Allow s3:GetObject, s3:ListBucket and 3 more on arn:aws:s3:::my-data/* | "Read"',
        'Allow s3:GetObject, s3:ListBucket and 3 more on arn:aws:s3:::my-data/* |  | "Allow"',
        'Deny all but iam:* on all but a and b |  | "Deny"',
        'Allow sts:AssumeRole |  | " "',
        'Statement |  | {',
      ],
    );
  });

  test('has the policies of a template by the logical id of their resource', () => {
    const document = { Version: '2012-10-17', Statement: { Sid: 'S', ...read } };
    assert.deepEqual(
      outline({
        Resources: {
          Cluster: { Type: 'AWS::EMR::Cluster' },
          EmrRole: {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: {
                Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
              },
              Policies: [{ PolicyName: 'read', PolicyDocument: document }],
            },
          },
        },
      }).filter((line) => !line.startsWith(' ')),
      ['EmrRole | AssumeRolePolicyDocument, trust policy | "Statement"', 'EmrRole | read, inline policy | "Statement"'],
    );
    assert.deepEqual(outline({ PolicyDocument: document })[0], 'PolicyDocument | identity policy | "Statement"');
    assert.deepEqual(outline({ RoleName: 'Emr', PolicyName: 'p', PolicyDocument: document })[0], 'Emr | p, inline policy | "Statement"');
  });

  test('is empty without a policy', () => {
    assert.deepEqual(outline({ name: 'x', Statement: 'none' }), []);
  });
});
