import type { Assessment } from '../../core/words.ts';

interface Placed {
  readonly start: number;
  readonly end: number;
}

/** The assessment of a piece of a text as one of the text, in which the piece begins at an offset. */
export function shiftAssessment(assessment: Assessment, offset: number): Assessment {
  const shift = <Part extends Placed>(part: Part): Part => ({
    ...part,
    start: part.start + offset,
    end: part.end + offset,
  });
  return {
    ...assessment,
    region: shift(assessment.region),
    spans: assessment.spans.map((span) => ({ ...shift(span), ...(span.finding && { finding: shift(span.finding) }) })),
  };
}
