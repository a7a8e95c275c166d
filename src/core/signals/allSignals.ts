import { geometricMeanProbability } from './geometricMeanProbability.ts';
import { highestEntropies } from './highestEntropies.ts';
import { lowestLogprobs } from './lowestLogprobs.ts';
import { lowestNegentropies } from './lowestNegentropies.ts';
import { meanLogRank } from './meanLogRank.ts';
import { meanNegentropy } from './meanNegentropy.ts';
import { meanProbability } from './meanProbability.ts';
import { minimumLogprob } from './minimumLogprob.ts';
import { seenBefore } from './seenBefore.ts';
import type { Signal } from './signal.ts';
import { surprisalMinusEntropy } from './surprisalMinusEntropy.ts';
import { tokenCount } from './tokenCount.ts';
import { topTwoMargin } from './topTwoMargin.ts';
import { totalSurprisal } from './totalSurprisal.ts';

/** Every signal, in the order in which reports list them. `docs/metrics.md` has a row for each. */
export const allSignals: readonly Signal[] = [
  meanProbability,
  geometricMeanProbability,
  totalSurprisal,
  minimumLogprob,
  lowestLogprobs,
  highestEntropies,
  topTwoMargin,
  meanNegentropy,
  lowestNegentropies,
  surprisalMinusEntropy,
  meanLogRank,
  seenBefore,
  tokenCount,
];
