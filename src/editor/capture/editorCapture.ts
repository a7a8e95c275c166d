import * as vscode from 'vscode';
import type { Auditor } from '../../app/auditor/auditor.ts';
import type { Setup } from '../../app/auditor/setup.ts';
import { keptRecorderPlace, recorderAddress } from '../../app/recorder/recorderPlace.ts';
import { CandorError } from '../../core/candorError.ts';
import type { Calibration } from '../../core/risk/calibration.ts';
import { basisInWords, eventInWords } from '../../report/calibrationWords.ts';
import type { Logger } from '../logger.ts';
import { openFolders } from '../openFolders.ts';
import { ownAll, type Owned } from '../owned.ts';
import { readSettings } from '../settings.ts';
import { createFollowedCode, type FollowedCode } from './followedCode.ts';
import { createQuietCalls } from './quietCalls.ts';
import { createRecorderControl, type RecorderControl } from './recorderControl.ts';
import { registerSuggestions } from './registerSuggestions.ts';
import { watchDisk } from './watchDisk.ts';
import { watchEdits } from './watchEdits.ts';
import { watchHeads } from './watchHeads.ts';
import { watchTestResults } from './watchTestResults.ts';

/** What Candor does with code that models write in this window, while nobody asks it for anything. */
export interface EditorCapture extends Owned {
  readonly followed: FollowedCode;
  readonly recorder: RecorderControl;
  /** There are outcomes that the models of risk do not know yet. */
  learnSoon(): void;
}

export interface CaptureOptions {
  readonly auditor: Auditor;
  readonly log: Logger;
  readonly memory: vscode.Memento;
  /** The script of the command line, which holds the recorder. */
  readonly cli: URL;
  readonly setup: () => Promise<Setup>;
}

/** Outcomes come in bunches, when clocks run out. */
const LEARN_AFTER_MS = 30_000;

const SAID_FOR_MS = 15_000;

export function createEditorCapture({ auditor, log, memory, cli, setup }: CaptureOptions): EditorCapture {
  const calls = createQuietCalls(log);
  const followed = createFollowedCode(auditor, calls, memory, setup);
  const recorder = createRecorderControl(auditor, cli);
  const edits = watchEdits(followed);
  const suggestions = registerSuggestions(auditor, setup, log);
  const disk = watchDisk(
    () => readSettings().captureEnabled && (recorder.address !== null || isElsewhere),
    (uri, text) => {
      const stretches = [{ start: 0, end: text.length }];
      const code = {
        document: uri.toString(),
        text,
        stretches,
        writer: { by: 'unknown' },
        arrivedMs: Date.now(),
      } as const;
      void followed.arrived(code);
    },
  );
  const heads = watchHeads((move) => {
    if (move === 'commit') followed.committed();
    if (move === 'checkout') edits.headMoved();
  });
  let learning: NodeJS.Timeout | undefined;
  /** Whether a recorder may run that this window has not started. */
  let isElsewhere = false;

  function learnSoon(): void {
    learning ??= setTimeout(() => {
      learning = undefined;
      void learn();
    }, LEARN_AFTER_MS);
  }

  async function learn(): Promise<void> {
    const { workspace } = openFolders();
    if (workspace === null) return;
    const learned = await calls.run((call) => auditor.learnFromOutcomes(workspace, call));
    if (learned === null) return;
    sayBasis(learned.changed);
    if (!learned.isComplete) learnSoon();
  }

  /** What is judged by has changed: said where it disturbs nobody. */
  function sayBasis(changed: readonly Calibration[]): void {
    for (const calibration of changed) {
      log.info(`Learned: the chance that code ${eventInWords(calibration.target)}, by ${basisInWords(calibration)}.`);
    }
    if (changed.length === 0) return;
    const outcomes = changed.reduce((most, { model }) => Math.max(most, model.outcomeCount), 0);
    vscode.window.setStatusBarMessage(`$(mortar-board) Candor learned from ${outcomes} outcomes`, SAID_FOR_MS);
  }

  async function startRecorder(): Promise<void> {
    const { recorderAutoStart, recorderUpstream } = readSettings();
    const { workspace } = openFolders();
    if (workspace === null || !vscode.workspace.isTrusted) return;
    if (!recorderAutoStart || recorderUpstream === '') {
      await followKnownRecorder(workspace);
      return;
    }
    try {
      const address = await recorder.start(recorderUpstream, workspace);
      // The address is a secret: whoever reads the log must not have it.
      log.info(`The recorder runs on port ${new URL(address).port}.`);
    } catch (error) {
      log.warn(CandorError.is(error) ? error.message : 'The recorder cannot be started.');
    }
  }

  /** One may have been started in a terminal, or will be: it is always at the same place. */
  async function followKnownRecorder(workspace: string): Promise<void> {
    const place = await keptRecorderPlace(workspace);
    if (place === null) return;
    isElsewhere = true;
    auditor.followRecorder(recorderAddress(place));
  }

  const tests = watchTestResults((place) => {
    followed.testFailedAt(place);
  });
  const looks = followed.onDidLook(learnSoon);
  const parts = ownAll([calls, followed, recorder, edits, suggestions, disk, heads, tests, looks]);
  void startRecorder();
  return {
    followed,
    recorder,
    learnSoon,
    dispose() {
      clearTimeout(learning);
      parts.dispose();
    },
  };
}
