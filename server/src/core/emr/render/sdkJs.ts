// A launch as a call of the AWS SDK for JavaScript, version 3.

import { type LiteralSyntax, literal } from './literal';
import type { Render } from './render';

const javascript: LiteralSyntax = {
  // As a literal's own key it would set the prototype.
  key: (name) => `${name === '__proto__' ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: `,
  scalar: JSON.stringify,
  separator: ',',
};

export const sdkJs: Render = (request, { profile, region }) => {
  const options = [
    ...(region === undefined ? [] : [`region: ${JSON.stringify(region)}`]),
    `credentials: fromIni({ profile: ${JSON.stringify(profile)} })`,
  ];
  return {
    text: [
      'import { EMRClient, RunJobFlowCommand } from "@aws-sdk/client-emr";',
      'import { fromIni } from "@aws-sdk/credential-providers";',
      '',
      `const client = new EMRClient({ ${options.join(', ')} });`,
      `const { JobFlowId } = await client.send(new RunJobFlowCommand(${literal(request, javascript)}));`,
      'console.log(JobFlowId);',
    ].join('\n'),
    notes: region === undefined ? ['fromIni does not read the region of the profile: AWS_REGION or the default must name it.'] : [],
  };
};
