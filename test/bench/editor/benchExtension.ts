/**
 * Runs inside a real VS Code: Candor, bundled against a `vscode` that times its listeners, and an extension that does
 * nothing but read the text at every edit. The command `candorBench.run` types into
 * the file that CANDOR_BENCH_FILE names and writes the figures.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { createThreadedAuditor } from '../../../src/app/auditor/threadedAuditor.ts';
import { startCandor } from '../../../src/editor/startCandor.ts';
import { countedMs, startCounting, statusText } from './timedVscode.ts';

export interface EditorFigures {
  readonly lines: number;
  /** What Candor said of the file: how many marks it has. */
  readonly status: string;
  readonly charactersRead: number;
  readonly firstAuditMs: number;
  readonly nextAuditMs: number;
  /** By edit, after those that warm up. */
  readonly candorMs: readonly number[];
  readonly readerMs: readonly number[];
  /** Longest wait of the thread while the edits were judged again. */
  readonly longestStallMs: number;
}

const WARM_UP_EDITS = 50;
const EDITS = 500;
/** Every so many edits comes a pause in which Candor judges again. */
const EDITS_PER_PAUSE = 100;
const PAUSE_MS = 6000;

export function activate(context: vscode.ExtensionContext): void {
  const auditor = createThreadedAuditor({ workerUrl: new URL('auditorThread.mjs', import.meta.url) });
  let readerMs = 0;
  let charactersRead = 0;
  context.subscriptions.push(
    startCandor(auditor, context, new URL('cli.mjs', import.meta.url)),
    { dispose: () => void auditor.close() },
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const start = performance.now();
      charactersRead += document.getText().length;
      readerMs += performance.now() - start;
    }),
    vscode.commands.registerCommand('candorBench.run', async () => {
      const file = process.env.CANDOR_BENCH_FILE ?? '';
      const document = await vscode.workspace.openTextDocument(file);
      const editor = await vscode.window.showTextDocument(document);
      const firstAuditMs = await timed(() => vscode.commands.executeCommand('candor.auditFile'));
      const nextAuditMs = await timed(() => vscode.commands.executeCommand('candor.auditFile'));
      const status = statusText();
      // All of it is followed as AI-written: a region each function.
      editor.selection = new vscode.Selection(0, 0, document.lineCount, 0);
      await vscode.commands.executeCommand('candor.declareAiWritten');
      const candorMs: number[] = [];
      const readMs: number[] = [];
      let longestStallMs = 0;
      for (let edit = 0; edit < WARM_UP_EDITS + EDITS; edit++) {
        const line = (edit * 7) % document.lineCount;
        editor.selection = new vscode.Selection(line, 0, line, 0);
        readerMs = 0;
        startCounting();
        await editor.edit((builder) => {
          builder.insert(new vscode.Position(line, 0), edit % 10 === 0 ? '\n' : ' ');
        });
        // What the edit set off comes with it or shortly after: the selection, marks to draw anew.
        await delay(5);
        if (edit >= WARM_UP_EDITS) {
          candorMs.push(countedMs());
          readMs.push(readerMs);
        }
        if (edit % EDITS_PER_PAUSE === EDITS_PER_PAUSE - 1) {
          const stalls = monitorEventLoopDelay({ resolution: 5 });
          stalls.enable();
          await delay(PAUSE_MS);
          stalls.disable();
          longestStallMs = Math.max(longestStallMs, stalls.max / 1e6);
        }
      }
      const figures: EditorFigures = {
        lines: document.lineCount,
        status,
        charactersRead,
        firstAuditMs,
        nextAuditMs,
        candorMs,
        readerMs: readMs,
        longestStallMs,
      };
      writeFileSync(process.env.CANDOR_BENCH_OUT ?? '', JSON.stringify(figures));
    }),
  );
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
