// A launch as a call of the AWS SDK for JavaScript, version 3.

import { type LiteralSyntax, literal } from './literal';
import type { Render } from './render';

const javascript: LiteralSyntax = {
  // As a literal's own key it would set the prototype.
  key: (name) => `${name === '__proto__' ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: `,
  scalar: JSON.stringify,
  separator: ',',
};

/** The client takes credentials and, where nothing names it, the region from the profile (since version 3.714 of the SDK, of 2024). */
export const sdkJs: Render = (request, { profile, region }) => {
  const options = [...(region === undefined ? [] : [`region: ${JSON.stringify(region)}`]), `profile: ${JSON.stringify(profile)}`];
  return {
    text: [
      'import { EMRClient, RunJobFlowCommand } from "@aws-sdk/client-emr";',
      '',
      `const client = new EMRClient({ ${options.join(', ')} });`,
      `const { JobFlowId } = await client.send(new RunJobFlowCommand(${literal(request, javascript)}));`,
      'console.log(JobFlowId);',
    ].join('\n'),
    notes: [],
  };
};
