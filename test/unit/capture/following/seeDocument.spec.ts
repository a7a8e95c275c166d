import { beforeEach, describe, expect, it } from 'vitest';
import { COMMITTED_TARGET, SOUND_TARGET, SURVIVAL_TARGETS } from '../../../../src/capture/following/editorTargets.ts';
import { hashedText, type HashedText } from '../../../../src/capture/following/fateOfRegion.ts';
import { createLeafHasher } from '../../../../src/capture/following/leafHasher.ts';
import { leavesIn, traceOf } from '../../../../src/capture/following/regionTrace.ts';
import { seeCommit } from '../../../../src/capture/following/seeCommit.ts';
import { seeDocument, type PlacedRegion, type SeenRegion } from '../../../../src/capture/following/seeDocument.ts';
import type { Outcome } from '../../../../src/core/words.ts';
import { codeLeaves } from '../../../support/codeLeaves.ts';
import { memoryLedger } from '../../../support/memoryLedger.ts';
import { someLedgerAssessment } from '../../../support/someLedgerAssessment.ts';

const MINUTE_MS = 60_000;

const ARRIVED_MS = 1.7e12;

const [TWO_MINUTES, TEN_MINUTES] = SURVIVAL_TARGETS;

const HEAD = 'import { half } from "./half";\n';

const REGION = 'export function area(width: number, height: number): number {\n  return half(width) * height;\n}\n';

const EDITED = REGION.replace('* height', '/ height');

const hash = createLeafHasher('some salt');

const text = async (code: string): Promise<HashedText> => hashedText(await codeLeaves(code, 'typescript'), hash);

describe('followed regions of a document', () => {
  let ledger: ReturnType<typeof memoryLedger>;

  beforeEach(async () => {
    ledger = memoryLedger();
    const leaves = await codeLeaves(HEAD + REGION, 'typescript');
    const trace = traceOf(leaves, leavesIn(leaves, HEAD.length, HEAD.length + REGION.length), hash);
    const arrived = { atMs: ARRIVED_MS, leafHashes: trace.hashes, outsideNames: trace.outsideNames };
    ledger.addAssessments([someLedgerAssessment({ id: 'a', ...arrived })]);
  });

  async function see(code: string, afterMs: number, seen?: Partial<SeenRegion>): Promise<readonly PlacedRegion[]> {
    const region: SeenRegion = {
      assessment: 'a',
      range: { start: HEAD.length, end: code.length },
      isCheckedOut: false,
      isUndone: false,
      hadErrors: null,
      failedTest: false,
      workedOn: false,
      ...seen,
    };
    return seeDocument(ledger, await text(code), {
      workspace: 'some workspace',
      document: 'some document',
      seenMs: ARRIVED_MS + afterMs,
      regions: seen === undefined ? [] : [region],
    });
  }

  async function commit(committed: string, working: string): Promise<readonly Outcome[]> {
    seeCommit(ledger, {
      workspace: 'some workspace',
      document: 'some document',
      seenMs: ARRIVED_MS + MINUTE_MS,
      committed: await text(committed),
      working: await text(working),
      ranges: new Map([['a', { start: HEAD.length, end: working.length }]]),
    });
    return ledger.outcomes;
  }

  it('are settled when their clocks run out, one after the other', async () => {
    expect(await see(HEAD + REGION, MINUTE_MS, {})).toMatchObject([
      { assessment: 'a', fate: { event: 'unchanged' }, dueMs: ARRIVED_MS + 2 * MINUTE_MS },
    ]);
    expect(ledger.outcomes).toEqual([]);
    await see(HEAD + REGION, 2 * MINUTE_MS, {});
    const [placed] = await see(HEAD + EDITED, 10 * MINUTE_MS, { hadErrors: false, workedOn: true });
    expect(placed?.dueMs).toBe(ARRIVED_MS + 1440 * MINUTE_MS);
    expect(ledger.outcomes).toMatchObject([
      { target: TWO_MINUTES, happened: true, retainedShare: 1, workedOn: false },
      { target: TEN_MINUTES, happened: false, cause: 'edited', retainedShare: 22 / 23, workedOn: true },
      { target: SOUND_TARGET, happened: true },
    ]);
  });

  it('are found again by their leaves where nobody followed them', async () => {
    const moved = `const x = 1;\n${HEAD}// moved down\n${REGION}`;
    const [placed] = await see(moved, 2 * MINUTE_MS);
    const { start = 0, end = 0 } = placed?.range ?? {};
    expect(moved.slice(start, end)).toBe(REGION.trimEnd());
    expect(ledger.outcomes).toMatchObject([{ target: TWO_MINUTES, happened: true }]);
  });

  it('are of one document alone, and of the last two days', async () => {
    ledger.moveDocument('some workspace', 'some document', 'another');
    expect(await see(HEAD + REGION, MINUTE_MS)).toEqual([]);
    ledger.moveDocument('some workspace', 'another', 'some document');
    expect(await see(HEAD + REGION, 2 * 1440 * MINUTE_MS + 1)).toEqual([]);
  });

  it('are committed as they arrived, or edited', async () => {
    expect(await commit(HEAD + REGION, HEAD + REGION)).toMatchObject([{ target: COMMITTED_TARGET, happened: true }]);
  });

  it('are committed edited', async () => {
    expect(await commit(HEAD + EDITED, HEAD + EDITED)).toMatchObject([
      { target: COMMITTED_TARGET, happened: false, cause: 'edited', retainedShare: 22 / 23 },
    ]);
  });

  it('wait for the next commit while this one does not have them, and are settled once', async () => {
    expect(await commit(HEAD, HEAD + REGION)).toEqual([]);
    expect(await commit(HEAD + REGION, HEAD + EDITED)).toMatchObject([{ happened: true }]);
    expect(await commit(HEAD + EDITED, HEAD + EDITED)).toMatchObject([{ happened: true }]);
  });

  it('that were deleted before any commit were not committed as they arrived', async () => {
    expect(await commit(HEAD, HEAD)).toMatchObject([{ happened: false, retainedShare: 0 }]);
  });
});
