import * as vscode from 'vscode';
import type { FollowedTexts } from '../followedTexts.ts';
import type { JudgedRegion } from '../regions/judgedRegion.ts';
import { ownAll, type Owned } from '../owned.ts';
import { readSettings } from '../settings.ts';
import type { LookedAt } from '../views/lookedAt.ts';
import type { PlaceInDocument } from '../placeInDocument.ts';
import { marksToDraw } from '../marks/marksToDraw.ts';
import { lensTitle } from './lensTitle.ts';

/** The editor lays all lines of a text out at once: of a very long one, those of the earlier marks. */
const MOST_MARKS = 300;

/**
 * Puts a line over each function with something to look at: what is known of it, which goes to its first mark, and whether somebody
 * looked at it, which says so. Functions without a mark have none: quiet code stays quiet.
 */
export function registerRegionLenses(followed: FollowedTexts, lookedAt: LookedAt): Owned {
  const changed = new vscode.EventEmitter<void>();
  const provider = vscode.languages.registerCodeLensProvider('*', {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const { lensesEnabled, marksEnabled } = readSettings();
      if (!lensesEnabled || !marksEnabled) return [];
      const marks = Map.groupBy(
        marksToDraw(followed.marksOf(document), [], MOST_MARKS),
        ({ assessment }) => assessment,
      );
      const uri = document.uri.toString();
      const withMarks = followed.regionsOf(document).filter(({ assessment }) => marks.has(assessment));
      return withMarks.flatMap((region) => {
        const [first, ...others] = marks.get(region.assessment) ?? [];
        if (first === undefined) return [];
        return lensesOf(document, region, { document: uri, start: first.start, end: first.end }, others.length + 1);
      });
    },
  });

  function lensesOf(
    document: vscode.TextDocument,
    { start, assessment }: JudgedRegion,
    place: PlaceInDocument,
    markCount: number,
  ): vscode.CodeLens[] {
    const at = document.positionAt(start);
    const range = new vscode.Range(at, at);
    const isDone = lookedAt.has(assessment.region.id);
    return [
      new vscode.CodeLens(range, {
        title: lensTitle(assessment, markCount),
        tooltip: 'Go to the first mark here',
        command: 'candor.openMark',
        arguments: [place],
      }),
      new vscode.CodeLens(range, {
        title: isDone ? 'looked at' : 'say that I looked at it',
        command: 'candor.toggleLookedAt',
        arguments: [place],
      }),
    ];
  }

  const fire = (): void => {
    changed.fire();
  };
  return ownAll([
    changed,
    provider,
    followed.onDidChangeMarks(fire),
    lookedAt.onDidChange(fire),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('candor')) fire();
    }),
  ]);
}
