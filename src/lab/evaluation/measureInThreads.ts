import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { ScoreMeasures, ScoresToMeasure } from '../../core/metrics/measureScores.ts';

export interface ThreadedMeasure {
  readonly measure: (scores: ScoresToMeasure) => Promise<ScoreMeasures>;
  close(): Promise<void>;
}

/**
 * Measures columns of scores in threads, as many as there are cores.
 *
 * @param workerUrl the script that each thread runs: `evidenceWorker.ts`, or its bundle
 */
export function measureInThreads(workerUrl: URL): ThreadedMeasure {
  const pool = new Piscina<ScoresToMeasure, ScoreMeasures>({
    filename: workerUrl.href,
    minThreads: 1,
    maxThreads: availableParallelism(),
    recordTiming: false,
  });
  return {
    measure: (scores) => pool.run(scores, { name: 'measure' }),
    close: () => pool.destroy(),
  };
}
