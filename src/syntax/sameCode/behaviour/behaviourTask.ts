/** How much running strange code may cost. All are whole numbers from 1 on. */
export interface BehaviourLimits {
  /** Calls of each function. */
  readonly inputCount: number;
  /** A function that gives fewer values than this was not seen to do anything. */
  readonly fewestValues: number;
  /** Times that QuickJS asks whether to go on in one call, each after some ten thousand steps. The same on every machine. */
  readonly mostSteps: number;
  /** After so many calls that did not end a function is given up. */
  readonly mostEndless: number;
  /** Where steps cannot be counted, for a call. */
  readonly callMs: number;
  /** All calls of a function; then its thread is ended. */
  readonly functionMs: number;
  /** All functions. */
  readonly wholeMs: number;
  /** Of each function. */
  readonly memoryBytes: number;
  readonly stackBytes: number;
  /** Of the text of one outcome, in UTF-16 units. */
  readonly mostLength: number;
}

export const DEFAULT_BEHAVIOUR_LIMITS: BehaviourLimits = {
  inputCount: 60,
  fewestValues: 12,
  mostSteps: 500,
  mostEndless: 3,
  callMs: 500,
  functionMs: 4_000,
  wholeMs: 20_000,
  memoryBytes: 32 * 2 ** 20,
  stackBytes: 128 * 2 ** 10,
  mostLength: 4_000,
};

/** What a thread is told when it starts. */
export interface BehaviourWorkerData {
  /** QuickJS, compiled. */
  readonly wasm: ArrayBuffer;
  readonly limits: BehaviourLimits;
}

/** One function, to be called with each of the inputs. */
export interface BehaviourTask {
  /** An expression. */
  readonly source: string;
  /** For each call an expression: the array of its arguments. */
  readonly inputs: readonly string[];
}

/** An outcome for each input (`harnessScript.ts`), or `t` where the call did not end. */
export type BehaviourAnswer = readonly string[] | null;

export const DID_NOT_END = 't';
export const NOTHING_TOLD = 'o';

/** Whether an outcome is that the function gave a value. */
export function isValue(outcome: string): boolean {
  return outcome.startsWith('v ');
}
