import type { Assessment, Silence } from './words.ts';

/** A stretch of a text that a comment keeps quiet. */
export interface QuietPlace {
  readonly start: number;
  readonly end: number;
  readonly silence: Silence;
}

/** What comments keep quiet in a region: the spans that would be named or, where there are none and all of it is quiet, itself. */
export function quietPlaces({ region, silenced = [], silence }: Assessment): readonly QuietPlace[] {
  if (silenced.length === 0 && silence !== undefined) return [{ start: region.start, end: region.end, silence }];
  return silenced;
}
