import { commentOut, insertion, type LooseSetting, mends, moveIntoBlock } from '../../awsconfig/edit';
import type { Section, Setting } from '../../awsconfig/node';
import { profileName, sectionProfile } from '../../awsconfig/profiles';
import type { ConfigDocument } from '../../document';
import { emrSettingNames, scalarBlocks } from '../../emr/block';
import type { Fix } from '../../finding';
import type { Edit } from '../../text';
import { defineRule, type Report } from '../rule';

export const misplacedEmrSetting = defineRule({
  id: 'config/misplaced-emr-setting',
  severity: 'warning',
  kinds: ['config-file'],
  docs: {
    what: 'an emr setting where the AWS CLI does not look for it',
    why: 'The AWS CLI reads these settings only from indented lines below `emr =` in a profile. It ignores them without a word in a section of their own (`[emr]`, `[profile dev.emr]`), with a dot (`emr.service_role = …`, which is only how `aws configure set` is told of them), and at the top level of the profile, where they also end up if the lines below `emr =` are not indented. The request then goes out without a role.',
    bad: [
      { syntax: 'aws-config', text: '[default]\nemr.service_role = EMR_DefaultRole\n' },
      { syntax: 'aws-config', text: '[default]\nregion = eu-west-1\n\n[emr]\nservice_role = EMR_DefaultRole\n' },
      { syntax: 'aws-config', text: '[default]\nemr =\nservice_role = EMR_DefaultRole\n' },
      { syntax: 'aws-config', text: '[default]\nemr = EMR_DefaultRole\n' },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
      'https://github.com/boto/botocore/blob/develop/botocore/configloader.py',
    ],
  },
  check({ subject, surroundings, report }) {
    for (const section of subject.config.sections) {
      for (const found of isOfEmr(subject, section) ? [ownSection(subject, section)] : looseSettings(subject, section)) report(found);
    }
    for (const { profile, value } of scalarBlocks(subject, surroundings)) {
      // With a setting's name in the text it is worse: config/crashing-emr-value.
      if (emrSettingNames.some((name) => value.text.includes(name))) continue;
      report({
        at: value.span,
        message: `The emr of the profile "${profile}" is plain text, which the AWS CLI ignores. Leave nothing after "emr =", and indent the settings below it.`,
      });
    }
  },
});

/** A section that is nothing to the CLI, with a name that says "emr". */
function isOfEmr({ file }: ConfigDocument, { name: { text }, settings }: Section): boolean {
  if (file !== 'config' || settings.length === 0) return false;
  const name = profileName(text) ?? text;
  return name === text ? /^(.+\.)?emr$/i.test(text) : name.endsWith('.emr') && settings.some(isEmrSetting);
}

function ownSection(document: ConfigDocument, section: Section): Report {
  const { sections, errors } = document.config;
  const before = sections[sections.indexOf(section) - 1];
  const fix = before === undefined ? undefined : joinFix(document, section, before);
  const fixes = fix !== undefined && mends(document.text, fix.edits, errors.length) ? [fix] : [];
  return {
    at: section.name.span,
    message: `The AWS CLI does not read emr settings from a section [${section.name.text}]: nothing below this heading is used. Put them below "emr =" in the profile, indented.`,
    fixes,
  };
}

/** Where the section stands right below the profile that it is meant for, its head becomes `emr =`. */
function joinFix({ text, file }: ConfigDocument, section: Section, before: Section): Fix | undefined {
  const name = sectionProfile(before, file);
  const meant = /^(?:profile\s+)?(?:(.+)\.)?emr$/i.exec(section.name.text)?.[1]?.replace(/^profile\s+/, '') ?? 'default';
  const hasBlock = before.settings.some(({ key }) => key.text === 'emr');
  if (name !== meant || hasBlock || section.settings.some(({ value }) => value.kind !== 'text' || /[\r\n]/.test(value.text)))
    return undefined;
  const head = { start: section.span.start, end: text.indexOf(']', section.name.span.end) + 1 };
  if (/[^ \t]/.test(text.slice(head.end, section.settings[0]?.span.start).split(/[\r\n]/)[0] ?? '')) return undefined;
  const edits: Edit[] = [{ span: head, newText: 'emr =' }, ...section.settings.map(({ span }) => insertion(span.start, '    '))];
  return { title: `Make it the emr block of ${name}`, kind: 'suggestion', edits };
}

/** Settings at the top level that only an emr block has: one finding each, one fix for all of them. */
function looseSettings(document: ConfigDocument, section: Section): readonly Report[] {
  const { text, config, file } = document;
  if (sectionProfile(section, file) === undefined) return [];
  const loose = section.settings.filter(isEmrSetting).map((setting): LooseSetting => ({ setting, key: plainKey(setting) }));
  if (loose.length === 0) return [];
  const edits = fixingEdits(text, section, loose);
  const title = loose.length === 1 ? 'Move it into the emr block' : `Move the ${loose.length} settings into the emr block`;
  const fixes: Fix[] = edits !== undefined && mends(text, edits, config.errors.length) ? [{ title, kind: 'suggestion', edits }] : [];
  const hasEmptyBlock = section.settings.some(({ key, value }) => key.text === 'emr' && value.kind === 'text' && value.text === '');
  const advice = hasEmptyBlock ? 'Indent it below "emr =".' : 'Put it below "emr =", indented.';
  return loose.map(({ setting }) => ({
    at: setting.key.span,
    message: `The AWS CLI ignores "${setting.key.text}" at the top level of a profile: emr settings are read from the block below "emr =". ${advice}`,
    fixes,
  }));
}

/** A setting that the block has already says the same thing twice: the one that is ignored becomes a comment. */
function fixingEdits(text: string, section: Section, loose: readonly LooseSetting[]): readonly Edit[] | undefined {
  const block = section.settings.find(({ key }) => key.text === 'emr')?.value;
  const taken = new Set(block?.kind === 'nested' ? block.settings.map(({ key }) => key.text) : []);
  const keys = loose.map(({ key }) => key);
  if (new Set(keys).size < keys.length) return undefined;
  const idle = loose.filter(({ key }) => taken.has(key));
  const moved = loose.filter(({ key }) => !taken.has(key));
  const edits = moved.length === 0 ? [] : moveIntoBlock(text, section, moved);
  return edits && [...edits, ...idle.flatMap(({ setting }) => commentOut(text, setting.span))];
}

function isEmrSetting(setting: Setting): boolean {
  const key = plainKey(setting);
  return setting.value.kind === 'text' && emrSettingNames.some((name) => name === key);
}

function plainKey({ key }: Setting): string {
  return key.text.replace(/^emr\./, '');
}
