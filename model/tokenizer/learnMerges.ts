import { BYTE_OF_ID, ID_OF_BYTE, toAlphabet } from '../../src/engines/tokenizer/byteAlphabet.ts';
import { pairKey } from '../../src/engines/tokenizer/bytePairMerger.ts';

/** A pair of neighbouring tokens, how often it occurs now, and the words it has occurred in. */
interface Pair {
  readonly left: number;
  readonly right: number;
  count: number;
  readonly words: number[];
}

/**
 * Learns byte-pair merges: again and again the pair with the highest count becomes a token, of equal counts the pair
 * with the smaller ids. Deterministic. A pair whose text is a token already is passed over: no token has two ids.
 *
 * @param counts whole, positive weights of the words; merges do not cross words
 * @param wanted number of merges; fewer come back when no pair is left
 * @returns lines `left right` in the byte alphabet
 *
 * Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", ACL 2016, section 3.2.
 */
export function learnMerges(counts: ReadonlyMap<string, number>, wanted: number): string[] {
  const utf8 = new TextEncoder();
  const words: Uint16Array[] = [];
  const weights: number[] = [];
  // In order of the words, so that the order in which they were counted does not matter.
  for (const [word, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    words.push(Uint16Array.from(utf8.encode(word), (byte) => ID_OF_BYTE[byte] ?? 0));
    weights.push(count);
  }

  const pairs = new Map<number, Pair>();
  const add = (left: number, right: number, weight: number, word: number): Pair => {
    const key = pairKey(left, right);
    let pair = pairs.get(key);
    if (pair === undefined) {
      pair = { left, right, count: 0, words: [] };
      pairs.set(key, pair);
    }
    pair.count += weight;
    if (pair.words.at(-1) !== word) pair.words.push(word);
    return pair;
  };
  words.forEach((tokens, word) => {
    for (let index = 1; index < tokens.length; index++) {
      add(tokens[index - 1] ?? 0, tokens[index] ?? 0, weights[word] ?? 0, word);
    }
  });

  const queue = new PairQueue();
  for (const pair of pairs.values()) queue.push(pair);
  const tokens: string[] = Array.from(BYTE_OF_ID, (byte) => toAlphabet(Uint8Array.of(byte)));
  const known = new Set(tokens);
  const lines: string[] = [];
  while (lines.length < wanted) {
    const best = queue.pop();
    if (best === undefined) break;
    const left = tokens[best.left] ?? '';
    const right = tokens[best.right] ?? '';
    if (known.has(left + right)) continue;
    known.add(left + right);
    lines.push(`${left} ${right}`);
    const made = tokens.push(left + right) - 1;
    const touched = new Set<Pair>();
    for (const word of best.words) {
      const before = words[word];
      if (before === undefined || !holds(before, best)) continue;
      const after = merged(before, best, made);
      const weight = weights[word] ?? 0;
      words[word] = after;
      for (let index = 1; index < before.length; index++) {
        const pair = pairs.get(pairKey(before[index - 1] ?? 0, before[index] ?? 0));
        if (pair !== undefined) pair.count -= weight;
      }
      for (let index = 1; index < after.length; index++) {
        const l = after[index - 1] ?? 0;
        const r = after[index] ?? 0;
        const pair = l === made || r === made ? add(l, r, weight, word) : pairs.get(pairKey(l, r));
        if (pair === undefined) continue;
        if (l === made || r === made) touched.add(pair);
        else pair.count += weight;
      }
    }
    pairs.delete(pairKey(best.left, best.right));
    for (const pair of touched) queue.push(pair);
  }
  return lines;
}

function holds(tokens: Uint16Array, pair: Pair): boolean {
  for (let index = 1; index < tokens.length; index++) {
    if (tokens[index - 1] === pair.left && tokens[index] === pair.right) return true;
  }
  return false;
}

function merged(tokens: Uint16Array, pair: Pair, made: number): Uint16Array {
  const result = new Uint16Array(tokens.length);
  let length = 0;
  for (let index = 0; index < tokens.length; index++) {
    if (tokens[index] === pair.left && tokens[index + 1] === pair.right) {
      result[length++] = made;
      index++;
    } else {
      result[length++] = tokens[index] ?? 0;
    }
  }
  return result.slice(0, length);
}

/**
 * Pairs by falling count, then rising ids. A pair's count only falls after it was pushed; an entry whose count is out
 * of date is put back with the present one when it comes up, which keeps the order right.
 */
class PairQueue {
  readonly #entries: { readonly pair: Pair; readonly count: number }[] = [];

  push(pair: Pair): void {
    if (pair.count <= 0) return;
    const entries = this.#entries;
    let index = entries.length;
    entries.push({ pair, count: pair.count });
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  /** The pair with the highest count, and takes it out; `undefined` when none has a count above 0. */
  pop(): Pair | undefined {
    for (;;) {
      const top = this.#entries[0];
      if (top === undefined) return undefined;
      this.#removeTop();
      if (top.count === top.pair.count) return top.pair;
      this.push(top.pair);
    }
  }

  #removeTop(): void {
    const entries = this.#entries;
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return;
    entries[0] = last;
    let index = 0;
    for (;;) {
      let first = index;
      if (this.#isBefore(2 * index + 1, first)) first = 2 * index + 1;
      if (this.#isBefore(2 * index + 2, first)) first = 2 * index + 2;
      if (first === index) return;
      this.#swap(index, first);
      index = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#entries[a];
    const second = this.#entries[b];
    if (first === undefined || second === undefined) return false;
    if (first.count !== second.count) return first.count > second.count;
    return pairKey(first.pair.left, first.pair.right) < pairKey(second.pair.left, second.pair.right);
  }

  #swap(a: number, b: number): void {
    const entries = this.#entries;
    const first = entries[a];
    const second = entries[b];
    if (first === undefined || second === undefined) return;
    entries[a] = second;
    entries[b] = first;
  }
}
