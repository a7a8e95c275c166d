/** The tokens of a text. */
export interface Encoding {
  /** Token ids. */
  readonly ids: Uint16Array;
  /**
   * End of each token in UTF-16 units of the text; its start is the end of the token before. Never falling, the last
   * one is the text's length. A token that ends inside a character has no width: the token that ends with that character
   * gets all of its text.
   */
  readonly ends: Uint32Array;
}
