import type { SpanTable } from '../../core/spanTable.ts';
import { childrenOf, hasFlag, typeOf, type CodeTree } from './codeTree.ts';
import { isLeftOut } from './leftOut.ts';
import { literalParts, type RawText } from './literalParts.ts';
import { localLabels } from './localLabels.ts';
import type { Stretch } from './namesOf.ts';

/** What code is, apart from how it is written. */
export interface NormalForm {
  /** Equal for two texts that are the same code, and for no others. */
  readonly key: string;
  /** The leaves of the written part, as the key has them. */
  readonly words: readonly string[];
}

/**
 * The normal form of a text in which one part is new: two ways to write that part with the rest the same have equal keys if
 * they differ at most in
 *
 * - layout where the grammar gives it no meaning, and comments,
 * - names of variables that the written part declares and nobody outside can mean (`localLabels`),
 * - a comma behind the last item, a semicolon where the end of a line would do,
 * - the quotes around a string that holds neither quotes nor escapes,
 * - parentheses around an expression that bind nothing otherwise.
 *
 * The whole tree goes into the key, for what is written can change what the text around it means.
 *
 * @param written the new part, in UTF-16 units; a leaf that it only touches counts as a word of it
 */
export function normalForm(text: string, spans: SpanTable, written: Stretch): NormalForm {
  const tree: CodeTree = { text, spans };
  const labels = localLabels(tree, written);
  const isEmpty = emptyNodes(tree);
  const pieces: string[] = [];
  const words: string[] = [];
  const addWord = (word: string, start: number, end: number): void => {
    pieces.push(`.${word}`);
    if (start < written.end && end > written.start) words.push(word);
  };
  // By a stack, for trees can be deep. What is no node is a piece that is ready.
  const open: (number | string | RawText)[] = [0];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') pieces.push(next);
    else if (typeof next === 'object') addWord(next.word, next.start, next.end);
    else {
      const [start, end] = [spans.starts[next] ?? 0, spans.ends[next] ?? 0];
      const type = typeOf(tree, next);
      const label = labels.get(next);
      const key = SHORTHANDS.has(type) ? text.slice(start, end) : null;
      if (label !== undefined) {
        // `{ a }` names a member, too.
        if (key !== null) pieces.push(SHORTHANDS.get(type) ?? '', `.${key}`, '.:');
        addWord(label, start, end);
        if (key !== null) pieces.push(')');
        continue;
      }
      const literal = literalParts(tree, next);
      const parts = literal ?? childrenOf(tree, next).filter((child) => isEmpty[child] === 0);
      if (literal === null && hasFlag(tree, next, 'leaf')) addWord(text.slice(start, end), start, end);
      else if (parts.length === 1) open.push(...parts);
      else if (parts.length > 1) {
        pieces.push(`(${type}`);
        open.push(')', ...parts.toReversed());
      }
    }
  }
  return { key: JSON.stringify(pieces), words };
}

/** How `{ a: a }` begins, by the type of `a` in `{ a }`. */
const SHORTHANDS: ReadonlyMap<string, string> = new Map([
  ['shorthand_property_identifier', '(pair'],
  ['shorthand_property_identifier_pattern', '(pair_pattern'],
]);

/** 1 for nodes of which nothing stays. */
function emptyNodes(tree: CodeTree): Uint8Array {
  const { length, parents } = tree.spans;
  const isEmpty = new Uint8Array(length).fill(1);
  for (let span = length - 1; span >= 0; span--) {
    const isComment = hasFlag(tree, span, 'comment');
    if (hasFlag(tree, span, 'leaf') && !isComment) isEmpty[span] = isLeftOut(tree, span) ? 1 : 0;
    else if (literalParts(tree, span) !== null) isEmpty[span] = 0;
    if (isEmpty[span] === 0 && !isComment) isEmpty[parents[span] ?? 0] = 0;
  }
  return isEmpty;
}
