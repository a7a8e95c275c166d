import { truthProbability, type LabelLogprobs, type TruthProbability } from '../../core/opinions/truthProbability.ts';
import { verbalConfidence } from '../../core/opinions/verbalConfidence.ts';
import type { Engine } from '../../engines/engine.ts';
import { logprobsOfAnswers } from '../../engines/logprobsOfAnswers.ts';

type AskedEngine = Pick<Engine, 'capabilities' | 'score' | 'generate'>;

/** Code that an engine is asked about. */
export interface CodeInQuestion {
  /** The language's name. */
  readonly language: string;
  /** Some lines of the file, the stretch in question among them. */
  readonly around: string;
  /** The stretch itself. */
  readonly stretch: string;
}

/** Calls that `askTruth` makes: both orders, each label on its own at most. */
export const TRUTH_CALLS = 4;

const LABELS = [' A', ' B'] as const;

/** An answer in words is a number and a few words at most. */
const CONFIDENCE_TOKENS = 24;

/**
 * P(True): asks an engine whether code is right, twice with the labels swapped, so that a liking for one letter cancels.
 *
 * @returns null where the engine gives neither label any mass, or does not tell
 */
export async function askTruth(
  engine: AskedEngine,
  code: CodeInQuestion,
  signal: AbortSignal,
): Promise<TruthProbability | null> {
  const ask = async (first: string, second: string): Promise<readonly (number | null)[]> => {
    const prompt = `${question(code)}\nA. ${first}\nB. ${second}\nAnswer with the letter alone.\nAnswer:`;
    return (await logprobsOfAnswers(engine, prompt, LABELS, signal)).logprobsNats;
  };
  const [a = null, b = null] = await ask('It is right.', 'It is wrong.');
  const [otherA = null, otherB = null] = await ask('It is wrong.', 'It is right.');
  const orders: readonly LabelLogprobs[] = [
    { trueNats: a, falseNats: b },
    { trueNats: otherB, falseNats: otherA },
  ];
  const [one, other] = orders;
  return one === undefined || other === undefined ? null : truthProbability(one, other);
}

/**
 * The confidence that an engine puts into words: for those that give text only, and the last resort of all.
 *
 * @returns in [0, 1]; null where its answer is none that can be read in one way
 */
export async function askConfidence(
  engine: Pick<Engine, 'generate'>,
  code: CodeInQuestion,
  signal: AbortSignal,
): Promise<number | null> {
  const prefix = `${question(code)}\nHow sure are you that it is right? Answer with a number of percent alone.\nConfidence:`;
  const { text } = await engine.generate({
    prefix,
    isQuestion: true,
    path: '',
    maxTokens: CONFIDENCE_TOKENS,
    topK: 0,
    abortSignal: signal,
  });
  return verbalConfidence(text);
}

function question({ language, around, stretch }: CodeInQuestion): string {
  return `Here is some ${language} code:\n\n${around}\n\nIs this part of it right?\n\n${stretch}\n`;
}
