import type { Alternative, Assessment } from '../core/words.ts';
import { isLanguageId } from '../syntax/languages.ts';
import type { LeafSums } from '../syntax/leafSums.ts';
import { isSkipped } from '../syntax/skipped.ts';
import type { AssessedText, Assessor } from './assessText.ts';
import { leafReadings } from './leafReadings.ts';
import type { SpanChoice } from './riskiestSpans.ts';
import { riskySpan } from './riskySpan.ts';

/** Alternatives named for a span, and asked for before those that do not parse are dropped. */
const ALTERNATIVES_SHOWN = 3;
const ALTERNATIVES_ASKED = 8;

/** What has less than a chance of 1 in 100 is nothing that one would expect. */
const LEAST_ALTERNATIVE_LOGPROB_NATS = Math.log(0.01);

/** Alternatives of each token that signals are computed from. */
const TOKEN_ALTERNATIVES = 15;

/**
 * A region's assessment with all that will be shown when it is opened: for each span the signals that need entropies,
 * ranks and alternatives, and what the engine holds likelier at its costliest leaf, kept to what parses. It takes milliseconds a
 * span, so only the regions that somebody looks at are explained.
 */
export async function explainRegion(
  { parser }: Pick<Assessor, 'parser'>,
  assessed: AssessedText,
  index: number,
): Promise<Assessment> {
  const { request, spans } = assessed;
  const region = assessed.regions[index];
  if (region === undefined) throw new RangeError(`there is no region ${index}`);
  const { text, path, abortSignal } = request;
  const { engine, readRanges, alignment } = region.reading;
  const scored = await engine.score({
    text,
    path,
    // As it was read, or the numbers would be others.
    ...(readRanges && { within: readRanges }),
    detail: { topK: TOKEN_ALTERNATIVES, ranges: region.assessment.spans },
    ...(abortSignal && { abortSignal }),
  });
  const { surprisals } = leafReadings(region.reading.scored, alignment, spans);
  const explained = [];
  for (const choice of region.choices) {
    const alternatives = await spanAlternatives({ engine, parser }, assessed, surprisals, choice);
    explained.push(riskySpan({ text, spans, scored, alignment }, choice, alternatives));
  }
  return { ...region.assessment, spans: explained };
}

/** What could stand in a span's place: the span with another leaf where its costliest is. */
async function spanAlternatives(
  { engine, parser }: Pick<Assessor, 'engine' | 'parser'>,
  { request, spans }: AssessedText,
  surprisals: LeafSums,
  choice: SpanChoice,
): Promise<readonly Alternative[]> {
  const { text, path, language, abortSignal } = request;
  const span = spans.leaves[choice.leaf] ?? 0;
  const leaf = { start: spans.starts[span] ?? 0, end: spans.ends[span] ?? 0 };
  if (!isLanguageId(language) || !isOneLexeme(text.slice(leaf.start, leaf.end))) return [];
  const alternatives = await engine.alternatives({
    text,
    path,
    leaf,
    count: ALTERNATIVES_ASKED,
    ...(abortSignal && { abortSignal }),
  });
  const bar = Math.max(-surprisals.ofLeaves(choice.leaf, choice.leaf + 1), LEAST_ALTERNATIVE_LOGPROB_NATS);
  const likelier = alternatives.filter((alternative) => alternative.logprobNats > bar);
  const texts = likelier.map((alternative) => alternative.text);
  const parses = await parser.keepsParsing(text, language, leaf.start, leaf.end, texts, abortSignal);
  if (isSkipped(parses)) return [];
  const before = text.slice(spans.starts[choice.span], leaf.start);
  const after = text.slice(leaf.end, spans.ends[choice.span]);
  return likelier
    .filter((_, index) => parses[index] === true)
    .slice(0, ALTERNATIVES_SHOWN)
    .map((alternative) => ({ ...alternative, text: before + alternative.text + after }));
}

/** Other leaves are free text (the inside of a string), of which a few tokens say nothing. */
function isOneLexeme(leaf: string): boolean {
  return /^(?:[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}]{1,4})$/u.test(leaf);
}
