import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDescriptions } from '../../server/src/core/catalog/catalog';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { hover } from '../../server/src/core/features/hover';
import { catalog, packedDescriptions } from '../harness/catalog';
import { atCursor } from '../harness/cursor';

const descriptions = createDescriptions(packedDescriptions());

function hoverAt(marked: string): string {
  const { text, offset } = atCursor(marked);
  return hover(parseDocument(text, 'json'), offset, [], { facts: noFacts, catalog: catalog(), descriptions })?.markdown ?? '';
}

const statement = (inside: string): string => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${inside}}]}`;

test('an action tells what it does, its level, its resources, keys and what else it may need', () => {
  const shown = hoverAt(statement('"Action":"elasticmapreduce:run$0jobflow","Resource":"*"'));
  assert.match(shown, /^\*\*elasticmapreduce:RunJobFlow\*\* \(Amazon Elastic MapReduce\), access level: Write/);
  assert.match(shown, /Grants permission to/);
  assert.match(shown, /condition keys: `aws:RequestTag/);
  assert.match(shown, /data of 20\d\d-/);
});

test('a pattern tells what it means, the most dangerous first', () => {
  const shown = hoverAt(statement('"Action":"iam:P$0*","Resource":"*"'));
  assert.match(shown, /^`iam:P\*` means \d+ actions\n\n- Permissions management: \d+ \(`iam:Put/);
  assert.match(shown, /- Write: \d+ \(`iam:PassRole`/);
});

test('an ARN tells its type and parts', () => {
  const shown = hoverAt(statement('"Action":"iam:GetRole","Resource":"arn:aws:iam::111122223333:ro$0le/a/b"'));
  assert.match(shown, /Resource type: `role` of iam/);
  assert.match(shown, /- region: none\n- account: `111122223333`\n- resource: `role\/a\/b`/);
});

test('a condition key and an operator tell what they compare', () => {
  const condition = (key: string, operator = 'StringEquals'): string =>
    statement(`"Action":"iam:GetRole","Resource":"*","Condition":{"${operator}":{"${key}":"x"}}`);
  assert.match(
    hoverAt(condition('iam:Passed$0ToService')),
    /\*\*iam:PassedToService\*\*, type: String[\s\S]*Not supported by `iam:GetRole`/,
  );
  assert.match(hoverAt(condition('aws:Source$0Ip')), /\*\*aws:SourceIp\*\*, type: IPAddress/);
  assert.match(
    hoverAt(condition('aws:x', 'ForAllValues:StringNot$0LikeIfExists')),
    /Compares text[\s\S]*not in the request[\s\S]*ForAllValues[\s\S]*IfExists/,
  );
});

test('the statements tell the kind of the policy', () => {
  assert.match(hoverAt('{"Version":"2012-10-17","State$0ment":[{"Effect":"Allow","Action":"a:b","Resource":"*"}]}'), /^An identity policy/);
});

describe('a principal tells who it is, and its parts', () => {
  const at = (principal: string, action = 'sts:AssumeRole'): string => hoverAt(statement(`"Principal":${principal},"Action":"${action}"`));
  const link = /\n\n\[AWS JSON policy elements: Principal\]\(https:\S+reference_policies_elements_principal\.html\)$/;

  for (const [principal, expected] of [
    ['{"AWS":"1111$022223333"}', /^An account: everybody in it whom its own policies allow to do this\.\n\n- account: `111122223333`/],
    ['{"AWS":["arn:aws-cn:iam::111122223333:ro$0ot"]}', /^An account: [\s\S]*- partition: `aws-cn`\n- account: `111122223333`/],
    ['{"AWS":"arn:aws:iam::111122223333:us$0er/a/b/jo"}', /^A user of IAM\.[\s\S]*- path: `\/a\/b\/`\n- user: `jo`/],
    [
      '{"AWS":"arn:aws:iam::111122223333:ro$0le/data"}',
      /^A role, and so every session of it\.[\s\S]*- account: `111122223333`\n- role: `data`/,
    ],
    ['{"AWS":"arn:aws:sts::111122223333:assumed-ro$0le/data/x"}', /^One session of a role\.[\s\S]*- role: `data`\n- session: `x`/],
    ['{"AWS":"arn:aws:sts::111122223333:federated-us$0er/jo"}', /^A federated user/],
    ['{"AWS":"arn:aws:iam::111122223333:gro$0up/x"}', /^A group, which IAM takes for no principal/],
    ['{"AWS":"AROA$0EXAMPLEEXAMPLE12"}', /^A role that was deleted/],
    ['{"AWS":"$0*"}', /^Everybody, of whatever account\.\n/],
    ['{"Service":"elastic$0mapreduce.amazonaws.com.cn"}', /^The service Amazon Elastic MapReduce, [\s\S]*- partition: `aws-cn`/],
    [
      '{"Service":"logs.us-$0east-1.amazonaws.com"}',
      /^The service Amazon CloudWatch Logs, [\s\S]*- region: `us-east-1`\n- partition: `aws, aws-us-gov/,
    ],
    ['{"Service":"ops.api$0gateway.amazonaws.com"}', /^A service of AWS, [\s\S]*- service: `ops\.apigateway\.amazonaws\.com`\n- partition/],
    ['{"Federated":"arn:aws:iam::111122223333:saml$0-provider/corp"}', /^Users of a SAML provider[\s\S]*- provider: `corp`/],
    [
      '{"Federated":"arn:aws:iam::111122223333:oidc$0-provider/token.actions.githubusercontent.com"}',
      /^Workflows of GitHub Actions, [\s\S]*condition keys begin with `token\.actions\.githubusercontent\.com:`/,
    ],
    ['{"Federated":"accounts.goo$0gle.com"}', /^Users of Google, .*\n\n- provider: `accounts\.google\.com`/],
    ['{"Federated":"idp.exam$0ple.com/x"}', /^Users of an OIDC provider, /],
    [`{"CanonicalUser":"${'7'.repeat(10)}$0${'9'.repeat(54)}"}`, /^An account, by its canonical user ID/],
  ] as const)
    test(principal.replace('$0', ''), () => {
      assert.match(at(principal), expected);
      assert.match(at(principal), link);
    });

  test('everybody is anonymous too in a policy of a resource', () => {
    assert.match(at('"$0*"', 's3:GetObject'), /anonymous requests too/);
  });

  test('nothing of one that a template completes', () => {
    for (const principal of [
      '{"AWS":"arn:aws:iam::${Acc$0ount}:root"}',
      '{"Service":"ec$02"}',
      '{"AWS":"some$0body"}',
      '{"Role":"ro$0le"}',
      '{"constructor":"x$0"}',
    ])
      assert.equal(at(principal), '');
  });
});

test('nothing is said of what is not known', () => {
  assert.equal(hoverAt(statement('"Action":"nosuch:Th$0ing","Resource":"*"')), '');
  assert.equal(hoverAt(statement('"Act$0ion":"s3:GetObject","Resource":"*"')), '');
  assert.equal(hoverAt(statement('"Action":"s3:GetObject","Resource":"$0*"')), '');
});
