import type { Auditor } from '../app/auditor/auditor.ts';
import type { Setup } from '../app/auditor/setup.ts';
import type { EditorCapture } from './capture/editorCapture.ts';
import type { FollowedTexts } from './followedTexts.ts';
import type { Logger } from './logger.ts';
import type { ServerKeys } from './serverKeys.ts';
import type { CalibrationPanel } from './views/calibrationPanel.ts';
import type { LookedAt } from './views/lookedAt.ts';
import type { ReportModel } from './views/reportModel.ts';
import type { ReportPage } from './views/reportPage.ts';
import type { ReportView } from './views/reportView.ts';
import type { Summaries } from './views/summaries.ts';
import type { SyntaxView } from './views/syntaxView.ts';
import type { TokensView } from './views/tokensView.ts';
import type { Work } from './work.ts';

/** All that commands share. It is made once, in `startCandor.ts`, and owned there. */
export interface Candor {
  readonly auditor: Auditor;
  readonly log: Logger;
  readonly keys: ServerKeys;
  readonly work: Work;
  readonly followed: FollowedTexts;
  readonly report: ReportModel;
  readonly reportView: ReportView;
  readonly reportPage: ReportPage;
  readonly lookedAt: LookedAt;
  readonly tokens: TokensView;
  readonly syntax: SyntaxView;
  readonly summaries: Summaries;
  readonly calibration: CalibrationPanel;
  readonly capture: EditorCapture;
  /** The engine that the settings choose, and the folders that are open. */
  readonly setup: () => Promise<Setup>;
}
