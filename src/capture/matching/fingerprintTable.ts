import type { Fingerprints } from './fingerprints.ts';

/** Where fingerprints stand in what was recorded. */
export interface FingerprintTable {
  /** Takes in the fingerprints of a text under a number of its own, which rises from text to text. */
  add(owner: number, fingerprints: Fingerprints): void;
  remove(owner: number, fingerprints: Fingerprints): void;
  /** By owner, where the fingerprints also stand. */
  lookUp(fingerprints: Fingerprints): ReadonlyMap<number, Shared>;
}

/** What a text shares with another. */
export interface Shared {
  /** Rising in `at`. */
  readonly anchors: readonly Anchor[];
  /** A fingerprint that stands in n places counts 1/n: what is common says little. */
  readonly weight: number;
}

/** A fingerprint that two texts share: where its first lexeme is in either. */
export interface Anchor {
  readonly at: number;
  readonly from: number;
}

interface Place {
  readonly owner: number;
  readonly at: number;
}

/** A run that repeats within one text, such as a table of zeros, is found by its first places. */
const MOST_PLACES_OF_ONE = 4;

/** What stands in many generations is looked up in the newest. */
const MOST_PLACES_LOOKED_UP = 24;

/** Time to look up grows with what is looked up, not with what the table holds. */
export function createFingerprintTable(): FingerprintTable {
  const table = new Map<number, Place[]>();
  return {
    add(owner, { hashes, at }) {
      for (const [index, hash] of hashes.entries()) {
        const places = table.get(hash);
        const place = { owner, at: at[index] ?? 0 };
        if (places === undefined) table.set(hash, [place]);
        else if (places.at(-MOST_PLACES_OF_ONE)?.owner !== owner) places.push(place);
      }
    },
    remove(owner, { hashes }) {
      for (const hash of hashes) {
        const places = table.get(hash)?.filter((place) => place.owner !== owner) ?? [];
        if (places.length === 0) table.delete(hash);
        else table.set(hash, places);
      }
    },
    lookUp({ hashes, at }) {
      const shared = new Map<number, { anchors: Anchor[]; weight: number }>();
      for (const [index, hash] of hashes.entries()) {
        const places = table.get(hash) ?? [];
        for (const place of places.slice(-MOST_PLACES_LOOKED_UP)) {
          const own = shared.get(place.owner) ?? { anchors: [], weight: 0 };
          own.anchors.push({ at: at[index] ?? 0, from: place.at });
          own.weight += 1 / places.length;
          shared.set(place.owner, own);
        }
      }
      return shared;
    },
  };
}
