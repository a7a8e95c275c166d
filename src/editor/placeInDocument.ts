/** A stretch of a document that is open, as the link of a hover names it: nothing in it needs the editor. */
export interface PlaceInDocument {
  /** Its URI. */
  readonly document: string;
  /** Offsets in it, in UTF-16. */
  readonly start: number;
  readonly end: number;
}

export function isPlaceInDocument(value: unknown): value is PlaceInDocument {
  if (typeof value !== 'object' || value === null) return false;
  if (!('document' in value && 'start' in value && 'end' in value)) return false;
  return typeof value.document === 'string' && Number.isInteger(value.start) && Number.isInteger(value.end);
}
