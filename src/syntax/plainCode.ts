/**
 * Extensions of code in languages that Candor has no grammar for yet, in lower case and without the dot. Lines stand in
 * for their syntax. To give one a grammar: move it to `languages.ts`.
 */
export const PLAIN_CODE_EXTENSIONS: ReadonlySet<string> = new Set([
  ...['clj', 'cljs', 'coffee', 'd', 'dart', 'elm', 'erl', 'ex', 'exs', 'f90', 'fs', 'groovy', 'hs', 'jl', 'kt', 'kts'],
  ...['lisp', 'lua', 'm', 'ml', 'mm', 'nim', 'pas', 'pl', 'pm', 'proto', 'ps1', 'r', 'scm', 'sol', 'sql', 'svelte'],
  ...['swift', 'vb', 'vue', 'zig'],
]);

/** Programs that a `#!` line may name, of languages that Candor has no grammar for; version numbers are dropped before comparing. */
export const PLAIN_CODE_INTERPRETERS: ReadonlySet<string> = new Set([
  ...['perl', 'lua', 'luajit', 'Rscript', 'swift', 'julia', 'elixir', 'escript', 'groovy', 'kotlin', 'kotlinc', 'pwsh'],
  ...[
    'runhaskell',
    'runghc',
    'stack',
    'ocaml',
    'sbcl',
    'guile',
    'racket',
    'clojure',
    'bb',
    'coffee',
    'nim',
    'crystal',
    'dart',
  ],
  ...['fish', 'tclsh', 'wish', 'awk', 'gawk'],
]);
