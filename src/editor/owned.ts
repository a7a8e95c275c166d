/** Something that takes room in the editor until whoever made it disposes of it. */
export interface Owned {
  dispose(): void;
}

/** Several as one: the last one made is disposed of first. */
export function ownAll(parts: readonly Owned[]): Owned {
  return {
    dispose() {
      for (const part of parts.toReversed()) part.dispose();
    },
  };
}
