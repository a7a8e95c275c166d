import * as vscode from 'vscode';
import { chanceInNumbers, eventInWords } from '../../report/calibrationWords.ts';
import type { SyntaxPage } from '../../report/syntaxMessages.ts';
import { visible } from '../../report/visible.ts';
import { pathOf } from '../openFolders.ts';
import type { JudgedRegion } from '../regions/judgedRegion.ts';
import type { PlacedRow } from './syntaxViewRows.ts';

const STALE =
  'The code has changed since it was judged, so nothing here can be gone to. It is brought up to date when it is judged again.';

/** A region as the page of the syntax view shows it. */
export function syntaxPageOf(shown: {
  readonly document: vscode.TextDocument;
  readonly region: JudgedRegion;
  readonly rows: readonly PlacedRow[];
  /** Whether the text is another one than was judged. */
  readonly isStale: boolean;
  /** What the numbers are worth. */
  readonly note: string;
}): SyntaxPage {
  const { document, rows, isStale, note } = shown;
  const { assessment } = shown.region;
  const { region, source, judgement, target } = assessment;
  const chance =
    judgement === null || target === null
      ? ''
      : `Chance that it ${eventInWords(target)}: ${chanceInNumbers(judgement)}. `;
  return {
    kind: 'region',
    id: assessment.id,
    document: document.uri.toString(),
    title: visible(region.name ?? 'These statements'),
    place: visible(`${nameOf(document)}, ${rows[0]?.row.where ?? ''}, scored by the engine ${source.engine}`),
    note: `${chance}${note}`,
    measure: judgement === null ? 'surprisal' : 'risk',
    rows: rows.map(({ row }) => row),
    stale: isStale ? STALE : '',
  };
}

/** Lines of a cell are its own, so it is said which one. */
function nameOf(document: vscode.TextDocument): string {
  const path = pathOf(document.uri);
  const cell = vscode.workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find((candidate) => candidate.document === document);
  return cell === undefined ? path : `${path}, cell ${cell.index + 1}`;
}
