import { CandorError } from '../core/candorError.ts';
import { count, flag, list, oneOf, orNull, record, share, text } from '../core/json/fieldReaders.ts';

// What the editor and the page of the syntax view say to each other. Either side reads what comes as if a stranger had sent it.

/** A row of the tree, in words that are ready to be shown: no invisible character is in them. */
export interface SyntaxRow {
  /** How deep it lies, from 1. */
  readonly level: number;
  /** `if statement`, or `5 more statements`. */
  readonly what: string;
  /** Empty for one of none. */
  readonly category: string;
  /** Its code in one line; empty for nodes that are folded away. */
  readonly code: string;
  /** `line 12`; empty for nodes that are folded away. */
  readonly where: string;
  /** Its part of the region's risk or surprisal, in [0, 1]. */
  readonly share: number;
  readonly shareInWords: string;
  /** Of an end of the tree. */
  readonly tokens: readonly TokenLine[];
  readonly moreTokens: number;
}

/** A token, in words. What is not known of it is empty. */
export interface TokenLine {
  readonly text: string;
  readonly chance: string;
  readonly rank: string;
  readonly entropy: string;
  readonly alternatives: readonly { readonly text: string; readonly chance: string }[];
}

/** What the page is to show. */
export type SyntaxPage =
  | {
      readonly kind: 'region';
      /** Tells one judgement of one region from all others. */
      readonly id: string;
      /** URI of the document that it is in. */
      readonly document: string;
      readonly title: string;
      /** Where it is, and who scored it. */
      readonly place: string;
      /** What the numbers are worth. */
      readonly note: string;
      /** What is shared out: `risk` or `surprisal`. */
      readonly measure: string;
      readonly rows: readonly SyntaxRow[];
      /** What is wrong with it; empty: nothing. */
      readonly stale: string;
    }
  | { readonly kind: 'nothing'; readonly why: string };

export type MessageToPage =
  | { readonly kind: 'show'; readonly page: SyntaxPage; readonly selected: number | null; readonly isFocused: boolean }
  /** The cursor is in a row now. */
  | { readonly kind: 'select'; readonly row: number };

/** `select`: show the row in the code; `open`: and go there; `leave`: go back to the code as it is. */
export type MessageFromPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'select'; readonly id: string; readonly row: number }
  | { readonly kind: 'open'; readonly id: string; readonly row: number };

/** What the page keeps while it is out of sight, and over a reload of the window. Never code. */
export interface KeptState {
  /** Of what was shown, as are the others. */
  readonly id: string;
  readonly document: string;
  readonly selected: number;
  readonly closed: readonly number[];
}

/** Null: nothing was kept, or nothing of ours. */
export function readKeptState(json: unknown): KeptState | null {
  return unlessCorrupt(() => {
    const state = record(json);
    return {
      id: text(state.id),
      document: text(state.document),
      selected: count(state.selected),
      closed: list(state.closed, count),
    };
  });
}

/** Null: it is no such message. */
export function readMessageToPage(json: unknown): MessageToPage | null {
  return unlessCorrupt(() => {
    const message = record(json);
    if (oneOf(message.kind, ['show', 'select']) === 'select') return { kind: 'select', row: count(message.row) };
    return {
      kind: 'show',
      page: readPage(message.page),
      selected: orNull(message.selected, count),
      isFocused: flag(message.isFocused),
    };
  });
}

/** Null: it is no such message. */
export function readMessageFromPage(json: unknown): MessageFromPage | null {
  return unlessCorrupt(() => {
    const message = record(json);
    const kind = oneOf(message.kind, ['ready', 'leave', 'select', 'open']);
    if (kind === 'ready' || kind === 'leave') return { kind };
    return { kind, id: text(message.id), row: count(message.row) };
  });
}

function readPage(json: unknown): SyntaxPage {
  const page = record(json);
  if (oneOf(page.kind, ['region', 'nothing']) === 'nothing') return { kind: 'nothing', why: text(page.why) };
  return {
    kind: 'region',
    id: text(page.id),
    document: text(page.document),
    title: text(page.title),
    place: text(page.place),
    note: text(page.note),
    measure: text(page.measure),
    rows: list(page.rows, readRow),
    stale: text(page.stale),
  };
}

function readRow(json: unknown): SyntaxRow {
  const row = record(json);
  return {
    level: count(row.level),
    what: text(row.what),
    category: text(row.category),
    code: text(row.code),
    where: text(row.where),
    share: share(row.share),
    shareInWords: text(row.shareInWords),
    tokens: list(row.tokens, readToken),
    moreTokens: count(row.moreTokens),
  };
}

function readToken(json: unknown): TokenLine {
  const token = record(json);
  return {
    text: text(token.text),
    chance: text(token.chance),
    rank: text(token.rank),
    entropy: text(token.entropy),
    alternatives: list(token.alternatives, (each) => {
      const alternative = record(each);
      return { text: text(alternative.text), chance: text(alternative.chance) };
    }),
  };
}

function unlessCorrupt<Read>(read: () => Read): Read | null {
  try {
    return read();
  } catch (error) {
    if (CandorError.is(error, 'corrupt')) return null;
    throw error;
  }
}
