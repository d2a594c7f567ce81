// A launch in other forms than a command.

import { type LaunchSpec, regionOf } from '../launchSpec';
import type { Structure } from '../schema';
import { boto3 } from './boto3';
import { cloudFormation } from './cloudFormation';
import { runJobFlowRequest } from './runJobFlow';
import { sdkJs } from './sdkJs';
import { terraform } from './terraform';

export interface Rendered {
  readonly text: string;
  /** What the form has no place for, in sentences. */
  readonly notes: readonly string[];
}

interface RenderContext {
  readonly profile: string;
  /** As the command line names it. */
  readonly region: string | undefined;
}

export type Render = (request: Structure, context: RenderContext) => Rendered;

export const forms = ['json', 'boto3', 'sdk-js', 'cloudformation', 'terraform'] as const;
export type Form = (typeof forms)[number];

const renders: Readonly<Record<Form, Render>> = {
  json: (request) => ({ text: JSON.stringify(request, undefined, 2), notes: [] }),
  boto3,
  'sdk-js': sdkJs,
  cloudformation: cloudFormation,
  terraform,
};

export function isForm(name: unknown): name is Form {
  return forms.some((form) => form === name);
}

/** Why there is none, where the request is not known. */
export function render(spec: LaunchSpec, form: Form): Rendered | { readonly refused: string } {
  const [file] = spec.inFiles.keys();
  if (file !== undefined)
    return { refused: `The value for --${file} is in a file, which is not read here: only the command can be written.` };
  if (!spec.values['release-label'])
    return {
      refused: 'Without a release label the AWS CLI makes other steps and bootstrap actions: only the command can be written.',
    };
  return renders[form](runJobFlowRequest(spec), { profile: spec.profile, region: regionOf(spec) });
}
