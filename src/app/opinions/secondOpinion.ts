import { clusterVotes } from '../../assess/opinions/clusterVotes.ts';
import type { OpinionCluster, SecondOpinion } from '../../core/opinions/secondOpinion.ts';
import { unsureRegions } from '../../core/opinions/unsureRegions.ts';
import { whereSamplesPart } from '../../core/opinions/whereSamplesPart.ts';
import type { Finding } from '../../core/words.ts';
import type { Engine, TextRange } from '../../engines/engine.ts';
import { codeLeavesOf } from '../../syntax/codeLeaves.ts';
import { languageEntry } from '../../syntax/languages.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import type { Call } from '../auditor/call.ts';
import { askConfidence, askTruth, type CodeInQuestion } from './askTruth.ts';
import { compareSamples, type ComparedSamples, type ComparingTools } from './compareSamples.ts';
import { writeAgain, type TextToWriteIn, type WrittenAgain } from './writeAgain.ts';

/** What asking takes. */
export interface OpinionTools extends ComparingTools {
  readonly engine: Pick<Engine, 'name' | 'capabilities' | 'generate' | 'score' | 'source'>;
}

/** How often the engine is asked, and how its answers are drawn. */
export interface OpinionSettings {
  readonly count: number;
  readonly temperature: number;
  readonly seed: number;
  /** Whether the engine is asked what it thinks of the code, too: a model that was never taught to answer has nothing to say. */
  readonly isAsked: boolean;
}

/** Lines around the stretch that an engine is shown when it is asked about it. */
const LINES_AROUND = 20;

/**
 * Lets an engine write a stretch of a text several times again, and says how what it wrote stands to what is there: which samples are the same
 * code, where they part, which parts of the original they leave, and what the engine says of it when asked.
 *
 * Rejects with the signal's reason when aborted, and as `writeAgain` and the parser do.
 */
export async function secondOpinion(
  tools: OpinionTools,
  request: TextToWriteIn,
  { count, temperature, seed, isAsked }: OpinionSettings,
  { onProgress, abortSignal }: Call,
): Promise<SecondOpinion> {
  const { text, language, place } = request;
  const samples: WrittenAgain[] = [];
  onProgress('sampling', 0, count);
  for await (const sample of writeAgain(tools, request, { count, temperature, seed }, abortSignal)) {
    samples.push(sample);
    onProgress('sampling', samples.length, count);
  }
  samples.sort((a, b) => a.index - b.index);
  const original = text.slice(place.start, place.end);
  onProgress('comparing', 0, 0);
  const compared = await compareSamples(
    tools,
    { language, prefix: text.slice(0, place.start), suffix: text.slice(place.end), original },
    samples.map(({ scored }) => scored),
    abortSignal,
  );
  const leaves = await leavesOf(tools.parser, request, original, abortSignal);
  const others = await Promise.all(
    samples.map(({ scored }) => leavesOf(tools.parser, request, scored.text, abortSignal)),
  );
  const intents = others.map(({ words }) => words);
  const unsure = unsureParts(leaves, intents);
  const asked = isAsked ? await ask(tools.engine, request, abortSignal) : { truth: null, confidence: null };
  return {
    engine: tools.engine.name,
    source: samples[0]?.scored.source ?? tools.engine.source,
    start: place.start,
    end: place.end,
    original,
    sampleCount: samples.length,
    temperature,
    seed,
    tokensWritten: samples.reduce((sum, { tokensWritten }) => sum + tokensWritten, 0),
    clusters: clustersOf(original, samples, compared),
    behaviour: compared.behaviour,
    finding: findingOf(leaves, intents),
    unsure,
    signals: {
      ...compared.signals,
      ...(original.length > 0 && { unsureShare: lengthOf(unsure) / original.length }),
      ...(asked.truth !== null && { truthProbability: asked.truth.probability }),
      ...(asked.confidence !== null && { verbalConfidence: asked.confidence }),
    },
    ...asked,
  };
}

