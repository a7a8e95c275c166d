import { checkAim, checkScore, type OnlineAim, type OnlineThreshold, pinballSlope } from './onlineThreshold.ts';

/**
 * Plain online gradient descent on the pinball loss: up by step (1 - alpha) after a miss, down by step alpha after a hit.
 * Over a long stream the share of misses goes to alpha for any fixed step, but how soon after a shift is up to the
 * step. Gibbs and Candes, arXiv 2106.00072, in the form that moves the threshold itself.
 *
 * @param stepShare the step as a share of `maxScore`
 */
export function gradientThreshold(aim: OnlineAim, stepShare: number): OnlineThreshold {
  return descent(aim, 0, () => stepShare * aim.maxScore);
}

/**
 * Scale-free online gradient descent: the step is maxScore / sqrt(3), divided by the root of the sum of all squared slopes
 * so far. It has no rate to choose, and slows down as it goes. Orabona and Pal, arXiv 1502.05744; as an expert in
 * Bhatnagar et al., arXiv 2302.07869.
 *
 * @param start the first threshold, at least 0
 */
export function scaleFreeThreshold(aim: OnlineAim, start = 0): OnlineThreshold {
  let squares = 0;
  return descent(aim, start, (slope) => {
    squares += slope ** 2;
    return aim.maxScore / Math.sqrt(3 * squares);
  });
}

function descent(aim: OnlineAim, start: number, stepFor: (slope: number) => number): OnlineThreshold {
  checkAim(aim);
  let threshold = start;
  return {
    threshold: () => threshold,
    observe: (score) => {
      checkScore(score);
      const slope = pinballSlope(threshold, score, aim.missRate);
      threshold = Math.max(0, threshold - stepFor(slope) * slope);
    },
  };
}
