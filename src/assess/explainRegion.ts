import { findingOfLeaf } from '../core/findings/findingOfLeaf.ts';
import type { Alternative, Assessment, RiskySpan, SilencedSpan } from '../core/words.ts';
import { isLanguageId } from '../syntax/languages.ts';
import { isSkipped } from '../syntax/skipped.ts';
import type { AssessedText, Assessor } from './assessText.ts';
import { leafFacts } from './leafFacts.ts';
import { leafReadings, type LeafReadings } from './leafReadings.ts';
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
    detail: { topK: TOKEN_ALTERNATIVES, ranges: [...region.assessment.spans, ...(region.assessment.silenced ?? [])] },
    ...(abortSignal && { abortSignal }),
  });
  const readings = leafReadings(region.reading.scored, alignment, spans);
  const explain = async (choice: SpanChoice): Promise<RiskySpan> => {
    const rivals = await rivalsOfLeaf({ engine, parser }, assessed, choice);
    const finding = findingOfLeaf(leafFacts(spans, readings, choice.leaf, rivals));
    const alternatives = alternativesOf(assessed, choice, likelier(rivals, readings, choice));
    const span = riskySpan({ text, spans, scored, alignment }, choice, alternatives);
    return { ...span, ...(finding !== null && { finding }) };
  };
  // The parser tries what the engine names for one while the engine looks at the next.
  const explained = await Promise.all(region.choices.map(explain));
  const silenced = await Promise.all(
    region.silencedChoices.map(async (choice): Promise<SilencedSpan> => ({
      ...(await explain(choice)),
      silence: choice.silence,
    })),
  );
  return { ...region.assessment, spans: explained, ...(silenced.length > 0 && { silenced }) };
}

/** What could stand in the place of a span's costliest leaf, most likely first: what parses, and is not far from likely. */
async function rivalsOfLeaf(
  { engine, parser }: Pick<Assessor, 'engine' | 'parser'>,
  { request, spans }: AssessedText,
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
  const likely = alternatives.filter(({ logprobNats }) => logprobNats > LEAST_ALTERNATIVE_LOGPROB_NATS);
  const texts = likely.map((alternative) => alternative.text);
  const parses = await parser.keepsParsing(text, language, leaf.start, leaf.end, texts, abortSignal);
  return isSkipped(parses) ? [] : likely.filter((_, index) => parses[index] === true);
}

function likelier(
  rivals: readonly Alternative[],
  { surprisals }: LeafReadings,
  { leaf }: SpanChoice,
): readonly Alternative[] {
  const logprobNats = -surprisals.ofLeaves(leaf, leaf + 1);
  return rivals.filter((rival) => rival.logprobNats > logprobNats).slice(0, ALTERNATIVES_SHOWN);
}

/** The whole span with each rival where its costliest leaf is. */
function alternativesOf(
  { request: { text }, spans }: AssessedText,
  choice: SpanChoice,
  rivals: readonly Alternative[],
): readonly Alternative[] {
  const leaf = spans.leaves[choice.leaf] ?? 0;
  const before = text.slice(spans.starts[choice.span], spans.starts[leaf]);
  const after = text.slice(spans.ends[leaf], spans.ends[choice.span]);
  return rivals.map((rival) => ({ ...rival, text: before + rival.text + after }));
}

/** Other leaves are free text (the inside of a string), of which a few tokens say nothing. */
function isOneLexeme(leaf: string): boolean {
  return /^(?:[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}]{1,4})$/u.test(leaf);
}
