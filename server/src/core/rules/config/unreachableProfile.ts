import type { Section } from '../../awsconfig/node';
import { defaults } from '../../awsconfig/parse';
import { profileName, quotedName } from '../../awsconfig/profiles';
import type { ConfigDocument } from '../../document';
import type { Fix } from '../../finding';
import { defineRule } from '../rule';

/** Settings that only a profile has. */
const profileSettings =
  /^(aws_access_key_id|aws_secret_access_key|aws_session_token|region|output|role_arn|source_profile|credential_source|credential_process|mfa_serial|emr|s3|sso_session|sso_account_id|sso_role_name|sso_start_url|cli_pager)$/;

export const unreachableProfile = defineRule({
  id: 'config/unreachable-profile',
  severity: 'warning',
  kinds: ['config-file'],
  docs: {
    what: 'a heading that looks like that of a profile, but is none to the AWS CLI',
    why: 'In the config file, a profile is `[default]` or `[profile NAME]`, in lower case, without a blank after the bracket, and with quotes round a name that has blanks. Anything else that looks like it is skipped without a word: `--profile NAME` says "The config profile (NAME) could not be found", and nothing below `[Default]` is ever used. In the credentials file it is the other way round: every heading is the name of a profile, and `[profile dev]` is the profile "profile dev".',
    bad: [
      { syntax: 'aws-config', text: '[dev]\nregion = eu-west-1\n' },
      { syntax: 'aws-config', text: '[PROFILE dev]\nregion = eu-west-1\n' },
      { syntax: 'aws-config', text: '[profile my team]\nregion = eu-west-1\n' },
      { syntax: 'aws-credentials', text: '[profile dev]\nregion = eu-west-1\n' },
    ],
    good: [
      { syntax: 'aws-config', text: '[profile "my team"]\nregion = eu-west-1\n\n[sso-session corp]\nsso_region = eu-west-1\n' },
      { syntax: 'aws-credentials', text: '[dev]\nregion = eu-west-1\n' },
    ],
    references: ['https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html#cli-configure-files-format-profile'],
  },
  check({ subject, report }) {
    for (const section of subject.config.sections) {
      const why = subject.file === 'config' ? whyUnreachable(section) : whyOddlyNamed(section);
      if (why === undefined) continue;
      const { name } = section;
      const fixes: Fix[] =
        why.meant === undefined || isTaken(subject, why.meant)
          ? []
          : [{ title: `Change to [${why.meant}]`, kind: 'suggestion', edits: [{ span: name.span, newText: why.meant }] }];
      report({ at: name.span, message: why.message, fixes });
    }
  },
});

interface Why {
  readonly message: string;
  /** The head that was meant, where that is plain. */
  readonly meant: string | undefined;
}

function whyUnreachable(section: Section): Why | undefined {
  const { text } = section.name;
  if (profileName(text) !== undefined || text === defaults) return undefined;
  const plain = text.trim();
  if (!/^profile/i.test(plain)) {
    if (!section.settings.some(({ key }) => profileSettings.test(key.text))) return undefined;
    if (/^default$/i.test(plain))
      return { message: `[${text}] is not the default profile, and nothing below it is used: write [default].`, meant: 'default' };
    if (/^(sso-session|services|preview|plugins|toolkit)\b/.test(plain)) return undefined;
    return {
      message: `[${text}] is not a profile in the config file: the AWS CLI says "The config profile (${plain}) could not be found". Write [profile ${quotedName(plain)}].`,
      meant: `profile ${quotedName(plain)}`,
    };
  }
  const name = meantName(plain);
  const meant = name === undefined || name === '' ? undefined : `profile ${quotedName(name)}`;
  const advice = meant === undefined ? 'Write [profile NAME]' : `Write [${meant}]`;
  return { message: `[${text}] is not a profile to the AWS CLI, because ${reason(text)}: nothing below it is used. ${advice}.`, meant };
}

function reason(text: string): string {
  if (text !== text.trimStart()) return 'there is a blank after the bracket';
  if (!text.startsWith('profile')) return '"profile" must be in lower case';
  if (text.includes(']')) return 'the heading goes to the last bracket of the line';
  if (/\s[#;]/.test(text)) return 'a comment stands inside the brackets';
  if (/["']/.test(text)) return 'its quotes do not match';
  if (/^profile\S/.test(text)) return 'there is no blank after "profile"';
  return /^profile\s+\S+\s+\S/.test(text) ? 'a name with blanks needs quotes' : 'it has no name after "profile"';
}

/** What stands after "profile", without a comment, without quotes that do not match. */
function meantName(text: string): string | undefined {
  const match = /^profile(?:\s+|[.:_/-])(.*)$/is.exec(text);
  const rest = match?.[1]?.replace(/\s+[#;].*$/s, '').trim();
  if (rest === undefined || /[[\]\\]/.test(rest)) return undefined;
  const inner = /^(["'])([^"']*)\1$/.exec(rest)?.[2];
  return inner ?? (/["']/.test(rest) ? rest.replace(/["']/g, '') : rest);
}

/** A name of the credentials file that only fits the config file. */
function whyOddlyNamed({ name: { text }, settings }: Section): Why | undefined {
  const name = /^profile\s/.test(text) ? profileName(text) : undefined;
  if (name === undefined || settings.length === 0) return undefined;
  return {
    message: `In the credentials file this is the profile "${text}", not "${name}": headings there have no "profile". Write [${name}].`,
    meant: name,
  };
}

function isTaken({ file, profiles }: ConfigDocument, head: string): boolean {
  const name = file === 'config' ? profileName(head) : head;
  return name === undefined || profiles.has(name) || /[[\]]/.test(head);
}
