import type { Section } from '../../awsconfig/node';
import { sectionProfile } from '../../awsconfig/profiles';
import type { ConfigDocument } from '../../document';
import type { Surroundings } from '../../surroundings';
import { listed } from '../../words';
import { defineRule, type Report } from '../rule';

export const shadowedProfile = defineRule({
  id: 'config/shadowed-profile',
  severity: 'warning',
  kinds: ['config-file'],
  docs: {
    what: 'a profile, or its emr block, that another one replaces',
    why: 'To the AWS CLI, `[profile dev]` and `[profile "dev"]` are one profile, and so are `[default]` and `[profile default]`. It does not join them and does not complain: the one that stands later in the file replaces the other, settings and all. In the same way, an emr block in the credentials file replaces the one of the same profile in the config file, as a whole and not line by line.',
    bad: [
      { syntax: 'aws-config', text: '[default]\nregion = eu-west-1\n\n[profile default]\noutput = json\n' },
      { syntax: 'aws-config', text: '[profile dev]\nregion = eu-west-1\n\n[profile "dev"]\noutput = json\n' },
    ],
    good: [{ syntax: 'aws-config', text: '[default]\nregion = eu-west-1\n\n[profile dev]\noutput = json\n' }],
    references: [
      'https://github.com/boto/botocore/blob/develop/botocore/configloader.py',
      'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html#cli-configure-files-format-profile',
    ],
  },
  check({ subject, surroundings, report }) {
    for (const found of [...replacedSections(subject), ...replacedBlocks(subject, surroundings)]) report(found);
  },
});

function replacedSections({ config, file, profiles }: ConfigDocument): readonly Report[] {
  return config.sections.flatMap((section): Report[] => {
    const name = sectionProfile(section, file);
    const used = name === undefined ? undefined : profiles.get(name)?.section;
    // One head twice is more than a shadow: the CLI refuses the file.
    if (used === undefined || used === section || used.name.text === section.name.text) return [];
    return [
      {
        at: section.name.span,
        message: `${head(section)} and ${head(used)} are one profile to the AWS CLI, and the later one replaces this one: nothing below this heading is used. Put all settings under one heading.`,
        related: [{ span: used.name.span, message: 'This one is used.' }],
      },
    ];
  });
}

function replacedBlocks({ file, profiles }: ConfigDocument, { other }: Surroundings): readonly Report[] {
  if (file !== 'config' || other === undefined) return [];
  return [...profiles.values()].flatMap(({ name, get }): Report[] => {
    const block = get('emr');
    const winner = other.profiles.get(name)?.get('emr');
    if (block === undefined || winner === undefined) return [];
    const settings = winner.value.kind === 'nested' ? winner.value.settings.map(({ key }) => key.text) : [];
    const said = settings.length === 0 ? '' : ` (${listed(settings)})`;
    return [
      {
        at: block.key.span,
        message: `The emr block of the profile "${name}" in the credentials file${said} replaces this one as a whole: nothing of this block is used. Keep one of the two.`,
      },
    ];
  });
}

function head({ name }: Section): string {
  return `[${name.text}]`;
}
