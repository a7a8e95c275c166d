import type { TrackedRegion } from '../../capture/following/regionTracker.ts';
import { openPlaceNamedBy } from '../openPlace.ts';
import type { FollowedCode } from './followedCode.ts';

/** The followed region that the link of a hover names; null for what names none. */
export function regionNamedBy(followed: FollowedCode, argument: unknown): TrackedRegion | null {
  const place = openPlaceNamedBy(argument);
  return place === null ? null : followed.regionAt(place.document, place.document.offsetAt(place.range.start));
}
