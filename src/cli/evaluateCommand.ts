import type { ParseArgsConfig } from 'node:util';
import { assetsIn } from '../app/assets.ts';
import { loadCalibrations } from '../app/calibration/loadCalibrations.ts';
import { openEngine } from '../app/openEngine.ts';
import { CandorError } from '../core/candorError.ts';
import { hazardsOf } from '../core/risk/leafHazards.ts';
import { partObservations } from '../core/risk/partObservations.ts';
import type { LeafEvidence } from '../core/risk/regionEvidence.ts';
import { evaluateItems } from '../lab/evaluation/evaluateItems.ts';
import { measureInThreads } from '../lab/evaluation/measureInThreads.ts';
import { createNearParser } from '../lab/evaluation/nearParser.ts';
import { readEvidence } from '../lab/evaluation/readEvidence.ts';
import { jsonLocalisationReport, textLocalisationReport } from '../report/localisationReport.ts';
import { localise } from '../lab/localisation/localise.ts';
import { readLocalisationItems } from '../lab/localisation/readLocalisationItems.ts';
import { jsonEvaluationReport, textEvaluationReport } from '../report/evaluationReport.ts';
import { EXIT } from './exitCodes.ts';
import { parseOptions } from './parseOptions.ts';
import { progressBar } from './progressBar.ts';
import { ENGINE_OPTIONS, readEngineChoice } from './readEngineChoice.ts';
import { createItemAsker } from '../app/opinions/createItemAsker.ts';
import { readFormat } from './readFormat.ts';
import { readNumber } from './readNumber.ts';
import { sayStandIn } from './sayStandIn.ts';
import { workspaceOf } from './workspaceOf.ts';
import { writeResult } from './writeResult.ts';

const OPTIONS = {
  ...ENGINE_OPTIONS,
  localise: { type: 'boolean', default: false },
  opinions: { type: 'string' },
  temperature: { type: 'string', default: '1' },
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/** @throws CandorError `bad-call` unless it is above 0 and at most 2, as servers take them */
function readTemperature(value: string): number {
  const temperature = /^\d(?:\.\d{1,3})?$/.test(value) ? Number(value) : Number.NaN;
  if (temperature > 0 && temperature <= 2) return temperature;
  throw new CandorError('bad-call', `--temperature=${value} is no number above 0 and at most 2. Give one.`);
}

/** `candor evaluate`: says how good signals and judgements are on labelled data. */
export async function evaluateCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) {
    throw new CandorError(
      'bad-call',
      'candor evaluate takes one file of labelled data. Name it: candor evaluate DATA.jsonl.',
    );
  }
  const format = readFormat(values.format);
  const choice = readEngineChoice(values);
  const samples =
    values.opinions === undefined
      ? null
      : { count: readNumber('opinions', values.opinions, 1, 100), temperature: readTemperature(values.temperature) };
  const progress = progressBar(process.stderr);
  const assets = assetsIn(new URL('./', import.meta.url));
  const tools = await openEngine(choice, assets, progress.update);
  const parser = createNearParser(assets.grammars);
  sayStandIn(tools);
  const startedMs = performance.now();
  try {
    if (values.localise) {
      const { of: calibrationOf } = await loadCalibrations(workspaceOf([path], undefined), assets);
      const parts = calibrationOf(tools.engine.source)?.model.parts ?? null;
      const localiser = {
        engine: tools.engine,
        parser,
        ...(parts !== null && { hazardsOf: (leaves: LeafEvidence) => hazardsOf(parts, partObservations({ leaves })) }),
      };
      const report = await localise(localiser, readLocalisationItems(path), { onProgress: progress.update });
      progress.end();
      await writeResult(
        format === 'json' ? jsonLocalisationReport(report) : textLocalisationReport(report),
        values.out,
      );
      return EXIT.done;
    }
    const asker = samples === null ? null : createItemAsker(choice, tools, assets, samples, progress.update);
    const reader = {
      engine: tools.engine,
      parser,
      workerUrl: assets.evidenceWorker,
      grammarsUrl: assets.grammars,
      ...(asker && { opinionsOf: asker.opinionsOf }),
    };
    const items = await readEvidence(reader, path, { onProgress: progress.update }).finally(() => asker?.close());
    const threads = measureInThreads(assets.evidenceWorker);
    const evaluation = await evaluateItems(items, threads.measure, progress.update).finally(() => threads.close());
    progress.end();
    await writeResult(
      format === 'json' ? jsonEvaluationReport(evaluation) : textEvaluationReport(evaluation),
      values.out,
    );
    process.stderr.write(`candor: ${evaluation.n} items in ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
    return EXIT.done;
  } finally {
    progress.end();
    await tools.engine.close();
  }
}
