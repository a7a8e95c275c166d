import { basename } from 'node:path';
import * as vscode from 'vscode';
import { inertLabel } from './inertLabel.ts';
import { inertText } from './inertMarkdown.ts';
import type { Settings } from './settingTable.ts';
import type { Owned } from './owned.ts';

type EngineSettings = Pick<Settings, 'engine' | 'llamaModel' | 'openaiBaseUrl'>;

/** One line at the foot of the window. One method a state; the last one called is what shows. */
export interface StatusBar extends Owned {
  /** Nothing is judged in the text in view. */
  idle(): void;
  /** Work is under way; a click stops it. */
  busy(activity: string, done: number, total: number): void;
  /** The text in view was judged. */
  judged(markCount: number, regionCount: number): void;
  /** The text in view is not judged, for a reason that is no fault. */
  leftOut(reason: string): void;
  /** Something failed; a click opens the log. */
  failed(sentence: string): void;
  /** The engine that the settings choose, or the one that stands in for it, and why. */
  engine(settings: EngineSettings, standsInBecause: string | null): void;
}

/** The engine that the settings choose, in words; what the user wrote there is made inert. */
function engineInWords({ engine, llamaModel, openaiBaseUrl }: EngineSettings): string {
  switch (engine) {
    case 'bundled':
      return 'bundled model, mixed with the n-gram (embedded, offline)';
    case 'ngram':
      return 'n-gram (embedded, offline)';
    case 'llama':
      return `llama.cpp with ${inertText(basename(llamaModel))} (offline)`;
    case 'openai':
      return `the server ${inertText(openaiBaseUrl)}, which gets the code that you audit`;
  }
}

/** @param version of Candor, for the tooltip */
export function createStatusBar(version: string): StatusBar {
  const item = vscode.window.createStatusBarItem('candor.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Candor';
  let engineLine = '';

  function show(icon: string, text: string, command: string, tooltip: string): void {
    item.text = `$(${icon}) ${inertLabel(text)}`;
    item.command = command;
    item.tooltip = new vscode.MarkdownString(
      [`**Candor ${version}**`, tooltip, engineLine].filter(Boolean).join('\n\n'),
    );
    item.accessibilityInformation = { label: `${text}. ${tooltip}`, role: 'button' };
    item.show();
  }

  return {
    idle: () => {
      show('eye', 'Candor', 'candor.showReport', 'Nothing in view is judged. “Candor: Audit file” judges it.');
    },
    busy: (activity, done, total) => {
      const part = total > 0 ? ` ${done}/${total}` : '';
      show('sync~spin', `Candor: ${activity}${part}`, 'candor.stop', 'Click to stop.');
    },
    judged: (markCount, regionCount) => {
      show(
        'eye',
        `Candor: ${markCount === 1 ? '1 mark' : `${markCount} marks`}`,
        'candor.showReport',
        `${regionCount === 1 ? '1 region' : `${regionCount} regions`} judged here. A mark is where the engine was most surprised; nothing is calibrated yet, and no mark is no approval.`,
      );
    },
    leftOut: (reason) => {
      show('eye-closed', `Candor: ${reason}`, 'candor.showReport', `This text is not judged: ${inertText(reason)}.`);
    },
    failed: (sentence) => {
      show('warning', 'Candor: failed', 'candor.showLog', inertText(sentence));
    },
    engine: (settings, standsInBecause) => {
      const why = standsInBecause === null ? '' : ` ${inertText(standsInBecause)}`;
      engineLine = `Engine: ${engineInWords(settings)}.${why}`;
    },
    dispose: () => {
      item.dispose();
    },
  };
}
