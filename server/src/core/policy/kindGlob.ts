// Which kind a bare policy is of, by the path of its file.

import { type Glob, matches } from '../glob';
import type { PolicyKind } from './policy';

export interface PolicyKindGlob {
  readonly glob: Glob;
  readonly kind: PolicyKind;
}

/** The last one that matches wins. */
export function policyKindOf(globs: readonly PolicyKindGlob[], path: string): PolicyKind | undefined {
  for (let i = globs.length - 1; i >= 0; i--) {
    const candidate = globs[i];
    if (candidate !== undefined && matches(candidate.glob, path)) return candidate.kind;
  }
  return undefined;
}
