import { beforeEach, describe, expect, it } from 'vitest';
import { calibrationStore, type CalibrationStore } from '../../../../src/app/calibration/calibrationStore.ts';
import { learnFromOutcomes, type Learned } from '../../../../src/app/learning/learnFromOutcomes.ts';
import { outcomesByKey } from '../../../../src/app/learning/outcomesByKey.ts';
import { EVIDENCE_VERSION } from '../../../../src/assess/assessText.ts';
import { SURVIVAL_TARGETS } from '../../../../src/capture/following/editorTargets.ts';
import { showsChance } from '../../../../src/core/risk/calibration.ts';
import { isOutOfDate } from '../../../../src/core/risk/driftEvidence.ts';
import { DEFAULT_BAND_RULES } from '../../../../src/core/risk/fitCalibration.ts';
import type { Target } from '../../../../src/core/words.ts';
import type { LearnedFrom } from '../../../../src/ledger/ledger.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { someLedgerAssessment } from '../../../support/someLedgerAssessment.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const DAY_MS = 86_400_000;

const START_MS = 19_700 * DAY_MS;

const [TWO_MINUTES, TEN_MINUTES] = SURVIVAL_TARGETS as [Target, Target];

/** Two regions a day, of which those that surprised the engine mostly go bad. */
function outcomes(count: number, { slope = 3, from = 0, target = TEN_MINUTES } = {}): readonly LearnedFrom[] {
  const random = randomNumbers(7 + from);
  return Array.from({ length: count }, (_, index) => {
    const nats = 3 * random();
    const happened = random() < 1 / (1 + Math.exp(slope * nats - 3));
    const atMs = START_MS + Math.floor((from + index) / 2) * DAY_MS;
    const id = `assessment ${from + index}`;
    return {
      assessment: someLedgerAssessment({ id, nats, atMs, origin: 'inline' }),
      outcome: {
        assessment: id,
        target,
        happened,
        retainedShare: happened ? 1 : 0,
        workedOn: true,
        atMs: atMs + 600_000,
      },
    };
  });
}

describe('learnFromOutcomes', () => {
  let store: CalibrationStore;

  beforeEach(() => {
    store = calibrationStore('/some/workspace', { XDG_STATE_HOME: temporaryFolder() });
  });

  function learn(known: readonly LearnedFrom[], nowMs = START_MS + 1000 * DAY_MS, budgetMs = 60_000): Promise<Learned> {
    const groups = outcomesByKey(known, EVIDENCE_VERSION);
    return learnFromOutcomes(groups, [], store, { rules: DEFAULT_BAND_RULES, nowMs, budgetMs });
  }

  it('calibrates from what became of code, and says what it rests on', async () => {
    const { changed } = await learn(outcomes(200));
    expect(changed).toMatchObject([
      { target: TEN_MINUTES, origin: { kind: 'editor', authors: 'ai' }, standing: { regions: 200, commits: 100 } },
    ]);
    expect(changed.map(showsChance)).toEqual([true]);
    expect(await store.load()).toEqual(changed);
  });

  it('shows no chance where the features say nothing', async () => {
    const { changed } = await learn(outcomes(200, { slope: 0 }));
    expect(changed.map(showsChance)).toEqual([false]);
  });

  it('learns nothing from few outcomes, and no target from the outcomes of another', async () => {
    expect((await learn(outcomes(19))).changed).toEqual([]);
    const mixed = [...outcomes(19), ...outcomes(19, { target: TWO_MINUTES })];
    expect((await learn(mixed)).changed).toEqual([]);
    const { changed } = await learn([...outcomes(40), ...outcomes(19, { target: TWO_MINUTES })]);
    expect(changed.map(({ target }) => target)).toEqual([TEN_MINUTES]);
  });

  it('does not learn from evidence that means something else by now', async () => {
    const old = outcomes(40).map(({ assessment, outcome }) => ({
      assessment: { ...assessment, evidence: { ...assessment.evidence, version: EVIDENCE_VERSION - 1 } },
      outcome,
    }));
    expect((await learn(old)).changed).toEqual([]);
  });

  it('learns again when the outcomes have grown by a quarter, and counts the refits', async () => {
    await learn(outcomes(100), START_MS + 50 * DAY_MS);
    const few = [...outcomes(100), ...outcomes(24, { from: 100 })];
    expect((await learn(few, START_MS + 62 * DAY_MS)).changed).toEqual([]);
    const more = [...outcomes(100), ...outcomes(25, { from: 100 })];
    const { changed } = await learn(more, START_MS + 63 * DAY_MS);
    expect(changed).toMatchObject([{ bands: { refit: 2 }, standing: { regions: 125 } }]);
  });

  it('notes what speaks against it between the refits, and learns again when that is enough', async () => {
    const nowMs = START_MS + 200 * DAY_MS;
    await learn(outcomes(400), nowMs);
    const fitting = [...outcomes(400), ...outcomes(40, { from: 400 })];
    expect((await learn(fitting, nowMs + 30 * DAY_MS)).changed).toEqual([]);
    const [kept] = await store.load();
    // What arrived at the very moment of the fit might have been known to it.
    expect(kept?.drift.commits).toBe(19);
    expect(kept && isOutOfDate(kept.drift, 0.05)).toBe(false);
    const against = outcomes(60, { from: 400, slope: 3 }).map(({ assessment, outcome }) => ({
      assessment,
      outcome: { ...outcome, happened: !outcome.happened },
    }));
    const { changed } = await learn([...outcomes(400), ...against], nowMs + 40 * DAY_MS);
    expect(changed).toMatchObject([{ bands: { refit: 2 } }]);
  });

  it('stops when its time is over, and goes on with the next call', async () => {
    const known = [...outcomes(40), ...outcomes(40, { target: TWO_MINUTES })];
    expect(await learn(known, undefined, -1)).toEqual({ changed: [], isComplete: false });
    expect((await learn(known)).changed).toHaveLength(2);
  });
});

describe('outcomesByKey', () => {
  it('takes what arrived in one document on one day as one commit', () => {
    const [group] = outcomesByKey(outcomes(6), EVIDENCE_VERSION);
    expect(group?.outcomes.map(({ commit }) => commit)).toEqual(
      [0, 0, 1, 1, 2, 2].map((day) => `some document ${19_700 + day}`),
    );
    expect(group?.outcomes.map(({ knownAtMs, atMs }) => knownAtMs - atMs)).toEqual(Array(6).fill(600_000));
  });
});
