// What the AWS CLI or EMR refuses of the options of a create-cluster command together.

import { type CreateClusterValues, type OptionName, optionNames } from '../emr/createClusterOptions';
import type { LaunchProblem } from '../emr/launchArguments';
import { checkLaunch } from '../emr/launchChecks';
import { effectiveValues } from '../emr/launchSpec';
import { rememberLastOf } from '../remember';
import type { Surroundings } from '../surroundings';
import { hasOption, type Launch, profileBlock } from './launch';

/** Several rules ask for them, one after the other. */
export const problemsTogether = rememberLastOf((launch: Launch, surroundings: Surroundings): readonly LaunchProblem[] => {
  const { values: own, isOpen, problems } = launch.arguments;
  const isThere = (name: OptionName): boolean => hasOption(launch, name);
  const inFiles = new Map(optionNames.filter((name) => isThere(name) && own[name] === undefined).map((name) => [name, []] as const));
  const settings = profileBlock(launch, surroundings)?.settings;
  const ofProfile = own['use-default-roles'] === true ? undefined : settings;
  const logUri = isThere('log-uri') ? undefined : settings?.get('log_uri')?.text;
  const values: CreateClusterValues = effectiveValues({
    values: logUri === undefined ? own : { ...own, 'log-uri': logUri },
    inFiles,
    fromProfile: {
      serviceRole: isThere('service-role') ? undefined : ofProfile?.get('service_role')?.text,
      instanceProfile: ofProfile?.get('instance_profile')?.text,
    },
  });
  // Nothing is missing that a profile may have, or words that only running the command would tell, or a misspelt option.
  const isWhole = !isOpen && problems.every(({ about }) => about !== 'option');
  return checkLaunch({ values, inFiles }).filter(
    ({ about, options: [first] = [] }) =>
      about !== 'missing' || (isWhole && (settings !== undefined || first === undefined || !fromProfile.has(first))),
  );
});

const fromProfile: ReadonlySet<OptionName> = new Set(['service-role', 'ec2-attributes', 'log-uri']);
