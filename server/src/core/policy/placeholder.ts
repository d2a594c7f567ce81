// What in a string of a policy is not the policy's own text: variables that IAM replaces, and placeholders that something else does.

import type { Span } from '../text';
import type { ObjectNode } from '../tree/node';

export interface Variable {
  /** From `${` to `}`, or to the end where there is no `}`. */
  readonly span: Span;
  /** What stands between, without a default. */
  readonly name: string;
  /** What stands after the comma, quotes and all. */
  readonly fallback: string | undefined;
  readonly isClosed: boolean;
}

export function variablesIn(text: string): readonly Variable[] {
  const found: Variable[] = [];
  for (let start = text.indexOf('${'); start !== -1; start = text.indexOf('${', start + 2)) {
    const close = text.indexOf('}', start);
    const end = close === -1 ? text.length : close + 1;
    const inside = text.slice(start + 2, close === -1 ? end : close);
    const comma = inside.indexOf(',');
    found.push({
      span: { start, end },
      name: comma === -1 ? inside : inside.slice(0, comma),
      fallback: comma === -1 ? undefined : inside.slice(comma + 1).trim(),
      isClosed: close !== -1,
    });
  }
  return found;
}

/** Whether a variable is one that IAM replaces: a condition key, or an escaped `*`, `?` or `$`. */
export function isPolicyVariable({ name }: Variable): boolean {
  return /^[*?$]$/.test(name) || issuers.test(name);
}

/** The prefixes of condition keys that hold a value for a variable: services, and issuers of tokens. `AWS::Region` is CloudFormation's. */
const issuers = /^(aws|saml|sts|ec2|s3|iam|redshift|transfer|identitystore|kms|sns|ssm|[a-z0-9.-]+\.[a-z]+(\/[\w.-]+)*):(?!:)/i;

/**
 * What a template, or whoever fills in a sample, puts something in the place of. Quotes within `{{ … }}` end a string of JSON, so that one
 * half is enough.
 */
const blank = /\{\{|\}\}|(?<!\$)\{[^{}]+\}|<[^<>]+>|%[A-Za-z_]\w*%|\$\([^)]*\)|@@\w+@@|__\w+__|\[[A-Z][A-Z_]+\]/;

/** Whether a part of the text comes from a template: `${Name}`, `{{ name }}`, `{name}`, `<name>`, `%name%`. Then the rest says little. */
export function hasPlaceholder(text: string): boolean {
  if (!/[{}<%$@[]|__/.test(text)) return false;
  if (blank.test(text)) return true;
  return variablesIn(text).some(
    (variable) => variable.isClosed && variable.name !== '' && !isPolicyVariable(variable) && !/^\s|\s$/.test(variable.name),
  );
}

/** Whether an object is a template's, which puts something else in its place: `Ref`, `Fn::Sub`, `Rain::Include`, `$ref`. */
export function isIntrinsic({ members }: ObjectNode): boolean {
  return members.some(({ key }) => isIntrinsicName(key.value));
}

export function isIntrinsicName(name: string): boolean {
  return name === 'Ref' || name.includes('::') || name.startsWith('$');
}
