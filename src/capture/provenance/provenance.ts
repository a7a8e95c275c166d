/** Who brought about a change of a document, as far as it can be told. */
export type Provenance =
  /** `tool`: the extension or agent, where its name is known. `isCertain`: the editor itself says so. */
  | {
      readonly by: 'model';
      readonly how: 'completion' | 'applied';
      readonly tool: string | null;
      readonly isCertain: boolean;
    }
  | { readonly by: 'person'; readonly how: 'typed' | 'pasted' | 'snippet' | 'suggestion' }
  | {
      readonly by: 'editor';
      readonly how: 'undone' | 'redone' | 'formatted' | 'refactored' | 'reloaded' | 'checked-out';
    }
  | { readonly by: 'unknown' };
