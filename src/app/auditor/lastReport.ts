import type { AuditStore } from '../../audit/auditStore.ts';
import type { Report } from '../../audit/report.ts';
import type { Call } from './call.ts';
import type { htmlReport } from '../../report/html/htmlReport.ts';
import { readLabels } from '../learning/readLabels.ts';

/** A report, and what its page needs beside it. */
export interface KeptReport {
  readonly report: Report;
  readonly workspace: string;
  /** Of the files that were to be judged. */
  readonly paths: readonly string[];
  /** Where the report reads its files from, open. */
  readonly store: AuditStore;
  readonly madeAtMs: number;
  /** What the report tells of its files, with what the page shows first explained; null: that cannot be had any more. */
  readonly explained: (call: Call) => Promise<Pick<Report, 'files' | 'riskiest'> | null>;
}

/** A kept report, and who explains it. */
interface HeldReport extends Omit<KeptReport, 'report' | 'explained'> {
  report: Report;
  /** null: it was, and what the model had learned is let go. */
  explained: KeptReport['explained'] | null;
  /** Aborted when the report is let go. */
  readonly gone: AbortController;
  readonly explaining: Set<Promise<unknown>>;
}

/** The report of the last audit of files, for whoever asks for its page. */
export interface LastReport {
  /** Takes the place of the one before, whose store is closed. */
  keep(report: KeptReport): void;
  /** Explains what the page shows first, once. A report that is let go meanwhile needs none. */
  explain(call: Call): Promise<void>;
  /**
   * The report as a page (`htmlReport`), with what people have said by now.
   *
   * @param openCommand the command that a link to a place runs, with `{ path, line }`
   * @returns null where there is no report
   */
  page(openCommand: string): Promise<string | null>;
  forget(): void;
}

/** @param salt as the ledger's identities have it */
export function createLastReport(salt: () => Promise<string>): LastReport {
  let last: HeldReport | null = null;

  function replace(next: KeptReport | null): void {
    if (last !== null) letGo(last);
    last = next && { ...next, gone: new AbortController(), explaining: new Set() };
  }

  /** The store is open until nobody explains any more. */
  function letGo({ gone, explaining, store }: HeldReport): void {
    gone.abort();
    void Promise.allSettled(explaining).then(() => {
      store.close();
    });
  }

  async function explain(held: HeldReport, { onProgress, abortSignal }: Call): Promise<void> {
    const explaining = held.explained?.({ onProgress, abortSignal: AbortSignal.any([abortSignal, held.gone.signal]) });
    if (explaining === undefined) return;
    held.explaining.add(explaining);
    try {
      const reports = await explaining;
      if (reports === null) return;
      held.report = { ...held.report, ...reports };
      held.explained = null;
    } catch (error) {
      abortSignal.throwIfAborted();
      if (!held.gone.signal.aborted) throw error;
    } finally {
      held.explaining.delete(explaining);
    }
  }

  /** Of the report that there is by now: another may have come, or none be wanted any more, meanwhile. */
  function pageOf(draw: typeof htmlReport, openCommand: string, known: string): string | null {
    if (last === null) return null;
    const { report, workspace, paths, madeAtMs } = last;
    const labels = readLabels({ workspace, paths, salt: known });
    const linkOf = (path: string, line: number): string => commandAddress(openCommand, { path, line });
    return draw({ ...report, labels }, { madeAtMs, linkOf, isInEditor: true });
  }

  return {
    keep: replace,
    async explain(call) {
      call.abortSignal.throwIfAborted();
      if (last !== null) await explain(last, call);
    },
    async page(openCommand) {
      if (last === null) return null;
      // Drawing charts takes half a megabyte of code, which nothing else needs.
      const [{ htmlReport: draw }, known] = await Promise.all([import('../../report/html/htmlReport.ts'), salt()]);
      return pageOf(draw, openCommand, known);
    },
    forget() {
      replace(null);
    },
  };
}

/** The editor decodes an argument twice, so a percent sign of its own stands as an escape of JSON. */
function commandAddress(command: string, argument: { readonly path: string; readonly line: number }): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]).replaceAll('%', '\\u0025'))}`;
}
