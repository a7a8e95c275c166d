import type { AssessedText, TextToAssess } from '../../assess/assessText.ts';
import { recordedEngine, type RecordedStretch } from '../../assess/recordedEngine.ts';
import { joinOverBlanks } from '../../capture/arrivals/joinOverBlanks.ts';
import { factsOf, nextDueMs } from '../../capture/following/seeDocument.ts';
import type { LeafHasher } from '../../capture/following/leafHasher.ts';
import { leavesIn, traceOf } from '../../capture/following/regionTrace.ts';
import type { GenerationIndex } from '../../capture/matching/generationIndex.ts';
import type { Match } from '../../capture/matching/match.ts';
import { scoredInsertion } from '../../capture/matching/scoredInsertion.ts';
import type { Origin, Source } from '../../core/words.ts';
import type { Engine, TextRange } from '../../engines/engine.ts';
import type { LedgerAssessment } from '../../ledger/ledgerAssessment.ts';
import { codeLeavesOf } from '../../syntax/codeLeaves.ts';
import type { Call } from '../auditor/call.ts';
import type { Setup } from '../auditor/setup.ts';
import type { ArrivedText, FollowedRegion } from './arrivedText.ts';
import { OWN_CLIENT } from './ownGeneration.ts';
import type { OwnSuggestions } from './ownSuggestions.ts';
import type { PlaceDigests } from './placeDigests.ts';

export interface ArrivalTools {
  readonly generations: GenerationIndex;
  readonly suggestions: OwnSuggestions;
  readonly places: PlaceDigests;
  readonly hash: LeafHasher;
  /** Assesses parts of a text: by the engine given or, where that is null, by the one that is set up. */
  assess(request: TextToAssess, engine: Engine | null, setup: Setup, call: Call): Promise<AssessedText>;
}

export interface AssessedArrival {
  readonly regions: readonly FollowedRegion[];
  /** The same, for the ledger. */
  readonly records: readonly LedgerAssessment[];
}

/** A region with fewer comparable leaves is a word or two: what becomes of it says nothing. */
const FEWEST_LEAVES = 3;

/** What was told of a stretch: who wrote it, and with which tokens. */
interface Told extends TextRange {
  readonly match: Match | null;
  readonly stretch: RecordedStretch | null;
}

/**
 * Assesses code that arrived: what is matched with a recorded generation by its generator's own tokens, the rest by the engine that is set
 * up. What nobody can tell to be a model's, neither the editor nor a match, is left alone.
 *
 *     arrived     [  recorded  ][ rest ]      two assessments at least: distributions never mix
 */
export async function assessArrival(tools: ArrivalTools, arrived: ArrivedText, call: Call): Promise<AssessedArrival> {
  const { text, path, language, writer, setup } = arrived;
  const stretches = joinOverBlanks(text, arrived.stretches);
  const told = stretches.flatMap((stretch) => tellStretch(tools, arrived, stretch));
  const groups = new Map<string, { readonly origin: Origin; readonly engine: Engine | null; readonly told: Told[] }>();
  for (const one of told) {
    if (writer.by === 'unknown' && one.match?.certainty !== 'certain') continue;
    const source = one.stretch?.scored.source ?? null;
    const origin = originOf(arrived, one.match);
    const key = JSON.stringify([origin, source]);
    const group = groups.get(key) ?? { origin, engine: engineOf(text, told, source), told: [] };
    group.told.push(one);
    groups.set(key, group);
  }
  const assessed: AssessedArrival[] = [];
  for (const { origin, engine, told: own } of groups.values()) {
    const within = { origin, ranges: own.map(({ start, end }) => ({ start, end })) };
    const result = await tools.assess({ text, path, language, within }, engine, setup, call);
    assessed.push(recordsOf(tools, arrived, own, result));
  }
  return {
    regions: assessed.flatMap(({ regions }) => regions),
    records: assessed.flatMap(({ records }) => records),
  };
}

/** What the recorded generations say of a stretch: certain matches stand by themselves, doubtful ones only say who may have written it. */
function tellStretch(
  { generations, suggestions }: ArrivalTools,
  { document, text }: ArrivedText,
  stretch: TextRange,
): readonly Told[] {
  const { start, end } = stretch;
  const inserted = text.slice(start, end);
  const own = suggestions.match(document, text, stretch);
  const matches = own === null ? generations.match(inserted) : [own];
  const told: Told[] = [];
  let at = start;
  const rest = (to: number): void => {
    if (text.slice(at, to).trim() === '') return;
    const doubtful = matches.find(
      (match) => match.certainty !== 'certain' && start + match.start < to && at < start + match.end,
    );
    told.push({ start: at, end: to, match: doubtful ?? null, stretch: null });
  };
  for (const match of matches.filter(({ certainty }) => certainty === 'certain')) {
    const range = { start: start + match.start, end: start + match.end };
    rest(range.start);
    const scored = scoredInsertion(inserted, match);
    const isScored = scored.measures.logprobsNats.some((logprob) => !Number.isNaN(logprob));
    told.push({ ...range, match, stretch: isScored ? { start: range.start, scored } : null });
    at = range.end;
  }
  rest(end);
  return told;
}

function originOf({ writer }: ArrivedText, match: Match | null): Origin {
  if (match?.certainty === 'certain') return match.generation.client === OWN_CLIENT ? 'inline' : 'recorded';
  return writer.by === 'declared' ? 'declared' : 'inserted';
}

function engineOf(text: string, told: readonly Told[], source: Source | null): Engine | null {
  if (source === null) return null;
  const own = JSON.stringify(source);
  const stretches = told.flatMap(({ stretch }) =>
    stretch !== null && JSON.stringify(stretch.scored.source) === own ? [stretch] : [],
  );
  return recordedEngine(text, stretches);
}

function recordsOf(
  { places, hash }: ArrivalTools,
  { setup, path, writer, arrivedMs, text }: ArrivedText,
  told: readonly Told[],
  { spans, regions: assessedRegions }: AssessedText,
): AssessedArrival {
  const leaves = codeLeavesOf(text, spans);
  const regions: FollowedRegion[] = [];
  const records: LedgerAssessment[] = [];
  for (const { assessment } of assessedRegions) {
    const { region, source, judgement, band, evidence } = assessment;
    const indices = leavesIn(leaves, region.start, region.end);
    if (indices.end - indices.first < FEWEST_LEAVES) continue;
    const match = told.find(({ start, end }) => start < region.end && region.start < end)?.match ?? null;
    const tool = match?.generation.client ?? (writer.by === 'model' ? writer.tool : null);
    const trace = traceOf(leaves, indices, hash);
    const record: LedgerAssessment = {
      id: assessment.id,
      region: region.id,
      workspace: places.workspace(setup.workspace),
      document: places.document(path),
      atMs: arrivedMs,
      origin: region.origin,
      tool,
      source,
      judgement,
      band,
      evidence,
      leafHashes: trace.hashes,
      outsideNames: trace.outsideNames,
    };
    records.push(record);
    const dueMs = nextDueMs({ atMs: arrivedMs }, arrivedMs);
    regions.push({ assessment, facts: factsOf(record), match: match?.certainty ?? null, dueMs });
  }
  return { regions, records };
}
