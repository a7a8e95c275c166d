import fc from 'fast-check';
import type { Outcome, Source, Target } from '../../../src/core/words.ts';
import type { LedgerAssessment } from '../../../src/ledger/ledgerAssessment.ts';

const name = fc.string({ unit: 'grapheme', maxLength: 12 });
// JSON has no other zero.
const number = fc.double({ min: -1e100, max: 1e100, noNaN: true }).map((value) => value + 0);
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const timeMs = fc.double({ min: 0, max: 1e13, noNaN: true }).map((value) => value + 0);
const count = fc.nat();

export const anyTarget: fc.Arbitrary<Target> = fc.record(
  {
    event: fc.constantFrom('survives', 'sound', 'correct', 'matches'),
    horizon: fc.oneof(fc.record({ minutes: count }), fc.record({ days: count }), fc.record({ commits: count })),
    unit: fc.constant('region'),
    definition: count,
  },
  { requiredKeys: ['event', 'unit', 'definition'] },
);

const anySource: fc.Arbitrary<Source> = fc.record(
  {
    engine: name,
    model: name,
    tokenizer: name,
    distribution: fc.oneof(
      fc.constant({ kind: 'raw' } as const),
      fc.record({ kind: fc.constant('scaled'), temperature: number }),
    ),
    vocabulary: fc.oneof(fc.constant({ kind: 'full' } as const), fc.record({ kind: fc.constant('top-k'), k: count })),
    mode: fc.constantFrom('generated', 'teacher-forced'),
    contextPolicy: name,
    snapshot: name,
  },
  { requiredKeys: ['engine', 'model', 'tokenizer', 'distribution', 'vocabulary', 'mode', 'contextPolicy'] },
);

const anyLeaves = fc
  .array(fc.tuple(fc.nat({ max: 2 ** 32 - 1 }), fc.nat({ max: 1 })), { maxLength: 30 })
  .map((leaves) => ({
    leafHashes: Uint32Array.from(leaves, ([hash]) => hash),
    outsideNames: Uint8Array.from(leaves, ([, isOutside]) => isOutside),
  }));

const anyJudgement = fc.record({
  p: share,
  low: share,
  high: share,
  basis: fc.record({
    target: anyTarget,
    authors: fc.constantFrom('ai', 'any'),
    riskModel: name,
    prior: name,
    outcomeCount: count,
    commitCount: count,
  }),
});

/** An assessment of one workspace, `'here'`, that holds all that the types allow. */
export const anyAssessment: fc.Arbitrary<LedgerAssessment> = fc
  .tuple(
    fc.record({
      id: fc.uuid(),
      region: name,
      workspace: fc.constant('here'),
      document: name,
      atMs: timeMs,
      origin: fc.constantFrom('inline', 'recorded', 'inserted', 'diff', 'declared', 'file'),
      tool: fc.option(name),
      source: anySource,
      judgement: fc.option(anyJudgement),
      band: fc.constantFrom('trust', 'check', 'doubt', 'unknown'),
      evidence: fc.record({
        version: count,
        signals: fc.dictionary(name, number, { noNullPrototype: true }),
        features: fc.dictionary(name, number, { noNullPrototype: true }),
        levels: fc.dictionary(name, name, { noNullPrototype: true }),
      }),
    }),
    anyLeaves,
  )
  .map(([fields, leaves]) => ({ ...fields, ...leaves }));

export function anyOutcome(assessment: string): fc.Arbitrary<Outcome> {
  return fc.record(
    {
      assessment: fc.constant(assessment),
      target: anyTarget,
      retainedShare: share,
      happened: fc.boolean(),
      cause: name,
      workedOn: fc.boolean(),
      atMs: timeMs,
    },
    { requiredKeys: ['assessment', 'target', 'retainedShare', 'happened', 'workedOn', 'atMs'] },
  );
}
