import { EVIDENCE_VERSION } from '../../assess/assessText.ts';
import { createLeafHasher } from '../../capture/following/leafHasher.ts';
import { createGenerationIndex } from '../../capture/matching/generationIndex.ts';
import type { RecordedGeneration } from '../../capture/recordedGeneration.ts';
import { followRecorder } from '../../capture/recorder/followRecorder.ts';
import { DEFAULT_BAND_RULES } from '../../core/risk/fitCalibration.ts';
import type { ScoredText } from '../../core/scoredText.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { openLedger } from '../../ledger/openLedger.ts';
import { createParserPool } from '../../syntax/parserPool.ts';
import type { Assets } from '../assets.ts';
import { calibrationStore, publicCalibrations } from '../calibration/calibrationStore.ts';
import { learnFromOutcomes, type Learned } from '../learning/learnFromOutcomes.ts';
import { outcomesByKey } from '../learning/outcomesByKey.ts';
import { ledgerPath } from '../userFolders.ts';
import type { ArrivalTools } from './assessArrival.ts';
import { ownGeneration } from './ownGeneration.ts';
import { createOwnSuggestions, type OwnSuggestion } from './ownSuggestions.ts';
import { placeDigests } from './placeDigests.ts';
import { createWitness, type Witness } from './witness.ts';

/** What was generated longer ago is hardly what arrives now. */
const MOST_GENERATIONS = 500;
const MOST_UNITS = 4_000_000;

const LEARNING_BUDGET_MS = 5000;

/** A witness and all that it works with, opened when it is first needed. */
export interface HeldWitness {
  /** @throws CandorError where the ledger cannot be had */
  open(): Promise<Witness>;
  /** What Candor suggested itself: when it arrives, it is known by this. */
  suggested(scored: ScoredText, where: Pick<OwnSuggestion, 'document' | 'before'>): void;
  /** Takes in what a recorder records from now on; null: no recorder any more. */
  followRecorder(address: string | null): void;
  /** Fits the models of risk anew where there are enough new outcomes. */
  learn(workspace: string): Promise<Learned>;
  close(): Promise<void>;
}

/** @param salt as regions have it */
export function createHeldWitness(
  assets: Assets,
  salt: () => Promise<string>,
  assess: ArrivalTools['assess'],
): HeldWitness {
  const parser = createParserPool({ workerUrl: assets.parseWorker, grammarsUrl: assets.grammars, threads: 1 });
  const generations = createGenerationIndex({ mostGenerations: MOST_GENERATIONS, mostUnits: MOST_UNITS });
  const suggestions = createOwnSuggestions();
  let opening: Promise<{ readonly ledger: Ledger; readonly witness: Witness }> | null = null;
  let recorder: AbortController | null = null;

  async function openAll(): Promise<{ readonly ledger: Ledger; readonly witness: Witness }> {
    const [own, ledger] = await Promise.all([salt(), openLedger(ledgerPath())]);
    const places = placeDigests(own);
    const hash = createLeafHasher(own);
    const witness = createWitness({ ledger, generations, suggestions, places, hash, parser, assess, now: Date.now });
    return { ledger, witness };
  }

  function opened(): Promise<{ readonly ledger: Ledger; readonly witness: Witness }> {
    opening ??= openAll().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  return {
    open: async () => (await opened()).witness,
    suggested(scored, where) {
      const generation = ownGeneration(scored, Date.now());
      generations.add(generation);
      suggestions.add({ ...where, generation });
    },
    followRecorder(address) {
      recorder?.abort();
      recorder = address === null ? null : new AbortController();
      if (address === null || recorder === null) return;
      const onGeneration = (generation: RecordedGeneration): void => {
        generations.add(generation);
      };
      void followRecorder(address, { onGeneration, signal: recorder.signal });
    },
    async learn(workspace) {
      const { ledger } = await opened();
      const places = placeDigests(await salt());
      const outcomes = ledger.outcomesOf(places.workspace(workspace));
      const shared = await publicCalibrations(assets.publicCalibrations);
      return learnFromOutcomes(outcomesByKey(outcomes, EVIDENCE_VERSION), shared, calibrationStore(workspace), {
        rules: DEFAULT_BAND_RULES,
        nowMs: Date.now(),
        budgetMs: LEARNING_BUDGET_MS,
      });
    },
    async close() {
      recorder?.abort();
      await Promise.all([
        parser.close(),
        opening
          ?.then(({ ledger }) => {
            ledger.close();
          })
          .catch(() => undefined),
      ]);
    },
  };
}
