import { replaceValue } from '../../awsconfig/edit';
import { unquoted } from '../../emr/value';
import { defineRule } from '../rule';

export const quotedValue = defineRule({
  id: 'config/quoted-value',
  severity: 'warning',
  kinds: ['emr-block'],
  docs: {
    what: 'quotes round the value of an emr setting, which are a part of the value',
    why: 'The AWS CLI takes the value as it stands. With quotes, EMR is asked for a role whose name begins and ends with a quote; no role can have such a name. The request is accepted, and the cluster ends minutes later.',
    bad: [{ syntax: 'aws-config', text: '[default]\nemr =\n    key_name = "my-key"\n' }],
    good: [{ syntax: 'aws-config', text: '[profile "my team"]\nemr =\n    key_name = my-key\n' }],
    references: ['https://github.com/boto/botocore/blob/develop/botocore/configloader.py'],
  },
  check({ subject, text, report }) {
    for (const [name, { value, text: whole, line }] of subject.settings) {
      const inner = unquoted(whole);
      // Of a boolean, the CLI itself says that it is wrong: config/invalid-boolean.
      if (inner === undefined || name === 'enable_debugging') continue;
      report({
        at: value,
        message: `The quotes are a part of ${name} of the profile "${subject.profile}": the AWS CLI sends them to EMR. Leave them out.`,
        fixes: [{ title: 'Remove the quotes', kind: 'suggestion', edits: [replaceValue(text, line, inner.trim())] }],
      });
    }
  },
});
