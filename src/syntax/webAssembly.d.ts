/** What Candor calls of WebAssembly's interface (W3C), which TypeScript knows in browsers alone. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
    /** A module is told from other objects by its class. */
    readonly #brand: never;
  }
  function validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}
