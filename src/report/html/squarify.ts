/** A rectangle by its corners. */
export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * Parts a rectangle into one for each size, as near to squares as a greedy layout comes (Bruls, Huizing and van Wijk, Squarified
 * Treemaps, 2000): sizes fill a row along the shorter side as long as that makes its worst cell squarer.
 *
 * @param sizes above 0, the largest first; areas are in proportion to them
 * @returns in the order of the sizes; they tile the box
 */
export function squarify(sizes: readonly number[], box: Box): readonly Box[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const scale = ((box.x2 - box.x1) * (box.y2 - box.y1)) / total;
  const placed: Box[] = [];
  let left = box;
  for (let from = 0; from < sizes.length;) {
    const side = Math.min(left.x2 - left.x1, left.y2 - left.y1);
    let to = from + 1;
    while (to < sizes.length && worstOf(sizes, from, to + 1, scale, side) <= worstOf(sizes, from, to, scale, side))
      to++;
    const row = sizes.slice(from, to);
    const { cells, rest } = layRow(row, scale, left, to === sizes.length);
    placed.push(...cells);
    left = rest;
    from = to;
  }
  return placed;
}

/** The aspect ratio, at least 1, of the worst cell of a row along a side. */
function worstOf(sizes: readonly number[], from: number, to: number, scale: number, side: number): number {
  const areas = sizes.slice(from, to).map((size) => size * scale);
  const thickness = areas.reduce((sum, area) => sum + area, 0) / side;
  return Math.max(...areas.map((area) => Math.max(thickness ** 2 / area, area / thickness ** 2)));
}

function layRow(
  row: readonly number[],
  scale: number,
  box: Box,
  isLast: boolean,
): { readonly cells: readonly Box[]; readonly rest: Box } {
  const [width, height] = [box.x2 - box.x1, box.y2 - box.y1];
  const isUpright = width >= height;
  const total = row.reduce((sum, size) => sum + size, 0);
  // What rounding leaves belongs to the last row.
  const thickness = isLast ? Math.max(width, height) : (total * scale) / Math.min(width, height);
  let done = 0;
  const cells = row.map((size) => {
    const [low, high] = [done / total, (done + size) / total];
    done += size;
    return isUpright
      ? { x1: box.x1, x2: box.x1 + thickness, y1: box.y1 + low * height, y2: box.y1 + high * height }
      : { y1: box.y1, y2: box.y1 + thickness, x1: box.x1 + low * width, x2: box.x1 + high * width };
  });
  return { cells, rest: isUpright ? { ...box, x1: box.x1 + thickness } : { ...box, y1: box.y1 + thickness } };
}
