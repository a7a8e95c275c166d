import { regionObservation } from '../../src/core/risk/regionObservation.ts';
import type { Source } from '../../src/core/words.ts';
import { EVIDENCE_VERSION } from '../../src/assess/assessText.ts';
import type { LedgerAssessment } from '../../src/ledger/ledgerAssessment.ts';
import { someSource } from '../unit/core/someSource.ts';
import { someEvidence } from './someCalibration.ts';

/** An assessment of a region of twenty leaves. */
export function someLedgerAssessment(
  given: Partial<LedgerAssessment> & { readonly nats?: number; readonly source?: Source } = {},
): LedgerAssessment {
  const { nats = 1, ...fields } = given;
  return {
    id: 'assessment 1',
    region: '0123456789abcdef.1',
    workspace: 'some workspace',
    document: 'some document',
    atMs: 1.7e12,
    origin: 'inline',
    tool: null,
    source: someSource,
    judgement: null,
    band: 'unknown',
    evidence: { version: EVIDENCE_VERSION, signals: { tokenCount: 20 }, ...regionObservation(someEvidence(20, nats)) },
    leafHashes: Uint32Array.from({ length: 20 }, (_, leaf) => 1000 + leaf),
    outsideNames: new Uint8Array(20),
    ...fields,
  };
}
