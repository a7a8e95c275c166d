import * as vscode from 'vscode';
import type { Auditor } from '../../app/auditor/auditor.ts';
import { CandorError } from '../../core/candorError.ts';
import type { Assessment } from '../../core/words.ts';
import { abortSignalOf } from '../abortSignalOf.ts';
import type { FollowedTexts } from '../followedTexts.ts';
import type { Logger } from '../logger.ts';
import type { Mark } from '../marks/mark.ts';
import { readSettings } from '../settings.ts';
import { subjectOf } from '../subject.ts';
import { HOVER_COMMANDS, markHover } from './markHover.ts';
import type { Owned } from '../owned.ts';

/** Tells of a mark what is known of it, when somebody points at it; only then is its region explained in full. */
export function registerMarkHover(auditor: Auditor, followed: FollowedTexts, log: Logger): Owned {
  const explained = new WeakMap<Assessment, Assessment>();

  async function explain(
    document: string,
    assessment: Assessment,
    token: vscode.CancellationToken,
  ): Promise<Assessment> {
    const known = explained.get(assessment);
    if (known !== undefined) return known;
    const { abortSignal, release } = abortSignalOf(token);
    try {
      const whole = await auditor.explain(document, assessment, { onProgress: () => undefined, abortSignal });
      if (whole !== null) explained.set(assessment, whole);
      return whole ?? assessment;
    } catch (error) {
      // What was found without alternatives still stands.
      if (!abortSignal.aborted)
        log.warn(`a region was not explained: ${CandorError.is(error) ? error.message : 'fault'}`);
      return assessment;
    } finally {
      release();
    }
  }

  return vscode.languages.registerHoverProvider('*', {
    async provideHover(document, position, token) {
      const mark = readSettings().marksEnabled ? markAt(followed, document, position) : undefined;
      const subject = mark === undefined ? null : subjectOf(document);
      if (mark === undefined || subject === null) return undefined;
      const report = followed.reportOf(subject);
      const assessment = await explain(subject.key, mark.assessment, token);
      if (token.isCancellationRequested) return undefined;
      const range = new vscode.Range(document.positionAt(mark.start), document.positionAt(mark.end));
      const place = mark.assessment.spans.indexOf(mark.span);
      const markdown = new vscode.MarkdownString(
        markHover({
          assessment,
          isExplained: explained.has(mark.assessment),
          span: assessment.spans[place] ?? mark.span,
          place: { document: document.uri.toString(), start: mark.start, end: mark.end },
          text: document.getText(range),
          languageId: document.languageId,
          learnedTokenCount: report?.kind === 'judged' ? report.learnedTokenCount : 0,
        }),
      );
      markdown.isTrusted = { enabledCommands: HOVER_COMMANDS };
      markdown.supportHtml = false;
      return new vscode.Hover(markdown, range);
    },
  });
}

function markAt(followed: FollowedTexts, document: vscode.TextDocument, position: vscode.Position): Mark | undefined {
  const marks = followed.marksOf(document);
  if (marks.length === 0) return undefined;
  const offset = document.offsetAt(position);
  return marks.find((mark) => mark.start <= offset && offset <= mark.end);
}
