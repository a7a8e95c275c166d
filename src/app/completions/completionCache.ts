import { cutCompletion, type Completion } from './completion.ts';

/** Where a person types. */
export interface CaretState {
  /** Which document: its address. */
  readonly document: string;
  /** All text before the caret. */
  readonly prefix: string;
  /** All text after it. */
  readonly suffix: string;
}

/** Closing brackets and quotes, which an editor sets behind the caret when the opening one is typed. */
const CLOSERS = /^[)\]}>'"`]+$/;

/**
 * What is left of a completion of one caret at another one: where the person has typed its beginning, what comes after; where the same
 * characters were deleted again, all of it. The closers that the editor set for typed brackets are taken off its end.
 *
 *     completion of `f|`      `(a, b)`
 *     left at `f(a|)`         `, b`
 *
 * @returns undefined where it does not go with the caret; null where nothing of it is left
 */
export function completionLeft(
  at: CaretState,
  completion: Completion | null,
  now: CaretState,
): Completion | null | undefined {
  const typed = typedSince(at, now);
  if (typed === undefined) return undefined;
  if (completion === null) return typed.text === '' && typed.closers === '' ? null : undefined;
  const { text } = completion;
  const begun = withLineEndsOf(text, typed.text);
  if (!text.startsWith(begun) || !text.slice(begun.length).endsWith(typed.closers)) return undefined;
  return cutCompletion(completion, begun.length, text.length - typed.closers.length);
}

/** Whether a completion of one caret may still go with another one, as far as it is known. */
export function mayGoWith(at: CaretState, begun: string, now: CaretState): boolean {
  const typed = typedSince(at, now)?.text;
  if (typed === undefined) return false;
  const text = withLineEndsOf(begun, typed);
  return text.startsWith(begun) || begun.startsWith(text);
}

/** What was typed, as it is in a completion: an editor puts in the line ends of the document. */
function withLineEndsOf(completion: string, typed: string): string {
  return completion.includes('\r\n') ? typed : typed.replaceAll('\r\n', '\n');
}

interface Typed {
  readonly text: string;
  readonly closers: string;
}

/** What was typed at a caret to get to another one, and the closers that came with it; undefined where it takes other changes. */
function typedSince(at: CaretState, now: CaretState): Typed | undefined {
  if (at.document !== now.document || !now.suffix.endsWith(at.suffix) || !now.prefix.startsWith(at.prefix)) {
    return undefined;
  }
  const text = now.prefix.slice(at.prefix.length);
  const closers = now.suffix.slice(0, now.suffix.length - at.suffix.length);
  const isTyped = closers === '' || (text !== '' && CLOSERS.test(closers));
  return isTyped ? { text, closers } : undefined;
}

/** Completions by where they were asked for; the oldest goes first. */
export interface CompletionCache {
  /** What is left at a caret of the newest completion that goes with it: see `completionLeft`. */
  find(now: CaretState): Completion | null | undefined;
  /** @param completion null: there is none at this caret */
  keep(at: CaretState, completion: Completion | null): void;
}

/** @param mostEntries at least 1 */
export function createCompletionCache(mostEntries: number): CompletionCache {
  const entries: { readonly at: CaretState; readonly completion: Completion | null }[] = [];
  return {
    find(now) {
      for (const { at, completion } of entries) {
        const left = completionLeft(at, completion, now);
        if (left !== undefined) return left;
      }
      return undefined;
    },
    keep(at, completion) {
      const same = entries.findIndex(
        (entry) => entry.at.document === at.document && entry.at.prefix === at.prefix && entry.at.suffix === at.suffix,
      );
      if (same >= 0) entries.splice(same, 1);
      entries.unshift({ at, completion });
      entries.length = Math.min(entries.length, mostEntries);
    },
  };
}
