import * as vscode from 'vscode';
import type { Calibration } from '../../core/risk/calibration.ts';
import type { Owned } from '../owned.ts';
import { calibrationPage } from './calibrationPage.ts';

/** One panel, brought up to date when it is asked for again. */
export interface CalibrationPanel extends Owned {
  show(calibrations: readonly Calibration[]): void;
}

export function createCalibrationPanel(extensionUri: vscode.Uri): CalibrationPanel {
  const media = vscode.Uri.joinPath(extensionUri, 'media');
  let panel: vscode.WebviewPanel | null = null;

  function open(): vscode.WebviewPanel {
    const opened = vscode.window.createWebviewPanel(
      'candor.calibration',
      'Candor: Calibration',
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: false },
      // The page has no scripts; its one link may run one command.
      { localResourceRoots: [media], enableCommandUris: ['candor.calibrate'] },
    );
    opened.onDidDispose(() => {
      panel = null;
    });
    return opened;
  }

  return {
    show(calibrations) {
      panel ??= open();
      const { webview } = panel;
      const href = webview.asWebviewUri(vscode.Uri.joinPath(media, 'calibration.css')).toString();
      webview.html = calibrationPage(calibrations, { href, source: webview.cspSource });
      panel.reveal(undefined, false);
    },
    dispose() {
      panel?.dispose();
    },
  };
}
