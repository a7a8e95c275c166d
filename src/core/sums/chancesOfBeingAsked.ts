/** An item, and whether a person was asked about it. */
export interface AskedItem {
  readonly p: number;
  readonly isAsked: boolean;
}

/** More strata than that take off little more of what the choice of items may bias (Cochran, Biometrics 1968). */
const MOST_STRATA = 5;

/** Of fewer in a stratum the share says nothing. */
const LEAST_ASKED = 5;

/**
 * The chance with which a person was asked about each item, as it looks afterwards, for `designBasedMean`: items in order of p are parted
 * into strata with as many that were asked about in each, and the chance is the share of these in the stratum. With it the mean
 * holds where people chose by p, as those do who begin with the riskiest, and by chance among items of about the same p.
 *
 *     p          .1 .2 .2 .3 .4 | .6 .7 .8 .9 .9 .9 .9      x: asked about
 *                x     x  x  x  |       x     x  x     x    chance 4/5 and 4/7, were four enough for a stratum
 *
 * @returns in order of the items; null where nobody was asked about any
 */
export function chancesOfBeingAsked(items: readonly AskedItem[]): readonly number[] | null {
  const asked = items.filter(({ isAsked }) => isAsked).length;
  if (asked === 0) return null;
  const strata = Math.max(1, Math.min(MOST_STRATA, Math.floor(asked / LEAST_ASKED)));
  const order = Array.from(items.keys()).sort((a, b) => (items[a]?.p ?? 0) - (items[b]?.p ?? 0));
  const chances = new Array<number>(items.length).fill(0);
  let stratum: number[] = [];
  let [askedBefore, askedHere, done] = [0, 0, 0];
  for (const [place, index] of order.entries()) {
    stratum.push(index);
    askedHere += Number(items[index]?.isAsked);
    const next = items[order[place + 1] ?? -1];
    const isFull = done < strata - 1 && askedBefore + askedHere >= (asked * (done + 1)) / strata && askedHere > 0;
    // What is as likely is not parted, and what nobody was asked about is with somebody it can be told by.
    const isEnd = next === undefined || (isFull && next.p !== items[index]?.p && askedBefore + askedHere < asked);
    if (!isEnd) continue;
    for (const one of stratum) chances[one] = askedHere / stratum.length;
    [stratum, askedBefore, askedHere, done] = [[], askedBefore + askedHere, 0, done + 1];
  }
  return chances;
}
