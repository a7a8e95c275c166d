/** Lines firstLine .. endLine-1, from 0. Lines end with \n, as git counts them. */
export interface LineRange {
  readonly firstLine: number;
  readonly endLine: number;
}
