import { bradleyTerry, type Comparison } from '../../core/opinions/bradleyTerry.ts';
import { truthProbability } from '../../core/opinions/truthProbability.ts';
import type { Engine } from '../../engines/engine.ts';
import { logprobsOfAnswers } from '../../engines/logprobsOfAnswers.ts';

const LABELS = [' A', ' B'] as const;

/** Questions that comparing so many pieces of code takes: each pair in both orders. */
export function comparisonCount(pieces: number): number {
  return pieces * (pieces - 1);
}

/**
 * How much likelier each piece of code is wrong than the others, by an engine that is asked of every pair which of the two it is, in both
 * orders, and Bradley-Terry strengths of its answers. An answer counts by its probability: one that the engine was unsure of counts
 * half for each.
 *
 * @param onAsked told how many questions were answered
 * @returns a strength a piece, in logits: the greater, the likelier wrong. All 0 where the engine does not tell
 */
export async function compareCode(
  engine: Pick<Engine, 'capabilities' | 'score' | 'generate'>,
  pieces: readonly string[],
  onAsked: (done: number) => void,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const comparisons: Comparison[] = [];
  let asked = 0;
  const ask = async (a: string, b: string): Promise<readonly (number | null)[]> => {
    const prompt = `Here are two pieces of code.\n\nPiece A:\n${a}\n\nPiece B:\n${b}\n\nWhich of the two more likely has a mistake? Answer with the letter alone.\nAnswer:`;
    const { logprobsNats } = await logprobsOfAnswers(engine, prompt, LABELS, signal);
    onAsked(++asked);
    return logprobsNats;
  };
  for (const [winner, a] of pieces.entries()) {
    for (const [loser, b] of pieces.entries()) {
      if (loser <= winner) continue;
      const [firstA = null, firstB = null] = await ask(a, b);
      const [secondA = null, secondB = null] = await ask(b, a);
      const truth = truthProbability(
        { trueNats: firstA, falseNats: firstB },
        { trueNats: secondB, falseNats: secondA },
      );
      if (truth === null) continue;
      const { probability } = truth;
      comparisons.push(
        { winner, loser, weight: probability },
        { winner: loser, loser: winner, weight: 1 - probability },
      );
    }
  }
  return bradleyTerry(pieces.length, comparisons);
}
