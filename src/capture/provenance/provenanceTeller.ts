import { detailedProvenance, isWorkspaceEdit } from './detailedProvenance.ts';
import type { EditEvent } from './editEvent.ts';
import { guessedProvenance, LINE_BREAK_AND_INDENT, type Circumstances } from './guessedProvenance.ts';
import type { Provenance } from './provenance.ts';

/** What an editor tells beside changes. Times are by the clock of the events. */
export type EditHint =
  | {
      readonly kind: 'caret';
      readonly document: string;
      readonly atMs: number;
      readonly by: 'keyboard' | 'mouse' | 'command' | null;
      /** Offsets of the carets now. */
      readonly carets?: readonly number[];
    }
  /** The document has unsaved changes now, or has none. */
  | { readonly kind: 'dirty'; readonly document: string; readonly atMs: number; readonly isDirty: boolean }
  | { readonly kind: 'saving'; readonly document: string; readonly atMs: number }
  /** Another version of the files of a repository was checked out. */
  | { readonly kind: 'checkout'; readonly atMs: number }
  /** Whether what an edit inserted was in the clipboard. */
  | { readonly kind: 'clipboard'; readonly edit: number; readonly isEqual: boolean };

/** A change of which no more will be known. */
export interface SettledEdit {
  readonly edit: number;
  /** URI. */
  readonly document: string;
  readonly provenance: Provenance;
}

/** Tells who made changes, a moment after each: what follows a change says much about it. */
export interface ProvenanceTeller {
  /** @param edit by which the caller knows the change */
  edited(edit: number, event: EditEvent): void;
  hint(hint: EditHint): void;
  /** The changes of which no more will be known, in their order. */
  settle(nowMs: number): readonly SettledEdit[];
  /** Those of one document, at once: something is about to change it again that will hide them. */
  settleDocument(document: string): readonly SettledEdit[];
  /** When `settle` is worth while again; null: nothing waits. */
  readonly dueMs: number | null;
}

/** The caret and the unsaved state follow a change within milliseconds, the clipboard's answer a bit later. */
const SETTLED_AFTER_MS = 250;

/** A caret that moves later than this after a change moves because of something else. */
const CARET_MS = 50;

/** The next word of a suggestion comes within this time; so many insertions in a row, a blank being one, are no accident. */
const NEXT_WORD_MS = 1500;
const FEWEST_WORDS = 3;

/** Formatters run between the wish to save and the save. */
const SAVING_MS = 2000;

/** Files change on the disk before git writes its log, and the editor sees them after. */
const CHECKOUT_MS = 4000;

interface Waiting {
  readonly edit: number;
  readonly event: EditEvent;
  /** Whether the document had unsaved changes before it, or has had since. */
  isDirtied: boolean;
  movedBy?: Circumstances['movedBy'];
  caretsAfter?: readonly number[];
  isInClipboard: boolean | null;
  /** Whether it is a word of a suggestion that was taken word by word. */
  isWordByWord: boolean;
}

/** Whether a change may be a word of a suggestion that is taken word by word; typing moves the caret by the keyboard. */
function mayBeWord({ event: { edits, reason, detailedReason }, movedBy }: Waiting): boolean {
  return (
    reason === null && detailedReason === null && movedBy === null && edits.length === 1 && edits[0]?.removed === ''
  );
}

/** Whether one insertion goes on where another ends. */
function goesOn(before: Waiting, after: Waiting): boolean {
  const [first, next] = [before.event.edits[0], after.event.edits[0]];
  return (
    before.event.document === after.event.document &&
    after.event.atMs - before.event.atMs <= NEXT_WORD_MS &&
    next?.start === (first?.start ?? 0) + (first?.inserted.length ?? 0)
  );
}

/** When no more will be known of a change: of what may be a word, when the next one would have come. */
function dueMsOf(one: Waiting): number {
  const isWaiting = mayBeWord(one) && !one.isWordByWord;
  return one.event.atMs + (isWaiting ? NEXT_WORD_MS : SETTLED_AFTER_MS);
}

