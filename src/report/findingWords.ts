import type { Finding } from '../core/words.ts';
import { percent } from './calibrationWords.ts';

/**
 * Why a finding was made, in one sentence. It says what the engine's numbers say, and no more: that another text was likely is no
 * proof that this one is wrong.
 *
 * @param standing what stands there
 * @param quote puts words of the file or the engine into the sentence, harmlessly
 */
export function findingInWords(finding: Finding, standing: string, quote: (text: string) => string): string {
  const { kind, numbers, alternatives } = finding;
  const other = quote(alternatives[0]?.text ?? '');
  const chance = chanceOf(numbers.chance);
  const best = chanceOf(numbers.bestChance);
  switch (kind) {
    case 'expectedOther':
      return `The engine expected ${other} here (${best}); ${quote(standing)} had a chance of ${chance}.`;
    case 'samplesPart':
      return `${numbers.leaving ?? 0} of ${numbers.reaching ?? 0} samples that came so far leave ${quote(standing)} here.`;
  }
}

function chanceOf(share = 0): string {
  return share < 0.01 ? 'under 1 %' : percent(share);
}
