/** A stretch of a line that a decoration covers. Lines and characters count from 0. */
export interface Decoration {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** `inline` styles the text itself, `box` lies behind it, `line` is as wide as the editor, `gutter` is an icon. */
  readonly kind: 'inline' | 'box' | 'line' | 'gutter';
  /** The classes that VS Code made for the decoration type (`ced-...`): equal for one type, else meaningless. */
  readonly classes: readonly string[];
  /** Texts that the type attaches before and after. */
  readonly before: string;
  readonly after: string;
  readonly style: Readonly<Record<StyleName, string>>;
}

type StyleName =
  | 'color'
  | 'backgroundColor'
  | 'backgroundImage'
  | 'borderBottom'
  | 'borderLeft'
  | 'outline'
  | 'textDecoration'
  | 'opacity'
  | 'fontStyle';

export interface EditorLine {
  readonly line: number;
  readonly text: string;
  /** Left edges of its characters and the right edge of the last, in pixels of the page; and its vertical middle. */
  readonly edges: readonly number[];
  readonly middle: number;
}

export interface EditorView {
  readonly lines: readonly EditorLine[];
  readonly decorations: readonly Decoration[];
}

/** A stripe of the overview ruler: a colour as `#rrggbbaa`, and from where to where it lies, 0 (top) to 1. */
export interface RulerMark {
  readonly color: string;
  readonly from: number;
  readonly to: number;
}

export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** From 1. */
  readonly level: number;
  readonly expanded: boolean | null;
  readonly selected: boolean;
}

export interface StatusItem {
  /** `publisher.extension.item`, or VS Code's own name. */
  readonly id: string;
  readonly text: string;
  readonly spoken: string;
  readonly color: string;
  readonly backgroundColor: string;
}

export interface Notification {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly buttons: readonly string[];
}

export interface QuickInput {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  readonly message: string;
  readonly rows: readonly { readonly label: string; readonly description: string; readonly detail: string }[];
}

/** The visible lines of the active editor, and what decorates them; null when no text editor is active. */
export function readEditor(): EditorView | null;
export function readOverviewRuler(): readonly RulerMark[];
/** The visible rows of the view that has this title; null when there is no such view in sight. */
export function readTreeRows(viewTitle: string): readonly TreeRow[] | null;
export function readStatusBar(): readonly StatusItem[];
export function readNotifications(): readonly Notification[];
export function readQuickInput(): QuickInput | null;
export function readHover(): { readonly text: string; readonly html: string } | null;
/** True once the extension host runs and what extensions contribute is in place. */
export function isReady(): boolean;
