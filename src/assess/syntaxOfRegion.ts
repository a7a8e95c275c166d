import type { ScoredText } from '../core/scoredText.ts';
import { NO_CATEGORY, SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';
import { CATEGORIES, type Alternative, type AssessmentId, type Category } from '../core/words.ts';
import type { AssessedText, Reading } from './assessText.ts';
import { partialTree, type Fold, type PartialNode } from './partialTree.ts';
import { isPunctuation, type LeafRange } from './riskiestSpans.ts';

/** A region by its syntax, kept to what matters (`partialTree`). Offsets are those of the text. */
export interface RegionSyntax {
  readonly assessment: AssessmentId;
  /** The region's text, as it was judged. */
  readonly text: string;
  readonly root: SyntaxNode;
}

export interface SyntaxNode {
  readonly start: number;
  readonly end: number;
  /** As the grammar calls it. */
  readonly type: string;
  /** Whether the grammar gives it a name, unlike signs and keywords, which are called what they are. */
  readonly isNamed: boolean;
  readonly category: Category | null;
  readonly name?: string;
  /** Whether the region holds only a part of it. */
  readonly isPart: boolean;
  /** Whether the parser could not make sense of it. */
  readonly isError: boolean;
  /** Its part of the region's risk or surprisal, as that of the region's spans, in [0, 1]. */
  readonly share: number;
  readonly children: readonly SyntaxNode[];
  readonly fold: FoldedNodes | null;
  /** Of an end of the tree, in order of the text; none of the others. */
  readonly tokens: readonly SyntaxToken[];
  /** Tokens of an end that are left out: the likeliest. */
  readonly moreTokens: number;
}

/** What is left out of a node, put together. */
export interface FoldedNodes {
  /** Without brackets and separators. */
  readonly count: number;
  readonly areStatements: boolean;
  readonly share: number;
}

export interface SyntaxToken {
  readonly text: string;
  /** Absent where nobody scored it. */
  readonly logprobNats?: number;
  readonly entropyNats?: number;
  /** Among all that could stand there, from 1. */
  readonly rank?: number;
  /** Most likely first. */
  readonly alternatives: readonly Alternative[];
}

/** Alternatives named for a token. */
const TOKEN_ALTERNATIVES = 3;

/** Tokens shown of an end of the tree. */
const MOST_TOKENS = 16;

/**
 * The partial tree of a region, with the tokens at its ends.
 *
 * @param isDetailed whether the engine is asked for entropies, ranks and alternatives, which takes it milliseconds; else there is what
 *   it said when it judged
 */
export async function syntaxOfRegion(
  assessed: AssessedText,
  index: number,
  isDetailed: boolean,
): Promise<RegionSyntax> {
  const { request, spans } = assessed;
  const region = assessed.regions[index];
  if (region === undefined) throw new RangeError(`there is no region ${index}`);
  const { text, path, abortSignal } = request;
  const { reading, found, choices, assessment } = region;
  const chosen = choices.map(({ span }) => span);
  const root = partialTree(spans, region.costs, found, chosen);
  const scored = isDetailed
    ? await reading.engine.score({
        text,
        path,
        // As it was read, or the numbers would be others.
        ...(reading.readRanges && { within: reading.readRanges }),
        detail: { topK: TOKEN_ALTERNATIVES + 1, ranges: endsOf(root).map(({ leaves }) => rangeOf(spans, leaves)) },
        ...(abortSignal && { abortSignal }),
      })
    : reading.scored;
  const { start, end } = found;
  return {
    assessment: assessment.id,
    text: text.slice(start, end),
    root: syntaxNode({ text, spans, scored, alignment: reading.alignment }, root),
  };
}

interface Laid {
  readonly text: string;
  readonly spans: SpanTable;
  readonly scored: ScoredText;
  readonly alignment: Reading['alignment'];
}

function syntaxNode(laid: Laid, node: PartialNode): SyntaxNode {
  const { text, spans } = laid;
  const { span, leaves, share, children, fold } = node;
  const nameSpan = spans.nameSpans[span] ?? -1;
  const flags = spans.flags[span] ?? 0;
  const tokens = children.length > 0 ? [] : tokensOf(laid, leaves);
  const shown = leastLikely(tokens);
  return {
    ...rangeOf(spans, leaves),
    type: spans.typeNames[spans.types[span] ?? 0] ?? '',
    isNamed: (flags & SPAN_FLAGS.named) !== 0,
    category: categoryOf(spans, span),
    ...(nameSpan >= 0 && { name: text.slice(spans.starts[nameSpan], spans.ends[nameSpan]) }),
    isPart: leaves.firstLeaf > (spans.leafStarts[span] ?? 0) || leaves.endLeaf < (spans.leafEnds[span] ?? 0),
    isError: (flags & SPAN_FLAGS.error) !== 0,
    share,
    children: children.map((child) => syntaxNode(laid, child)),
    fold: fold && foldedNodes(spans, fold),
    tokens: shown,
    moreTokens: tokens.length - shown.length,
  };
}

function foldedNodes(spans: SpanTable, { spans: folded, share }: Fold): FoldedNodes {
  const meaningful = folded.filter((span) => !isPunctuation(spans, span));
  const isStatement = (span: number): boolean =>
    /(?:statement|declaration|definition)$/.test(spans.typeNames[spans.types[span] ?? 0] ?? '');
  return { count: meaningful.length, areStatements: meaningful.every(isStatement), share };
}

function endsOf(node: PartialNode): readonly PartialNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(endsOf);
}

