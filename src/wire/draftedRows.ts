import type { WirePart, WireRow } from './wirePart.ts';

/**
 * llama-server writes each token of a speculative step (the accepted drafts, and the token sampled after them) with a
 * probability of exactly 1 and no alternatives: a placeholder, not a score. Where it is known that tokens were drafted,
 * every such row is unscored, be it the only one of its step.
 */
export function unscoreDrafted(part: WirePart): WirePart {
  if (!((part.draftedTokens ?? 0) > 0) || !part.rows.some(looksDrafted)) return part;
  return { ...part, rows: part.rows.map(unscoredIfDrafted) };
}

/** The row without its log-probability, if that is one which speculative decoding fills in. */
export function unscoredIfDrafted(row: WireRow): WireRow {
  return looksDrafted(row) ? { ...row, logprobNats: null } : row;
}

function looksDrafted({ logprobNats, alternatives }: WireRow): boolean {
  return logprobNats === 0 && alternatives.length === 0;
}
