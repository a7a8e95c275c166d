/** Magic number and version. */
const HEADER_BYTES = 8;
const CODE_SECTION = 10;

/**
 * Bytes of the longest function body in a WebAssembly module; 0 where it has none.
 *
 *     header | id size ... | 10 size  count  size body  size body ... | id size ...
 *                            ^ the code section
 *
 * Numbers are LEB128 (WebAssembly Core Specification 2.0, 5.5.13).
 *
 * @throws RangeError where the module ends before its sections do
 */
export function longestFunction(wasm: Uint8Array): number {
  let at = HEADER_BYTES;
  function next(): number {
    const byte = wasm[at++];
    if (byte === undefined) throw new RangeError('The module ends too early.');
    return byte;
  }
  function number(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = next();
      value += (byte % 128) * unit;
      if (byte < 128) return value;
    }
  }
  while (at < wasm.length) {
    const id = next();
    const size = number();
    if (id !== CODE_SECTION) {
      at += size;
      continue;
    }
    let longest = 0;
    for (let left = number(); left > 0; left--) {
      const length = number();
      longest = Math.max(longest, length);
      at += length;
    }
    return longest;
  }
  return 0;
}
