/** The thread of the auditor: started by `threadedAuditor.ts`, so that no work is done in the thread that asks. */
import { parentPort, workerData } from 'node:worker_threads';
import { CandorError } from '../../core/candorError.ts';
import { assetsAt } from '../assets.ts';
import { regionSalt } from '../regionSalt.ts';
import { answerCalls } from './answerCalls.ts';
import { isAuditorThreadData } from './callMessages.ts';
import { createAuditor } from './createAuditor.ts';

const data: unknown = workerData;
if (parentPort === null || !isAuditorThreadData(data)) {
  throw new CandorError('bad-call', 'This script is the thread of an auditor. Call createThreadedAuditor.');
}
const assets = assetsAt(data.assets);
await answerCalls(createAuditor(assets, regionSalt), parentPort);
// Ends this thread alone, whatever it still waits for.
process.exit();
