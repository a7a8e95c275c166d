import { CATEGORIES } from '../../core/words.ts';
import type { SpanTable } from '../../core/spanTable.ts';

/** A module that a text imports: the segments of its path, from the folder of the text or from some root that nobody knows. */
export interface ImportedModule {
  readonly segments: readonly string[];
  readonly isRelative: boolean;
}

const IMPORTS = CATEGORIES.indexOf('imports');

/** Of all that a grammar table counts among the imports, the nodes that name other files (and no `export`, no `package`). */
const STATEMENT = /^(?:import|future_import|use_decl|using|preproc_include|namespace_use|include|require)/;

/** A name in which dots, `::` or `\` part segments. */
const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:(?:\.|::|\\)[\p{L}_][\p{L}\p{N}_]*)*/gu;

/** Of Python: a module, with dots before it where it is relative, and what is taken from it. */
const FROM = /^from\s+(\.*)\s*([\p{L}\p{N}_.]*)\s+import\b(.*)$/su;
const QUOTED = /(["'`<])([^"'`<>\n]+)["'`>]/g;

/** Words of the statements themselves, and Rust's roots. */
const NOT_NAMES: ReadonlySet<string> = new Set([
  ...['import', 'from', 'as', 'use', 'using', 'static', 'global', 'crate', 'self', 'super', 'pub', 'type', 'function'],
]);

/**
 * The modules that a text imports, by its syntax, in the order in which they stand there.
 *
 *     import { a } from './b/c.js'     ./b/c
 *     from .d import e                 ./d, ./d/e      (e may be a module itself)
 *     use crate::f::G;                 f/G, f
 *
 * Roughly: no tool of the language is asked. None for a text without a grammar.
 */
export function importedModules(text: string, spans: SpanTable): readonly ImportedModule[] {
  const modules: ImportedModule[] = [];
  for (let span = 1; span < spans.length; span++) {
    const isStatement =
      spans.categories[span] === IMPORTS &&
      STATEMENT.test(spans.typeNames[spans.types[span] ?? 0] ?? '') &&
      spans.subtreeEnds[span] !== span + 1;
    if (!isStatement) continue;
    modules.push(...modulesOf(text.slice(spans.starts[span], spans.ends[span]), spans.language));
    span = (spans.subtreeEnds[span] ?? span + 1) - 1;
  }
  return modules;
}

function modulesOf(statement: string, language: string): readonly ImportedModule[] {
  const quoted = Array.from(statement.matchAll(QUOTED), ([, , path]) => pathModule(path ?? ''));
  if (quoted.length > 0) return quoted;
  const [, up, module, taken] = FROM.exec(statement) ?? [];
  if (up === undefined || module === undefined || taken === undefined) {
    const names = namesIn(statement);
    const [first = []] = names;
    const all = language === 'rust' ? [first, first.slice(0, -1)] : names;
    return all.filter(({ length }) => length > 0).map((segments) => ({ segments, isRelative: false }));
  }
  // One dot is the folder of the text, each one more the folder above.
  const above = Array<string>(Math.max(0, up.length - 1)).fill('..');
  const base = [...above, ...segmentsOf(module)];
  return [base, ...namesIn(taken).map((name) => [...base, ...name])].map((segments) => ({
    segments,
    isRelative: up !== '',
  }));
}

function namesIn(text: string): readonly (readonly string[])[] {
  return (text.match(NAME) ?? []).map(segmentsOf).filter(({ length }) => length > 0);
}

function segmentsOf(name: string): readonly string[] {
  return name.split(/\.|::|\\/).filter((segment) => segment !== '' && !NOT_NAMES.has(segment));
}

function pathModule(path: string): ImportedModule {
  const segments = path.replace(/\.\w{1,4}$/, '').split('/');
  return {
    segments: segments.filter((segment) => segment !== '' && segment !== '.'),
    isRelative: path.startsWith('.'),
  };
}

/** What a file that stands for its folder is called, without its extension. */
const INDEX_NAMES: ReadonlySet<string> = new Set(['index', '__init__', 'mod', 'lib']);

/**
 * Whether a file is one that an import means: by the whole path where the import is relative, else by the end of the path, for nobody
 * knows where the roots are. An import of Go means every file of a folder.
 *
 * @param from path of the importing file; `candidate` that of the other; both relative to the workspace, with `/`
 */
export function isImported(module: ImportedModule, from: string, candidate: string): boolean {
  const segments = candidate.replace(/\.\w+$/, '').split('/');
  const isWhole = candidate.endsWith('.go') || INDEX_NAMES.has(segments.at(-1) ?? '');
  const file = isWhole ? segments.slice(0, -1) : segments;
  if (!module.isRelative)
    return file.length > 0 && (endsWith(file, module.segments) || endsWith(module.segments, file));
  const folder = from.split('/').slice(0, -1);
  for (const segment of module.segments) {
    if (segment === '..') folder.pop();
    else folder.push(segment);
  }
  return folder.join('/') === file.join('/');
}

function endsWith(whole: readonly string[], end: readonly string[]): boolean {
  return end.length > 0 && end.every((segment, at) => segment === whole[whole.length - end.length + at]);
}
