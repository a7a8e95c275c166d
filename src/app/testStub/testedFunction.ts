import type { LanguageId } from '../../syntax/languages.ts';

/** A place in a text, around which the function to test is looked for. */
export interface FunctionRequest {
  readonly text: string;
  readonly language: LanguageId;
  /** In UTF-16 units. */
  readonly offset: number;
}

export interface Parameter {
  /** Null for one that the function takes apart, or does not name. */
  readonly name: string | null;
  /** `rest`: takes all that is left; `named`: given by its name. */
  readonly kind: 'plain' | 'rest' | 'named';
  /** As it is written, where a test has to write it too: Java, Go and C++. */
  readonly type: string | null;
  /** What stands before an argument that is handed over by reference (`ref`, `out`); mostly empty. */
  readonly mode: string;
}

/** A function as a test sees it. */
export interface TestedFunction {
  readonly name: string;
  /** `static` functions are called by the name of what holds them. */
  readonly kind: 'free' | 'static' | 'method' | 'constructor';
  /** Names of what it lies in, from the outside in: namespaces, modules, types. A method's last one is its type. */
  readonly holders: readonly string[];
  /** Package or namespace that the file says it is in; null without. */
  readonly namespace: string | null;
  /** How the module gives it away: by its name, as its default, or not at all. Files of other languages give all. */
  readonly exported: 'named' | 'default' | 'hidden';
  readonly isAsync: boolean;
  /** Read like a value: a getter. */
  readonly isProperty: boolean;
  readonly parameters: readonly Parameter[];
  /** Of how many values the result is, where the language says it; else 1. */
  readonly resultCount: number;
}
