import { CATEGORIES } from '../../core/words.ts';
import type { CodeLeaves } from '../codeLeaves.ts';

const IMPORTS = CATEGORIES.indexOf('imports');

/** The leaves that name a function, class, method or type where it is declared or imported, as indices into the CodeLeaves. */
export function declaringLeaves({ ordinals, spans }: CodeLeaves): ReadonlySet<number> {
  const { nameSpans, leafStarts, leafEnds, categories, length } = spans;
  const named = new Set<number>();
  for (let span = 0; span < length; span++) {
    const name = categories[span] === IMPORTS ? span : (nameSpans[span] ?? -1);
    if (name === -1) continue;
    for (let ordinal = leafStarts[name] ?? 0; ordinal < (leafEnds[name] ?? 0); ordinal++) named.add(ordinal);
  }
  const declaring = new Set<number>();
  for (const [leaf, ordinal] of ordinals.entries()) if (named.has(ordinal)) declaring.add(leaf);
  return declaring;
}
