import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calibrationStore, publicCalibrations } from '../../../../src/app/calibration/calibrationStore.ts';
import { chooseCalibration } from '../../../../src/app/calibration/chooseCalibration.ts';
import type { Calibration } from '../../../../src/core/risk/calibration.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';
import { someCalibration } from '../../../support/someCalibration.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { someSource } from '../../core/someSource.ts';

const telling = someCalibration(someSource, { count: 200 });
const useless = someCalibration(someSource, { count: 200, slope: 0 });

describe('calibrationStore', () => {
  it('keeps what was saved, by workspace, the last of each key', async () => {
    const environment = { XDG_STATE_HOME: temporaryFolder() };
    const store = calibrationStore('/code/one', environment);
    expect(await store.load()).toEqual([]);
    await store.save(useless);
    await store.save(telling);
    expect(await store.load()).toEqual([telling]);
    expect(await calibrationStore('/code/two', environment).load()).toEqual([]);
  });

  it('passes over what is damaged', async () => {
    const state = temporaryFolder();
    const store = calibrationStore('/code/one', { XDG_STATE_HOME: state });
    await store.save(telling);
    const folder = join(state, 'candor', 'calibrations');
    const [workspace] = await readdir(folder);
    await writeFile(join(folder, workspace!, 'damaged.json'), '{"schemaVersion":1');
    await writeFile(join(folder, workspace!, 'older.json'), '{"schemaVersion":0}');
    expect(await store.load()).toEqual([telling]);
  });
});

describe('publicCalibrations', () => {
  it('are those that came with Candor, all of them readable', async () => {
    for (const { origin } of await publicCalibrations(sourceAssets.publicCalibrations))
      expect(origin.kind).toBe('public');
  });
});

describe('chooseCalibration', () => {
  const shared: Calibration = { ...telling, origin: { ...telling.origin, kind: 'public' } };

  it('takes the own one before the public one, where both know something', () => {
    expect(chooseCalibration([telling], [shared])(someSource)).toEqual([telling, shared]);
    expect(chooseCalibration([], [shared])({ ...someSource, snapshot: 'today' })).toEqual([shared]);
  });

  it('takes the one that knows something, and otherwise the one that says why not', () => {
    expect(chooseCalibration([useless], [shared])(someSource)).toEqual([shared, useless]);
    expect(chooseCalibration([useless], [])(someSource)).toEqual([useless]);
  });

  it('has none for another Source', () => {
    expect(chooseCalibration([telling], [shared])({ ...someSource, model: 'another' })).toEqual([]);
  });
});
