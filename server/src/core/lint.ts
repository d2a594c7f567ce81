// All rules over one document.

import type { Catalog } from './catalog/catalog';
import { type Document, holdsPolicy } from './document';
import { toOuterFinding } from './embedded';
import { noUses, type RoleUses } from './emr/roles';
import type { AccountFacts } from './facts/facts';
import { compareFindings, type Finding, type Severity } from './finding';
import { withoutIgnored } from './ignore';
import { isPolicyKind } from './policy/policy';
import type { IgnoreEntry } from './project';
import { rememberLast } from './remember';
import { rules } from './rules/index';
import { type Rule, type RuleContext, type RuleKind, type Subject, severityIn, severityOfReport, subjectsOf } from './rules/rule';
import type { Settings } from './settings';
import { foundInStatement } from './statementMemo';
import { directivesOf, staleNames, suppress } from './suppression';
import { noSurroundings, type Surroundings } from './surroundings';

export interface LintContext {
  readonly settings: Settings;
  readonly facts: AccountFacts;
  /** What roles are used for, beside what their names tell. */
  readonly uses?: RoleUses | undefined;
  /** Missing where the service data could not be loaded. */
  readonly catalog?: Catalog | undefined;
  /** Missing where nothing is known of them. */
  readonly surroundings?: Surroundings | undefined;
  /** Of the project, those for this document. */
  readonly ignore?: readonly IgnoreEntry[] | undefined;
}

/** Sorted by place, then by rule. */
export function lint(document: Document, context: LintContext): readonly Finding[] {
  return lintInProject(document, context).findings;
}

/** Whether the service data matter to a document: the policies of roles are looked up there where the facts lack their text. */
export function needsCatalog(document: Document, facts: AccountFacts): boolean {
  if (document.kind === 'json') return holdsPolicy(document);
  const launches = document.kind === 'config' ? document.emrBlocks : document.kind === 'launch' ? document.launches : [];
  return launches.length > 0 && facts.sources.length > 0;
}

export interface ProjectLint {
  readonly findings: readonly Finding[];
  /** The entries of `ignore` that ignored a finding here. */
  readonly used: readonly IgnoreEntry[];
  /** Those that did not, though their rules looked at the document. */
  readonly unused: readonly IgnoreEntry[];
  /** Those whose rules could not tell. */
  readonly undecided: readonly IgnoreEntry[];
}

export function lintInProject(document: Document, context: LintContext): ProjectLint {
  const entries = context.ignore ?? [];
  const { findings, used } = withoutIgnored(document, findingsIn(document, context), entries);
  const silent = entries.filter((entry) => !used.has(entry) && concerns(entry.rule, document));
  const unused = silent.filter(({ rule }) => canJudge(rule, document, context));
  return { findings, used: [...used], unused, undecided: silent.filter((entry) => !unused.includes(entry)) };
}

function findingsIn(document: Document, context: LintContext): readonly Finding[] {
  if (document.kind === 'refused' || !context.settings.enable) return [];
  const findings = findingsOf(document, context);
  const directives = directivesOf(document);
  const stale = directives.length === 0 ? [] : staleNames(document, directives, findings, (rule) => canJudge(rule, document, context));
  const ofStale = stale.flatMap((subject) => check('suppression', subject, document, context));
  return suppress(document, [...findings, ...ofStale], directives).sort(compareFindings);
}

/** Those of the strings that hold policies among them. */
function findingsOf(document: Exclude<Document, { kind: 'refused' }>, context: LintContext): readonly Finding[] {
  const own = subjectsOf(document, context.surroundings ?? noSurroundings).flatMap(([kind, subject]) =>
    check(kind, subject, document, context),
  );
  if (document.kind !== 'json' || document.embedded.length === 0) return own;
  const inStrings = document.embedded.flatMap((embedded) =>
    findingsOf(embedded.document, context).map((finding) => toOuterFinding(embedded, finding)),
  );
  return [...own, ...(document.isBroken ? inStrings.map(withoutFixes) : inStrings)];
}

function withoutFixes(finding: Finding): Finding {
  return { ...finding, fixes: [] };
}

