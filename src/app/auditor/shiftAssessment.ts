import type { Assessment, RiskySpan } from '../../core/words.ts';

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
  const shiftSpan = <Span extends RiskySpan>(span: Span): Span => ({
    ...shift(span),
    ...(span.finding && { finding: shift(span.finding) }),
  });
  const { region, spans, silenced, silence } = assessment;
  return {
    ...assessment,
    region: shift(region),
    spans: spans.map(shiftSpan),
    ...(silenced && { silenced: silenced.map((span) => ({ ...shiftSpan(span), silence: shift(span.silence) })) }),
    ...(silence && { silence: shift(silence) }),
  };
}
