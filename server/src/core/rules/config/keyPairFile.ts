import type { KeyPairFile } from '../../surroundings';
import { defineRule } from '../rule';

const problems: Readonly<Record<Exclude<KeyPairFile, 'fine'>, string>> = {
  missing: 'does not exist. Name the private key of key_name',
  'open-to-others': 'may be read by others, and ssh refuses such a key. Run "chmod 600" on it',
};

export const keyPairFile = defineRule({
  id: 'config/key-pair-file',
  severity: 'information',
  kinds: ['emr-block'],
  needs: 'surroundings',
  docs: {
    what: 'a `key_pair_file` that does not exist, or that others may read',
    why: "Only `aws emr ssh`, `socks`, `put` and `get` read this setting; no launch needs it. They hand the file to ssh, which refuses a private key that the group or anybody else may use. Looked at only for absolute paths and paths that begin with `~`, in the AWS CLI's own files.",
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    key_name = my-key\n    key_pair_file = /keys/gone.pem\n',
        keyPairFiles: { '/keys/gone.pem': 'missing' },
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    key_name = my-key\n    key_pair_file = /keys/my-key.pem\n',
        keyPairFiles: { '/keys/my-key.pem': 'fine' },
      },
      { syntax: 'aws-config', text: '[default]\nemr =\n    key_name = my-key\n    key_pair_file = my-key.pem\n' },
    ],
    references: ['https://docs.aws.amazon.com/cli/latest/reference/emr/ssh.html', 'https://man.openbsd.org/ssh#FILES'],
  },
  check({ subject, surroundings, report }) {
    const setting = subject.settings.get('key_pair_file');
    const state = setting && surroundings.keyPairFiles.get(setting.text);
    if (setting === undefined || state === undefined || state === 'fine') return;
    report({
      at: setting.value,
      message: `key_pair_file of the profile "${subject.profile}" ${problems[state]}; only "aws emr ssh", "socks", "put" and "get" read it.`,
    });
  },
});
