import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { assetsIn } from '../app/assets.ts';
import { calibrateFromHistory } from '../app/calibration/calibrateFromHistory.ts';
import { calibrationStore, publicCalibrations } from '../app/calibration/calibrationStore.ts';
import { openHistoryTools } from '../app/calibration/openHistoryTools.ts';
import { CandorError } from '../core/candorError.ts';
import { DEFAULT_BAND_RULES } from '../core/risk/fitCalibration.ts';
import type { Authors } from '../core/words.ts';
import { jsonCalibrationReport, textCalibrationReport } from '../report/calibrationReport.ts';
import { EXIT } from './exitCodes.ts';
import { parseOptions } from './parseOptions.ts';
import { progressBar } from './progressBar.ts';
import { ENGINE_OPTIONS, readEngineChoice } from './readEngineChoice.ts';
import { readFormat } from './readFormat.ts';
import { readNumber } from './readNumber.ts';
import { sayStandIn } from './sayStandIn.ts';
import { workspaceOf } from './workspaceOf.ts';
import { writeResult } from './writeResult.ts';

const OPTIONS = {
  ...ENGINE_OPTIONS,
  'from-git': { type: 'string' },
  days: { type: 'string', default: '60' },
  budget: { type: 'string', default: '10' },
  regions: { type: 'string', default: '600' },
  authors: { type: 'string' },
  trust: { type: 'string', default: '10' },
  doubt: { type: 'string', default: '50' },
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  workspace: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

const MINUTE_MS = 60_000;

/** `candor calibrate`: fits a model of risk to outcomes, and keeps it for the workspace. */
export async function calibrateCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(withWholeFromGit(args), OPTIONS);
  const choice = readEngineChoice(values);
  const format = readFormat(values.format);
  const { 'from-git': ref, out } = values;
  if (ref === undefined || positionals.length > 0) {
    throw new CandorError('bad-call', 'candor calibrate needs to know from what. Say --from-git.');
  }
  if (choice.engine === 'openai') {
    throw new CandorError('bad-call', 'A history is read by embedded engines only. Choose --engine=bundled or ngram.');
  }
  const workspace = workspaceOf([resolve('.')], values.workspace);
  const progress = progressBar(process.stderr);
  const assets = assetsIn(new URL('./', import.meta.url));
  const shared = await publicCalibrations(assets.publicCalibrations);
  const tools = await openHistoryTools(choice, assets, progress.update);
  sayStandIn(tools);
  const startedMs = performance.now();
  try {
    const authors = authorsOf(values.authors);
    const calibrated = await calibrateFromHistory(tools, shared, calibrationStore(workspace), {
      folder: workspace,
      ref,
      horizonDays: readNumber('days', values.days, 1, 3650),
      budgetMs: readNumber('budget', values.budget, 1, 10_000) * MINUTE_MS,
      mostRegions: readNumber('regions', values.regions, 20, 100_000),
      ...(authors !== undefined && { authors }),
      rules: {
        ...DEFAULT_BAND_RULES,
        trustRate: readNumber('trust', values.trust, 1, 98) / 100,
        doubtRate: readNumber('doubt', values.doubt, 2, 99) / 100,
      },
      onProgress: progress.update,
    });
    progress.end();
    const report = { ...calibrated, seconds: (performance.now() - startedMs) / 1000 };
    await writeResult(format === 'json' ? jsonCalibrationReport(report) : textCalibrationReport(report), out);
    return EXIT.done;
  } finally {
    progress.end();
    await tools.close();
  }
}

function authorsOf(asked: string | undefined): Authors | undefined {
  if (asked === undefined || asked === 'ai' || asked === 'any') return asked;
  throw new CandorError(
    'bad-call',
    `--authors=${asked} names nobody. Say ai, for code of AI tools, or any, for all code.`,
  );
}

/** `--from-git` may stand without its value, which `parseArgs` does not know of. */
function withWholeFromGit(args: readonly string[]): readonly string[] {
  return args.map((arg) => (arg === '--from-git' ? '--from-git=HEAD' : arg));
}
