import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { assetsIn } from '../app/assets.ts';
import { calibrateFromHistory } from '../app/calibration/calibrateFromHistory.ts';
import { calibrateFromData } from '../app/calibration/calibrateFromData.ts';
import { calibrationStore, publicCalibrations } from '../app/calibration/calibrationStore.ts';
import { openHistoryTools } from '../app/calibration/openHistoryTools.ts';
import { CandorError } from '../core/candorError.ts';
import { DEFAULT_BAND_RULES } from '../core/risk/fitCalibration.ts';
import type { Authors, Target } from '../core/words.ts';
import { jsonCalibrationReport, textCalibrationReport, type CalibrationReport } from '../report/calibrationReport.ts';
import { RECORDED } from '../lab/evaluation/itemEvidence.ts';
import { createNearParser } from '../lab/evaluation/nearParser.ts';
import { readEvidence } from '../lab/evaluation/readEvidence.ts';
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
  event: { type: 'string', default: 'correct' },
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
  const [data, ...others] = positionals;
  if ((ref === undefined) === (data === undefined) || others.length > 0) {
    throw new CandorError(
      'bad-call',
      'candor calibrate goes by one thing. Say --from-git, or name one file: DATA.jsonl.',
    );
  }
  if (ref !== undefined && choice.engine === 'openai') {
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
    const store = calibrationStore(workspace);
    const horizonDays = readNumber('days', values.days, 1, 3650);
    const rules = {
      ...DEFAULT_BAND_RULES,
      trustRate: readNumber('trust', values.trust, 1, 98) / 100,
      doubtRate: readNumber('doubt', values.doubt, 2, 99) / 100,
    };
    const fromData = async (path: string): Promise<Omit<CalibrationReport, 'seconds'>> => {
      const reader = { ...tools, parser: createNearParser(assets.grammars), workerUrl: assets.evidenceWorker };
      const items = await readEvidence({ ...reader, grammarsUrl: assets.grammars }, path, {
        onProgress: progress.update,
      });
      const recorded = items.filter(({ isRecorded }) => isRecorded).length;
      if (recorded > 0 && recorded < items.length) {
        const message = `${recorded} of ${items.length} items have tokens of their own: two distributions, which never mix. Split the file.`;
        throw new CandorError('bad-input', message);
      }
      const source = recorded > 0 ? RECORDED : tools.engine.source;
      const target = targetOf(values.event, horizonDays);
      const calibration = await calibrateFromData(items, shared, store, { source, target, rules });
      const { regions, commits } = calibration.standing;
      return { calibrations: [calibration], regions, landings: commits, isComplete: true };
    };
    const fromHistory = (since: string): Promise<Omit<CalibrationReport, 'seconds'>> =>
      calibrateFromHistory(tools, shared, store, {
        folder: workspace,
        ref: since,
        horizonDays,
        budgetMs: readNumber('budget', values.budget, 1, 10_000) * MINUTE_MS,
        mostRegions: readNumber('regions', values.regions, 20, 100_000),
        ...(authors !== undefined && { authors }),
        rules,
        onProgress: progress.update,
      });
    const calibrated = await (data === undefined ? fromHistory(ref ?? 'HEAD') : fromData(data));
    progress.end();
    const report = { ...calibrated, seconds: (performance.now() - startedMs) / 1000 };
    await writeResult(format === 'json' ? jsonCalibrationReport(report) : textCalibrationReport(report), out);
    return EXIT.done;
  } finally {
    progress.end();
    await tools.close();
  }
}

const EVENTS: readonly Target['event'][] = ['correct', 'matches', 'sound', 'survives'];

/** What a label of 1 stands for. */
function targetOf(asked: string, horizonDays: number): Target {
  const event = EVENTS.find((one) => one === asked);
  if (event === undefined) {
    throw new CandorError('bad-call', `--event=${asked} is no event. Choose ${EVENTS.join(', ')}.`);
  }
  const hasClock = event === 'sound' || event === 'survives';
  return { event, ...(hasClock && { horizon: { days: horizonDays } }), unit: 'region', definition: 1 };
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
