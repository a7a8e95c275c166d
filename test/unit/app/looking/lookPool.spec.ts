import { expect, it } from 'vitest';
import { auditWorkspace } from '../../../../src/app/auditWorkspace.ts';
import { findCode } from '../../../../src/app/findCode.ts';
import type { Looking } from '../../../../src/audit/auditRequest.ts';
import { lookPoolFor } from '../../../../src/app/looking/lookPool.ts';
import { createWorkspaceLearner } from '../../../../src/app/workspaceLearner.ts';
import { NgramEngine } from '../../../../src/engines/ngram/ngramEngine.ts';
import { jsonReport } from '../../../../src/report/jsonReport.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { sampleFolder, tokenizer } from '../../../support/sampleWorkspace.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';

const SETTING = { calibrationOf: () => null, salt: 's' };

async function audited(usesThreads: boolean): Promise<string> {
  const engine = new NgramEngine(tokenizer);
  const tools = { engine, scout: null, learner: createWorkspaceLearner(engine), parser: inProcessParser, ...SETTING };
  const pool = lookPoolFor(tools, sourceAssets, { root: sampleFolder, fileCount: usesThreads ? 100 : 99, ...SETTING });
  expect(pool !== null).toBe(usesThreads);
  try {
    return jsonReport(await auditWorkspace({ ...tools, ...(await request(pool)) }));
  } finally {
    await pool?.close();
  }
}

async function request(pool: Looking | null) {
  const code = await findCode(sampleFolder, [sampleFolder]);
  const looking = pool && { looking: pool };
  return { workspace: sampleFolder, code, top: 3, onProgress: () => undefined, ...looking };
}

it('says the same as one thread, of the same snapshot', async () => {
  expect(await audited(true)).toBe(await audited(false));
});

it('leaves files to engines that have threads of their own', () => {
  const engine = scriptedEngine({ name: 'llama', logprobNats: () => -1 });
  const files = { root: sampleFolder, fileCount: 1000, ...SETTING };
  expect(lookPoolFor({ engine, scout: null, learner: null }, sourceAssets, files)).toBeNull();
});
