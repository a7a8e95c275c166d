import type { AssessmentId, Band, Evidence, Judgement, Origin, RegionId, Source } from '../core/words.ts';

/** An assessment as the ledger keeps it: what was known of a region and where it was, by salted hashes; never text. */
export interface LedgerAssessment {
  readonly id: AssessmentId;
  readonly region: RegionId;
  /** Salted digests of the workspace's path, and of the document's path in it. */
  readonly workspace: string;
  readonly document: string;
  /** When the code arrived, in Unix milliseconds. */
  readonly atMs: number;
  readonly origin: Origin;
  /** Who wrote it, by name, where that is known. */
  readonly tool: string | null;
  readonly source: Source;
  readonly judgement: Judgement | null;
  readonly band: Band;
  readonly evidence: Evidence;
  /** A salted hash of 32 bits of each comparable leaf of the region, in text order (`syntax/codeLeaves.ts`). */
  readonly leafHashes: Uint32Array;
  /** As many: 1 for a leaf that names what the document declares or imports elsewhere, so that a rename from there is no change. */
  readonly outsideNames: Uint8Array;
}

/** The part of an assessment by which its code is found again. */
export type LedgerTrace = Pick<LedgerAssessment, 'id' | 'workspace' | 'document' | 'leafHashes' | 'outsideNames'>;
