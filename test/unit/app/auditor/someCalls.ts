import type { Call } from '../../../../src/app/auditor/call.ts';
import type { Setup } from '../../../../src/app/auditor/setup.ts';
import type { TextAudit } from '../../../../src/app/auditor/auditor.ts';
import { sampleFolder } from '../../../support/sampleWorkspace.ts';

/** A call that nobody watches and nobody stops. */
export function someCall(change: Partial<Call> = {}): Call {
  return { onProgress: () => undefined, abortSignal: new AbortController().signal, ...change };
}

/** The n-gram engine over the sample workspace. */
export const sampleSetup: Setup & { readonly workspace: string } = {
  choice: { engine: 'ngram' },
  workspace: sampleFolder,
  folders: [sampleFolder],
};

/** The n-gram engine that learns nothing. */
export const bareSetup: Setup = { choice: { engine: 'ngram' }, workspace: null, folders: [] };

export function textAudit(path: string, text: string, change: Partial<TextAudit> = {}): TextAudit {
  return { document: `file:///${path}`, text, path, language: 'typescript', setup: sampleSetup, ...change };
}
