import { FAULT_TRIALS, type ServerReport } from '../engines/openai/probeServer.ts';
import type { ServerIdentity } from '../engines/openai/serverIdentity.ts';

/** What a server is good for, by what it was measured to do with a model. */
export interface ServerVerdict {
  /** `scores`: code can be audited with it. `writes`: only what it writes itself can be judged. `nothing`: neither. */
  readonly use: 'scores' | 'writes' | 'nothing';
  /** That in one short sentence. */
  readonly sentence: string;
  /** What is known to be wrong with its numbers, and what to do about it: a sentence each. */
  readonly notes: readonly string[];
}

/** The first version of Ollama that gives log-probabilities, by its release notes. */
const OLLAMA_WITH_LOGPROBS = [0, 12, 11];

/** Says what a server is good for, and which known faults it showed. */
export function serverVerdict(identity: ServerIdentity, report: ServerReport): ServerVerdict {
  const { promptScoring, generation } = report.abilities;
  if (promptScoring === 'forced-grammar') {
    const sentence = 'Scores any code, a step a token: good for a file, slow for a workspace.';
    return { use: 'scores', sentence, notes: faultsIn(report) };
  }
  if (promptScoring !== 'none') {
    return { use: 'scores', sentence: 'Scores any code, in one pass.', notes: faultsIn(report) };
  }
  if (generation !== 'none') {
    const sentence = 'Scores only what it writes itself: good for completions, not for audits.';
    return { use: 'writes', sentence, notes: faultsIn(report) };
  }
  const sentence = 'Gives no log-probabilities with this model: there is nothing to judge by.';
  return { use: 'nothing', sentence, notes: [whyNothing(identity)] };
}

function faultsIn({ findings }: ServerReport): readonly string[] {
  const found = (trial: string): boolean | undefined => findings.find((each) => each.trial === trial)?.found;
  return [
    ...(found(FAULT_TRIALS.drafts) === true
      ? ['It drafts tokens ahead, which stay unscored: start it without a draft model.']
      : []),
    ...(found(FAULT_TRIALS.aboveZero) === true
      ? ['Some of its numbers are no log-probabilities: those tokens stay unscored.']
      : []),
    ...(found(FAULT_TRIALS.spelling) === false
      ? ['Its tokens do not spell out all that it writes: the rest stays unscored.']
      : []),
  ];
}

/** Where it is known of the program, why; else what to do. */
function whyNothing({ kind, version }: ServerIdentity): string {
  if (kind === 'lm-studio') {
    return 'LM Studio is known to leave them out (lmstudio-ai/lms#60): serve the model by llama-server.';
  }
  if (kind === 'ollama' && isBefore(version, OLLAMA_WITH_LOGPROBS)) {
    return `Ollama gives them from version ${OLLAMA_WITH_LOGPROBS.join('.')} on: update it.`;
  }
  return 'Choose another model, or another server.';
}

/** Whether a version such as `0.9.6` or `0.12.11-rc1` is older; what is no such version is not. */
function isBefore(version: string | null, wanted: readonly number[]): boolean {
  const numbers = /^v?(\d+)\.(\d+)\.(\d+)/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number);
  if (numbers === undefined) return false;
  const at = numbers.findIndex((number, index) => number !== wanted[index]);
  return (numbers[at] ?? 0) < (wanted[at] ?? 0);
}
