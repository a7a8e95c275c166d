const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';

/** A card of which nothing is written yet. */
export const EMPTY_CARD = `${BEGIN}\n${END}\n`;

/**
 * A card with what stands between its two marks replaced; all else stays as it is.
 * @throws Error when the card does not have each mark once, in this order
 */
export function replaceMeasured(card: string, measured: string): string {
  const [before = '', rest = '', ...more] = card.split(BEGIN);
  const [, after, ...others] = rest.split(END);
  if (after === undefined || before.includes(END) || more.length + others.length > 0) {
    throw new Error(`The card must hold ${BEGIN} and after it ${END}, each once. Put them where the tables belong.`);
  }
  return `${before}${BEGIN}\n${measured}\n${END}${after}`;
}
