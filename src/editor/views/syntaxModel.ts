import * as vscode from 'vscode';
import type { Auditor } from '../../app/auditor/auditor.ts';
import type { RegionSyntax } from '../../assess/syntaxOfRegion.ts';
import { CandorError } from '../../core/candorError.ts';
import type { SyntaxPage } from '../../report/syntaxMessages.ts';
import type { FollowedTexts } from '../followedTexts.ts';
import type { Logger } from '../logger.ts';
import type { OpenPlace } from '../openPlace.ts';
import type { Owned } from '../owned.ts';
import type { JudgedRegion } from '../regions/judgedRegion.ts';
import { regionAt } from '../regions/regionAt.ts';
import { subjectOf } from '../subject.ts';
import { syntaxPageOf } from './syntaxPageOf.ts';
import { rowAround, syntaxViewRows, type PlacedRow } from './syntaxViewRows.ts';

const NOT_HELD = 'This text is not held any more. Run “Candor: Audit file”, and put the cursor into its code.';

/** What the syntax view shows: a judged region by its syntax, and where its rows are in the text as it is now. */
export interface SyntaxModel extends Owned {
  /** What is to be shown now. */
  page(): SyntaxPage;
  /** Whether that is other than it was when it was last asked for, for edits alone. */
  isOther(): boolean;
  /** Goes on to the region at a place or, where there is none, to what is shown as it is judged now; tells whether it is another one. */
  follow(place: OpenPlace | null): Promise<boolean>;
  /** The document that is shown. */
  readonly document: vscode.TextDocument | null;
  /** The row of the smallest node around a place; null where the place is in nothing that is shown. */
  rowAt(place: OpenPlace): number | null;
  /** Where the code of a row is; null: nowhere any more. */
  rangeOf(row: number): vscode.Range | null;
}

/** A region that is shown. Its places hold while its text in the document is the one that was judged. */
interface Shown {
  readonly document: vscode.TextDocument;
  readonly region: JudgedRegion;
  readonly syntax: RegionSyntax;
}

/** @param nothingYet what is said before there is anything to show */
export function createSyntaxModel(
  auditor: Pick<Auditor, 'syntaxOf'>,
  followed: FollowedTexts,
  log: Logger,
  nothingYet: string,
): SyntaxModel {
  let shown: Shown | null = null;
  let why = nothingYet;
  let rows: readonly PlacedRow[] = [];
  let last: SyntaxPage | null = null;
  let asking = new AbortController();

  /** The shown region where it is now; null where its text is another one. */
  function placeOfShown(): JudgedRegion | null {
    if (shown === null || shown.document.isClosed) return null;
    const { document, syntax } = shown;
    const region = followed.regionsOf(document).find(({ assessment }) => assessment.id === syntax.assessment);
    if (region === undefined) return null;
    return document.getText(rangeIn(document, region.start, region.end)) === syntax.text ? region : null;
  }

  function pageNow(): SyntaxPage {
    if (shown === null) {
      rows = [];
      return { kind: 'nothing', why };
    }
    const { document, syntax } = shown;
    const place = placeOfShown();
    const region = place ?? shown.region;
    // What is stale keeps the lines that it had.
    if (place !== null || rows.length === 0) {
      rows = syntaxViewRows(syntax, (offset) => document.positionAt(region.start + offset).line);
    }
    return syntaxPageOf({ document, region, rows, isStale: place === null, note: noteOf(document) });
  }

  function noteOf(document: vscode.TextDocument): string {
    const subject = subjectOf(document);
    const report = subject === null ? undefined : followed.reportOf(subject);
    return report?.kind === 'judged' ? report.note : '';
  }

  function isMoved(place: JudgedRegion | null): boolean {
    if (shown === null || place === null || place.start === shown.region.start) return false;
    shown = { ...shown, region: place };
    return true;
  }

  async function load(document: vscode.TextDocument, region: JudgedRegion): Promise<boolean> {
    const subject = subjectOf(document);
    if (subject === null) return false;
    asking.abort();
    asking = new AbortController();
    const { signal: abortSignal } = asking;
    try {
      const call = { onProgress: () => undefined, abortSignal };
      const syntax = await auditor.syntaxOf(subject.key, region.assessment, call);
      if (abortSignal.aborted) return false;
      shown = syntax && { document, region, syntax };
      rows = [];
      why = NOT_HELD;
      return true;
    } catch (error) {
      if (!abortSignal.aborted) {
        log.warn(`the syntax of a region was not had: ${CandorError.is(error) ? error.message : 'fault'}`);
      }
      return false;
    }
  }

  return {
    page() {
      last = pageNow();
      return last;
    },
    isOther() {
      if (shown === null) return false;
      const place = placeOfShown();
      const isStale = last?.kind === 'region' && last.stale !== '';
      return last?.kind !== 'region' || isStale !== (place === null) || isMoved(place);
    },
    async follow(place) {
      const wanted = place && regionAt(followed, place.document, place.range.start);
      const document = wanted === null ? shown?.document : place?.document;
      const region = wanted ?? (shown && regionAt(followed, shown.document, startOf(shown)));
      if (document === undefined || region === null || region.assessment.id === shown?.syntax.assessment) return false;
      return load(document, region);
    },
    get document() {
      return shown?.document ?? null;
    },
    rowAt({ document, range }) {
      const region = placeOfShown();
      if (region === null || document !== shown?.document) return null;
      const at = (position: vscode.Position): number => document.offsetAt(position) - region.start;
      return rowAround(rows, at(range.start), at(range.end));
    },
    rangeOf(row) {
      const region = placeOfShown();
      const stretch = rows[row]?.stretch;
      if (shown === null || region === null || stretch === null || stretch === undefined) return null;
      return rangeIn(shown.document, region.start + stretch.start, region.start + stretch.end);
    },
    dispose() {
      asking.abort();
    },
  };
}

function startOf({ document, region }: Shown): vscode.Position {
  return document.positionAt(region.start);
}

function rangeIn(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
