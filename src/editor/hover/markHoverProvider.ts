import * as vscode from 'vscode';
import type { Explainer } from '../explainer.ts';
import type { FollowedTexts } from '../followedTexts.ts';
import { markAt } from '../marks/markAt.ts';
import { readSettings } from '../settings.ts';
import { subjectOf } from '../subject.ts';
import { HOVER_COMMANDS, markAlternatives, markFacts, markProvenance, type MarkToExplain } from './markHover.ts';
import type { Owned } from '../owned.ts';

/**
 * Tells of a mark what is known of it, when somebody points at it. Only then is its region explained in full, which may take
 * a model a while: what is known already stands there at once.
 */
export function registerMarkHover(explainer: Explainer, followed: FollowedTexts): Owned {
  async function alternatives(mark: PointedMark, token: vscode.CancellationToken): Promise<string | null> {
    const assessment = await explainer.explain(mark.subjectKey, mark.toExplain.assessment, token);
    const span = assessment?.spans[mark.place];
    if (assessment === null || span === undefined) return null;
    return markAlternatives({ ...mark.toExplain, assessment, span });
  }

  const sections: readonly Section[] = [facts, alternatives, provenance];
  // The editor shows what was registered last at the top.
  const registered = sections.toReversed().map((section) => registerSection(followed, section));
  return {
    dispose() {
      for (const provider of registered) provider.dispose();
    },
  };
}

/** A mark that somebody points at. */
interface PointedMark {
  readonly toExplain: MarkToExplain;
  readonly range: vscode.Range;
  /** Of the text that it is in. */
  readonly subjectKey: string;
  /** Which of its region's spans it is on. */
  readonly place: number;
}

/** A part of the hover: Markdown, or null where there is nothing to say. */
type Section = (mark: PointedMark, token: vscode.CancellationToken) => string | null | Promise<string | null>;

function facts({ toExplain }: PointedMark): string {
  return markFacts(toExplain);
}

function provenance({ toExplain }: PointedMark): string {
  return markProvenance(toExplain);
}

/** Each section is a provider of its own, so that none waits for another. */
function registerSection(followed: FollowedTexts, section: Section): vscode.Disposable {
  return vscode.languages.registerHoverProvider('*', {
    async provideHover(document, position, token) {
      const mark = pointedMark(followed, document, position);
      if (mark === null) return undefined;
      const text = await section(mark, token);
      if (text === null || token.isCancellationRequested) return undefined;
      const markdown = new vscode.MarkdownString(text);
      markdown.isTrusted = { enabledCommands: HOVER_COMMANDS };
      markdown.supportHtml = false;
      return new vscode.Hover(markdown, mark.range);
    },
  });
}

function pointedMark(
  followed: FollowedTexts,
  document: vscode.TextDocument,
  position: vscode.Position,
): PointedMark | null {
  const mark = readSettings().marksEnabled ? markAt(followed, document, position) : undefined;
  const subject = mark === undefined ? null : subjectOf(document);
  if (mark === undefined || subject === null) return null;
  const { assessment, span, start, end } = mark;
  const report = followed.reportOf(subject);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const toExplain = {
    assessment,
    span,
    place: { document: document.uri.toString(), start, end },
    text: document.getText(range),
    languageId: document.languageId,
    learnedTokenCount: report?.kind === 'judged' ? report.learnedTokenCount : 0,
    note: report?.kind === 'judged' ? report.note : '',
  };
  return { toExplain, range, subjectKey: subject.key, place: assessment.spans.indexOf(span) };
}
