import * as vscode from 'vscode';
import type { Auditor } from '../../app/auditor/auditor.ts';
import type { Owned } from '../owned.ts';
import type { Work } from '../work.ts';
import { emptyReportPage } from './emptyReportPage.ts';

/** The page of the last report on files, in a panel of its own. */
export interface ReportPage extends Owned {
  /** Explains the regions that come first, and shows it, and gives it the keyboard. */
  show(): Promise<void>;
  /** There is another report: brings it up with that, where it is open. */
  refresh(): Promise<void>;
  /** Takes it away, and lets go of the report. */
  clear(): void;
}

const VIEW_TYPE = 'candor.reportPage';

const OPEN_COMMAND = 'candor.openReportedPlace';

/** The page has no scripts; its links may run these commands. */
const OPTIONS: vscode.WebviewOptions = {
  enableCommandUris: [OPEN_COMMAND, 'candor.auditWorkspace'],
  localResourceRoots: [],
};

/** A panel comes back when the window is loaded anew, and says that its report is gone. */
export function createReportPage(
  auditor: Pick<Auditor, 'explainReport' | 'reportPage' | 'forgetReport'>,
  work: Work,
): ReportPage {
  let panel: vscode.WebviewPanel | null = null;
  /** Whether there is a report whose page would show more if it were explained. */
  let isUnexplained = false;

  /** With a model it may take a minute, and whoever will not wait has the page without. */
  async function explain(): Promise<void> {
    if (!isUnexplained) return;
    isUnexplained = false;
    const isDone = await work.run('Explaining what to look at first', async (call) => {
      await auditor.explainReport(call);
      return true;
    });
    isUnexplained ||= isDone === null;
  }

  function adopt(opened: vscode.WebviewPanel): vscode.WebviewPanel {
    panel?.dispose();
    panel = opened;
    opened.onDidDispose(() => {
      if (panel === opened) panel = null;
    });
    return opened;
  }

  const restoring = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel(restored) {
      const { webview } = adopt(restored);
      webview.options = OPTIONS;
      webview.html = emptyReportPage('loaded anew');
      return Promise.resolve();
    },
  });

  return {
    async show() {
      await explain();
      const page = await work.run(null, async (call) => ({ html: await auditor.reportPage(OPEN_COMMAND, call) }));
      if (page === null) return;
      panel ??= adopt(
        vscode.window.createWebviewPanel(VIEW_TYPE, 'Candor: Report', vscode.ViewColumn.Active, {
          ...OPTIONS,
          enableFindWidget: true,
        }),
      );
      panel.webview.html = page.html ?? emptyReportPage('not audited');
      panel.reveal(undefined, false);
    },
    async refresh() {
      isUnexplained = true;
      if (panel === null) return;
      await explain();
      const html = await work.runQuietly((call) => auditor.reportPage(OPEN_COMMAND, call));
      if (html !== null) panel.webview.html = html;
    },
    clear() {
      auditor.forgetReport();
      panel?.dispose();
    },
    dispose() {
      restoring.dispose();
      panel?.dispose();
    },
  };
}
