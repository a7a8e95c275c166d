import * as Plot from '@observablehq/plot';
import type { RegionReference } from '../../audit/report.ts';
import { categoryEffects, type CategoryEffect, type EffectItem } from '../../core/sums/categoryEffects.ts';
import { categoryScoreboard, type CategoryRow, type CategoryTally } from '../../core/sums/categoryScoreboard.ts';
import { plural } from '../whatWasJudged.ts';
import { drawChart } from './drawChart.ts';
import { html, type Markup } from './markup.ts';
import type { ReportRegions } from './reportRegions.ts';
import { table } from './table.ts';
import { meanInWords, shareInWords } from './words.ts';

/** What regions know of their syntax: the feature that has the mean surprisal of its leaves of some categories, and their name here. */
const KINDS: readonly (readonly [feature: string, name: string])[] = [
  ['callSurprisal', 'calls'],
  ['decisionSurprisal', 'decisions, loops, exceptions'],
  ['identifierSurprisal', 'identifiers'],
  ['literalSurprisal', 'literals'],
  ['operatorSurprisal', 'operators'],
];

/** Of those that AsC-Causal names, what is known of a region: its size twice, its branches, and what else it is made of. */
const CONFOUNDERS: Readonly<Record<string, string>> = {
  lnLines: 'lines',
  lnLeaves: 'leaves of the tree',
  lnComplexity: 'cyclomatic complexity',
  calling: 'share of calls',
  literalShare: 'share of literals',
};

/** More languages would make one picture too many. */
const MOST_LANGUAGES_DRAWN = 4;

/** How sure the engine was of each kind of syntax, and what that does to the surprisal of the whole. */
export function categorySection({ regions: all, engine }: ReportRegions): Markup {
  const regions = all.filter(({ assessment }) => assessment.source.engine === engine);
  const { rows, leftOut } = categoryScoreboard(regions.flatMap(talliesOf));
  if (rows.length === 0) return html`<p>No region has a scored part of a category.</p>`;
  const languages = new Set(rows.map(({ language }) => language));
  const without = leftOut === 0 ? '' : ` ${plural(leftOut, 'region')} without any of these left out.`;
  const elsewhere = all.length - regions.length;
  const others = elsewhere === 0 ? '' : ` ${plural(elsewhere, 'region')} read by another engine alone left out.`;
  return html`<p>
      How sure the engine ${engine} was of each kind: the geometric mean of the chances that it gave to the leaves of a
      region, averaged over regions, files taken as wholes. Where it is low the engine would rather have written
      something else; that is usual for names and literals, and no sign of a fault by itself.${without}${others}
    </p>
    ${languages.size > MOST_LANGUAGES_DRAWN ? null : scoreChart(rows)}
    ${table(
      'Confidence by kind of syntax',
      ['language', 'kind'].map((head) => ({ head })).concat(NUMBERS.map((head) => ({ head, isNumber: true }))),
      rows.map(({ category, language, confidence }) => ({
        cells: [
          language,
          category,
          confidence.count.toLocaleString('en'),
          confidence.groups.toLocaleString('en'),
          meanInWords(confidence, shareInWords),
        ],
      })),
    )}
    ${effectSection(regions)}`;
}

const NUMBERS = ['regions', 'files', 'confidence'];

/** A region as one of each kind, or as one of none. */
function talliesOf({ file, assessment: { evidence } }: RegionReference): readonly CategoryTally[] {
  const language = file.language ?? 'no grammar';
  const own = { language, group: file.path, count: 1 };
  const known = KINDS.flatMap(([feature, category]) => {
    const nats = evidence.features[feature];
    return nats === undefined ? [] : [{ ...own, category, confidence: Math.exp(-nats) }];
  });
  return known.length > 0 ? known : [{ ...own, category: null, confidence: 0 }];
}

function scoreChart(rows: readonly CategoryRow[]): Markup {
  const points = rows.map(({ category, language, confidence: { mean, interval } }) => ({
    category,
    language,
    mean,
    low: Math.max(0, interval?.low ?? mean),
    high: Math.min(1, interval?.high ?? mean),
  }));
  const languages = new Set(points.map(({ language }) => language)).size;
  const chart = drawChart(
    {
      width: 720,
      height: 50 + 24 * points.length + 20 * languages,
      marginLeft: 190,
      marginRight: languages > 1 ? 110 : 20,
      x: { label: 'confidence, %', percent: true, zero: true, grid: true },
      y: { label: null },
      ...(languages > 1 && { fy: { label: null } }),
      marks: [
        Plot.ruleY(points, {
          ...(languages > 1 && { fy: 'language' }),
          y: 'category',
          x1: 'low',
          x2: 'high',
          stroke: 'var(--accent)',
          strokeWidth: 2,
        }),
        Plot.dot(points, {
          ...(languages > 1 && { fy: 'language' }),
          y: 'category',
          x: 'mean',
          r: 4.5,
          fill: 'var(--accent)',
        }),
      ],
    },
    'Confidence by kind of syntax, with 90 % intervals; the numbers are in the table below',
  );
  return html`<figure class="chart">${chart}</figure>`;
}

function effectSection(regions: readonly RegionReference[]): Markup {
  const effects = categoryEffects(regions.flatMap(effectItem), Object.keys(CONFOUNDERS));
  const held = Object.values(CONFOUNDERS).join(', ');
  return html`<h3>What confidence in one kind does to the whole</h3>
    <p>
      Change of a region’s mean surprisal when the model is ten points surer of one kind of syntax, with these held:
      ${held}. The depth of the tree is not known here, so it is not held. The kind is a part of the whole, so some
      effect is there by arithmetic: read the rows against each other, and none as a cause of faults.
    </p>
    ${table(
      'Effect of confidence on surprisal',
      [{ head: 'kind' }, ...EFFECT_NUMBERS.map((head) => ({ head, isNumber: true }))],
      effects.map((effect) => ({
        cells: [
          effect.category,
          effect.count.toLocaleString('en'),
          effect.groups.toLocaleString('en'),
          effect.leftOut.toLocaleString('en'),
          effect.correlation === null ? 'not known' : effect.correlation.toFixed(2),
          effectInWords(effect),
        ],
      })),
    )}`;
}

const EFFECT_NUMBERS = ['regions', 'files', 'left out', 'correlation', 'effect of +10 points, bits a token'];

/** Confidence goes from 0 to 1; ten points are a tenth of it. */
function effectInWords({ effectNats }: CategoryEffect): string {
  if (effectNats === null) return 'too little to tell';
  const show = (nats: number): string => `${nats < 0 ? '−' : '+'}${Math.abs(nats / 10 / Math.LN2).toFixed(2)}`;
  return `${show(effectNats.mean)} (${show(effectNats.low)} to ${show(effectNats.high)})`;
}

function effectItem({ file, assessment: { evidence } }: RegionReference): readonly EffectItem[] {
  const { features } = evidence;
  if (features.meanLogprob === undefined) return [];
  const confidences = KINDS.flatMap(([feature, category]) => {
    const nats = features[feature];
    return nats === undefined ? [] : [[category, Math.exp(-nats)] as const];
  });
  return [
    {
      group: file.path,
      lossNats: -features.meanLogprob,
      confidences: Object.fromEntries(confidences),
      confounders: features,
    },
  ];
}
