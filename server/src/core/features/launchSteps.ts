// What an editor asks before it shows a launch command, step by step. The answers are words of create-cluster, so the command line, presets
// and these steps have one language; each step is filled in from the profile, the answers so far and the facts.

import type { ConfigDocument } from '../document';
import { effectiveBlock, resolvedProfiles } from '../emr/block';
import { optionWords } from '../emr/createCluster';
import { areValues, type OptionName, optionNames } from '../emr/createClusterOptions';
import { type LaunchArguments, parseArguments } from '../emr/launchArguments';
import { planLaunch } from '../emr/launchSpec';
import { isShell, type Shell } from '../emr/shell';
import type { AccountFacts } from '../facts/facts';
import { noSurroundings, type Surroundings } from '../surroundings';
import { type LaunchChoice, type Situation, type Step, steps } from './launchStepTable';

export interface LaunchAnswers {
  /** Those behind `create-cluster`. */
  readonly words: readonly string[];
  readonly shell: Shell;
}

export interface LaunchStep {
  readonly id: string;
  readonly title: string;
  /** What is asked for. */
  readonly prompt: string;
  /** Missing where text alone is the answer. */
  readonly choices?: readonly LaunchChoice[];
  readonly isMany: boolean;
  /** What stands in the box for text at first; missing where choices alone are the answer. */
  readonly text?: string;
}

export interface LaunchAnswer {
  readonly step: string;
  /** The values of choices, or a text. */
  readonly given: readonly string[];
}

export interface LaunchQuestions extends LaunchAnswers {
  /** All that there are, for the answers so far. */
  readonly steps: readonly LaunchStep[];
  /** Of the words, those that steps ask for: other options may hold what should not be kept. */
  readonly asked: readonly string[];
  /** What is wrong with the answer, which is then left out. */
  readonly refused?: string;
}

export interface LaunchStepsContext {
  readonly facts: AccountFacts;
  readonly surroundings?: Surroundings | undefined;
  /** In milliseconds since 1970. */
  readonly now?: number | undefined;
}

/** Nothing where the file has no such profile. @param answer to one of the steps; the words then have it. */
export function launchSteps(
  document: ConfigDocument,
  profile: string,
  { facts, surroundings = noSurroundings, now }: LaunchStepsContext,
  answers: LaunchAnswers,
  answer?: LaunchAnswer,
): LaunchQuestions | undefined {
  if (!resolvedProfiles(document, surroundings).has(profile)) return undefined;
  const { block } = effectiveBlock(profile, document, surroundings) ?? {};
  const account = facts.forAccount(block?.account);
  const situationOf = ({ words, shell }: LaunchAnswers): Situation => {
    const given = parseArguments(words);
    const { spec, problems } = planLaunch(profile, block, account, given);
    return { given, values: spec.values, problems, settings: block?.settings, facts: account, shell, now };
  };
  const { refused, ...taken }: Taken = answer === undefined ? answers : taking(answer, situationOf(answers), situationOf);
  const situation = situationOf(taken);
  return {
    ...taken,
    steps: Object.entries(steps).flatMap(([id, step]) => (step.isAsked?.(situation) === false ? [] : [shown(id, step, situation)])),
    asked: askedWords(situation.given),
    ...(refused === undefined ? {} : { refused }),
  };
}

function shown(id: string, step: Step, situation: Situation): LaunchStep {
  const [choices, text] = [step.choices?.(situation), step.text?.(situation)];
  return {
    id,
    title: step.title,
    prompt: typeof step.prompt === 'string' ? step.prompt : step.prompt(situation),
    ...(choices === undefined ? {} : { choices }),
    isMany: step.isMany === true,
    ...(text === undefined ? {} : { text }),
  };
}

type Taken = LaunchAnswers & Pick<LaunchQuestions, 'refused'>;

/** The answers with this one; where something is wrong with it, those before. */
function taking({ step: id, given }: LaunchAnswer, before: Situation, situationOf: (answers: LaunchAnswers) => Situation): Taken {
  const { shell } = before;
  const unchanged = { words: wordsOf(before.given), shell };
  const step = Object.hasOwn(steps, id) ? steps[id] : undefined;
  if (step === undefined) return unchanged;
  const isOpen = step.text !== undefined || step.isMany === true;
  if (!isOpen && !step.choices?.(before).some(({ value }) => value === given[0]))
    return { ...unchanged, refused: 'There is no such choice: take one of those that are listed.' };
  const own = step.words(given, before);
  if (own === undefined) return { ...unchanged, refused: 'A quote does not end: write its end, or a backslash before it.' };
  const others = optionNames.filter((name) => !step.owns.includes(name));
  const taken = parseArguments([...wordsOf(before.given, others), ...own]);
  const answers = { words: wordsOf(taken), shell: step.owns.length === 0 && isShell(given[0]) ? given[0] : shell };
  const after = situationOf(answers);
  // What is wrong with it together with other answers, the other steps can mend.
  const known = new Set(before.problems.map(({ message }) => message));
  const about = after.problems.filter(({ message }) => step.owns.some((name) => message.startsWith(`--${name} `)));
  const refused = taken.problems[0]?.message ?? step.wrong?.(after) ?? about.find(({ message }) => !known.has(message))?.message;
  return refused === undefined ? answers : { ...unchanged, refused };
}

/** The words of these options, or of all. */
function wordsOf({ globals, ...given }: LaunchArguments, names: readonly OptionName[] = optionNames): readonly string[] {
  return [...globals, ...optionNames.filter((name) => names.includes(name)).flatMap((name) => optionWords(name, given))].flat();
}

function askedWords({ values: { 'ec2-attributes': attributes = {}, ...others }, ...given }: LaunchArguments): readonly string[] {
  const members = Object.entries(attributes).filter(([name]) => /^(InstanceProfile|SubnetIds?)$/.test(name));
  const values = { ...others, ...(members.length === 0 ? {} : { 'ec2-attributes': Object.fromEntries(members) }) };
  const owned = Object.values(steps).flatMap(({ owns }) => owns);
  return areValues(values) ? wordsOf({ ...given, globals: [], values }, owned) : [];
}
