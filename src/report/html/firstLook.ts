import type { RegionReference } from '../../audit/report.ts';
import { lineText, positionAt, type LineIndex } from '../../core/lineIndex.ts';
import { peakBitsOf } from '../../core/signals/peakBitsOf.ts';
import type { RiskySpan } from '../../core/words.ts';
import { BAND_WORDS, chanceInNumbers, percent } from '../calibrationWords.ts';
import { plural } from '../whatWasJudged.ts';
import { html, type Markup } from './markup.ts';
import { placeLink, type LinkOf } from './placeLink.ts';
import type { ReportRegions } from './reportRegions.ts';

/** More would not be read, and make the page large. */
const MOST_REGIONS = 50;
const SPANS_SHOWN = 3;
const MOST_COLUMNS = 110;
const MOST_ALTERNATIVE_LENGTH = 40;

/** What to read first: the report's riskiest regions, each with its costliest spans in their lines. */
export function firstLook({ first, regions }: ReportRegions, linkOf: LinkOf): Markup {
  if (first.length === 0) return html`<p>There is nothing to look at: no region was scored.</p>`;
  const shown = first.slice(0, MOST_REGIONS);
  return html`<p>
      ${plural(shown.length, 'region')} of ${regions.length.toLocaleString('en')}, in the order in which to read them.
    </p>
    <ol class="first">
      ${shown.map((region) => item(region, linkOf))}
    </ol>`;
}

function item({ file, assessment }: RegionReference, linkOf: LinkOf): Markup {
  const { region, judgement, band, evidence, spans } = assessment;
  const { line } = positionAt(file.lines, region.start);
  const peak = peakBitsOf(evidence.signals);
  const unusual = peak === null ? null : html`<span>least likely token: ${peak.toFixed(1)} bits</span>`;
  const numbers =
    judgement === null
      ? unusual
      : html`<span class="band ${band}" title="${BAND_WORDS[band]}">${band}</span>
          <span>p ${chanceInNumbers(judgement)}</span>`;
  return html`<li>
    <h3>${placeLink(file.path, line, linkOf)} <span class="name">${region.name ?? 'statements'}</span></h3>
    <p class="numbers">${numbers}</p>
    ${spans.slice(0, SPANS_SHOWN).map((span) => spanBlock(file.lines, span, judgement === null ? 'surprisal' : 'risk'))}
  </li> `;
}

/** The line of a span with the span marked in it, and what it is. */
function spanBlock(lines: LineIndex, span: RiskySpan, shareOf: string): Markup {
  const start = positionAt(lines, span.start);
  const end = positionAt(lines, span.end);
  const source = lineText(lines, start.line);
  const last = end.line === start.line ? end.character : source.length;
  const indent = source.length - source.trimStart().length;
  const from = wholeCharacter(source, Math.max(Math.min(indent, start.character), start.character + 30 - MOST_COLUMNS));
  const to = wholeCharacter(source, Math.min(source.length, from + MOST_COLUMNS));
  const marked = wholeCharacter(source, Math.min(last, to));
  const cutBefore = from > indent ? '…' : '';
  const cutAfter = to < source.length || end.line > start.line ? '…' : '';
  return html`<figure class="span">
    <pre
      tabindex="0"
      aria-label="Line ${start.line + 1}"
    ><code><span class="line">${start.line + 1}</span>${cutBefore}${source.slice(from, start.character)}<mark>${source.slice(start.character, marked)}</mark>${source.slice(marked, to)}${cutAfter}</code></pre>
    <figcaption>
      ${span.category ?? span.type.replaceAll('_', ' ')}, ${spanShare(span.share)} of the region’s
      ${shareOf}${others(span)}
    </figcaption>
  </figure> `;
}

function others({ alternatives, finding }: RiskySpan): Markup | null {
  const texts = alternatives.map(({ text }) => text).filter((text) => text.length <= MOST_ALTERNATIVE_LENGTH);
  if (texts.length === 0) return null;
  const codes = texts.map((text, index) => html`${index === 0 ? '' : ', '}<code>${text}</code>`);
  return finding?.kind === 'expectedOther'
    ? html`; expected here (${percent(finding.numbers.bestChance ?? 0)}): ${codes}`
    : html`; usual here: ${codes}`;
}

function spanShare(share: number): string {
  return share > 0 && share < 0.01 ? 'under 1 %' : percent(share);
}

/** Half a character is none: a place inside a surrogate pair moves before it. */
function wholeCharacter(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}
