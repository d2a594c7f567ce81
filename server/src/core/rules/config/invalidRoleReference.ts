import { changeTo } from '../../awsconfig/edit';
import type { EmrSetting } from '../../emr/block';
import { isManagedPolicy } from '../../emr/managedPolicy';
import { commentIn, isPlaceholder, unquoted } from '../../emr/value';
import type { AccountFacts } from '../../facts/facts';
import { defineRule } from '../rule';

type Name = 'service_role' | 'instance_profile';

interface Kind {
  readonly what: string;
  /** As ARNs have it. */
  readonly type: string;
  /** IAM API reference: CreateRole, RoleName; CreateInstanceProfile, InstanceProfileName. */
  readonly maxLength: number;
}

const kinds: Readonly<Record<Name, Kind>> = {
  service_role: { what: 'a role', type: 'role', maxLength: 64 },
  instance_profile: { what: 'an instance profile', type: 'instance-profile', maxLength: 128 },
};

export const invalidRoleReference = defineRule({
  id: 'config/invalid-role-reference',
  severity: 'error',
  kinds: ['emr-block'],
  docs: {
    what: 'a `service_role` or `instance_profile` that can name neither',
    why: 'The AWS CLI sends the text as it stands: it expands no variable and no `~`, and checks nothing. `service_role` is the name or the ARN of a role (at most 64 characters), `instance_profile` the name or the ARN of an instance profile (at most 128), of the characters `A-Z a-z 0-9 _ + = , . @ -`. The ARN of a role is not the ARN of an instance profile, even if both have the same name: EMR answers "Invalid InstanceProfile", or accepts the request and ends the cluster some minutes later.',
    bad: [
      { syntax: 'aws-config', text: '[default]\nemr =\n    service_role = $EMR_ROLE\n    instance_profile = EMR_EC2_DefaultRole\n' },
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole\n',
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = arn:aws:iam::111122223333:role/service-role/EMR\n    instance_profile = arn:aws:iam::111122223333:instance-profile/EMR\n',
      },
      { syntax: 'aws-config', text: '[default]\nemr =\n    service_role = ${emr_role}\n    instance_profile = <instance profile>\n' },
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      'https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html',
    ],
  },
  check({ subject, text, facts, report }) {
    for (const name of ['service_role', 'instance_profile'] as const) {
      const setting = subject.settings.get(name);
      const problem = setting && problemOf(setting.text, kinds[name]);
      if (setting === undefined || problem === undefined) continue;
      report({
        at: setting.value,
        message: `${name} of the profile "${subject.profile}" ${problem}`,
        fixes: replacements(name, setting, facts).map((value) => changeTo(text, setting.line, value)),
      });
    }
  },
});

/** What goes on after the setting's name: what is wrong with it, and what to do. */
function problemOf(text: string, kind: Kind): string | undefined {
  // Each of these has a rule of its own, or is not the last word.
  if (commentIn(text) !== undefined || unquoted(text) !== undefined || isPlaceholder(text) || isManagedPolicy(text)) return undefined;
  if (/\$[A-Za-z_]/.test(text)) return `has a variable in it, which the AWS CLI does not expand. Write the name itself.`;
  if (text.startsWith('~')) return `begins with "~", which the AWS CLI does not expand. Write the name of ${kind.what}.`;
  return text.startsWith('arn:') ? problemOfArn(text, kind) : problemOfName(text.slice(text.lastIndexOf('/') + 1), kind);
}

function problemOfArn(text: string, kind: Kind): string | undefined {
  const [, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  const type = resource.split('/')[0] ?? '';
  const wanted = `arn:${partition || 'aws'}:iam::ACCOUNT:${kind.type}/NAME`;
  if (service !== 'iam' || type !== kind.type) {
    const known = /^(role|instance-profile|user|group|policy|assumed-role)$/.test(type);
    const is = known ? `is the ARN of ${article(type)}, not of ${kind.what}` : `is not the ARN of ${kind.what}`;
    return `${is}. Write a name, or ${wanted}.`;
  }
  if (region !== '' || !/^\d{12}$/.test(account)) return `is an ARN without the 12 digits of an account. Write a name, or ${wanted}.`;
  return problemOfName(resource.slice(resource.lastIndexOf('/') + 1), kind);
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type.replace('-', ' ')}`;
}

function problemOfName(name: string, { what, maxLength }: Kind): string | undefined {
  if (name === '') return `ends with "/", where the name of ${what} should be. Add the name.`;
  const wrong = /[^\w+=,.@-]/u.exec(name)?.[0];
  if (wrong !== undefined) {
    const shown = /\s/.test(wrong) ? 'a blank' : `"${wrong}"`;
    return `has ${shown} in it, which no name of ${what} can have. Write a name of letters, digits and _+=,.@-`;
  }
  if (name.length > maxLength)
    return `has ${name.length} characters, and the name of ${what} has at most ${maxLength}. Write a shorter name.`;
  return undefined;
}

/** For the ARN of the wrong one of the two: those that belong to it, as far as the facts tell, else the one of the same name. */
function replacements(name: Name, { text }: EmrSetting, facts: AccountFacts): readonly string[] {
  const match = /^arn:[\w-]+:iam::\d{12}:(role|instance-profile)\/(?:.*\/)?([\w+=,.@-]+)$/.exec(text);
  const [, type, other] = match ?? [];
  if (other === undefined || type === kinds[name].type) return [];
  if (name === 'service_role') {
    const profile = facts.instanceProfile(text);
    return profile.state === 'known' && profile.value.role !== undefined ? [profile.value.role] : [];
  }
  const holders = facts.instanceProfilesHolding(other).map((holder) => holder.name);
  if (holders.length > 0) return holders.slice(0, 3);
  return facts.instanceProfile(other).state === 'absent' ? [] : [other];
}
