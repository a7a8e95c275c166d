import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import {
  type DriftEvidence,
  isOutOfDate,
  noDriftEvidence,
  observeCommit,
} from '../../../../src/core/risk/driftEvidence.ts';
import { CALIBRATED, DRIFTS, LEVEL, studyDrift } from '../../../simulation/driftStudy.ts';

/** All capital by now: what is held back and what is bet. */
function capital({ lnCapitals, commits }: DriftEvidence): number {
  return 0.5 / (1 + commits / 100) + lnCapitals.reduce((sum, ln) => sum + Math.exp(ln), 0);
}

/** All ways in which three regions can end. */
const ENDS = [false, true].flatMap((one) =>
  [false, true].flatMap((two) => [false, true].map((three) => [one, two, three] as const)),
);

describe('observeCommit', () => {
  it('begins with a capital of 1', () => {
    expect(capital(noDriftEvidence)).toBeCloseTo(1, 12);
    expect(isOutOfDate(noDriftEvidence, 0.99)).toBe(false);
  });

  it.each([0.001, 0.1, 0.5, 0.8, 0.9999])('expects to keep its capital over a region with a chance of %d', (p) => {
    let evidence = noDriftEvidence;
    for (let commit = 0; commit < 20; commit += 1) {
      const good = observeCommit(evidence, [{ p, good: true }]);
      const bad = observeCommit(evidence, [{ p, good: false }]);
      expect((p * capital(good) + (1 - p) * capital(bad)) / capital(evidence)).toBeCloseTo(1, 10);
      evidence = commit % 3 === 0 ? bad : good;
    }
  });

  it('expects to keep it over a commit whatever its regions share: all go well together, or each alone', () => {
    const chances = [0.6, 0.6, 0.6];
    const after = (goods: readonly boolean[]): number =>
      capital(
        observeCommit(
          noDriftEvidence,
          goods.map((good, index) => ({ p: chances[index]!, good })),
        ),
      );
    expect(0.6 * after([true, true, true]) + 0.4 * after([false, false, false])).toBeCloseTo(1, 12);
    const alone = ENDS.map((goods) => goods.reduce((share, good) => share * (good ? 0.6 : 0.4), after(goods)));
    expect(alone.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });

  it('gains by what a rival foresaw: one region at a half that went bad', () => {
    const { lnCapitals } = observeCommit(noDriftEvidence, [{ p: 0.5, good: false }]);
    // Slope 1, shift -2 is rival 9 (from 0): it gave 1 / (1 + e^-2), twice as likely as a half. Paid in: 26 equal shares.
    const paidIn = (0.5 + (0.5 - 0.5 / 1.01)) / 26;
    expect(Math.exp(lnCapitals[9]!)).toBeCloseTo((paidIn * 2) / (1 + Math.exp(-2)), 12);
  });

  it('does not count a commit without regions, and does not depend on the order of regions', () => {
    expect(observeCommit(noDriftEvidence, [])).toEqual(noDriftEvidence);
    const regions = [
      { p: 0.2, good: true },
      { p: 0.9, good: true },
      { p: 0.4, good: false },
    ];
    const [one, other] = [regions, regions.toReversed()].map((order) => observeCommit(noDriftEvidence, order));
    one!.lnCapitals.forEach((ln, index) => {
      expect(ln).toBeCloseTo(other!.lnCapitals[index]!, 12);
    });
  });

  it('stays finite where the certain did not happen, again and again, and where it always does', () => {
    for (const good of [true, false]) {
      let evidence = noDriftEvidence;
      for (let commit = 0; commit < 500; commit += 1)
        evidence = observeCommit(evidence, [
          { p: 1, good },
          { p: 0, good: !good },
        ]);
      expect(evidence.lnCapitals.every(Number.isFinite)).toBe(true);
      expect(isOutOfDate(evidence, 0.01)).toBe(!good);
    }
  });

  it('is plain data, and goes on after it was saved', () => {
    const regions = [{ p: 0.7, good: false }];
    const evidence = observeCommit(noDriftEvidence, regions);
    const loaded = JSON.parse(JSON.stringify(evidence)) as DriftEvidence;
    expect(observeCommit(loaded, regions)).toEqual(observeCommit(evidence, regions));
  });

  it('refuses what is no chance, and evidence of another version', () => {
    expect(() => observeCommit(noDriftEvidence, [{ p: Number.NaN, good: true }])).toThrow(CandorError);
    expect(() => observeCommit(noDriftEvidence, [{ p: 1.1, good: true }])).toThrow(CandorError);
    expect(() => observeCommit({ ...noDriftEvidence, lnCapitals: [0] }, [])).toThrow(CandorError);
  });
});

describe('isOutOfDate', () => {
  it('is raised at 1 / level and stays so', () => {
    let evidence = noDriftEvidence;
    const raised: number[] = [];
    for (let commit = 0; commit < 40; commit += 1) {
      evidence = observeCommit(evidence, [{ p: 0.8, good: commit >= 12 }]);
      if (isOutOfDate(evidence, 0.05)) raised.push(commit);
    }
    expect(raised[0]).toBeLessThan(12);
    expect(raised).toEqual(Array.from({ length: 40 - raised[0]! }, (_, index) => index + raised[0]!));
    expect(isOutOfDate({ ...noDriftEvidence, highestLn: Math.log(20) }, 0.05)).toBe(true);
    expect(isOutOfDate({ ...noDriftEvidence, highestLn: Math.log(20) }, 0.049)).toBe(false);
  });

  it('refuses what is no level', () => {
    expect(() => isOutOfDate(noDriftEvidence, 0)).toThrow(CandorError);
    expect(() => isOutOfDate(noDriftEvidence, Number.NaN)).toThrow(CandorError);
  });

  const rounds = { runs: 120, before: 250, commits: 250, seed: 21 };
  const most = LEVEL + 1.645 * Math.sqrt((LEVEL * (1 - LEVEL)) / rounds.runs);

  it.each([0, 0.29, 1])('is false no more often than its level, at an intraclass correlation of %d', (intraclass) => {
    expect(studyDrift(CALIBRATED, 'mean over regions', intraclass, rounds).alarmed).toBeLessThanOrEqual(most);
  });

  it('would be false often if every region of a commit were counted', () => {
    expect(studyDrift(CALIBRATED, 'every region', 0.29, rounds).alarmed).toBeGreaterThan(0.15);
  });

  it('is raised within 150 commits by a drift of one logit', () => {
    const drift = DRIFTS.find(({ name }) => name === 'worse by 1 logit')!;
    const { delays } = studyDrift(drift, 'mean over regions', 0.29, { runs: 40, before: 200, commits: 500, seed: 22 });
    expect(delays[2]).toBeLessThan(150);
  });
});
