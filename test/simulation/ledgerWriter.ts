/**
 * A process that writes to a ledger until it is killed. Each line that it prints stands for a call that has returned.
 *
 *     node test/simulation/ledgerWriter.ts LEDGER NAME [ASSESSMENTS]
 */
import { writeSync } from 'node:fs';
import type { Outcome } from '../../src/core/words.ts';
import type { LedgerAssessment } from '../../src/ledger/ledgerAssessment.ts';
import { openLedger } from '../../src/ledger/openLedger.ts';

const [path = '', name = '', most = 'Infinity'] = process.argv.slice(2);
const STANDARD_OUTPUT = 1;

function acknowledge(line: object): void {
  writeSync(STANDARD_OUTPUT, `${JSON.stringify(line)}\n`);
}

function assessment(id: string): LedgerAssessment {
  return {
    id,
    region: `${id}.1`,
    workspace: 'some workspace',
    document: 'some document',
    atMs: Date.now(),
    origin: 'inline',
    tool: null,
    source: {
      engine: 'some engine',
      model: 'some model',
      tokenizer: 'some tokenizer',
      distribution: { kind: 'raw' },
      vocabulary: { kind: 'full' },
      mode: 'generated',
      contextPolicy: 'some policy',
    },
    judgement: null,
    band: 'unknown',
    evidence: { version: 1, signals: { tokenCount: 20 }, features: { length: 3 }, levels: { language: 'python' } },
    leafHashes: Uint32Array.from({ length: 200 }, (_, leaf) => leaf * 7919),
    outsideNames: new Uint8Array(200),
  };
}

function outcome(assessment: string, retainedShare: number): Outcome {
  return {
    assessment,
    target: { event: 'survives', horizon: { minutes: 10 }, unit: 'region', definition: 1 },
    retainedShare,
    happened: retainedShare === 1,
    workedOn: true,
    atMs: Date.now(),
  };
}

acknowledge({ ready: true });
const ledger = await openLedger(path, {
  onSetAside: () => {
    acknowledge({ isSetAside: true });
  },
});
for (let written = 0; written < Number(most); written++) {
  const id = `${name}.${written}`;
  ledger.addAssessments([assessment(id)]);
  acknowledge({ assessment: id });
  // The second takes the place of the first.
  for (const retainedShare of [0.5, 1]) {
    ledger.addOutcomes([outcome(id, retainedShare)]);
    acknowledge({ outcome: id, retainedShare });
  }
}
ledger.close();
