/**
 * Runs inside a real VS Code: Candor, bundled against a `vscode` that times its listeners, and an extension that does
 * nothing but read the text at every edit. The command `candorBench.run` types into the file that CANDOR_BENCH_FILE names and writes
 * the figures; `candorBench.scroll` opens it with every region in doubt, goes through it page by page, and types.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Auditor } from '../../../src/app/auditor/auditor.ts';
import { createThreadedAuditor } from '../../../src/app/auditor/threadedAuditor.ts';
import { startCandor } from '../../../src/editor/startCandor.ts';
import { counted, startCounting, statusText, type Spent } from './timedVscode.ts';

export interface EditorFigures {
  readonly lines: number;
  /** What Candor said of the file: how many marks it has. */
  readonly status: string;
  readonly charactersRead: number;
  readonly firstAuditMs: number;
  readonly nextAuditMs: number;
  /** By edit, after those that warm up. */
  readonly candor: readonly Spent[];
  readonly readerMs: readonly number[];
  /** Longest wait of the thread while the edits were judged again. */
  readonly longestStallMs: number;
}

/** The same of a file full of doubt. */
export interface DoubtFigures {
  readonly lines: number;
  readonly status: string;
  readonly problems: number;
  /** From the command to the marks. */
  readonly opening: readonly Spent[];
  /** By page. */
  readonly scrolling: readonly Spent[];
  /** By edit. */
  readonly typing: readonly Spent[];
}

const WARM_UP_EDITS = 50;
const EDITS = 500;
/** Every so many edits comes a pause in which Candor judges again. */
const EDITS_PER_PAUSE = 100;
const PAUSE_MS = 6000;

const PAGES = 300;
/** What is drawn anew after scrolling comes after its pause. */
const PAGE_MS = 200;
const OPENINGS = 60;

export function activate(context: vscode.ExtensionContext): void {
  const auditor = inDoubt(createThreadedAuditor({ workerUrl: new URL('auditorThread.mjs', import.meta.url) }));
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
    vscode.commands.registerCommand('candorBench.scroll', async () => {
      writeFileSync(process.env.CANDOR_BENCH_OUT ?? '', JSON.stringify(await doubtFigures()));
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
      const candor: Spent[] = [];
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
          candor.push(counted());
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
        candor,
        readerMs: readMs,
        longestStallMs,
      };
      writeFileSync(process.env.CANDOR_BENCH_OUT ?? '', JSON.stringify(figures));
    }),
  );
}

/** Judges every region to be in doubt, where the bench is about that; nothing else of the auditor is changed. */
function inDoubt(auditor: Auditor): Auditor {
  if (process.env.CANDOR_BENCH_IN_DOUBT !== 'yes') return auditor;
  const target = { event: 'survives', unit: 'region', definition: 1 } as const;
  const basis = {
    target,
    authors: 'any',
    riskModel: 'bench',
    prior: 'bench',
    outcomeCount: 0,
    commitCount: 0,
  } as const;
  const judgement = { p: 0.2, low: 0.1, high: 0.3, basis };
  return {
    ...auditor,
    async auditText(request, call) {
      const report = await auditor.auditText(request, call);
      if (report.kind !== 'judged') return report;
      const assessments = report.assessments.map((one) => ({ ...one, target, judgement, band: 'doubt' as const }));
      return { ...report, assessments };
    },
  };
}

async function doubtFigures(): Promise<DoubtFigures> {
  const document = await vscode.workspace.openTextDocument(process.env.CANDOR_BENCH_FILE ?? '');
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('candor.auditFile');
  await delay(PAUSE_MS);
  const other = await vscode.workspace.openTextDocument({ content: 'x = 1\n', language: 'python' });
  const opening: Spent[] = [];
  for (let time = 0; time < OPENINGS; time++) {
    await vscode.window.showTextDocument(other);
    await delay(PAGE_MS);
    startCounting();
    await vscode.window.showTextDocument(document);
    await delay(PAGE_MS);
    opening.push(counted());
  }
  const editor = await vscode.window.showTextDocument(document);
  const scrolling: Spent[] = [];
  for (let page = 0; page < PAGES; page++) {
    startCounting();
    await vscode.commands.executeCommand('editorScroll', { to: 'down', by: 'page', value: 2 });
    await delay(PAGE_MS);
    scrolling.push(counted());
  }
  const typing: Spent[] = [];
  for (let edit = 0; edit < WARM_UP_EDITS + EDITS; edit++) {
    const line = (edit * 61) % document.lineCount;
    editor.selection = new vscode.Selection(line, 0, line, 0);
    startCounting();
    await editor.edit((builder) => {
      builder.insert(new vscode.Position(line, 0), edit % 10 === 0 ? '\n' : ' ');
    });
    await delay(10);
    if (edit >= WARM_UP_EDITS) typing.push(counted());
  }
  const problems = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Candor').length;
  return { lines: document.lineCount, status: statusText(), problems, opening, scrolling, typing };
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
