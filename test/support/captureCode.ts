import { createLeafHasher } from '../../src/capture/following/leafHasher.ts';
import { leavesIn, traceOf } from '../../src/capture/following/regionTrace.ts';
import { placeDigests } from '../../src/app/capture/placeDigests.ts';
import { openLedger } from '../../src/ledger/openLedger.ts';
import type { LanguageId } from '../../src/syntax/languages.ts';
import { codeLeaves } from './codeLeaves.ts';
import { someLedgerAssessment } from './someLedgerAssessment.ts';

export interface CapturedPiece {
  /** Of the assessment; the path unless given. */
  readonly id?: string;
  /** Where the editor was open. */
  readonly workspace: string;
  readonly path: string;
  readonly language: LanguageId;
  /** The file when the code arrived, and the part of it that did. */
  readonly text: string;
  readonly written: string;
}

/** Keeps in a ledger on the disk that a model wrote pieces of code, as the editor does when they arrive. */
export async function captureCode(path: string, salt: string, pieces: readonly CapturedPiece[]): Promise<void> {
  const ledger = await openLedger(path);
  const places = placeDigests(salt);
  for (const { id, workspace, path: file, language, text, written } of pieces) {
    const leaves = await codeLeaves(text, language);
    const start = text.indexOf(written);
    const trace = traceOf(leaves, leavesIn(leaves, start, start + written.length), createLeafHasher(salt));
    ledger.addAssessments([
      someLedgerAssessment({
        id: id ?? file,
        workspace: places.workspace(workspace),
        document: places.document(file),
        leafHashes: trace.hashes,
        outsideNames: trace.outsideNames,
      }),
    ]);
  }
  ledger.close();
}
