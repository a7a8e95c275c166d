import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/seededRandom.ts';
import { openLedger } from '../../../src/ledger/openLedger.ts';
import { killWriters, startWriter } from '../../simulation/ledgerKillsStudy.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

test('two processes begin one ledger and write to it at once', async () => {
  const folder = temporaryFolder();
  const writers = ['one', 'other'].map((name) => startWriter(folder, name, 50));
  const codes = await Promise.all(writers.map(async ({ process }) => (await once(process, 'exit')) as unknown[]));
  expect(codes).toEqual([
    [0, null],
    [0, null],
  ]);
  const ledger = await openLedger(join(folder, 'ledger.sqlite'));
  const entries = ledger.assessmentsSince('some workspace', 0);
  ledger.close();
  expect(entries).toHaveLength(100);
  expect(entries.every(({ outcomes }) => outcomes[0]?.retainedShare === 1)).toBe(true);
});

test('no kill takes away what was acknowledged, or leaves a damaged file', async () => {
  const killed = await killWriters(temporaryFolder(), 40, seededRandom(7).uniform);
  expect(killed).toMatchObject({ kills: 40, lost: [], damages: [] });
  expect(killed.acknowledgedOutcomes).toBeGreaterThan(40);
}, 120_000);
