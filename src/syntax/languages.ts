/**
 * What Candor knows about a language before it has looked at any code. To add a language: a row here, a table in
 * `categories/`, and the npm package with its grammar as a development dependency.
 */
export interface LanguageEntry {
  readonly name: string;
  /** File of the compiled grammar, in the npm package that ships it and in the folder of grammars alike. */
  readonly wasm: string;
  readonly npmPackage: string;
  /** In lower case, without the dot. */
  readonly extensions: readonly string[];
  /** Files whose name alone tells the language, in lower case. */
  readonly fileNames?: readonly string[];
  /** Programs that a `#!` line may name; version numbers are dropped before comparing. */
  readonly interpreters?: readonly string[];
}

/** File of the tree-sitter runtime, which stands beside the grammars. */
export const RUNTIME_WASM = 'web-tree-sitter.wasm';

/** Every language with a grammar. An extension that two languages share belongs to the one that comes first. */
export const LANGUAGES = {
  typescript: {
    name: 'TypeScript',
    wasm: 'tree-sitter-typescript.wasm',
    npmPackage: 'tree-sitter-typescript',
    extensions: ['ts', 'mts', 'cts'],
    interpreters: ['ts-node', 'tsx', 'deno', 'bun'],
  },
  tsx: {
    name: 'TypeScript with JSX',
    wasm: 'tree-sitter-tsx.wasm',
    npmPackage: 'tree-sitter-typescript',
    extensions: ['tsx'],
  },
  javascript: {
    name: 'JavaScript',
    wasm: 'tree-sitter-javascript.wasm',
    npmPackage: 'tree-sitter-javascript',
    extensions: ['js', 'jsx', 'mjs', 'cjs'],
    fileNames: ['jakefile'],
    interpreters: ['node', 'nodejs'],
  },
  python: {
    name: 'Python',
    wasm: 'tree-sitter-python.wasm',
    npmPackage: 'tree-sitter-python',
    extensions: ['py', 'pyi', 'pyw'],
    fileNames: ['sconstruct', 'sconscript', 'wscript'],
    interpreters: ['python', 'pypy', 'uv'],
  },
  go: { name: 'Go', wasm: 'tree-sitter-go.wasm', npmPackage: 'tree-sitter-go', extensions: ['go'] },
  rust: {
    name: 'Rust',
    wasm: 'tree-sitter-rust.wasm',
    npmPackage: 'tree-sitter-rust',
    extensions: ['rs'],
    interpreters: ['rust-script'],
  },
  java: {
    name: 'Java',
    wasm: 'tree-sitter-java.wasm',
    npmPackage: 'tree-sitter-java',
    extensions: ['java'],
    interpreters: ['java'],
  },
  c: { name: 'C', wasm: 'tree-sitter-c.wasm', npmPackage: 'tree-sitter-c', extensions: ['c', 'h'] },
  cpp: {
    name: 'C++',
    wasm: 'tree-sitter-cpp.wasm',
    npmPackage: 'tree-sitter-cpp',
    extensions: ['cpp', 'cc', 'cxx', 'c++', 'hpp', 'hh', 'hxx', 'h++', 'ipp', 'tpp', 'ixx', 'cppm'],
  },
  csharp: {
    name: 'C#',
    wasm: 'tree-sitter-c_sharp.wasm',
    npmPackage: 'tree-sitter-c-sharp',
    extensions: ['cs', 'csx'],
    interpreters: ['dotnet-script'],
  },
  ruby: {
    name: 'Ruby',
    wasm: 'tree-sitter-ruby.wasm',
    npmPackage: 'tree-sitter-ruby',
    extensions: ['rb', 'rake', 'gemspec', 'ru', 'podspec', 'jbuilder'],
    fileNames: ['rakefile', 'gemfile', 'guardfile', 'podfile', 'vagrantfile', 'capfile', 'brewfile', 'fastfile'],
    interpreters: ['ruby', 'jruby', 'rake'],
  },
  php: {
    name: 'PHP',
    wasm: 'tree-sitter-php.wasm',
    npmPackage: 'tree-sitter-php',
    extensions: ['php', 'phtml', 'phpt'],
    interpreters: ['php'],
  },
  bash: {
    name: 'Bash',
    wasm: 'tree-sitter-bash.wasm',
    npmPackage: 'tree-sitter-bash',
    extensions: ['sh', 'bash', 'zsh', 'ksh', 'bats', 'ebuild'],
    fileNames: ['.bashrc', '.bash_profile', '.bash_aliases', '.bash_logout', '.profile', '.zshrc', 'pkgbuild'],
    interpreters: ['sh', 'bash', 'zsh', 'ksh', 'dash', 'ash', 'bats'],
  },
  scala: {
    name: 'Scala',
    wasm: 'tree-sitter-scala.wasm',
    npmPackage: 'tree-sitter-scala',
    extensions: ['scala', 'sc', 'sbt'],
    interpreters: ['scala', 'scala-cli'],
  },
} as const satisfies Readonly<Record<string, LanguageEntry>>;

export type LanguageId = keyof typeof LANGUAGES;

/** Whether `id` names a language with a grammar. */
export function isLanguageId(id: string): id is LanguageId {
  return Object.hasOwn(LANGUAGES, id);
}

/** Every language id, in the order of the table. */
export const LANGUAGE_IDS: readonly LanguageId[] = Object.keys(LANGUAGES).filter(isLanguageId);

/** The row of a language. */
export function languageEntry(id: LanguageId): LanguageEntry {
  return LANGUAGES[id];
}
