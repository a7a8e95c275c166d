import { Corpus, layOut } from './corpus.ts';
import { TokenIndex, type IndexArrays, type NgramShape } from './tokenIndex.ts';

/**
 * What a corpus has learned, as data that can be posted to another thread: its arrays lie in shared memory, so that threads
 * score by one and the same copy.
 */
export interface SharedBase extends Required<IndexArrays> {
  /** In the order of their tokens. */
  readonly documents: readonly (readonly [path: string, length: number])[];
  /** Digest of it all: see `Corpus.identity`. */
  readonly identity: string;
}

/**
 * Puts all that a corpus has learned into its base, and gives out that.
 *
 * Nothing writes to it again: a corpus that learns more builds another base in the end.
 */
export function shareBase(corpus: Corpus): SharedBase {
  const { documents, index } = corpus.rebuild();
  const lengths = Array.from(documents, ([path, tokens]) => [path, tokens.length] as const);
  return { ...index.arrays, documents: lengths, identity: corpus.identity };
}

/**
 * A corpus over a base that was shared: it scores the same and has the same identity. What it learns besides is its own.
 * @param shape that of the corpus whose base it is
 */
export function corpusOf(shape: NgramShape, { documents, identity, ...arrays }: SharedBase): Corpus {
  const index = new TokenIndex(arrays, shape, SharedArrayBuffer);
  return new Corpus(shape, { documents: layOut(documents, index.tokens), index }, identity);
}
