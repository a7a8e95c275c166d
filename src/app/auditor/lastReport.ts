import type { AuditStore } from '../../audit/auditStore.ts';
import type { Report } from '../../audit/report.ts';
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
}

/** The report of the last audit of files, for whoever asks for its page. */
export interface LastReport {
  /** Takes the place of the one before, whose store is closed. */
  keep(report: KeptReport): void;
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
  let last: KeptReport | null = null;

  function replace(next: KeptReport | null): void {
    last?.store.close();
    last = next;
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
