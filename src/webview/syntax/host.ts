import type { KeptState, MessageFromPage } from '../../report/syntaxMessages.ts';

/** What the editor gives to a page; it may be asked for once. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const editor = acquireVsCodeApi();

export function tellEditor(message: MessageFromPage): void {
  editor.postMessage(message);
}

export function keep(state: KeptState): void {
  editor.setState(state);
}

export function kept(): unknown {
  return editor.getState();
}
