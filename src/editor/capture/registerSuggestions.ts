import * as vscode from 'vscode';
import type { Auditor } from '../../app/auditor/auditor.ts';
import type { Setup } from '../../app/auditor/setup.ts';
import { CandorError } from '../../core/candorError.ts';
import { abortSignalOf } from '../abortSignalOf.ts';
import type { Logger } from '../logger.ts';
import { openTextsBeside } from '../openTextsBeside.ts';
import type { Owned } from '../owned.ts';
import { readSettings } from '../settings.ts';
import { subjectOf } from '../subject.ts';

/** Suggests completions where the setting says so, by an engine that can write. */
export function registerSuggestions(auditor: Auditor, setup: () => Promise<Setup>, log: Logger): Owned {
  /** A failure is said once; typing goes on. */
  let saidWhy = '';

  async function suggest(
    document: vscode.TextDocument,
    position: vscode.Position,
    abortSignal: AbortSignal,
  ): Promise<string | null> {
    const settings = readSettings();
    const subject = subjectOf(document);
    if (!settings.completionsEnabled || subject === null || subject.language === 'lines') return null;
    const request = {
      document: document.uri.toString(),
      text: document.getText(),
      path: subject.path,
      language: subject.language,
      offset: document.offsetAt(position),
      openTexts: openTextsBeside(document),
      setup: await setup(),
      doubt: {
        holdBackDoubtful: settings.completionsHoldBackDoubtful,
        cutDoubtful: settings.completionsCutDoubtful,
      },
    };
    return auditor.suggest(request, { onProgress: () => undefined, abortSignal });
  }

  return vscode.languages.registerInlineCompletionItemProvider(
    { pattern: '**' },
    {
      async provideInlineCompletionItems(document, position, _context, token) {
        const { abortSignal, release } = abortSignalOf(token);
        try {
          const text = await suggest(document, position, abortSignal);
          return text === null ? [] : [new vscode.InlineCompletionItem(text, new vscode.Range(position, position))];
        } catch (error) {
          if (abortSignal.aborted) return [];
          const why = CandorError.is(error) ? error.message : 'Suggesting broke down.';
          if (why !== saidWhy) log.warn(why);
          saidWhy = why;
          return [];
        } finally {
          release();
        }
      },
    },
  );
}
