// What a project file declares of roles and instance profiles.

import { isTooDeep, parseJson } from '../json/parse';
import type { Project } from '../project';
import { attachedByArn, type Declarations, documentIn } from './declarations';
import type { AttachedPolicy, Place } from './facts';

export interface PolicyFile {
  readonly uri: string;
  /** Missing where it cannot be read. */
  readonly text: string | undefined;
}

/** The paths of the files that it needs, each once. */
export function policyFilesOf({ roles }: Project): readonly string[] {
  return [
    ...new Set(
      roles.flatMap(({ trustPolicy, inlinePolicies = [] }) => [...(trustPolicy === undefined ? [] : [trustPolicy]), ...inlinePolicies]),
    ),
  ];
}

/** @param uri of the project file. */
export function projectDeclarations(project: Project, uri: string, fileAt: (path: string) => PolicyFile | undefined): Declarations {
  const roles = project.roles.map(({ name, span, path, trustPolicy, inlinePolicies, managedPolicies }) => {
    const trust = trustPolicy === undefined ? undefined : fileAt(trustPolicy);
    return {
      name: name.value,
      place: { uri, span: name.span },
      whole: span,
      isAddition: false,
      path: path ?? '/',
      trustPolicy: documentOf(trust),
      trustPlace: trust && startOf(trust),
      inlinePolicies: (inlinePolicies ?? []).map((file) => {
        const found = fileAt(file);
        return { name: baseName(file), document: documentOf(found), place: found && startOf(found) };
      }),
      attachedPolicies: (managedPolicies ?? []).flatMap((policy): readonly AttachedPolicy[] => {
        const place = { uri, span: policy.span };
        return policy.value.startsWith('arn:') ? attachedByArn(policy.value, place) : [{ name: policy.value, arn: '', place }];
      }),
      hasAllPolicies: inlinePolicies !== undefined && managedPolicies !== undefined,
    };
  });
  const instanceProfiles = project.instanceProfiles.map(({ name, role }) => ({
    name: name.value,
    place: { uri, span: name.span },
    role: role?.value,
    rolePlace: role && { uri, span: role.span },
  }));
  return { roles, instanceProfiles, managedPolicies: [] };
}

function documentOf(file: PolicyFile | undefined): string | undefined {
  return file?.text === undefined || isTooDeep(file.text) ? undefined : documentIn(parseJson(file.text).root);
}

function startOf({ uri }: PolicyFile): Place {
  return { uri, span: { start: 0, end: 0 } };
}

/** Of a path, without what says that it is JSON. */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.jsonc?$/i, '');
}
