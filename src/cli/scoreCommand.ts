import { relative } from 'node:path';
import { assetsIn } from '../app/assets.ts';
import { openTools } from '../app/openTools.ts';
import { scoreFile } from '../app/scoreFile.ts';
import { CandorError } from '../core/candorError.ts';
import { jsonScoreReport, textScoreReport } from '../report/scoreReport.ts';
import { EXIT } from './exitCodes.ts';
import { parseOptions } from './parseOptions.ts';
import { progressBar } from './progressBar.ts';
import { readFormat } from './readFormat.ts';
import { readOptions, SCORING_OPTIONS } from './readOptions.ts';
import { sayStandIn } from './sayStandIn.ts';
import { workspaceOf } from './workspaceOf.ts';
import { writeResult } from './writeResult.ts';

/** `candor score`: prints every token of a file with its log-probability and the spans it lies in. */
export async function scoreCommand(args: readonly string[]): Promise<number> {
  const { values, positionals: paths } = parseOptions(args, SCORING_OPTIONS);
  const format = readFormat(values.format);
  const { out, top = 0, workspace: asked, choice } = readOptions(values);
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0) {
    throw new CandorError('bad-call', 'candor score takes one file. Name it: candor score FILE.');
  }
  const workspace = workspaceOf([path], asked);
  const progress = progressBar(process.stderr);
  const tools = await openTools(choice, assetsIn(new URL('./', import.meta.url)), progress.update);
  sayStandIn(tools);
  try {
    const score = await scoreFile(tools, { workspace, path, topK: top, onProgress: progress.update });
    progress.end();
    const report = { path: relative(workspace, path), ...score };
    await writeResult(format === 'json' ? jsonScoreReport(report) : textScoreReport(report), out);
    return EXIT.done;
  } finally {
    progress.end();
    await tools.close();
  }
}
