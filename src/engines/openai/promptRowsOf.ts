import type { WirePart, WireRow } from '../../wire/wirePart.ts';

/** The rows of the prompt: apart where the server scored it apart, else before those of the answer (`echo`). */
export function promptRowsOf({ promptRows, rows, generatedTokens }: WirePart): readonly WireRow[] {
  if (promptRows.length > 0) return promptRows;
  return rows.slice(0, Math.max(0, rows.length - (generatedTokens ?? 1)));
}
