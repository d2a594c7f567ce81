// The shape of a rule: one file each, its documentation inside, its examples executed by the tests.

import type { Setting } from '../awsconfig/node';
import type { Catalog } from '../catalog/catalog';
import { type ConfigDocument, type Document, holdsPolicy, type JsonDocument, type LaunchDocument, type Syntax } from '../document';
import { type EmrBlock, usedBlocks } from '../emr/block';
import type { Partition, RoleKind } from '../emr/roleKind';
import type { RoleUses } from '../emr/roles';
import type { AccountFacts } from '../facts/facts';
import { type Fix, type Related, type Severity, severities } from '../finding';
import type { Launch } from '../launch/launch';
import type { Policy, PolicyKind } from '../policy/policy';
import type { Quotas } from '../policy/size';
import type { RuleProfile, Settings } from '../settings';
import type { StaleName } from '../suppression';
import type { KeyPairFile, Surroundings } from '../surroundings';
import type { Span } from '../text';

/**
 * What a rule looks at, one after another: a whole config file, each emr block of it that the AWS CLI uses, each name in its
 * suppression comments that suppresses nothing, a whole JSON text that holds policies, each policy of certain kinds, or each
 * create-cluster command of a script.
 */
export type RuleKind = 'config-file' | 'emr-block' | 'suppression' | 'json-text' | 'launch' | PolicyKind;
export type Subject<K extends RuleKind> = K extends 'config-file'
  ? ConfigDocument
  : K extends 'emr-block'
    ? EmrBlock
    : K extends 'suppression'
      ? StaleName
      : K extends 'json-text'
        ? JsonDocument
        : K extends 'launch'
          ? Launch
          : Policy;

export interface Rule<K extends RuleKind = RuleKind> {
  /** `group/kebab-name`; the group is the folder. */
  readonly id: string;
  readonly severity: Severity;
  /** It is off unless this profile is set, or a severity for it alone: what is right in most accounts, but asked for in an audit. */
  readonly profile?: Exclude<RuleProfile, 'default'>;
  /**
   * Of a policy it looks at one statement at a time, and says what it says whatever stands in the others, in the `Version`, or around the
   * policy: then what was found in a statement need not be looked for again while its text is the same.
   */
  readonly scope?: 'statement';
  readonly kinds: readonly K[];
  readonly docs: RuleDocs;
  /** Without these it cannot judge, so that its silence says nothing. */
  readonly needs?: 'facts' | 'surroundings';
  /** The code of the IAM Access Analyzer check that this rule mirrors. */
  readonly accessAnalyzer?: string;
  // A method, so that rules of every kind fit in one list; lint() calls each only with the kinds that it names.
  check(context: RuleContext<Subject<K>>): void;
}

interface RuleDocs {
  /** What it finds, as the object of "finds": one line. */
  readonly what: string;
  /** Why that matters, in a paragraph or two. */
  readonly why: string;
  /** Each gives exactly one finding: this rule's. */
  readonly bad: readonly Example[];
  /** Each gives none. */
  readonly good: readonly Example[];
  readonly references: readonly string[];
}

export interface Example {
  readonly syntax: Syntax;
  readonly text: string;
  /** The account that the example is judged against. */
  readonly account?: ExampleAccount;
  /** What the project says that roles are for, by their names. */
  readonly roleKinds?: Readonly<Record<string, RoleKind>>;
  /** Of a script: the config file of the user, as the AWS CLI would read it. */
  readonly config?: string;
  /** What the machine says of the private keys that the example names. */
  readonly keyPairFiles?: Readonly<Record<string, KeyPairFile>>;
}

export interface ExampleAccount {
  /** `aws` if nothing is said. */
  readonly partition?: Partition;
  readonly roles: readonly ExampleRole[];
  readonly instanceProfiles: readonly { readonly name: string; readonly role?: string }[];
}

export interface ExampleRole {
  readonly name: string;
  /** `/` if nothing is said. */
  readonly path?: string;
  /** JSON. Else what EMR wants of such a role: of one in an instance profile, trust for EC2, of another one, for EMR in this account. */
  readonly trustPolicy?: string;
  /** A name, for a policy that matters to no rule; or the name and the JSON. */
  readonly inlinePolicies?: readonly (string | { readonly name: string; readonly document: string })[];
  /** ARNs, the names of AWS's managed policies for EMR, or a policy of the account. If nothing is said, one of which only the name is known. */
  readonly attachedPolicies?: readonly (string | { readonly name: string; readonly document: string })[];
}

export interface RuleContext<S> {
  readonly subject: S;
  readonly document: Document;
  readonly text: string;
  readonly facts: AccountFacts;
  /** What roles are used for. */
  readonly uses: RoleUses;
  /** Without it, a rule about services, actions or condition keys has nothing to say. */
  readonly catalog: Catalog | undefined;
  readonly surroundings: Surroundings;
  readonly quotas: Quotas;
  report(found: Report): void;
}

export interface Report {
  readonly at: Span;
  /** One sentence of what is wrong with the thing named, one of what to do. */
  readonly message: string;
  /** Where it is lower than the rule's own; what the user set for the rule counts more. */
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
}

export function defineRule<const K extends RuleKind>(rule: Rule<K>): Rule<K> {
  return rule;
}

/** What is said of the rule itself counts more than the profile. */
export function severityIn(
  { id, severity, profile }: Pick<Rule, 'id' | 'severity' | 'profile'>,
  settings: Pick<Settings, 'rules' | 'profile'>,
): Severity | 'off' {
  const isOn = profile === undefined || profile === settings.profile;
  return settings.rules.get(id) ?? (isOn ? severity : 'off');
}

/** Of one finding: a rule may lower its own severity, unless the user set one. */
export function severityOfReport(
  { id }: Pick<Rule, 'id'>,
  inForce: Severity,
  { severity = inForce }: Pick<Report, 'severity'>,
  settings: Pick<Settings, 'rules'>,
): Severity {
  return settings.rules.has(id) || severities.indexOf(severity) < severities.indexOf(inForce) ? inForce : severity;
}

/** The things that rules are called with, but for suppressions. A block of [DEFAULT], which every profile inherits, is looked at once. */
export function subjectsOf(
  document: ConfigDocument | JsonDocument | LaunchDocument,
  surroundings: Surroundings,
): readonly (readonly [RuleKind, Subject<RuleKind>])[] {
  if (document.kind === 'launch') return document.launches.map((launch) => ['launch', launch] as const);
  if (document.kind === 'json') {
    const policies = document.policies.map((policy) => [policy.kind, policy] as const);
    return holdsPolicy(document) ? [['json-text', document], ...policies] : [];
  }
  const seen = new Set<Setting>();
  const blocks = usedBlocks(document, surroundings).filter(({ setting }) => !seen.has(setting) && seen.add(setting));
  return [['config-file', document], ...blocks.map((block) => ['emr-block', block] as const)];
}
