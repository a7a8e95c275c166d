import type { EditEvent, TextEdit } from './editEvent.ts';
import type { Provenance } from './provenance.ts';

/** What was seen around a change, before it and shortly after. */
export interface Circumstances {
  /** Whether the document was saved, or about to be, at that moment: formatters run then. */
  readonly isSaving: boolean;
  /** Whether the document had no unsaved changes before, and has none after. */
  readonly isClean: boolean;
  /** Whether another version of the repository's files was checked out at about that time. */
  readonly isCheckout: boolean;
  /** Whether what was inserted was in the clipboard; null: nobody looked. */
  readonly isInClipboard: boolean | null;
  /** Whether the editor says that an extension or an agent made it, by a workspace edit. */
  readonly isWorkspaceEdit: boolean;
  /** What moved the caret after it; null: nothing that has a name, as when a suggestion is taken. Absent: the caret did not move. */
  readonly movedBy?: 'keyboard' | 'mouse' | 'command' | null;
  /** Offsets of the carets after it. Absent: nobody told. */
  readonly caretsAfter?: readonly number[];
}

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

const PART_OF_NAME = /^[\p{L}\p{N}_$]+$/u;

/** What editors close by themselves. */
const PAIRS: ReadonlySet<string> = new Set(['()', '[]', '{}', '""', "''", '``', '<>', '/**  */']);

export const LINE_BREAK_AND_INDENT = /^\r?\n[ \t]*(?:\r?\n[ \t]*)?$/;

