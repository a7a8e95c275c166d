/** The engine that a user asked for, with what it needs. */
export type EngineChoice =
  | { readonly engine: 'ngram' }
  | {
      readonly engine: 'llama';
      /** A GGUF file. */
      readonly modelPath: string;
    };
