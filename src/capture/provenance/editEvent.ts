/** A replacement in a document. All of one event speak of the text before it; they do not overlap. */
export interface TextEdit {
  /** In UTF-16 units of the text before. */
  readonly start: number;
  readonly end: number;
  readonly removed: string;
  readonly inserted: string;
}

/** What the editor says of who made a change, where it says it (`detailedReason`, a proposed API of VS Code). */
export interface DetailedReason {
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** One change of one document, as an editor tells it, as plain data. */
export interface EditEvent {
  /** By a clock that never goes back. */
  readonly atMs: number;
  /** URI of the document. */
  readonly document: string;
  readonly edits: readonly TextEdit[];
  readonly reason: 'undo' | 'redo' | null;
  readonly detailedReason: DetailedReason | null;
  /** Whether the document has unsaved changes after it. */
  readonly isDirty: boolean;
  /** Offsets of the carets before it; empty where no editor in view shows the document. */
  readonly carets: readonly number[];
  /** Whether the document has the keyboard. */
  readonly isActive: boolean;
}
