import { describe, expect, it } from 'vitest';
import { engineWithinTime, filesWithinTime } from '../../../../src/app/agents/withinTime.ts';
import type { FileToAudit } from '../../../../src/audit/assessFile.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';

const request = { text: 'a b', path: 'a.js' };

describe('filesWithinTime', () => {
  it('leaves out what nobody came to in time, and keeps a reason that was known before', () => {
    const time = new AbortController();
    const files: readonly FileToAudit[] = [
      { path: 'a.js', language: 'javascript', text: 'a' },
      { path: 'b.js', language: 'javascript', leftOut: 'not there' },
    ];
    const inTime = filesWithinTime(files, time.signal);
    expect(inTime.map((file) => ({ ...file }))).toEqual([{ ...files[0], leftOut: undefined }, files[1]]);
    time.abort();
    expect(inTime.map(({ leftOut }) => leftOut)).toEqual(['out of time', 'not there']);
  });
});

describe('engineWithinTime', () => {
  const reason = new Error('no time');

  it('is the engine as long as there is time', async () => {
    const engine = scriptedEngine({ logprobNats: () => -1 });
    const inTime = engineWithinTime(engine, new AbortController().signal);
    expect(inTime).toMatchObject({ name: engine.name, capabilities: engine.capabilities, source: engine.source });
    expect((await inTime.score(request)).tokenCount).toBe((await engine.score(request)).tokenCount);
  });

  it('ends what is asked, for want of time or because the caller cancels', async () => {
    const inTime = engineWithinTime(scriptedEngine({ logprobNats: () => -1 }), AbortSignal.abort(reason));
    await expect(inTime.score(request)).rejects.toBe(reason);
    const other = engineWithinTime(scriptedEngine({ logprobNats: () => -1 }), new AbortController().signal);
    await expect(other.score({ ...request, abortSignal: AbortSignal.abort('enough') })).rejects.toBe('enough');
  });
});
