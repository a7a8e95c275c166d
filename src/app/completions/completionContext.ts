import { commentSign } from '../../syntax/commentSign.ts';
import { detectLanguage } from '../../syntax/detectLanguage.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import { isImported, type ImportedModule } from './importedModules.ts';
import { identifiersOf, likeWindow } from './likeWindows.ts';
import { mayHoldSecrets } from './mayHoldSecrets.ts';

/** A text that is open beside the one that is worked on. */
export interface OpenText {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface PlaceToWrite {
  readonly path: string;
  readonly language: LanguageId | 'lines';
  readonly text: string;
  /** Where the caret is. */
  readonly offset: number;
  /** Other open texts, most recently used first. */
  readonly openTexts: readonly OpenText[];
}

/** What an engine is shown: it writes between the two. */
export interface CompletionContext {
  readonly prefix: string;
  readonly suffix: string;
}

/** Below this an engine sees so little that its own file is worth more than any other. */
const LEAST_UNITS_FOR_SNIPPETS = 2_000;

/** Of all that is shown, at least this part is for what stands after the caret, if there is as much. */
const SUFFIX_SHARE = 1 / 4;
const SNIPPET_SHARE = 1 / 4;
const MOST_SNIPPETS = 6;
const MOST_OTHERS = 20;
const MOST_OTHER_UNITS = 100_000;

/** What is alike to the code around the caret is looked for by the identifiers of so many lines before it, and after it. */
const LINES_BEFORE = 40;
const LINES_AFTER = 10;

/** A file that is not imported must have this much in common. */
const LEAST_LIKENESS = 0.1;

/**
 * What an engine is to see of a text and of others, cut to what it can see.
 *
 *     # Path: app/models.py          }  snippets of other open files, as comments: those that the text imports,
 *     # class User: ...              }  and those alike by their identifiers; the most alike one comes last
 *     prefix, from a line's start
 *     |
 *     suffix, up to a line's end
 *
 * The suffix gets a quarter, and more where the prefix leaves more; snippets get a quarter at most. Other texts count where their name tells
 * a language with a grammar: this leaves out untitled texts, and `mayHoldSecrets` what is no one's business. The same input gives the same
 * context.
 *
 * @param imports what the text imports (`importedModules`)
 * @param mostUnits UTF-16 units in all, at least 1: about three times the tokens that an engine can see beside those that it writes
 */
export function completionContext(
  place: PlaceToWrite,
  imports: readonly ImportedModule[],
  mostUnits: number,
): CompletionContext {
  const { text, offset } = place;
  const ownUnits = Math.min(text.length, mostUnits);
  const snippetUnits =
    mostUnits < LEAST_UNITS_FOR_SNIPPETS ? 0 : Math.max(mostUnits * SNIPPET_SHARE, (mostUnits - ownUnits) / 2);
  const snippets = snippetsFor(place, imports, snippetUnits);
  const left = mostUnits - snippets.length;
  const suffixUnits = Math.max(Math.floor(left * SUFFIX_SHARE), left - offset);
  const suffix = firstLines(text.slice(offset), suffixUnits);
  return { prefix: snippets + lastLines(text.slice(0, offset), left - suffix.length), suffix };
}

/** The end of a text, from a line's start; from the middle of a line where that line alone is too long. */
function lastLines(text: string, mostUnits: number): string {
  if (text.length <= mostUnits) return text;
  const from = text.length - mostUnits;
  if (/[\r\n]/.test(text[from - 1] ?? '')) return text.slice(from);
  const line = text.indexOf('\n', from) + 1;
  return (line > 0 ? text.slice(line) : text.slice(from)).replace(/^[\udc00-\udfff]/, '');
}

/** The beginning of a text, up to a line's end; to the middle of a line where that line alone is too long. */
function firstLines(text: string, mostUnits: number): string {
  if (text.length <= mostUnits) return text;
  const end = text.lastIndexOf('\n', mostUnits - 1) + 1;
  return text.slice(0, end > 0 ? end : mostUnits).replace(/[\ud800-\udbff]$/, '');
}

interface Snippet {
  readonly lines: string;
  readonly isImported: boolean;
  readonly likeness: number;
}

function snippetsFor(place: PlaceToWrite, imports: readonly ImportedModule[], mostUnits: number): string {
  const sign = commentSign(place.language);
  if (sign === null || mostUnits === 0) return '';
  const wanted = identifiersAround(place);
  const found = place.openTexts
    .filter(({ path }) => path !== place.path && detectLanguage(path) !== null && !mayHoldSecrets(path))
    .slice(0, MOST_OTHERS)
    .flatMap(({ path, text }): Snippet[] => {
      const isNamed = imports.some((module) => isImported(module, place.path, path));
      const window = likeWindow(text.slice(0, MOST_OTHER_UNITS), wanted);
      if (window === null || (!isNamed && window.likeness < LEAST_LIKENESS)) return [];
      const lines = [`Path: ${path}`, ...window.text.split('\n')].map((line) => `${sign} ${line}`.trimEnd());
      return [{ lines: `${lines.join('\n')}\n`, isImported: isNamed, likeness: window.likeness }];
    })
    .sort((a, b) => Number(b.isImported) - Number(a.isImported) || b.likeness - a.likeness);
  const chosen: string[] = [];
  let left = mostUnits;
  for (const { lines } of found) {
    if (chosen.length === MOST_SNIPPETS || lines.length > left) continue;
    chosen.unshift(lines);
    left -= lines.length;
  }
  return chosen.join('');
}

function identifiersAround({ text, offset }: PlaceToWrite): ReadonlySet<string> {
  const before = text.slice(0, offset).split('\n').slice(-LINES_BEFORE);
  const after = text.slice(offset).split('\n').slice(0, LINES_AFTER);
  return identifiersOf(before.join('\n') + after.join('\n'));
}
