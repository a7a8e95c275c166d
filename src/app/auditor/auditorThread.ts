/** The thread of the auditor: started by `threadedAuditor.ts`, so that no work is done in the thread that asks. */
import { parentPort, workerData } from 'node:worker_threads';
import { CandorError } from '../../core/candorError.ts';
import { regionSalt } from '../regionSalt.ts';
import { answerCalls } from './answerCalls.ts';
import { isAuditorThreadData } from './callMessages.ts';
import { createAuditor } from './createAuditor.ts';

const data: unknown = workerData;
if (parentPort === null || !isAuditorThreadData(data)) {
  throw new CandorError('bad-call', 'This script is the thread of an auditor. Call createThreadedAuditor.');
}
const { parseWorker, grammars, merges, llamaChild, bundledModel, publicCalibrations } = data.assets;
const assets = {
  parseWorker: new URL(parseWorker),
  grammars: new URL(grammars),
  merges: new URL(merges),
  llamaChild: new URL(llamaChild),
  bundledModel: new URL(bundledModel),
  publicCalibrations: new URL(publicCalibrations),
};
await answerCalls(createAuditor(assets, regionSalt), parentPort);
// Ends this thread alone, whatever it still waits for.
process.exit();
