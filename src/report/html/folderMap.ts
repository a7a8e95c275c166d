import * as Plot from '@observablehq/plot';
import type { Target } from '../../core/words.ts';
import { plural } from '../whatWasJudged.ts';
import { drawChart } from './drawChart.ts';
import { foldersOf, type Folder } from './foldersOf.ts';
import { html, type Markup } from './markup.ts';
import { modelKey } from './modelKey.ts';
import { changesOf, judgementFor, meanSurprisalOf, tokensOf, type ReportRegions } from './reportRegions.ts';
import { squarify } from './squarify.ts';
import { table } from './table.ts';
import { amount, bits, changesInWords, meanInWords } from './words.ts';

/** Steps of colour, as the style sheet names them. */
const STEPS = 5;
const [WIDTH, HEIGHT] = [960, 380];
const PIXELS_PER_LETTER = 7.2;

/** Where the trouble is: folders by size and by how much of it is to be expected, as a picture of links and as a table. */
export function folderMap({ regions, target, source }: ReportRegions, isLinked: boolean): Markup {
  const model = modelKey(source);
  const folders = foldersOf(regions).map((folder, index) => measured(folder, index, target, model));
  if (folders.length === 0) return html`<p>Nothing was scored, so there is no map.</p>`;
  const isJudged = target !== null;
  const rates = folders.flatMap(({ rate }) => (rate === null ? [] : [rate]));
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const stepOf = (rate: number | null): number =>
    rate === null || most === least
      ? rate === null
        ? 0
        : 1
      : 1 + Math.round(((STEPS - 1) * (rate - least)) / (most - least));
  const what = isJudged
    ? 'expected changes for 1,000 tokens'
    : `bits of surprisal a token by the engine ${source.engine}: how unusual the code is, not how wrong, for nothing was judged`;
  return html`<p>
      Area: tokens of code. Colour: ${what}.
      ${isLinked ? 'Each part leads to its row in the table.' : 'The parts are the rows of the table.'}
    </p>
    <div class="map">${treemap(folders, stepOf, isJudged ? 'not judged' : 'not known', isLinked)}</div>
    ${legend(least, most, isJudged)}
    ${table(
      'Parts of what was judged',
      columns(isJudged),
      folders.map((folder) => row(folder, isJudged)),
    )}`;
}

interface MeasuredFolder extends Folder {
  readonly id: string;
  readonly changes: string;
  readonly surprisal: string;
  readonly leftOut: number;
  /** What colours it; null: unknown. */
  readonly rate: number | null;
}

function measured(folder: Folder, index: number, target: Target | null, model: string): MeasuredFolder {
  const changes = changesOf(folder.regions, target);
  const judged = folder.regions.filter((region) => judgementFor(region, target) !== null);
  const tokens = judged.reduce((sum, region) => sum + tokensOf(region), 0);
  const surprisal = meanSurprisalOf(folder.regions, model);
  const ofJudged = changes.expected === null || tokens === 0 ? null : (1000 * changes.expected.mean) / tokens;
  return {
    ...folder,
    id: `part-${index + 1}`,
    changes: changesInWords(changes),
    surprisal: meanInWords(surprisal.known, bits),
    leftOut: changes.leftOut,
    rate: target === null ? surprisal.known && surprisal.known.mean / Math.LN2 : ofJudged,
  };
}

function treemap(
  folders: readonly MeasuredFolder[],
  stepOf: (rate: number | null) => number,
  unknown: string,
  isLinked: boolean,
): Markup {
  const boxes = squarify(
    folders.map(({ tokens }) => tokens),
    { x1: 0, y1: 0, x2: WIDTH, y2: HEIGHT },
  );
  const cells = folders.flatMap((folder, index) => {
    const box = boxes[index];
    if (box === undefined) return [];
    const rate = folder.rate === null ? unknown : amount(folder.rate);
    const says = `${folder.name}: ${plural(folder.tokens, 'token')}, ${rate}`;
    return [
      {
        ...box,
        says,
        link: `#${folder.id}`,
        fill: `var(--heat-${stepOf(folder.rate)})`,
        label: labelIn(box, folder.name, rate),
      },
    ];
  });
  const options = {
    width: WIDTH,
    height: HEIGHT,
    margin: 0,
    x: { domain: [0, WIDTH], axis: null },
    y: { domain: [0, HEIGHT], axis: null, reverse: true },
    marks: [
      Plot.rect(cells, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        inset: 1.5,
        rx: 3,
        fill: 'fill',
        ...(isLinked && { href: 'link', ariaLabel: 'says' }),
        title: 'says',
      }),
      Plot.text(cells, {
        x: 'x1',
        y: 'y1',
        dx: 9,
        dy: 9,
        text: 'label',
        textAnchor: 'start',
        lineAnchor: 'top',
        fontSize: 12,
        lineHeight: 1.3,
        fill: 'var(--on-heat)',
        ariaHidden: 'true',
      }),
    ],
  };
  return drawChart(options, isLinked ? undefined : 'Treemap of the parts that are in the table below');
}

/** What fits into a cell: the end of its name, for that is what tells parts apart, and the number. */
function labelIn(
  { x1, x2, y1, y2 }: { x1: number; x2: number; y1: number; y2: number },
  name: string,
  rate: string,
): string {
  const letters = Math.floor((x2 - x1 - 18) / PIXELS_PER_LETTER);
  if (y2 - y1 < 44 || letters < 4) return '';
  const short = name.length <= letters ? name : `…${name.slice(name.length - letters + 1)}`;
  return rate.length <= letters ? `${short}\n${rate}` : short;
}

function legend(least: number, most: number, isJudged: boolean): Markup {
  const unit = isJudged ? 'a thousand tokens' : 'bits a token';
  const swatches = Array.from({ length: STEPS }, (_, step) => html`<span class="swatch step-${step + 1}"></span>`);
  return html`<p class="legend">
    ${amount(least)} <span aria-hidden="true">${swatches}</span> ${amount(most)}
    ${unit}${isJudged ? html` · <span class="swatch step-0" aria-hidden="true"></span> not judged` : null}
  </p>`;
}

function columns(isJudged: boolean): Parameters<typeof table>[1] {
  const judged = isJudged
    ? ['expected changes', 'for 1,000 tokens', 'not judged'].map((head) => ({ head, isNumber: true }))
    : [];
  return [
    { head: 'part' },
    { head: 'regions', isNumber: true },
    { head: 'tokens', isNumber: true },
    ...judged,
    { head: 'bits a token, mean of regions', isNumber: true },
  ];
}

function row(
  { id, name, regions, tokens, changes, rate, leftOut, surprisal }: MeasuredFolder,
  isJudged: boolean,
): Parameters<typeof table>[2][number] {
  const judged = isJudged ? [changes, rate === null ? '' : amount(rate), String(leftOut)] : [];
  return { id, cells: [name, regions.length.toLocaleString('en'), tokens.toLocaleString('en'), ...judged, surprisal] };
}
