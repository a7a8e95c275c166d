import { readFile } from 'node:fs/promises';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { CandorError } from '../core/candorError.ts';
import type { SpanTable } from '../core/spanTable.ts';
import { GRAMMAR_TABLES } from './categories/grammarTables.ts';
import { compileGrammar } from './compileGrammar.ts';
import { countFaults } from './countFaults.ts';
import { flattenTree } from './flattenTree.ts';
import { grammarSymbols, type GrammarSymbols } from './grammarSymbols.ts';
import { languageEntry, RUNTIME_WASM, type LanguageId } from './languages.ts';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from './parseLimits.ts';
import type { Skipped } from './skipped.ts';
import { editOf } from './textEdit.ts';

/** Parses texts in the thread it lives in. The runtime and each grammar are loaded when first needed, and kept. */
export interface TextParser {
  /**
   * The spans of a text in a language.
   * @throws CandorError `corrupt` when the runtime or the grammar cannot be loaded.
   */
  spansOf(text: string, language: LanguageId, isCancelled?: () => boolean): Promise<SpanTable | Skipped>;
  /**
   * For each replacement, whether the text with [start, end) replaced by it has no more faults (ERROR and MISSING
   * nodes) than the text as it is. Trees are edited and parsed again only where they changed.
   * @throws CandorError as `spansOf`.
   */
  keepsParsing(edits: Replacements, language: LanguageId, isCancelled?: () => boolean): Promise<boolean[] | Skipped>;
}

/** Texts to try in place of the stretch [start, end) of `text`, in UTF-16 units. */
export interface Replacements {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly replacements: readonly string[];
}

interface Grammar {
  readonly parser: Parser;
  readonly symbols: GrammarSymbols;
}

/** A parser that reads the runtime and the grammars from the folder `grammarsUrl`, which ends in a slash. */
export function createTextParser(grammarsUrl: URL, limits: ParseLimits = DEFAULT_PARSE_LIMITS): TextParser {
  const grammars = new Map<LanguageId, Promise<Grammar>>();
  let runtime: Promise<void> | undefined;

  function grammarOf(language: LanguageId): Promise<Grammar> {
    let grammar = grammars.get(language);
    if (grammar === undefined) {
      runtime ??= loadRuntime(grammarsUrl);
      grammar = runtime.then(() => loadGrammar(grammarsUrl, language));
      grammars.set(language, grammar);
    }
    return grammar;
  }

  async function spansOf(
    text: string,
    language: LanguageId,
    isCancelled: () => boolean = () => false,
  ): Promise<SpanTable | Skipped> {
    if (text.length > limits.maxLength) return { skipped: 'too-long' };
    const { parser, symbols } = await grammarOf(language);
    const patience = createPatience(limits.maxMs, isCancelled);
    const tree = parse(parser, text, null, patience);
    if (tree === null) return patience.skipped();
    try {
      return flattenTree(tree, text, symbols, patience.isOver) ?? patience.skipped();
    } finally {
      tree.delete();
    }
  }

  async function keepsParsing(
    { text, start, end, replacements }: Replacements,
    language: LanguageId,
    isCancelled: () => boolean = () => false,
  ): Promise<boolean[] | Skipped> {
    if (text.length > limits.maxLength) return { skipped: 'too-long' };
    const { parser } = await grammarOf(language);
    const patience = createPatience(limits.maxMs, isCancelled);
    const original = parse(parser, text, null, patience);
    if (original === null) return patience.skipped();
    try {
      const faultsBefore = countFaults(original);
      const answers: boolean[] = [];
      for (const replacement of replacements) {
        const edited = original.copy();
        edited.edit(editOf(text, start, end, replacement));
        const tree = parse(parser, text.slice(0, start) + replacement + text.slice(end), edited, patience);
        edited.delete();
        if (tree === null) return patience.skipped();
        answers.push(countFaults(tree, faultsBefore) <= faultsBefore);
        tree.delete();
      }
      return answers;
    } finally {
      original.delete();
    }
  }

  return { spansOf, keepsParsing };
}

async function loadRuntime(grammarsUrl: URL): Promise<void> {
  const wasm = new URL(RUNTIME_WASM, grammarsUrl).href;
  try {
    await Parser.init({ locateFile: () => wasm });
  } catch (cause) {
    throw new CandorError('corrupt', 'The parser could not be loaded. Install Candor again.', { cause });
  }
}

async function loadGrammar(grammarsUrl: URL, id: LanguageId): Promise<Grammar> {
  const { name, wasm } = languageEntry(id);
  try {
    const language = Language.loadSync(compileGrammar(await readFile(new URL(wasm, grammarsUrl))));
    const parser = new Parser().setLanguage(language);
    return { parser, symbols: grammarSymbols(id, language, GRAMMAR_TABLES[id]) };
  } catch (cause) {
    throw new CandorError('corrupt', `The grammar of ${name} could not be loaded. Install Candor again.`, { cause });
  }
}

/** When to give up, and why it was given up. */
interface Patience {
  readonly isOver: () => boolean;
  readonly skipped: () => Skipped;
}

function createPatience(maxMs: number, isCancelled: () => boolean): Patience {
  const deadline = performance.now() + maxMs;
  return {
    isOver: () => isCancelled() || performance.now() > deadline,
    skipped: () => ({ skipped: isCancelled() ? 'cancelled' : 'too-slow' }),
  };
}

function parse(parser: Parser, text: string, old: Tree | null, patience: Patience): Tree | null {
  const tree = parser.parse(text, old, { progressCallback: patience.isOver });
  // A parse that was broken off would go on from there with the next text.
  if (tree === null) parser.reset();
  return tree;
}
