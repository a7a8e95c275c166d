import type { LanguageId } from '../../syntax/languages.ts';
import type { TestedFunction } from './testedFunction.ts';
import type { TestFrameworkId } from './testFrameworks.ts';

/** A file of the project with its text. Paths are relative to one folder, with `/`. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** What is in doubt in a function. */
export interface Doubt {
  /** What stands there. */
  readonly text: string;
  /** What the engine held likelier in its place; null where it named nothing. */
  readonly expected: string | null;
}

export interface StubRequest {
  readonly framework: TestFrameworkId;
  readonly source: ProjectFile & { readonly language: LanguageId };
  readonly tested: TestedFunction;
  /** Null where the test is of the function as it is. */
  readonly doubt: Doubt | null;
  /** Where the test goes; its text is null where there is no such file yet. */
  readonly target: { readonly path: string; readonly text: string | null };
  /** Tests of the project in the same framework, the nearest first: the stub is written as they are. */
  readonly tests: readonly ProjectFile[];
  /** Paths of all files of the project. */
  readonly files: readonly string[];
  /** The texts of the nearest `package.json` and `tsconfig.json`; null without one. */
  readonly packageJson: string | null;
  readonly tsconfig: string | null;
}

/** A stub in the words of its language, before it is put into a file. */
export interface WrittenStub {
  /** All of a file that holds nothing but the stub. */
  readonly newFile: string;
  /** What the stub needs on top of a file that has something else already, a line each. */
  readonly imports: readonly string[];
  /** What a line on top of a file must be like, so that these go below it. */
  readonly importLine: RegExp;
  /** The stub for a file that has something else already. */
  readonly addition: string;
  /** Where in the file's text it goes, at the beginning of a line; null where there is no place for it. */
  readonly additionAt: (text: string) => number | null;
}

/** Stand around what is left to write in the text of a stub. */
export const LEFT = { start: '\uE000', end: '\uE001' } as const;
