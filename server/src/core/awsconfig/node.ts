// What an AWS config or credentials file says, with the place of everything.

import type { Span } from '../text';

export interface AwsConfig {
  readonly sections: readonly Section[];
  /** Whole comment lines, without the line end. */
  readonly comments: readonly Span[];
  /**
   * Why the AWS CLI refuses the file: first what it stops at, then the others in source order. The tree is still as complete as it
   * can be.
   */
  readonly errors: readonly ConfigError[];
}

export interface Section {
  /** From the bracket to the end of the last line that belongs to the section. */
  readonly span: Span;
  /** The text between the brackets, as the CLI keeps it: not trimmed, quotes and all. */
  readonly name: Name;
  readonly settings: readonly Setting[];
}

export interface Name {
  readonly span: Span;
  readonly text: string;
}

export interface Setting {
  readonly span: Span;
  /** Lower-cased, as Python's configparser keeps it. */
  readonly key: Name;
  readonly value: TextValue | SecretValue | NestedValue;
}

export interface TextValue {
  readonly kind: 'text';
  readonly span: Span;
  /** Continuation lines are joined by \n. */
  readonly text: string;
}

/** A credential: its place is known, its text is deliberately not kept. */
export interface SecretValue {
  readonly kind: 'secret';
  readonly span: Span;
}

/** `emr =` and its kin: indented `key = value` lines below an empty first line. */
interface NestedValue {
  readonly kind: 'nested';
  readonly span: Span;
  /** In source order, duplicates kept; the CLI takes the last. */
  readonly settings: readonly NestedSetting[];
}

export interface NestedSetting {
  readonly span: Span;
  /** Letter case kept: the CLI compares it exactly. */
  readonly key: Name;
  readonly value: TextValue | SecretValue;
}

export type ConfigErrorKind =
  | 'utf-16'
  | 'not-utf-8'
  | 'byte-order-mark'
  | 'duplicate-section'
  | 'duplicate-setting'
  | 'nested-line-without-equals'
  | 'setting-before-section'
  | 'stray-line';

export interface ConfigError {
  readonly kind: ConfigErrorKind;
  /** On one line; empty only where the text is. */
  readonly span: Span;
  readonly message: string;
}
