import { describe, expect, it } from 'vitest';
import { EMPTY_CARD, replaceMeasured } from '../../../../../model/bundled/evaluation/replaceMeasured.ts';

const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';

describe('replaceMeasured', () => {
  it('replaces what stands between the marks and nothing else', () => {
    const card = `# Card\r\n\r\n${BEGIN}\nold\n${END}\n\nend \t`;
    expect(replaceMeasured(card, 'new $& $1')).toBe(`# Card\r\n\r\n${BEGIN}\nnew $& $1\n${END}\n\nend \t`);
  });

  it('gives the same card for the same tables', () => {
    const once = replaceMeasured(EMPTY_CARD, 'tables');
    expect(once).toBe(`${BEGIN}\ntables\n${END}\n`);
    expect(replaceMeasured(once, 'tables')).toBe(once);
  });

  it.each([
    '',
    BEGIN,
    END,
    `${END}${BEGIN}`,
    `${BEGIN}${END}${BEGIN}${END}`,
    `${BEGIN}${END}${END}`,
    `${END}${EMPTY_CARD}`,
  ])('refuses a card without each mark once, in order: %s', (card) => {
    expect(() => replaceMeasured(card, 'tables')).toThrow(/must hold/);
  });
});
