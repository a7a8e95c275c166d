/** A thread whose auditor does what the name of the document says. For the tests of `threadedAuditor.ts` and `answerCalls.ts`. */
import { parentPort } from 'node:worker_threads';
import { answerCalls } from '../../../../src/app/auditor/answerCalls.ts';
import { oddAuditor } from './oddAuditor.ts';

if (parentPort !== null) {
  await answerCalls(oddAuditor(), parentPort);
  process.exit();
}