function rangeOf({ leaves, starts, ends }: SpanTable, { firstLeaf, endLeaf }: LeafRange): RangeOfText {
  if (firstLeaf >= endLeaf) return { start: 0, end: 0 };
  return { start: starts[leaves[firstLeaf] ?? 0] ?? 0, end: ends[leaves[endLeaf - 1] ?? 0] ?? 0 };
}

interface RangeOfText {
  readonly start: number;
  readonly end: number;
}

/** The tokens that are charged to leaves: comments and layout are masked. */
function tokensOf({ spans, scored, alignment }: Laid, { firstLeaf, endLeaf }: LeafRange): readonly SyntaxToken[] {
  if (firstLeaf >= endLeaf) return [];
  const first = alignment.firstTokens[spans.leaves[firstLeaf] ?? 0] ?? 0;
  const end = alignment.endTokens[spans.leaves[endLeaf - 1] ?? 0] ?? 0;
  const tokens: SyntaxToken[] = [];
  for (let index = first; index < end; index++) {
    const leaf = alignment.chargedLeaves[index] ?? -1;
    if (leaf < firstLeaf || leaf >= endLeaf) continue;
    const { text, logprobNats, alternatives = [] } = scored.token(index);
    const entropyNats = known(scored.measures.entropiesNats?.[index]);
    const rank = known(scored.measures.ranks?.[index]);
    tokens.push({
      text,
      ...(logprobNats !== undefined && { logprobNats }),
      ...(entropyNats !== undefined && { entropyNats }),
      ...(rank !== undefined && { rank }),
      alternatives: alternatives.filter((other) => other.text !== text).slice(0, TOKEN_ALTERNATIVES),
    });
  }
  return tokens;
}

/** The few that a person can take in, in order of the text. */
function leastLikely(tokens: readonly SyntaxToken[]): readonly SyntaxToken[] {
  if (tokens.length <= MOST_TOKENS) return tokens;
  const kept = new Set(tokens.toSorted((a, b) => (a.logprobNats ?? 0) - (b.logprobNats ?? 0)).slice(0, MOST_TOKENS));
  return tokens.filter((token) => kept.has(token));
}

/** What is not known of a single token is NaN in its column. */
function known(value: number | undefined): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

function categoryOf(spans: SpanTable, span: number): Category | null {
  const category = spans.categories[span] ?? NO_CATEGORY;
  return category === NO_CATEGORY ? null : (CATEGORIES[category] ?? null);
}
