import { workerData } from 'node:worker_threads';
import type { Assessor } from '../../assess/assessText.ts';
import { lookAtFile } from '../../audit/lookAtFile.ts';
import { CandorError } from '../../core/candorError.ts';
import { NgramEngine, ngramShape } from '../../engines/ngram/ngramEngine.ts';
import { corpusOf } from '../../engines/ngram/sharedBase.ts';
import { loadTokenizer } from '../../engines/tokenizer/loadTokenizer.ts';
import { createParserHere } from '../../syntax/parserHere.ts';
import { assetsAt } from '../assets.ts';
import type { LookAnswer, LookTask, LookThreadData } from './lookTasks.ts';

const { root, assessor } = start(workerData);

/** Looks at one file, by the n-gram engine. */
export async function look({ file, known }: LookTask): Promise<LookAnswer> {
  try {
    return await lookAtFile(assessor, { root }, file, known);
  } catch (error) {
    if (CandorError.is(error)) return { failed: error.reason, message: error.message };
    // A trap in a grammar: the thread ends, and the pool starts another.
    if (error instanceof Error && error.name === 'RuntimeError') process.exit(1);
    throw error;
  }
}

function start(data: unknown): { readonly root: string; readonly assessor: Assessor } {
  if (!isLookThreadData(data))
    throw new CandorError('bad-call', 'This script runs in the pool of threads that look only.');
  const { assets, learned, calibration, salt, root } = data;
  const { merges, grammars } = assetsAt(assets);
  const tokenizer = loadTokenizer(merges);
  const assessor = {
    engine: new NgramEngine(tokenizer, corpusOf(ngramShape(tokenizer), learned)),
    parser: createParserHere(grammars),
    calibrationOf: () => calibration,
    salt,
  };
  return { root, assessor };
}

function isLookThreadData(data: unknown): data is LookThreadData {
  return typeof data === 'object' && data !== null && 'learned' in data && 'assets' in data && 'salt' in data;
}
