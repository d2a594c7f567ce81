import { moveToComment } from '../../awsconfig/edit';
import { commentIn } from '../../emr/value';
import type { Fix } from '../../finding';
import { defineRule } from '../rule';

export const commentInValue = defineRule({
  id: 'config/comment-in-value',
  severity: 'warning',
  kinds: ['emr-block'],
  docs: {
    what: 'a comment after the value of an emr setting, which is a part of the value',
    why: 'In this file a comment has a line of its own. What stands after a value on the same line belongs to the value, `#` and all: EMR is asked for a role with the name "EMR_DefaultRole # the default". The request is accepted, and the cluster ends minutes later.',
    bad: [{ syntax: 'aws-config', text: '[default]\nemr =\n    log_uri = s3://my-logs/emr/ # of all clusters\n' }],
    good: [{ syntax: 'aws-config', text: '[default]\nemr =\n    # of all clusters\n    log_uri = s3://my-logs/emr/#1\n' }],
    references: ['https://docs.python.org/3/library/configparser.html#customizing-parser-behaviour'],
  },
  check({ subject, text, report }) {
    for (const [name, { value, text: whole, line }] of subject.settings) {
      const at = commentIn(whole);
      // Of a boolean, the CLI itself says that it is wrong: config/invalid-boolean.
      if (at === undefined || name === 'enable_debugging') continue;
      const comment = { start: value.start + at, end: value.end };
      const fix: Fix = { title: 'Move the comment to a line of its own', kind: 'suggestion', edits: moveToComment(text, line, comment) };
      report({
        at: comment,
        message: `What looks like a comment is a part of ${name} of the profile "${subject.profile}": the AWS CLI sends it to EMR. Put the comment on a line of its own.`,
        fixes: [fix],
      });
    }
  },
});
