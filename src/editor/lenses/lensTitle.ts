import { peakBitsOf } from '../../core/signals/peakBitsOf.ts';
import type { Assessment } from '../../core/words.ts';
import { chanceInNumbers } from '../../report/calibrationWords.ts';

/**
 * What stands over a function: its chance and band or, where nothing is calibrated, its least likely token; and how many places in it
 * are marked. Words of Candor's own, for an editor reads icons out of a lens.
 */
export function lensTitle({ judgement, band, evidence }: Assessment, markCount: number): string {
  const marks = `${markCount} ${markCount === 1 ? 'mark' : 'marks'}`;
  const bits = peakBitsOf(evidence.signals);
  if (judgement !== null) return `Candor: ${chanceInNumbers(judgement)} ${band} · ${marks}`;
  return bits === null
    ? `Candor: not scored · ${marks}`
    : `Candor: least likely token ${bits.toFixed(1)} bits · ${marks}`;
}
