import { CandorError } from '../candorError.ts';

/** What a model gave to the two labels in answer to one question, in nats; null: a label was not among the listed choices. */
export interface LabelLogprobs {
  readonly trueNats: number | null;
  readonly falseNats: number | null;
}

/** What a model thinks of a claim, asked both ways round. */
export interface TruthProbability {
  /** P(True), the mean of both orders. In [0, 1]. */
  readonly probability: number;
  /** Entropy of that probability, in nats: the doubt that a rule of acceptance may bound. In [0, ln 2]. */
  readonly entropyNats: number;
  /** How far the two orders differ: what of the answer is habit. In [0, 1]. */
  readonly orderGap: number;
  /** The smaller of the two orders' mass on the labels together. Near 0 the model answered something else. In [0, 1]. */
  readonly labelMass: number;
}

/** Log-probabilities are rounded on their way, so that two may exceed 1 by this much. */
const MASS_TOLERANCE = 1e-3;

/**
 * P(True) of a claim from the log-probabilities of the labels for true and false, asked twice with the labels swapped (A for
 * true and B for false, then the other way round), so that a preference for a letter or a place cancels:
 *
 *     P = mean of  e^true / (e^true + e^false)  over both orders
 *
 * The result does not depend on which order comes first, and the claim's denial gets 1 - P.
 *
 * Kadavath and others, arXiv 2207.05221; the mean and its entropy as in SCOPE's judging by pairs. A label that was not
 * listed counts as 0, which is wrong by no more than the least listed choice has.
 *
 * @param first and
 * @param second at most 0, or -Infinity for a probability of 0
 * @returns null where an order gives neither label any mass
 * @throws CandorError `bad-call` where a number is no log-probability, or two have more than the whole
 */
export function truthProbability(first: LabelLogprobs, second: LabelLogprobs): TruthProbability | null {
  const [one, other] = [shareOfTrue(first), shareOfTrue(second)];
  if (one === null || other === null) return null;
  const probability = (one.share + other.share) / 2;
  return {
    probability,
    entropyNats: binaryEntropyNats(probability),
    orderGap: Math.abs(one.share - other.share),
    labelMass: Math.min(one.mass, other.mass, 1),
  };
}

/** Entropy of a chance p and of 1 - p, in nats: 0 at both ends, ln 2 in the middle. */
function binaryEntropyNats(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
}

function shareOfTrue({ trueNats, falseNats }: LabelLogprobs): { readonly share: number; readonly mass: number } | null {
  const [forTrue, forFalse] = [trueNats ?? -Infinity, falseNats ?? -Infinity];
  const mass = Math.exp(forTrue) + Math.exp(forFalse);
  if (!(forTrue <= 0 && forFalse <= 0 && mass <= 1 + MASS_TOLERANCE)) {
    throw new CandorError(
      'bad-call',
      'Two labels have log-probabilities of at most 0 and together at most the whole: give those of one answer.',
    );
  }
  if (forTrue === -Infinity && forFalse === -Infinity) return null;
  // By the difference, for both may be too small to be raised.
  return { share: 1 / (1 + Math.exp(forFalse - forTrue)), mass };
}