export function createProvenanceTeller(): ProvenanceTeller {
  let waiting: readonly Waiting[] = [];
  const dirty = new Map<string, boolean>();
  const savingAtMs = new Map<string, number>();
  let checkoutAtMs = -Infinity;
  let lastWords: readonly Waiting[] = [];

  function tell({ edit, event, ...seen }: Waiting): SettledEdit {
    return { edit, document: event.document, provenance: provenanceOf(event, seen) };
  }

  function provenanceOf(
    event: EditEvent,
    { isDirtied, movedBy, caretsAfter, isInClipboard, isWordByWord }: Omit<Waiting, 'edit' | 'event'>,
  ): Provenance {
    const { document, atMs, reason, detailedReason } = event;
    const isCheckout = Math.abs(checkoutAtMs - atMs) <= CHECKOUT_MS;
    if (reason === 'undo') return { by: 'editor', how: 'undone' };
    if (reason === 'redo') return { by: 'editor', how: 'redone' };
    const said = detailedReason === null ? null : detailedProvenance(detailedReason);
    if (said !== null) {
      const isReload = said.by === 'editor' && said.how === 'reloaded';
      return isReload && isCheckout ? { by: 'editor', how: 'checked-out' } : said;
    }
    if (isWordByWord) return { by: 'model', how: 'completion', tool: null, isCertain: false };
    return guessedProvenance(event, {
      isSaving: atMs - (savingAtMs.get(document) ?? -Infinity) <= SAVING_MS,
      isClean: !isDirtied,
      isCheckout,
      isInClipboard,
      isWorkspaceEdit: detailedReason !== null && isWorkspaceEdit(detailedReason),
      ...(movedBy !== undefined && { movedBy }),
      ...(caretsAfter !== undefined && { caretsAfter }),
    });
  }

  function markDirtied(document: string): void {
    for (const one of waiting) if (one.event.document === document) one.isDirtied = true;
  }

  /** Marks the insertions that go on from each other. */
  function findWords(): void {
    let chain: readonly Waiting[] = lastWords;
    for (const one of waiting.filter((given) => mayBeWord(given) && !given.isWordByWord)) {
      const last = chain.at(-1);
      // A line break may be a word of it, but not the first: that is the person's, who waits for it on a new line.
      const isBegin = !LINE_BREAK_AND_INDENT.test(one.event.edits[0]?.inserted ?? '');
      chain = last !== undefined && goesOn(last, one) ? [...chain, one] : isBegin ? [one] : [];
      if (chain.length >= FEWEST_WORDS) for (const word of chain) word.isWordByWord = true;
    }
    // The next word may come after these are settled.
    if (chain.length >= FEWEST_WORDS) lastWords = chain.slice(-FEWEST_WORDS);
  }

  function settleThose(isSettled: (one: Waiting) => boolean): ReturnType<ProvenanceTeller['settle']> {
    const settled = waiting.filter(isSettled);
    waiting = waiting.filter((one) => !isSettled(one));
    return settled.map(tell);
  }

  return {
    edited(edit, event) {
      const isDirtied = event.isDirty || dirty.get(event.document) === true;
      if (event.isDirty) dirty.set(event.document, true);
      waiting = [...waiting, { edit, event, isDirtied, isInClipboard: null, isWordByWord: false }];
    },
    hint(hint) {
      switch (hint.kind) {
        case 'caret': {
          const last = waiting.findLast(({ event }) => event.document === hint.document);
          // The first that comes after the change is of the change.
          if (last !== undefined && last.movedBy === undefined) last.movedBy = hint.by;
          // A snippet moves it once more, at once.
          if (hint.carets !== undefined && last !== undefined && hint.atMs - last.event.atMs <= CARET_MS) {
            last.caretsAfter = hint.carets;
          }
          break;
        }
        case 'dirty':
          dirty.set(hint.document, hint.isDirty);
          if (hint.isDirty) markDirtied(hint.document);
          break;
        case 'saving':
          savingAtMs.set(hint.document, hint.atMs);
          // What is saved was not read from the disk.
          markDirtied(hint.document);
          break;
        case 'checkout':
          checkoutAtMs = hint.atMs;
          break;
        case 'clipboard': {
          const asked = waiting.find(({ edit }) => edit === hint.edit);
          if (asked !== undefined) asked.isInClipboard = hint.isEqual;
          break;
        }
      }
    },
    settle(nowMs) {
      findWords();
      return settleThose((one) => dueMsOf(one) <= nowMs);
    },
    settleDocument: (document) => settleThose(({ event }) => event.document === document),
    get dueMs() {
      return waiting.length === 0 ? null : Math.min(...waiting.map(dueMsOf));
    },
  };
}
