// A launch as a call of boto3.

import { type LiteralSyntax, members } from './literal';
import type { Render } from './render';

const python: LiteralSyntax = {
  key: (name) => `${JSON.stringify(name)}: `,
  scalar: (value) => (typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value)),
  separator: ',',
};

export const boto3: Render = (request, { profile, region }) => {
  const session = [`profile_name=${JSON.stringify(profile)}`, ...(region === undefined ? [] : [`region_name=${JSON.stringify(region)}`])];
  const call = members(request, python, '    ').replace(/^ {4}"(\w+)": /gm, '    $1=');
  return {
    text: `import boto3\n\nemr = boto3.Session(${session.join(', ')}).client("emr")\nresponse = emr.run_job_flow(\n${call}\n)\nprint(response["JobFlowId"])`,
    notes: [],
  };
};
