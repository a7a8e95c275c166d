/** A suggestion and samples with numbers for texts: equal numbers, equal texts. */
export interface NumberedParts {
  readonly suggestion: Uint32Array;
  /** Lengths of the suggestion's parts, in UTF-16 units. */
  readonly lengths: Float64Array;
  readonly samples: readonly Uint32Array[];
}

/** Gives each text a number, so that comparing two takes one step. */
export function numberParts(suggestion: readonly string[], samples: readonly (readonly string[])[]): NumberedParts {
  const numbers = new Map<string, number>();
  const numbered = (parts: readonly string[]): Uint32Array =>
    Uint32Array.from(parts, (part) => {
      const number = numbers.get(part) ?? numbers.size;
      numbers.set(part, number);
      return number;
    });
  return {
    suggestion: numbered(suggestion),
    lengths: Float64Array.from(suggestion, (part) => part.length),
    samples: samples.map(numbered),
  };
}
