import type * as vscode from 'vscode';
import type { Auditor } from '../app/auditor/auditor.ts';
import { CandorError } from '../core/candorError.ts';
import type { Assessment } from '../core/words.ts';
import { abortSignalOf } from './abortSignalOf.ts';
import type { Logger } from './logger.ts';

/** Explains regions in full, once each. */
export interface Explainer {
  /** The region with what was likelier in it and what was found; null where that cannot be had. */
  explain(subjectKey: string, assessment: Assessment, token: vscode.CancellationToken): Promise<Assessment | null>;
}

export function createExplainer(auditor: Auditor, log: Logger): Explainer {
  const explained = new WeakMap<Assessment, Assessment>();
  return {
    async explain(subjectKey, assessment, token) {
      const known = explained.get(assessment);
      if (known !== undefined) return known;
      const { abortSignal, release } = abortSignalOf(token);
      try {
        const whole = await auditor.explain(subjectKey, assessment, { onProgress: () => undefined, abortSignal });
        if (whole !== null) explained.set(assessment, whole);
        return whole;
      } catch (error) {
        // What was found without alternatives still stands.
        if (!abortSignal.aborted)
          log.warn(`a region was not explained: ${CandorError.is(error) ? error.message : 'fault'}`);
        return null;
      } finally {
        release();
      }
    },
  };
}
