// Trust policies as several pages of AWS's EMR documentation print them: with a `Resource`, and without a `Principal`. IAM refuses that
// ("Has prohibited field Resource"); on its own it looks like a policy that lets somebody assume a role.

import { textOf } from '../tree/node';
import type { Statement } from './policy';

const assumes = /^sts:(assumerole|tagsession|setsourceidentity|setcontext|assumerolewith(saml|webidentity))$/i;

/** In a trust policy, this is that mistake; in a policy of a user or role it is everyday work. */
export function lacksPrincipalForResource({ elements, actions }: Statement): boolean {
  if (elements.Resource === undefined || elements.Principal !== undefined || elements.NotPrincipal !== undefined) return false;
  return actions.length > 0 && actions.every(({ value }) => assumes.test(value));
}

/** The service whose request the conditions are about, of those that these pages are about. */
export function sourceService({ conditions }: Statement): string | undefined {
  for (const { key, values } of conditions) {
    if (key.value.toLowerCase() !== 'aws:sourcearn') continue;
    for (const value of values) {
      const service = /^arn:[^:]*:(elasticmapreduce|application-autoscaling|emr-serverless|emr-containers):/.exec(textOf(value) ?? '')?.[1];
      if (service !== undefined) return service;
    }
  }
  return undefined;
}

/** Whether the conditions are about a service account that EMR on EKS makes. */
export function isOfEmrOnEks({ conditions }: Statement): boolean {
  return conditions.some(({ values }) => values.some((value) => textOf(value)?.includes(':emr-containers-sa-') === true));
}

/**
 * Unmistakably so, wherever it stands: only a service's request has `aws:SourceArn`, and nobody needs a policy to assume a role with a
 * token, so that in a policy of a user or role these statements would allow nothing.
 */
export function isTrustOfTheDocs(statement: Statement): boolean {
  if (!lacksPrincipalForResource(statement)) return false;
  return sourceService(statement) !== undefined || isOfEmrOnEks(statement);
}
