/**
 * Extensions of code in languages that Candor has no grammar for yet, in lower case and without the dot. Lines stand in
 * for their syntax. To give one a grammar: move it to `languages.ts`.
 */
export const PLAIN_CODE_EXTENSIONS: ReadonlySet<string> = new Set([
  ...['clj', 'cljs', 'coffee', 'd', 'dart', 'elm', 'erl', 'ex', 'exs', 'f90', 'fs', 'groovy', 'hs', 'jl', 'kt', 'kts'],
  ...['lisp', 'lua', 'm', 'ml', 'mm', 'nim', 'pas', 'pl', 'pm', 'proto', 'ps1', 'r', 'scm', 'sol', 'sql', 'svelte'],
  ...['swift', 'vb', 'vue', 'zig'],
]);
