/**
 * Runs all measurements that need nothing but this checkout and its package, one after the other.
 *
 *     npm run bench
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BENCHES: readonly (readonly [file: string, ...args: readonly string[]])[] = [
  ['syntax.ts'],
  ['nativeVersusWasm.ts'],
  ['ngram.ts', 'node_modules'],
  [
    'bitsPerByte.ts',
    'src',
    'node_modules/eslint',
    'node_modules/ajv',
    'node_modules/fast-check',
    'node_modules/piscina',
  ],
  ['matching.ts'],
  ['recorder.ts'],
  ['llama.ts'],
  ['llamaTyping.ts'],
  ['caretCompletions.ts', 'src', 'node_modules/eslint'],
  ['realFiles.ts', 'src', 'test', 'node_modules/eslint', 'node_modules/tree-sitter'],
  ['editor.ts'],
];

for (const [file, ...args] of BENCHES) {
  console.log(`\n== ${file} ${args.join(' ')}`);
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { status } = spawnSync(process.execPath, ['--expose-gc', path, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
