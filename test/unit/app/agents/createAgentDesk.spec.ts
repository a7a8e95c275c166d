import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { AgentToolId } from '../../../../src/app/agents/agentTools.ts';
import { createAgentDesk } from '../../../../src/app/agents/createAgentDesk.ts';
import { createSharedTools } from '../../../../src/app/auditor/sharedTools.ts';
import type { Tools } from '../../../../src/app/openTools.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { someCall } from '../auditor/someCalls.ts';

const TIME_LIMIT_MS = 2_500;
const FILES = Object.fromEntries(Array.from({ length: 12 }, (_, file) => [`f${file + 10}.js`, `call(${file});\n`]));

/** A desk whose engine hangs from the so-manieth text on, until it is told to stop. */
function deskOfSlowEngine(quickTexts: number): ReturnType<typeof createAgentDesk> {
  const engine = scriptedEngine({ logprobNats: (token) => -token.length });
  let asked = 0;
  const scoring: ReturnType<Tools['apart']> = {
    engine: {
      ...engine,
      async score(request) {
        if (++asked > quickTexts) await stopped(request.abortSignal);
        return engine.score(request);
      },
    },
    scout: null,
    learner: null,
  };
  const slow: Tools = {
    ...scoring,
    apart: () => scoring,
    standsInBecause: null,
    device: 'cpu',
    parser: inProcessParser,
    close: () => Promise.resolve(),
  };
  return createAgentDesk(
    createSharedTools(
      sourceAssets,
      () => Promise.resolve('s'),
      () => Promise.resolve(slow),
    ),
    TIME_LIMIT_MS,
  );
}

/** Rejects as an engine does. */
async function stopped(signal: AbortSignal | undefined): Promise<never> {
  await setTimeout(60_000, undefined, signal ? { signal } : {}).catch(() => undefined);
  throw signal?.reason;
}

function ask(desk: ReturnType<typeof createAgentDesk>, tool: AgentToolId, input: object): Promise<string> {
  const folder = temporaryFolder(FILES);
  return desk(
    { setup: { choice: { engine: 'ngram' }, workspace: folder, folders: [folder] }, tool, input },
    someCall(),
  );
}

describe('createAgentDesk', () => {
  it('answers with what was judged when the time runs out', async () => {
    const text = await ask(deskOfSlowEngine(5), 'auditFiles', { paths: ['.'], top: 0 });
    const answer = JSON.parse(text.split('\n')[1] ?? '') as { readonly report: { readonly summary: object } };
    expect(answer).toMatchObject({ incomplete: { reason: 'out of time', judgedFiles: 5, of: 12 } });
    expect(answer.report.summary).toMatchObject({ files: 12, judgedFiles: 5, skipped: { 'out of time': 7 } });
  });

  it('says that the time was too short where nothing was judged, and takes the next question', async () => {
    const desk = deskOfSlowEngine(0);
    const tooLong = {
      reason: 'out-of-time',
      message: expect.stringMatching(/^That took longer than the 2\.5 s/) as string,
    };
    await expect(ask(desk, 'auditFiles', { paths: ['.'] })).rejects.toMatchObject(tooLong);
    await expect(ask(desk, 'howSure', { path: 'f10.js' })).rejects.toMatchObject(tooLong);
  });
});
