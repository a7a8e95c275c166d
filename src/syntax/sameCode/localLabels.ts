import { isWithin, type CodeTree } from './codeTree.ts';
import { namesOf, type NameDeclaration, type Names, type NameUse, type Stretch } from './namesOf.ts';

/**
 * Labels for the variables that a stretch of a text declares and nobody outside of it can mean: by span, wherever they are
 * named. Two stretches that differ only in such names get the same labels at the same places.
 *
 *     const sum = a.sum; { const a = f(sum); g(a) }       sum #0, the inner a #1; the outer a and the member stay
 *
 * A name gets a label in a region if all that is named so in the region lies in the stretch, is declared there and seen
 * where it is named: then a new name for all of it is the same code. Where one of these is not sure, the name stays.
 */
export function localLabels(tree: CodeTree, written: Stretch): ReadonlyMap<number, string> {
  const names = namesOf(tree);
  if (names === null) return new Map();
  const usesByName = Map.groupBy(names.uses, ({ name }) => name);
  const regionBySpan = new Map<number, number>();
  for (const [region, declarations] of innermostFirst(tree, names, written)) {
    for (const [name, declared] of Map.groupBy(declarations, ({ name }) => name)) {
      // What an inner region took is another variable.
      const uses = (usesByName.get(name) ?? []).filter(
        ({ span }) => isWithin(tree, span, region) && !regionBySpan.has(span),
      );
      if (!isLocal(tree, names, written, declared, uses)) continue;
      for (const { span } of uses) regionBySpan.set(span, region);
    }
  }
  return numbered(names.uses, regionBySpan);
}

/** Regions in which the written part declares something, with all that is declared in each. */
function innermostFirst(
  tree: CodeTree,
  { declarations, opaque }: Names,
  written: Stretch,
): readonly (readonly [number, readonly NameDeclaration[]])[] {
  const byRegion = Map.groupBy(declarations, ({ region }) => region);
  return (
    [...byRegion]
      .filter(([region, declared]) => {
        if (!declared.some(({ span }) => liesIn(tree, span, written))) return false;
        return !opaque.some((span) => span !== region && isWithin(tree, span, region));
      })
      // In preorder an inner region comes behind the one that holds it.
      .sort(([left], [right]) => right - left)
  );
}

function isLocal(
  tree: CodeTree,
  { keys }: Names,
  written: Stretch,
  declared: readonly NameDeclaration[],
  uses: readonly NameUse[],
): boolean {
  const declaring = new Set(declared.map(({ span }) => span));
  const isSeen = (span: number): boolean =>
    declaring.has(span) || declared.some(({ seen }) => seen.some((stretch) => liesIn(tree, span, stretch)));
  const isCalledByName = ({ name, isParameter }: NameDeclaration): boolean =>
    isParameter && keys.has(name.replace(/^\$/, ''));
  return (
    !declared.some(isCalledByName) &&
    uses.every(({ span, isUnsure }) => !isUnsure && liesIn(tree, span, written) && isSeen(span))
  );
}

/** In the order in which the variables are first named. */
function numbered(uses: readonly NameUse[], regionBySpan: ReadonlyMap<number, number>): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  const labelByVariable = new Map<string, string>();
  for (const { span, name } of uses) {
    const region = regionBySpan.get(span);
    if (region === undefined) continue;
    const variable = `${region} ${name}`;
    const label = labelByVariable.get(variable) ?? `#${labelByVariable.size}`;
    labelByVariable.set(variable, label);
    labels.set(span, label);
  }
  return labels;
}

function liesIn({ spans }: CodeTree, span: number, { start, end }: Stretch): boolean {
  return (spans.starts[span] ?? 0) >= start && (spans.ends[span] ?? 0) <= end;
}
