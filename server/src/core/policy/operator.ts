// Condition operators (IAM User Guide, "IAM JSON policy elements: Condition operators").

import type { StringNode } from '../tree/node';

export type OperatorFamily = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null';

export interface Operator {
  readonly node: StringNode;
  readonly qualifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  /** Without qualifier and suffix; in the letters of the documentation where it is known, else as written. */
  readonly name: string;
  readonly hasIfExists: boolean;
  /** Missing where there is no such operator. */
  readonly family: OperatorFamily | undefined;
  readonly isNegated: boolean;
  /** Whether `*` and `?` in a value stand for other characters. */
  readonly isLike: boolean;
}

/** Of each operator the family. */
export const operators: Readonly<Record<string, OperatorFamily>> = {
  StringEquals: 'String',
  StringNotEquals: 'String',
  StringEqualsIgnoreCase: 'String',
  StringNotEqualsIgnoreCase: 'String',
  StringLike: 'String',
  StringNotLike: 'String',
  NumericEquals: 'Numeric',
  NumericNotEquals: 'Numeric',
  NumericLessThan: 'Numeric',
  NumericLessThanEquals: 'Numeric',
  NumericGreaterThan: 'Numeric',
  NumericGreaterThanEquals: 'Numeric',
  DateEquals: 'Date',
  DateNotEquals: 'Date',
  DateLessThan: 'Date',
  DateLessThanEquals: 'Date',
  DateGreaterThan: 'Date',
  DateGreaterThanEquals: 'Date',
  Bool: 'Bool',
  BinaryEquals: 'Binary',
  IpAddress: 'IpAddress',
  NotIpAddress: 'IpAddress',
  ArnEquals: 'Arn',
  ArnLike: 'Arn',
  ArnNotEquals: 'Arn',
  ArnNotLike: 'Arn',
  Null: 'Null',
};

const nameByLowerCase: ReadonlyMap<string, string> = new Map(Object.keys(operators).map((name) => [name.toLowerCase(), name]));

/** Letter case makes no difference. */
export function operatorOf(node: StringNode): Operator {
  const [, prefix, written = '', suffix] = /^(?:(for(?:all|any)values?):)?(.*?)(ifexists)?$/is.exec(node.value) ?? [];
  const qualifier = prefix === undefined ? undefined : /^forall/i.test(prefix) ? 'ForAllValues' : 'ForAnyValue';
  const known = nameByLowerCase.get(written.toLowerCase());
  const name = known ?? written;
  return {
    node,
    qualifier,
    name,
    hasIfExists: suffix !== undefined,
    family: known === undefined ? undefined : operators[known],
    isNegated: /Not/.test(name),
    isLike: /Like/.test(name) || operators[name] === 'Arn',
  };
}
