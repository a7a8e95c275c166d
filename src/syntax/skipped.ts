/** Why a text was not parsed. It is an expected absence: a value, not an error. */
export interface Skipped {
  readonly skipped: 'too-long' | 'too-slow' | 'cancelled';
}

/** Whether an answer says that the text was not parsed. */
export function isSkipped(answer: object): answer is Skipped {
  return 'skipped' in answer;
}