function check(
  kind: RuleKind,
  subject: Subject<RuleKind>,
  document: Exclude<Document, { kind: 'refused' }>,
  context: LintContext,
): readonly Finding[] {
  const active = activeRules(context.settings).get(kind);
  if (active === undefined) return [];
  const { whole, statement: perStatement } = active;
  const findings = checkWith(whole, kind, subject, document, context);
  if (!('statements' in subject) || document.kind !== 'json' || perStatement.length === 0) return findings;
  const { resourceType = '' } = subject;
  const deciding = `${signatureOf(context.settings)} ${catalogOf(context.catalog)} ${kind} ${resourceType} ${document.isBroken}`;
  const inStatements = subject.statements.flatMap((statement) =>
    foundInStatement(deciding, document.text, statement.node.span, () =>
      checkWith(perStatement, kind, { ...subject, statements: [statement] }, document, context),
    ),
  );
  return inStatements.length === 0 ? findings : [...findings, ...inStatements];
}

/** All of the settings that decides what rules say of a statement. */
const signatureOf = rememberLast(({ profile, rules: severities }: Settings) => JSON.stringify([profile, ...severities]));

function catalogOf(catalog: Catalog | undefined): string {
  return catalog === undefined ? '' : `${catalog.version} ${catalog.updatedAt}`;
}

function checkWith(
  active: readonly ActiveRule[],
  kind: RuleKind,
  subject: Subject<RuleKind>,
  document: Exclude<Document, { kind: 'refused' }>,
  { settings, facts, uses = noUses, catalog, surroundings = noSurroundings }: LintContext,
): readonly Finding[] {
  const findings: Finding[] = [];
  // What stands where in broken JSON is a guess, and so would be what a fix does to it, but for one that mends the JSON.
  const isFixable = document.kind !== 'json' || !document.isBroken || kind === 'json-text';
  const about = isPolicyKind(kind) ? { policyKind: kind } : {};
  let current = active[0];
  // One context for all of them, which says more quickly what most of them have to say: nothing.
  const context: RuleContext<Subject<RuleKind>> = {
    subject,
    document,
    text: document.text,
    facts: 'account' in subject ? facts.forAccount(subject.account) : facts,
    uses,
    catalog,
    surroundings,
    quotas: settings.quotas,
    report: (found) => {
      if (current === undefined) return;
      const { at, message, fixes = [], related = [] } = found;
      const { rule } = current;
      const severity = severityOfReport(rule, current.severity, found, settings);
      const code = rule.accessAnalyzer === undefined ? {} : { accessAnalyzer: rule.accessAnalyzer };
      findings.push({ rule: rule.id, severity, span: at, message, ...code, ...about, fixes: isFixable ? fixes : [], related });
    },
  };
  for (current of active) current.rule.check(context);
  return findings;
}

interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

interface ActiveRules {
  readonly whole: readonly ActiveRule[];
  /** Those that look at one statement at a time. */
  readonly statement: readonly ActiveRule[];
}

/** Those that are on, by what they look at. */
const activeRules = rememberLast((settings: Settings): ReadonlyMap<RuleKind, ActiveRules> => {
  const active = new Map<RuleKind, { whole: ActiveRule[]; statement: ActiveRule[] }>();
  for (const rule of rules) {
    const severity = severityIn(rule, settings);
    if (severity === 'off') continue;
    for (const kind of rule.kinds) {
      const ofKind = active.get(kind) ?? { whole: [], statement: [] };
      active.set(kind, ofKind);
      ofKind[rule.scope ?? 'whole'].push({ rule, severity });
    }
  }
  return active;
});

/** Whether a rule is about documents like this one. */
function concerns(id: string, document: Document): boolean {
  const kinds = rules.find((rule) => rule.id === id)?.kinds ?? [];
  const of = (kind: RuleKind): Document['kind'] =>
    kind === 'launch' ? 'launch' : kind === 'json-text' || isPolicyKind(kind) ? 'json' : 'config';
  return document.kind === 'refused' || kinds.some((kind) => of(kind) === document.kind);
}

/** Whether the silence of a rule says that there is nothing to find. */
function canJudge(id: string, document: Document, { settings, facts, catalog, surroundings }: LintContext): boolean {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) return true;
  if (document.kind === 'refused' || severityIn(rule, settings) === 'off' || rule.kinds.includes('suppression')) return false;
  if (document.kind === 'json') return !holdsPolicy(document) || (!document.isBroken && catalog !== undefined);
  if (rule.needs === 'surroundings') return surroundings !== undefined;
  if (rule.needs !== 'facts') return true;
  const isListed = (known: AccountFacts): boolean => known.sources.some(({ kind }) => kind !== 'workspace');
  if (document.kind === 'launch') return isListed(facts);
  return document.emrBlocks.every(({ account }) => isListed(facts.forAccount(account)));
}
