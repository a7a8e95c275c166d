import { scaleFreeThreshold } from './gradientThresholds.ts';
import { checkAim, checkScore, type OnlineAim, type OnlineThreshold, pinballLoss } from './onlineThreshold.ts';

/** How many rounds the shortest lives last. */
const LIFETIME = 8;

/** For how many rounds an expert born in this round (1 or more) lives: 8 times the largest power of two that divides it. */
export function lifetimeOf(round: number): number {
  return LIFETIME * (round & -round);
}

interface Expert {
  readonly born: number;
  /** The last round it takes part in. */
  readonly last: number;
  readonly follower: OnlineThreshold;
  /** Sum of its gains over the whole, each from -1 to 1. */
  gains: number;
  /** What a gambler who bets on it has: starts at 1, stays above 0. */
  wealth: number;
  /** The next bet; as a weight it counts where it is above 0. */
  bet: number;
}

/**
 * Strongly adaptive online conformal prediction (SAOCP): in every round a new scale-free descent starts where the whole
 * stands and lives for a while, so that on every stretch of the stream some expert is young enough to be quick and old
 * enough to be calm. The threshold is their mean, weighted by coin-betting: an expert that beat the whole has won money
 * and is listened to. Rounds have about 8 log2 t experts at a time.
 *
 * Bhatnagar, Wang, Xiong and Bai, arXiv 2302.07869; the bets are those of Jun et al., arXiv 1610.04578 (sum of gains /
 * (rounds + 1), times the wealth, which thereby never runs out).
 */
export function stronglyAdaptiveThreshold(aim: OnlineAim): OnlineThreshold {
  checkAim(aim);
  const { missRate, maxScore } = aim;
  const largestLoss = maxScore * Math.max(missRate, 1 - missRate);
  let round = 1;
  let experts: readonly Expert[] = [newExpert(aim, round, 0)];
  let threshold = 0;
  return {
    threshold: () => threshold,
    observe: (score) => {
      checkScore(score);
      const ownLoss = pinballLoss(threshold, score, missRate);
      for (const expert of experts) {
        const gain = (ownLoss - pinballLoss(expert.follower.threshold(), score, missRate)) / largestLoss;
        settle(expert, Math.max(-1, Math.min(1, gain)), round);
        expert.follower.observe(score);
      }
      round += 1;
      const living = experts.filter(({ last }) => last >= round);
      // One that starts at the mean, unproven, leaves it where it is.
      threshold = meanThreshold(living);
      experts = [...living, newExpert(aim, round, threshold)];
    },
  };
}

function newExpert(aim: OnlineAim, round: number, start: number): Expert {
  return {
    born: round,
    last: round + lifetimeOf(round) - 1,
    follower: scaleFreeThreshold(aim, start),
    gains: 0,
    wealth: 1,
    bet: 0,
  };
}

/** Pays out the bet on an expert and places the next. One that nobody bets on is not charged for its losses. */
function settle(expert: Expert, gain: number, round: number): void {
  const counted = expert.bet > 0 ? gain : Math.max(0, gain);
  expert.wealth += expert.bet * counted;
  expert.gains += counted;
  expert.bet = (expert.gains / (round - expert.born + 2)) * expert.wealth;
}

/** Weighted by prior times bet; by the prior alone while no bet is above 0. */
function meanThreshold(experts: readonly Expert[]): number {
  const priors = experts.map(({ born }) => 1 / (born ** 2 * (1 + Math.floor(Math.log2(born)))));
  const bets = experts.map(({ bet }, index) => (priors[index] ?? 0) * Math.max(0, bet));
  const weights = bets.some((bet) => bet > 0) ? bets : priors;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return experts.reduce((sum, { follower }, i) => sum + ((weights[i] ?? 0) / total) * follower.threshold(), 0);
}
