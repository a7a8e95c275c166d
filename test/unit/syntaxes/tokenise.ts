import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IRawGrammar } from 'vscode-textmate';

const require = createRequire(import.meta.url);
const onigLib = oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))).then(() => ({
  createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text: string) => new oniguruma.OnigString(text),
}));

/** A piece of a line and its scopes, from the outside in, without that of the language. */
export interface Piece {
  readonly text: string;
  readonly scopes: readonly string[];
}

/** The source of a grammar in `syntaxes/`. */
export function grammarText(name: string): string {
  return readFileSync(new URL(`../../../syntaxes/${name}.tmLanguage.json`, import.meta.url), 'utf8');
}

/** A grammar in `syntaxes/`, as an editor reads it. */
export function grammarNamed(name: string): IRawGrammar {
  return textmate.parseRawGrammar(grammarText(name), `${name}.json`);
}

/** The pieces of each line, by a grammar into which others are injected. */
export async function tokenise(
  lines: readonly string[],
  grammar: IRawGrammar,
  injected: readonly IRawGrammar[] = [],
): Promise<readonly (readonly Piece[])[]> {
  const all = [grammar, ...injected];
  const registry = new textmate.Registry({
    onigLib,
    loadGrammar: (scopeName) => Promise.resolve(all.find((one) => one.scopeName === scopeName)),
    getInjections: (scopeName) => (scopeName === grammar.scopeName ? injected.map((one) => one.scopeName) : undefined),
  });
  const loaded = await registry.loadGrammar(grammar.scopeName);
  if (loaded === null) throw new Error(`no grammar ${grammar.scopeName}`);
  let stack = textmate.INITIAL;
  const pieces = lines.map((line) => {
    const { tokens, ruleStack } = loaded.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scopes: scopes.slice(1),
    }));
  });
  registry.dispose();
  return pieces;
}

/** The texts that have a scope, in order; pieces of it that adjoin are one. */
export function withScope(pieces: readonly Piece[], scope: string): readonly string[] {
  const found: string[] = [];
  let isOpen = false;
  for (const { text, scopes } of pieces) {
    const has = scopes.some((one) => one === scope || one.startsWith(`${scope}.`));
    if (has && isOpen) found.push(`${found.pop() ?? ''}${text}`);
    else if (has) found.push(text);
    isOpen = has;
  }
  return found;
}
