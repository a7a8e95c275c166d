import type { Candor } from '../candor.ts';

/** Takes away all marks, the report and the tokens, and lets go of the texts that were followed. */
export function clear({ followed, report, reportPage, tokens, work }: Candor): Promise<void> {
  work.stop();
  followed.clear();
  report.clear();
  reportPage.clear();
  tokens.clear();
  return Promise.resolve();
}
