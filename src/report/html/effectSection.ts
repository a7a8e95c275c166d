import type { RegionReference } from '../../audit/report.ts';
import { categoryEffects, type CategoryEffect, type EffectItem } from '../../core/sums/categoryEffects.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';

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

/** What the confidence in a kind of syntax does to the surprisal of a region, by regions that one model read. */
export function effectSection(regions: readonly RegionReference[]): Markup {
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
