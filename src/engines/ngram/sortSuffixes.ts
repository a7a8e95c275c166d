/**
 * Sorts all suffixes of a token array by their first `depth` tokens, with a radix sort from the last of those tokens to
 * the first. An n-gram model of order `depth` never looks further, so nothing deeper is worth sorting; ties keep their
 * place in the text.
 *
 * `tokens` must hold at least `depth` tokens of padding after the `count` that are sorted.
 * Time O(depth (count + vocabularySize)), 8 bytes a token while it runs.
 * @returns start positions of the suffixes, in order.
 */
export function sortSuffixes(tokens: Uint16Array, count: number, depth: number, vocabularySize: number): Uint32Array {
  let sorted = new Uint32Array(count);
  for (let position = 0; position < count; position++) sorted[position] = position;
  let scratch = new Uint32Array(count);
  const bucketStarts = new Uint32Array(vocabularySize + 1);
  for (let digit = depth - 1; digit >= 0; digit--) {
    bucketStarts.fill(0);
    for (let position = 0; position < count; position++) {
      const bucket = (tokens[position + digit] ?? 0) + 1;
      bucketStarts[bucket] = (bucketStarts[bucket] ?? 0) + 1;
    }
    for (let bucket = 1; bucket <= vocabularySize; bucket++) {
      bucketStarts[bucket] = (bucketStarts[bucket] ?? 0) + (bucketStarts[bucket - 1] ?? 0);
    }
    for (let rank = 0; rank < count; rank++) {
      const position = sorted[rank] ?? 0;
      const bucket = tokens[position + digit] ?? 0;
      const target = bucketStarts[bucket] ?? 0;
      bucketStarts[bucket] = target + 1;
      scratch[target] = position;
    }
    [sorted, scratch] = [scratch, sorted];
  }
  return sorted;
}
