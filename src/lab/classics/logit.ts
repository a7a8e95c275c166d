/** How near a score may come to 0 and 1: a score of exactly 1 would pull a line through log-odds with infinite force. */
const CLIP = 1e-6;

/** A score moved into [1e-6, 1 - 1e-6]. */
export function clipped(score: number): number {
  return Math.min(1 - CLIP, Math.max(CLIP, score));
}

/** Log-odds of a score, which is clipped first: from -13.8 to 13.8. */
export function logit(score: number): number {
  const inside = clipped(score);
  return Math.log(inside / (1 - inside));
}

/** The chance with these log-odds, in [0, 1]. */
export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
