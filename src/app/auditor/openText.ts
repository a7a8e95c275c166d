import type { LanguageId } from '../../syntax/languages.ts';

/** A text as it stands in an editor, saved or not. */
export interface OpenText {
  /** By what the text is asked for again: the document's URI. */
  readonly document: string;
  readonly text: string;
  /** Where it is or would be, relative to the workspace, with `/`. */
  readonly path: string;
  readonly language: LanguageId | 'lines';
}
