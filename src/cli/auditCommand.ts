import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import { assetsIn } from '../app/assets.ts';
import { loadCalibrations } from '../app/calibration/loadCalibrations.ts';
import { auditWorkspace } from '../app/auditWorkspace.ts';
import { findChangedCode } from '../app/findChangedCode.ts';
import { findCode } from '../app/findCode.ts';
import { openTools } from '../app/openTools.ts';
import { regionSalt } from '../app/regionSalt.ts';
import type { ReadingEstimate } from '../audit/readingEstimate.ts';
import { CandorError } from '../core/candorError.ts';
import { jsonReport } from '../report/jsonReport.ts';
import { PLAIN_STYLE, textReport, type Style } from '../report/textReport.ts';
import { EXIT } from './exitCodes.ts';
import { progressBar } from './progressBar.ts';
import { sayStandIn } from './sayStandIn.ts';
import { readOptions } from './readOptions.ts';
import { workspaceOf } from './workspaceOf.ts';
import { writeResult } from './writeResult.ts';

const DEFAULT_TOP = 10;

/** `candor audit`: judges files and prints what to look at first. */
export async function auditCommand(args: readonly string[]): Promise<number> {
  const { format, out, top = DEFAULT_TOP, workspace: asked, since, choice, paths: given } = readOptions(args);
  const paths = given.length === 0 ? ['.'] : given;
  const workspace = workspaceOf(paths, asked);
  const code = await (since === undefined
    ? findCode(workspace, paths)
    : findChangedCode(workspace, paths.map(folderAt), since));
  const progress = progressBar(process.stderr);
  const assets = assetsIn(new URL('./', import.meta.url));
  const { of: calibrationOf } = await loadCalibrations(workspace, assets);
  const tools = await openTools(choice, assets, progress.update);
  if (tools.engine.capabilities.score === 'step-by-step') {
    process.stderr.write('candor: this server scores a token at a time. Name a few files, or expect to wait.\n');
  }
  sayStandIn(tools);
  const startedMs = performance.now();
  try {
    const salt = await regionSalt();
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
      onProgress,
      onEstimate,
    });
    progress.end();
    await writeResult(format === 'json' ? jsonReport(report) : textReport(report, styleFor(out)), out);
    process.stderr.write(
      `candor: ${report.files.length} files in ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`,
    );
    return EXIT.done;
  } finally {
    progress.end();
    await tools.close();
  }
}

function estimateInWords(tokens: number, tokensPerSecond: number): string {
  const [count, speed] = [tokens, Math.round(tokensPerSecond)].map((number) => number.toLocaleString('en'));
  return `the model reads the riskiest ${count} tokens, ${speed} a second: about ${Math.ceil(tokens / tokensPerSecond)} s`;
}

/** @throws CandorError `bad-call` when a path is no folder */
function folderAt(path: string): string {
  const folder = resolve(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new CandorError('bad-call', `${path} is no folder. Name folders beside --diff, or none.`);
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
