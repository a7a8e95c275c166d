import { html } from '../../report/html/markup.ts';
import { pageFrame } from '../../report/html/pageFrame.ts';

/** Why there is no report to show. */
export type NoReport = 'not audited' | 'loaded anew';

const WHY: Readonly<Record<NoReport, string>> = {
  'not audited':
    'Nothing was audited yet. The page is about the last audit of the workspace, of a folder, of changes or of AI-written code.',
  'loaded anew':
    'The window was loaded anew, and a report ends with it. Audit again, and the page comes back: what has not changed is not judged anew.',
};

/** The report page while there is no report: why, and what to do. */
export function emptyReportPage(why: NoReport): string {
  return pageFrame(
    html`<header><h1>How far to trust this code</h1></header>
      <main>
        <p>${WHY[why]}</p>
        <p><a href="command:candor.auditWorkspace">Audit the workspace</a></p>
      </main>`,
  );
}
