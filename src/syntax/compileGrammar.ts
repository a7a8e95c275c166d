import { setFlagsFromString } from 'node:v8';
import { longestFunction } from './longestFunction.ts';

/**
 * A longer function is left as V8's first compiler makes it. Its second takes memory that grows faster than the function: 110 MB for 47 kB of
 * code, 219 MB for 89 kB (the lexer of C++), 700 MB and four seconds for 162 kB (that of Bash), and parses no faster by what that costs.
 */
const LONGEST_TO_OPTIMISE_BYTES = 32_768;

/** With these V8 compiles a module at once, by its first compiler alone, ... */
const ONCE = ['--no-wasm-lazy-compilation', '--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];
/** ... and with these as it does by itself. */
const AGAIN = ['--wasm-lazy-compilation', '--wasm-dynamic-tiering', '--wasm-tier-up'];

/**
 * The module of a grammar.
 * @throws WebAssembly.CompileError, or RangeError, where the bytes are no WebAssembly
 */
export function compileGrammar(wasm: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  // Electron lets nobody change V8's flags once it runs.
  const canSetFlags = process.versions.electron === undefined;
  if (!canSetFlags || longestFunction(wasm) <= LONGEST_TO_OPTIMISE_BYTES) return new WebAssembly.Module(wasm);
  // The flags are the process's, but a module keeps those it was compiled under.
  ONCE.forEach(setFlagsFromString);
  try {
    return new WebAssembly.Module(wasm);
  } finally {
    AGAIN.forEach(setFlagsFromString);
  }
}
