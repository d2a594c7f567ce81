// Findings as text for people and as JSON for programs. Lines and columns count from 1, columns in UTF-16 units, ends are exclusive.

import type { AccountFacts, FactsSource } from '../core/facts/facts';
import { conflictInWords, described, gapsOf } from '../core/facts/provenance';
import type { Finding, Severity } from '../core/finding';
import { type LineIndex, lineIndex, type Span } from '../core/text';
import { printable } from './output';

export interface FileFindings {
  /** As the user would name it. */
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

interface Summary {
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
  readonly facts: readonly FactsSource[];
  /** Sentences about what the facts say differently. */
  readonly conflicts: readonly string[];
}

export function summarise(files: readonly FileFindings[], facts: readonly AccountFacts[]): Summary {
  const count = (severity: Severity): number =>
    files.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
  return {
    files: files.length,
    error: count('error'),
    warning: count('warning'),
    information: count('information'),
    hint: count('hint'),
    facts: [...new Set(facts.flatMap(({ sources }) => sources))],
    conflicts: [...new Set(facts.flatMap(({ conflicts }) => conflicts.map(conflictInWords)))],
  };
}

export function jsonReport(files: readonly FileFindings[], { facts, conflicts, ...counts }: Summary): string {
  const taken = facts.map(({ label, kind, asOf }) => ({
    label,
    kind,
    ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }),
  }));
  const sources = facts.length === 0 ? {} : { factsSources: taken, factsGaps: gapsOf(facts), factsConflicts: conflicts };
  const summary = { ...counts, facts: facts.map(({ label }) => label), ...sources };
  const findings = files.flatMap(({ file, text, findings }) => {
    const place = placer(lineIndex(text));
    return findings.map(({ rule, severity, message, span, accessAnalyzer, policyKind, fixes }) => ({
      file,
      rule,
      severity,
      message,
      ...place(span),
      ...(accessAnalyzer === undefined ? {} : { accessAnalyzer }),
      ...(policyKind === undefined ? {} : { policyKind }),
      fixes: fixes.map(({ title, kind, edits }) => ({
        title,
        kind,
        edits: edits.map(({ span, newText }) => ({ ...place(span), newText })),
      })),
    }));
  });
  return `${JSON.stringify({ version: 1, findings, summary }, null, 2)}\n`;
}

function placer(index: LineIndex): (span: Span) => { start: { line: number; column: number }; end: { line: number; column: number } } {
  const place = (offset: number): { line: number; column: number } => {
    const { line, column } = index.position(offset);
    return { line: line + 1, column: column + 1 };
  };
  return ({ start, end }) => ({ start: place(start), end: place(end) });
}

const colour = { error: 31, warning: 33, information: 36, hint: 90, dim: 90, bold: 1, fix: 32 } as const;

/** @param now in milliseconds since 1970. */
export function textReport(files: readonly FileFindings[], summary: Summary, colours: boolean, now: number): string {
  const paint = (name: keyof typeof colour, text: string): string => (colours ? `\u001b[${colour[name]}m${text}\u001b[0m` : text);
  const blocks = files.flatMap(({ file, text, findings }) => {
    const index = lineIndex(text);
    return findings.map((finding) => {
      const { line, column } = index.position(finding.span.start);
      const { source, underline } = excerpt(index, finding.span);
      const gutter = String(line + 1);
      return [
        `${paint('bold', printable(`${file}:${line + 1}:${column + 1}`))} ${paint(finding.severity, finding.severity)} ${finding.rule}`,
        `  ${printable(finding.message)}`,
        `  ${paint('dim', `${gutter} |`)} ${source}`,
        `  ${paint('dim', `${' '.repeat(gutter.length)} |`)} ${paint(finding.severity, underline)}`,
        ...finding.fixes.map(({ title, kind }) => `  ${paint('fix', `${kind === 'safe' ? 'fix' : 'suggestion'}:`)} ${printable(title)}`),
        '',
      ].join('\n');
    });
  });
  return `${[...blocks, summaryLine(summary, now), ...[...gapsOf(summary.facts), ...summary.conflicts].map(printable)].join('\n')}\n`;
}

function summaryLine({ files, facts, ...counts }: Summary, now: number): string {
  const said = (['error', 'warning', 'information', 'hint'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => amount(counts[severity], severity, severity === 'information' ? '' : 's'));
  const checked = `${amount(files, 'file', 's')} checked`;
  const known =
    facts.length === 0
      ? 'no facts, so no role name was checked'
      : `facts: ${facts.map((source) => printable(described(source, now))).join(', ')}`;
  return `${said.length === 0 ? 'nothing found' : said.join(', ')}; ${checked}; ${known}`;
}

function amount(count: number, noun: string, plural: string): string {
  return `${count} ${noun}${count === 1 ? '' : plural}`;
}

/** So much of a line fits, whatever its length. */
const width = 120;

/** The line of a finding and carets under its span; of a long line, the part around it. */
function excerpt(index: LineIndex, span: Span): { source: string; underline: string } {
  const { line, column } = index.position(span.start);
  const end = index.position(span.end);
  const text = index.line(line);
  const from = text.length <= width ? 0 : Math.max(0, column - width / 3);
  const shown = text.slice(from, from + width);
  const stop = Math.min(end.line === line ? end.column : text.length, from + width);
  const before = shown.slice(0, column - from).replace(/[^\t]/g, ' ');
  const lead = from > 0 ? '…' : '';
  const tail = from + width < text.length ? '…' : '';
  return {
    source: `${lead}${printable(shown)}${tail}`,
    underline: `${lead && ' '}${before}${'^'.repeat(Math.max(1, stop - column))}`,
  };
}
