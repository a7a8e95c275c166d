import * as vscode from 'vscode';
import type { Auditor } from '../app/auditor/auditor.ts';
import type { Setup } from '../app/auditor/setup.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import { CandorError } from '../core/candorError.ts';
import { registerTools } from './agents/registerTools.ts';
import type { Candor } from './candor.ts';
import { createEditorCapture } from './capture/editorCapture.ts';
import { COMMANDS } from './commands/commandTable.ts';
import { createDoubtDiagnostics } from './doubts/doubtDiagnostics.ts';
import { engineOfSettings } from './engineOfSettings.ts';
import { createFollowedTexts } from './followedTexts.ts';
import { createExplainer } from './explainer.ts';
import { registerMarkActions } from './actions/markActions.ts';
import { registerMarkHover } from './hover/markHoverProvider.ts';
import { registerQuietHover } from './hover/quietHoverProvider.ts';
import { registerRegionHover } from './hover/regionHoverProvider.ts';
import { inertMessage } from './inertMessage.ts';
import { createMarkPainter } from './marks/markPainter.ts';
import { registerRegionLenses } from './lenses/regionLenses.ts';
import { openFolders } from './openFolders.ts';
import { serverKeys } from './serverKeys.ts';
import { readSettings } from './settings.ts';
import { createStatusBar } from './statusBar.ts';
import { createCalibrationPanel } from './views/calibrationPanel.ts';
import { createFileBadges } from './views/fileBadges.ts';
import { createLookedAt } from './views/lookedAt.ts';
import { createReportModel } from './views/reportModel.ts';
import { createReportPage } from './views/reportPage.ts';
import { createReportView } from './views/reportView.ts';
import { createSummaries } from './views/summaries.ts';
import { createSyntaxView } from './views/syntaxView.ts';
import { createTokensView } from './views/tokensView.ts';
import { watchTexts } from './watchTexts.ts';
import { watchWorkspace } from './watchWorkspace.ts';
import { createWork } from './work.ts';
import { ownAll, type Owned } from './owned.ts';

/**
 * Puts Candor into the editor: commands, marks, hover, status bar and views. No engine is opened and nothing is read before
 * somebody asks for a judgement, or a model's code arrives.
 *
 * @param extension where its pictures, its secrets and its memory are
 * @param cli the script of the command line
 * @returns what takes all of it out again
 */
export function startCandor(
  auditor: Auditor,
  extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'secrets' | 'workspaceState'>,
  cli: URL,
): Owned {
  const log = vscode.window.createOutputChannel('Candor', { log: true });
  const keys = serverKeys(extension.secrets);
  const status = createStatusBar(CANDOR_VERSION);
  let watching: Owned | undefined;
  const setup = async (): Promise<Setup> => {
    // Before the first judgement nothing is learned that could be out of date.
    watching ??= watchWorkspace(auditor);
    const choice = await engineOfSettings(readSettings(), keys, vscode.workspace.isTrusted);
    return { choice, ...openFolders() };
  };
  const work = createWork(log, status, () => {
    texts.sayState();
  });
  const followed = createFollowedTexts(auditor, work, setup);
  const report = createReportModel();
  const lookedAt = createLookedAt(extension.workspaceState);
  const reportView = createReportView(report, lookedAt);
  const reportPage = createReportPage(auditor, work);
  const tokens = createTokensView();
  const syntax = createSyntaxView({ auditor, followed, log, extensionUri: extension.extensionUri });
  const summaries = createSummaries();
  const calibration = createCalibrationPanel(extension.extensionUri);
  const capture = createEditorCapture({ auditor, log, memory: extension.workspaceState, cli, setup });
  const candor: Candor = {
    auditor,
    log,
    keys,
    work,
    followed,
    report,
    reportView,
    reportPage,
    lookedAt,
    tokens,
    syntax,
    summaries,
    calibration,
    capture,
    setup,
  };
  const texts = watchTexts(candor, status);
  const explainer = createExplainer(auditor, log);
  return ownAll([
    log,
    status,
    work,
    followed,
    report,
    lookedAt,
    reportView,
    reportPage,
    tokens,
    syntax,
    summaries,
    calibration,
    capture,
    texts,
    { dispose: () => watching?.dispose() },
    createMarkPainter(followed, vscode.Uri.joinPath(extension.extensionUri, 'media', 'gutter')),
    createDoubtDiagnostics(followed),
    createFileBadges(report, lookedAt),
    registerRegionLenses(followed, lookedAt),
    registerMarkHover(explainer, followed),
    registerQuietHover(followed),
    registerMarkActions(explainer, followed, capture.followed),
    registerRegionHover(capture.followed, followed),
    registerTools(auditor, setup, log),
    ...registerCommands(candor),
  ]);
}

function registerCommands(candor: Candor): readonly Owned[] {
  return Object.entries(COMMANDS).map(([id, command]) =>
    vscode.commands.registerCommand(id, async (argument?: unknown) => {
      try {
        await command(candor, argument);
      } catch (error) {
        if (!CandorError.is(error)) {
          candor.log.error(`${id} broke`);
          throw error;
        }
        candor.log.info(`${id}: ${error.reason}`);
        void vscode.window.showErrorMessage(`Candor: ${inertMessage(error.message)}`);
      }
    }),
  );
}
