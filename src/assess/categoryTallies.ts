import { LEAST_LOGPROB_NATS } from '../core/scoredRow.ts';
import { NO_CATEGORY, type SpanTable } from '../core/spanTable.ts';
import { tokenTally, type CategoryTallies } from '../core/sums/categoryTallies.ts';
import { CATEGORIES } from '../core/words.ts';
import type { AssessedText } from './assessText.ts';

/**
 * How sure who read it was of each syntax category in the regions of a text (AsC-Eval, arXiv 2308.03873). A token counts once: in the
 * smallest part of a category around the leaf that answers for it, so that the brackets of a call are of calls.
 *
 *     total = pick ( prices )      total, pick, prices: identifiers    =: operators    ( and ): calls
 *
 * In the paper it counts in every node that holds it, and then all of a class is types. Comments and layout count nowhere.
 *
 * @returns one for each reading: where a scout looked at everything and an engine read the riskiest, two
 */
export function categoryTallies({
  spans,
  regions,
}: Pick<AssessedText, 'spans' | 'regions'>): readonly CategoryTallies[] {
  const categories = categoriesAround(spans);
  return Array.from(
    Map.groupBy(regions, ({ reading }) => reading),
    ([{ scored, alignment }, own]) => {
      const logprobs = new Map<number, number[]>();
      for (const { found } of own) {
        if (found.firstLeaf >= found.endLeaf) continue;
        const first = alignment.firstTokens[spans.leaves[found.firstLeaf] ?? 0] ?? 0;
        const end = alignment.endTokens[spans.leaves[found.endLeaf - 1] ?? 0] ?? 0;
        for (let token = first; token < end; token++) {
          const leaf = alignment.chargedLeaves[token] ?? -1;
          const logprob = scored.measures.logprobsNats[token] ?? Number.NaN;
          if (leaf < found.firstLeaf || leaf >= found.endLeaf || Number.isNaN(logprob)) continue;
          const category = categories[spans.leaves[leaf] ?? 0] ?? NO_CATEGORY;
          const known = logprobs.get(category);
          if (known === undefined) logprobs.set(category, [Math.max(logprob, LEAST_LOGPROB_NATS)]);
          else known.push(Math.max(logprob, LEAST_LOGPROB_NATS));
        }
      }
      const tallied = CATEGORIES.flatMap((category, index) => {
        const known = logprobs.get(index);
        return known === undefined ? [] : [[category, tokenTally(known)] as const];
      });
      return {
        source: scored.source,
        categories: Object.fromEntries(tallied),
        leftOut: logprobs.get(NO_CATEGORY)?.length ?? 0,
      };
    },
  );
}

/** By span: the category of the smallest span around it that has one, itself among them. */
function categoriesAround({ length, categories, parents }: SpanTable): Uint8Array {
  const around = new Uint8Array(length).fill(NO_CATEGORY);
  // Parents come before their children.
  for (let span = 0; span < length; span++) {
    const own = categories[span] ?? NO_CATEGORY;
    around[span] = own === NO_CATEGORY ? (around[parents[span] ?? 0] ?? NO_CATEGORY) : own;
  }
  return around;
}
