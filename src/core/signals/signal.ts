import type { TokenView } from './tokenView.ts';

/**
 * A named, versioned function of tokens. A change of the formula is a new version: numbers of two versions are never
 * compared.
 */
export interface Signal {
  readonly name: string;
  readonly version: number;
  readonly level: SignalLevel;
  /** Columns of the view that must be there for every token. */
  readonly inputs: readonly SignalInput[];
  readonly direction: 'higher-is-safer' | 'higher-is-riskier';
  /** Bounds that no value leaves, in the unit of the value. */
  readonly range: { readonly lowest: number; readonly highest: number };
  /** The paper that proposed or measured it. */
  readonly source: string;
  /**
   * The value for a view of at least one token in which every input is there for every token; undefined where even so
   * nothing can be said. Does not depend on the order of the tokens, except for rounding.
   */
  readonly compute: (view: TokenView) => number | undefined;
}

/**
 * The smallest unit for which the value means something. `token`: the mean of a number that each token has. `leaf`: few
 * tokens are enough. `region`: a tail of many tokens, which for few tokens is no more than their mean.
 */
export type SignalLevel = 'token' | 'leaf' | 'region';

export type SignalInput = keyof TokenView;
