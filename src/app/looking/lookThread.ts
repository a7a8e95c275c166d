import { workerData } from 'node:worker_threads';
import type { Assessor } from '../../assess/assessText.ts';
import { lookAtFile, type LookedFile } from '../../audit/lookAtFile.ts';
import { CandorError } from '../../core/candorError.ts';
import { NgramEngine, ngramShape } from '../../engines/ngram/ngramEngine.ts';
import { corpusOf } from '../../engines/ngram/sharedBase.ts';
import { loadTokenizer } from '../../engines/tokenizer/loadTokenizer.ts';
import { createParserPool } from '../../syntax/parserPool.ts';
import { assetsAt } from '../assets.ts';
import type { LookTask, LookThreadData } from './lookTasks.ts';

const { root, assessor } = start(workerData);

/** Looks at one file, by the n-gram engine. */
export function look({ file, known }: LookTask): Promise<LookedFile | 'same'> {
  return lookAtFile(assessor, { root }, file, known);
}

/** Each thread that looks has one beside it that parses: while one text is scored the next is parsed. */
function start(data: unknown): { readonly root: string; readonly assessor: Assessor } {
  if (!isLookThreadData(data))
    throw new CandorError('bad-call', 'This script runs in the pool of threads that look only.');
  const { assets, learned, calibration, salt, root } = data;
  const { merges, parseWorker, grammars } = assetsAt(assets);
  const tokenizer = loadTokenizer(merges);
  const assessor = {
    engine: new NgramEngine(tokenizer, corpusOf(ngramShape(tokenizer), learned)),
    parser: createParserPool({ workerUrl: parseWorker, grammarsUrl: grammars, threads: 1 }),
    calibrationOf: () => calibration,
    salt,
  };
  return { root, assessor };
}

function isLookThreadData(data: unknown): data is LookThreadData {
  return typeof data === 'object' && data !== null && 'learned' in data && 'assets' in data && 'salt' in data;
}
