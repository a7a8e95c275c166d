import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { styleText } from 'node:util';
import { assetsIn, type Assets } from '../app/assets.ts';
import { loadCalibrations } from '../app/calibration/loadCalibrations.ts';
import { auditWorkspace } from '../app/auditWorkspace.ts';
import { findChangedCode } from '../app/findChangedCode.ts';
import { findCode, type FoundCode } from '../app/findCode.ts';
import { findPatchedCode } from '../app/findPatchedCode.ts';
import { findStagedCode } from '../app/findStagedCode.ts';
import { openKeptAudit, unkeptAudit } from '../app/keptAudits/keptAudit.ts';
import { readLabels } from '../app/learning/readLabels.ts';
import { lookPoolFor } from '../app/looking/lookPool.ts';
import type { Looking } from '../audit/auditRequest.ts';
import { openTools } from '../app/openTools.ts';
import { regionSalt } from '../app/regionSalt.ts';
import type { ReadingEstimate } from '../audit/readingEstimate.ts';
import type { Report } from '../audit/report.ts';
import { CandorError } from '../core/candorError.ts';
import { jsonReportParts } from '../report/jsonReport.ts';
import { markdownReport } from '../report/markdownReport.ts';
import { sarifReport } from '../report/sarifReport.ts';
import { PLAIN_STYLE, textReport, type Style } from '../report/textReport.ts';
import { earlierReport, type EarlierReport } from '../report/html/earlierReport.ts';
import { visible } from '../report/visible.ts';
import { parseJson } from '../wire/jsonReaders.ts';
import { aiWrittenCode } from './aiWrittenCode.ts';
import { endOfAudit } from './endOfAudit.ts';
import { refuseEmptyGates } from './gates.ts';
import { progressBar, type Progress } from './progressBar.ts';
import { readAuditOptions, type AuditOptions } from './readAuditOptions.ts';
import { sayStandIn } from './sayStandIn.ts';
import { workspaceOf } from './workspaceOf.ts';
import { writeResult } from './writeResult.ts';

const DEFAULT_TOP = 10;

/** `candor audit`: judges files and prints what to look at first. */
export async function auditCommand(args: readonly string[]): Promise<number> {
  const options = readAuditOptions(args);
  const { out, top = DEFAULT_TOP, workspace: asked, scope, isKept, gates, choice, compare } = options;
  const { paths: given } = options;
  const paths = given.length === 0 ? ['.'] : given;
  const workspace = workspaceOf(paths, asked);
  const earlier = await Promise.all(compare.map(readEarlier));
  const progress = progressBar(process.stderr);
  const assets = assetsIn(new URL('./', import.meta.url));
  const code = await codeIn(options, workspace, paths, assets, progress).finally(progress.end);
  const { of: calibrationOf } = await loadCalibrations(workspace, assets);
  const tools = await openTools(choice, assets, progress.update);
  if (tools.engine.capabilities.score === 'step-by-step') {
    process.stderr.write('candor: this server scores a token at a time. Name a few files, or expect to wait.\n');
  }
  sayStandIn(tools);
  const startedMs = performance.now();
  const kept = isKept ? await openKeptAudit(workspace) : unkeptAudit();
  let pool: Looking | null = null;
  try {
    refuseEmptyGates(gates, calibrationOf(tools.engine.source));
    const salt = await regionSalt();
    pool = lookPoolFor(tools, assets, { root: workspace, fileCount: code.files.length, calibrationOf, salt });
    const onProgress = progress.update;
    const onEstimate = ({ tokens, tokensPerSecond }: ReadingEstimate): void => {
      progress.end();
      process.stderr.write(`candor: ${estimateInWords(tokens, tokensPerSecond)}\n`);
    };
    const report = await auditWorkspace({
      ...tools,
      calibrationOf,
      salt,
      workspace,
      code,
      top,
      kept,
      mayBeOlder: scope.kind === 'everything',
      ...(pool && { looking: pool }),
      onProgress,
      onEstimate,
    });
    progress.end();
    const labels = (): Report['labels'] => readLabels({ workspace, salt, paths: code.files.map(({ path }) => path) });
    await writeResult(await written(report, options, earlier, labels), out);
    process.stderr.write(
      `candor: ${report.files.length} files in ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`,
    );
    const { code: exitCode, said } = endOfAudit(gates, report);
    for (const sentence of said) process.stderr.write(`candor: ${visible(sentence)}\n`);
    return exitCode;
  } finally {
    progress.end();
    kept.store.close();
    await Promise.all([tools.close(), pool?.close()]);
  }
}

async function codeIn(
  { scope, exclude }: AuditOptions,
  workspace: string,
  paths: readonly string[],
  assets: Assets,
  progress: Progress,
): Promise<FoundCode> {
  if (scope.kind === 'everything') return findCode(workspace, paths, exclude);
  const where = { workspace, folders: paths.map(folderAt), exclude };
  switch (scope.kind) {
    case 'diff':
      return findChangedCode(where, scope.since);
    case 'staged': {
      // Git sets it for its hooks, relative to the folder that they run in.
      const { GIT_INDEX_FILE: indexFile } = process.env;
      return findStagedCode(where, indexFile === undefined ? undefined : resolve(indexFile));
    }
    case 'patch':
      return findPatchedCode(where, await readPatchFile(scope.file));
    case 'aiWritten':
      return aiWrittenCode(where, assets, progress);
  }
}

/** @throws CandorError `not-found` where there is no such file */
async function readPatchFile(file: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin);
  return readFile(file).catch((cause: unknown) => {
    throw new CandorError('not-found', `The patch ${file} cannot be read. Check the path.`, { cause });
  });
}

async function written(
  report: Report,
  { format, out, linkBase }: AuditOptions,
  earlier: readonly EarlierReport[],
  labels: () => Report['labels'],
): Promise<string | Iterable<string>> {
  switch (format) {
    case 'text':
      return textReport(report, styleFor(out));
    case 'json':
      return jsonReportParts(report);
    case 'markdown':
      return markdownReport(report, linkBase);
    case 'sarif':
      return sarifReport(report);
    case 'html': {
      // Drawing charts takes half a megabyte of code, which no other format needs.
      const { htmlReport } = await import('../report/html/htmlReport.ts');
      return htmlReport({ ...report, labels: labels() ?? null }, { madeAtMs: Date.now(), earlier });
    }
  }
}

/** @throws CandorError `not-found` where there is no such file, `bad-input` where it is no report */
async function readEarlier(file: string): Promise<EarlierReport> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CandorError('not-found', `The report ${file} cannot be read. Check the path.`, { cause });
  });
  return earlierReport(file, parseJson(text));
}

function estimateInWords(tokens: number, tokensPerSecond: number): string {
  const [count, speed] = [tokens, Math.round(tokensPerSecond)].map((number) => number.toLocaleString('en'));
  return `the model reads the riskiest ${count} tokens, ${speed} a second: about ${Math.ceil(tokens / tokensPerSecond)} s`;
}

/** @throws CandorError `bad-call` when a path is no folder */
function folderAt(path: string): string {
  const folder = resolve(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new CandorError(
    'bad-call',
    `${path} is no folder. Name folders beside --diff, --staged, --patch and --ai-written, or none.`,
  );
}

/** Styles for a terminal; `styleText` itself keeps to pipes, `NO_COLOR` and `FORCE_COLOR`. */
function styleFor(out: string | undefined): Style {
  if (out !== undefined) return PLAIN_STYLE;
  return {
    strong: (text) => styleText('bold', text),
    faint: (text) => styleText('dim', text),
    mark: (text) => styleText('yellow', text),
  };
}
