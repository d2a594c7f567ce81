import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { addConditionKey } from '../../policy/conditionValue';
import { matches } from '../../policy/wildcard';
import { defineRule } from '../rule';

/** Those that give whole items unless told otherwise. */
const readActions = ['dynamodb:getitem', 'dynamodb:batchgetitem', 'dynamodb:query', 'dynamodb:scan'];

export const dynamodbAttributesWithoutSelect = defineRule({
  id: 'policy/dynamodb-attributes-without-select',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'boundary'],
  accessAnalyzer: 'DYNAMODB_ATTRIBUTES_WITHOUT_SELECT',
  docs: {
    what: 'an Allow limited to some DynamoDB attributes that leaves reading all of them open',
    why: '`dynamodb:Attributes` lists the attributes that a request names. A request that names none gets all of them, and the condition on the names of none holds. A condition on `dynamodb:Select` asks that requests name what they want.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "dynamodb:Query",\n      "Resource": "arn:aws:dynamodb:eu-central-1:111122223333:table/Users",\n      "Condition": { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["UserId", "Name"] } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "dynamodb:Query",\n      "Resource": "arn:aws:dynamodb:eu-central-1:111122223333:table/Users",\n      "Condition": { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["UserId", "Name"] }, "StringEqualsIfExists": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('DYNAMODB_ATTRIBUTES_WITHOUT_SELECT'),
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html',
    ],
  },
  check({ subject, text, report }) {
    for (const { effect, actions, condition, conditions } of subject.statements) {
      if (effect !== 'Allow' || conditions.length === 0) continue;
      const attributes = conditions.find(({ key, operator }) => isNamed(key.value, 'dynamodb:attributes') && operator.family === 'String');
      if (attributes === undefined) continue;
      if (!actions.some(({ value }) => readActions.some((action) => matches(value.toLowerCase(), action)))) continue;
      if (conditions.some(({ key }) => isNamed(key.value, 'dynamodb:select'))) continue;
      const edit = addConditionKey(text, condition, 'StringEqualsIfExists', 'dynamodb:Select', 'SPECIFIC_ATTRIBUTES');
      report({
        at: attributes.key.span,
        message:
          'A request that names no attributes gets all of them in spite of dynamodb:Attributes. Add the condition dynamodb:Select with SPECIFIC_ATTRIBUTES.',
        fixes: edit === undefined ? [] : [{ title: 'Add the condition dynamodb:Select', kind: 'suggestion', edits: [edit] }],
      });
    }
  },
});

function isNamed(key: string, name: string): boolean {
  return key.toLowerCase() === name;
}
