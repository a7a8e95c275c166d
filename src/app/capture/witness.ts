import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readSource, skipReasonOfText } from '../../audit/readSource.ts';
import { CORRECT_TARGET, FOLLOWED_MS } from '../../capture/following/editorTargets.ts';
import { hashedText, type HashedText } from '../../capture/following/fateOfRegion.ts';
import type { LeafHasher } from '../../capture/following/leafHasher.ts';
import { seeCommit } from '../../capture/following/seeCommit.ts';
import { seeDocument, type PlacedRegion, type SeenRegion } from '../../capture/following/seeDocument.ts';
import { CandorError } from '../../core/candorError.ts';
import type { AssessmentId, Outcome, RegionId } from '../../core/words.ts';
import { committedText } from '../../history/committedText.ts';
import { openRepository } from '../../history/openRepository.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { codeLeavesOf } from '../../syntax/codeLeaves.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import { lineSpans } from '../../syntax/lineSpans.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import type { Call } from '../auditor/call.ts';
import type { ArrivedText, FollowedRegion } from './arrivedText.ts';
import type { FollowedRanges } from './capturedCode.ts';
import { VERDICT_CAUSE, type Decision } from './decision.ts';
import { assessArrival, type ArrivalTools } from './assessArrival.ts';

/** A document whose regions are followed. */
export interface FollowedDocument {
  /** Absolute path of the workspace; null: of none. */
  readonly workspace: string | null;
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly language: LanguageId | 'lines';
  /** null: it is not open, and the disk has it. */
  readonly text: string | null;
}

/** A look at a document. */
export interface DocumentLook extends FollowedDocument {
  readonly regions: readonly SeenRegion[];
}

/** A commit was made of these documents, and others. */
export interface CommitSeen {
  readonly workspace: string;
  readonly documents: readonly (FollowedDocument & FollowedRanges)[];
}

export interface LedgerCounts {
  readonly assessments: number;
  readonly outcomes: number;
}

/**
 * Sees code of models arrive, follows what becomes of it, and keeps both in the ledger. Times are Unix milliseconds.
 *
 * Each call rejects with a CandorError where the ledger cannot be had; nothing else of Candor needs it.
 */
export interface Witness {
  /** Assesses code that arrived, and follows it from now on. */
  arrived(arrived: ArrivedText, call: Call): Promise<readonly FollowedRegion[]>;
  /** Looks at all followed regions of a document: those that the editor knows of, and those that it has lost. */
  look(look: DocumentLook): Promise<readonly PlacedRegion[]>;
  committed(seen: CommitSeen): Promise<void>;
  /**
   * Does what a person says.
   * @returns what an import has added; null for all else
   * @throws CandorError for an import `bad-input` that names the line which is amiss, and then nothing was added; `not-found` or
   *   `unreadable` for a file that cannot be had
   */
  decide(decision: Decision): Promise<LedgerCounts | null>;
}

export interface WitnessTools extends Omit<ArrivalTools, 'hash'> {
  readonly ledger: Ledger;
  readonly hash: LeafHasher;
  readonly parser: Pick<ParserPool, 'spans'>;
  readonly now: () => number;
}

export function createWitness(tools: WitnessTools): Witness {
  const { ledger, places, hash, parser, now } = tools;

  async function hashed(text: string, language: LanguageId | 'lines'): Promise<HashedText> {
    const spans = await parser.spans(text, language);
    return hashedText(codeLeavesOf(text, isSkipped(spans) ? lineSpans(text) : spans), hash);
  }

  function regionsKnownIn(workspace: string, document: string): ReadonlySet<RegionId> {
    const followed = ledger.assessmentsSince(workspace, now() - 2 * FOLLOWED_MS, document);
    return new Set(followed.map(({ assessment }) => assessment.region));
  }

  async function textOf({ workspace, path, text }: FollowedDocument): Promise<string | null> {
    if (text !== null || workspace === null) return text;
    const read = await readSource(join(workspace, path));
    return read.kind === 'text' ? read.text : null;
  }

  async function seeDocumentOf(
    document: CommitSeen['documents'][number],
    committed: string,
    seenMs: number,
  ): Promise<void> {
    const text = await textOf(document);
    if (text === null) return;
    const { workspace, path, language, ranges } = document;
    const working = await hashed(text, language);
    seeCommit(ledger, {
      workspace: places.workspace(workspace),
      document: places.document(path),
      seenMs,
      committed: committed === text ? working : await hashed(committed, language),
      working,
      ranges: new Map(ranges.map(({ assessment, ...range }) => [assessment, range])),
    });
  }

  return {
    async arrived(arrived, call) {
      if (skipReasonOfText(arrived.text) !== null) return [];
      const { regions, records } = await assessArrival(tools, arrived, call);
      // A file that is written again holds what arrived in it before.
      const known =
        arrived.writer.by === 'unknown'
          ? regionsKnownIn(places.workspace(arrived.setup.workspace), places.document(arrived.path))
          : new Set<RegionId>();
      ledger.addAssessments(records.filter(({ region }) => !known.has(region)));
      return regions.filter(({ assessment: { region } }) => !known.has(region.id));
    },
    async look({ regions, ...document }) {
      const text = await textOf(document);
      // What is on no disk and in no editor any more cannot be seen: its clocks run out unseen.
      if (text === null) return [];
      return seeDocument(ledger, await hashed(text, document.language), {
        workspace: places.workspace(document.workspace),
        document: places.document(document.path),
        seenMs: now(),
        regions,
      });
    },
    async committed({ workspace, documents }) {
      const seenMs = now();
      const repository = await openRepository(workspace);
      for (const document of documents) {
        const committed = await committedText(repository, document.path);
        if (committed !== null) await seeDocumentOf(document, committed, seenMs);
      }
    },
    async decide(decision) {
      switch (decision.kind) {
        case 'verdict':
          ledger.addOutcomes([verdict(decision.assessment, decision.isFine, now())]);
          return null;
        case 'disown':
          ledger.forgetAssessments(decision.assessments);
          return null;
        case 'rename':
          ledger.moveDocument(
            places.workspace(decision.workspace),
            places.document(decision.from),
            places.document(decision.to),
          );
          return null;
        case 'export':
          await exportTo(ledger, decision.file);
          return null;
        case 'import':
          return importFrom(ledger, decision.file);
        case 'forget':
          if (decision.workspace === undefined) ledger.forgetEverything();
          else ledger.forgetWorkspace(places.workspace(decision.workspace));
          return null;
      }
    },
  };
}

function verdict(assessment: AssessmentId, isFine: boolean, atMs: number): Outcome {
  return {
    assessment,
    target: CORRECT_TARGET,
    happened: isFine,
    cause: VERDICT_CAUSE,
    retainedShare: 1,
    workedOn: true,
    atMs,
  };
}

async function exportTo(ledger: Ledger, file: string): Promise<void> {
  try {
    await pipeline(Readable.from(ended(ledger.exportLines())), createWriteStream(file, { mode: 0o600 }));
  } catch (cause) {
    if (CandorError.is(cause)) throw cause;
    throw new CandorError('unreadable', `${file} cannot be written. Choose another place.`, { cause });
  }
}

async function importFrom(ledger: Ledger, file: string): Promise<LedgerCounts> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CandorError('not-found', `${file} cannot be read. Choose a file that was exported.`, { cause });
  });
  return ledger.importLines(text.split('\n'));
}

function* ended(lines: Iterable<string>): IterableIterator<string> {
  for (const line of lines) yield `${line}\n`;
}
