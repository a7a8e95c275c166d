import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERDICT_CAUSE } from '../../../../src/app/capture/decision.ts';
import { placeDigests } from '../../../../src/app/capture/placeDigests.ts';
import { readLabels } from '../../../../src/app/learning/readLabels.ts';
import { CORRECT_TARGET } from '../../../../src/capture/following/editorTargets.ts';
import type { Outcome } from '../../../../src/core/words.ts';
import { someLedgerAssessment } from '../../../support/someLedgerAssessment.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { temporaryLedger } from '../../ledger/temporaryLedger.ts';

const SALT = 's';
const places = placeDigests(SALT);
const workspace = places.workspace('/code');

function verdict(assessment: string, happened: boolean, atMs: number, cause = VERDICT_CAUSE): Outcome {
  return { assessment, target: CORRECT_TARGET, happened, cause, retainedShare: 1, workedOn: true, atMs };
}

describe('readLabels', () => {
  it('gives the last word of people on each region, by the path of its file', async () => {
    const state = temporaryFolder();
    const ledger = await temporaryLedger(join(state, 'candor', 'ledger.sqlite'));
    const at = (id: string, path: string, region: string, of = workspace): void => {
      ledger.addAssessments([someLedgerAssessment({ id, region, workspace: of, document: places.document(path) })]);
    };
    at('1', 'a.ts', 'r.1');
    at('2', 'a.ts', 'r.1');
    at('3', 'src/b.ts', 'r.1');
    at('4', 'src/b.ts', 'tested.1');
    at('5', 'left out.ts', 'r.1');
    at('6', 'a.ts', 'elsewhere.1', places.workspace('/other'));
    ledger.addOutcomes([
      verdict('1', false, 1),
      verdict('2', true, 2),
      verdict('3', false, 3),
      verdict('4', false, 4, 'test'),
      verdict('5', true, 5),
      verdict('6', true, 6),
    ]);
    const asked = { workspace: '/code', paths: ['a.ts', 'src/b.ts'], salt: SALT };
    expect(readLabels(asked, { XDG_STATE_HOME: state })).toEqual([
      { path: 'a.ts', region: 'r.1', isFine: true },
      { path: 'src/b.ts', region: 'r.1', isFine: false },
    ]);
    // Digests of another salt are those of nothing here.
    expect(readLabels({ ...asked, salt: 'another' }, { XDG_STATE_HOME: state })).toEqual([]);
  });

  it('tells no ledger from one that cannot be read', () => {
    const asked = { workspace: '/code', paths: ['a.ts'], salt: SALT };
    expect(readLabels(asked, { XDG_STATE_HOME: temporaryFolder() })).toEqual([]);
    const damaged = temporaryFolder({ 'candor/ledger.sqlite': 'this is none' });
    expect(readLabels(asked, { XDG_STATE_HOME: damaged })).toBeNull();
  });
});