async function ask(
  engine: OpinionTools['engine'],
  { text, place, language }: TextToWriteIn,
  signal: AbortSignal,
): Promise<Pick<SecondOpinion, 'truth' | 'confidence'>> {
  const before = text.slice(0, place.start).split('\n').slice(-LINES_AROUND);
  const after = text.slice(place.end).split('\n').slice(0, LINES_AROUND);
  const stretch = text.slice(place.start, place.end);
  const code: CodeInQuestion = {
    language: language === 'lines' ? '' : languageEntry(language).name,
    around: `${before.join('\n')}${stretch}${after.join('\n')}`,
    stretch,
  };
  const truth = await askTruth(engine, code, signal);
  // Words are asked for where there are no numbers.
  return { truth, confidence: truth === null ? await askConfidence(engine, code, signal) : null };
}

/** Leaves of what was written in a place, with their offsets in the text as it would be. */
interface WrittenLeaves {
  readonly words: readonly string[];
  readonly ranges: readonly TextRange[];
  readonly end: number;
}

async function leavesOf(
  parser: OpinionTools['parser'],
  { text, place, language }: TextToWriteIn,
  written: string,
  signal: AbortSignal,
): Promise<WrittenLeaves> {
  const whole = text.slice(0, place.start) + written + text.slice(place.end);
  const end = place.start + written.length;
  const spans = await parser.spans(whole, language, signal);
  signal.throwIfAborted();
  if (isSkipped(spans)) return { words: [written], ranges: [{ start: place.start, end }], end };
  const code = codeLeavesOf(whole, spans);
  const all = Array.from(code.ordinals, (ordinal, index) => {
    const span = spans.leaves[ordinal] ?? 0;
    return { word: code.words[index] ?? '', start: spans.starts[span] ?? 0, end: spans.ends[span] ?? 0 };
  });
  const own = all.filter((leaf) => leaf.start >= place.start && leaf.start < end);
  return { words: own.map(({ word }) => word), ranges: own, end };
}

function findingOf({ words, ranges, end }: WrittenLeaves, intents: readonly (readonly string[])[]): Finding | null {
  const parting = whereSamplesPart(words, intents);
  if (parting === null) return null;
  const { start, end: leafEnd } = ranges[parting.leaf] ?? { start: end, end };
  const { reaching, leaving } = parting;
  return { kind: 'samplesPart', start, end: leafEnd, numbers: { reaching, leaving }, alternatives: [] };
}

function unsureParts(
  { words, ranges, end }: WrittenLeaves,
  intents: readonly (readonly string[])[],
): readonly TextRange[] {
  const marked = unsureRegions(words, intents);
  return (marked?.regions ?? []).map((region) => {
    const start = ranges[region.start]?.start ?? end;
    return { start, end: region.start === region.end ? start : (ranges[region.end - 1]?.end ?? end) };
  });
}

function clustersOf(
  original: string,
  samples: readonly WrittenAgain[],
  { clusters, broken, originalCluster }: ComparedSamples,
): readonly OpinionCluster[] {
  const shares = clusterVotes(
    samples.map(({ scored }) => scored),
    clusters,
  );
  const votes = new Map(shares.map(({ cluster, share }) => [cluster, share]));
  const groups = Map.groupBy(samples.keys(), (index) => clusters[index] ?? 0);
  return Array.from(groups, ([cluster, [first = 0, ...more]]): OpinionCluster => {
    const isOriginal = cluster === originalCluster;
    return {
      text: isOriginal ? original : (samples[first]?.scored.text ?? ''),
      count: more.length + 1,
      share: (more.length + 1) / samples.length,
      voteShare: votes.get(String(cluster)) ?? null,
      isOriginal,
      isBroken: broken[first] ?? false,
    };
  }).sort((a, b) => Number(b.isOriginal) - Number(a.isOriginal) || b.count - a.count);
}

function lengthOf(ranges: readonly TextRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
