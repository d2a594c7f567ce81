// emr-iam facts: what IAM says of the whole account, in one file.

import { errorCode } from '../node/files';
import { askIam, writePrivate } from '../node/live';
import { type ExitCode, type Output, UsageError } from './output';

interface FactsOptions {
  readonly awsProfile: string | undefined;
  /** Missing for standard output. */
  readonly out: string | undefined;
}

/** How often progress is told. */
const interval = 1000;

/** Nothing is written unless IAM has told everything that it may tell this profile: a file that was there before stays. */
export async function runFacts({ awsProfile, out }: FactsOptions, output: Output): Promise<ExitCode> {
  if (awsProfile === undefined)
    throw new UsageError('facts needs --aws-profile NAME: the profile of your AWS config files that IAM is asked with.');
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  let last = { text: '', shown: '', at: 0 };
  const onProgress = (text: string): void => {
    const isDue = Date.now() - last.at >= interval;
    if (isDue) output.err(text);
    last = { text, shown: isDue ? text : last.shown, at: isDue ? Date.now() : last.at };
  };
  const answer = await askIam({ profile: awsProfile }, { signal: stop.signal, onProgress });
  process.off('SIGINT', interrupt);
  if (!answer.ok) throw new UsageError(answer.reason);
  if (last.shown !== last.text) output.err(last.text);
  if (out === undefined) for (const part of answer.parts) output.out(part);
  else {
    try {
      await writePrivate(out, answer.parts);
    } catch (error) {
      throw new UsageError(`${out}: it cannot be written (${errorCode(error)}).`);
    }
  }
  for (const sentence of answer.denied) output.err(sentence);
  return answer.denied.length > 0 ? 2 : 0;
}