/** What editors add by themselves for a name that they have completed. */
const IMPORT = /^\s*(?:import|from|use|using|#include|require)\b/;

/** Remarks are anybody's: licences, templates, explanations. */
const REMARK = /^\s*(?:\/\/|\/?\*|#|--|<!--|$)/;

/** Shorter than this, a piece of code that nobody explains might be anything. */
const FEWEST_CHARACTERS = 20;

/** At the caret, where more is known of it, so many are enough. */
const FEWEST_AT_CARET = 12;

/**
 * Who made a change, as far as text, time and the caret tell. The first rule that fits decides; what none explains is unknown,
 * for to take a person's code for a model's is worse than to miss a model's.
 */
export function guessedProvenance(event: EditEvent, around: Circumstances): Provenance {
  const { edits } = event;
  if (around.isClean) return { by: 'editor', how: around.isCheckout ? 'checked-out' : 'reloaded' };
  if (edits.every(({ inserted }) => inserted === '')) return { by: 'person', how: 'typed' };
  if (edits.every(isTyped) && (isOfOneHand(edits) || isAround(edits))) return { by: 'person', how: 'typed' };
  if (edits.every(isLayout)) return { by: 'editor', how: 'formatted' };
  if (around.isInClipboard === true) return { by: 'person', how: 'pasted' };
  if (isRename(edits)) return { by: 'editor', how: 'refactored' };
  const [first, ...others] = edits.toSorted((one, other) => one.start - other.start);
  if (first === undefined) return { by: 'unknown' };
  if (others.length > 0) return ofSeveral(event, around);
  if (event.isActive && isSuggestion(first)) return { by: 'person', how: 'suggestion' };
  return event.isActive && !around.isWorkspaceEdit ? atCaret(event, first, around) : elsewhere(edits);
}

/** A character, what the editor closes by itself around it, or a line break with its indent. */
function isTyped({ removed, inserted }: TextEdit): boolean {
  if (inserted === '') return true;
  const isShort = Array.from(inserted).length === 1 || PAIRS.has(inserted) || LINE_BREAK_AND_INDENT.test(inserted);
  // A selection that is wrapped in brackets or quotes.
  const isWrapped = inserted.slice(1, -1) === removed && PAIRS.has(inserted.charAt(0) + inserted.slice(-1));
  return isShort || isWrapped;
}

/** One change, or the same one at several carets. */
function isOfOneHand(edits: readonly TextEdit[]): boolean {
  return edits.every(({ inserted }) => inserted === edits[0]?.inserted);
}

/** Brackets or quotes around what stands there. */
function isAround(edits: readonly TextEdit[]): boolean {
  const inOrder = edits.toSorted((one, other) => one.start - other.start);
  const pairs = inOrder.map(({ inserted }, index) => inserted + (inOrder[index + 1]?.inserted ?? ''));
  return edits.length % 2 === 0 && pairs.every((pair, index) => index % 2 === 1 || PAIRS.has(pair));
}

/** Nothing but blanks, line breaks, quotes, semicolons and commas are other than before. */
function isLayout({ removed, inserted }: TextEdit): boolean {
  return withoutLayout(removed) === withoutLayout(inserted);
}

function withoutLayout(text: string): string {
  return text.replaceAll(/[\s;,]/g, '').replaceAll(/['`]/g, '"');
}

/** Whether there is much more than before, as no formatter makes it. */
function isMore(edits: readonly TextEdit[]): boolean {
  const grown = edits.map(({ removed, inserted }) => withoutLayout(inserted).length - withoutLayout(removed).length);
  return grown.reduce((sum, length) => sum + length, 0) >= FEWEST_CHARACTERS;
}

/** One name for another, in two places or more; what both have in common is left out where the document is in view. */
function isRename(edits: readonly TextEdit[]): boolean {
  const pieces = Map.groupBy(edits, ({ removed, inserted }) => `${removed} ${inserted}`);
  return (
    edits.every(({ removed, inserted }) => PART_OF_NAME.test(removed + inserted)) &&
    edits.some(({ removed }) => removed !== '') &&
    [...pieces.values()].every((same) => same.length >= 2)
  );
}

/** The end of the word that was begun, perhaps with its brackets: what lists of suggestions insert. */
function isSuggestion({ removed, inserted }: TextEdit): boolean {
  const [, word = ''] = /^([\p{L}\p{N}_$]+)(?:\([\w$, ]*\)?)?$/u.exec(inserted) ?? [];
  return word !== '' && (removed === '' ? inserted.length < FEWEST_CHARACTERS : IDENTIFIER.test(removed));
}

function ofSeveral({ edits, isActive }: EditEvent, { isSaving, isWorkspaceEdit }: Circumstances): Provenance {
  if (isSaving && !isMore(edits)) return { by: 'editor', how: 'formatted' };
  // A suggestion with the import that it needs.
  const isImport = edits.some(({ inserted }) => IMPORT.test(inserted));
  if (isImport && edits.length === 2 && edits.some(isSuggestion)) return { by: 'person', how: 'suggestion' };
  if (isOfOneHand(edits)) return { by: 'person', how: 'typed' };
  return isActive && !isWorkspaceEdit ? { by: 'unknown' } : elsewhere(edits);
}

/** One insertion where the caret was, which is at its end now: a snippet goes on to its first blank. */
function atCaret({ carets }: EditEvent, edit: TextEdit, around: Circumstances): Provenance {
  const { start, end, removed, inserted } = edit;
  const { movedBy, caretsAfter = [start + inserted.length], isInClipboard } = around;
  const isThere = carets.some((caret) => start <= caret && caret <= end);
  const isAtEnd = caretsAfter.includes(start + inserted.length);
  // What stood there is taken over: a suggestion replaces what was taken of it word by word.
  const isGrowth = inserted.startsWith(removed) && inserted.trim().length >= FEWEST_AT_CARET;
  // A paste moves the caret without a name as well: only who could look into the clipboard knows that it was none.
  const isSuggested = isThere && isAtEnd && isGrowth && movedBy === null && isInClipboard === false;
  if (isSuggested) return { by: 'model', how: 'completion', tool: null, isCertain: false };
  return { by: 'unknown' };
}

/** A workspace edit in a document that nobody types in: new code there is an agent's, if it is long enough to be code at all. */
function elsewhere(edits: readonly TextEdit[]): Provenance {
  const lines = edits.flatMap(({ inserted }) => inserted.split('\n'));
  const code = lines.filter((line) => !IMPORT.test(line) && !REMARK.test(line));
  const isCode = lines.length > 1 && code.join('').trim().length >= FEWEST_CHARACTERS;
  return isCode ? { by: 'model', how: 'applied', tool: null, isCertain: false } : { by: 'unknown' };
}
