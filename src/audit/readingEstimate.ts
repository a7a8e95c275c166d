/** How long an engine will take to read what its scout chose, by how long it took for the first of it. */
export interface ReadingEstimate {
  /** Of code: comments and layout are read, and not counted. */
  readonly tokens: number;
  readonly tokensPerSecond: number;
}
