/** The tokens of a text. */
export interface Encoding {
  /** Token ids. */
  readonly ids: Uint16Array;
  /**
   * End of each token in UTF-16 units of the text; its start is the end of the token before. Never falling, the last
   * one is the text's length. A token that completes no character has no width: the token with a character's last
   * byte gets all of the character.
   */
  readonly ends: Uint32Array;
}
