import type { Candor } from '../candor.ts';
import { auditAiWritten } from './auditAiWritten.ts';
import { auditChanges, auditUncommitted } from './auditChanges.ts';
import { auditFile } from './auditFile.ts';
import { auditFolder } from './auditFolder.ts';
import { auditSelection } from './auditSelection.ts';
import { auditWorkspace } from './auditWorkspace.ts';
import { calibrate } from './calibrate.ts';
import { chooseEngine } from './chooseEngine.ts';
import { clear } from './clear.ts';
import { compareRegions } from './compareRegions.ts';
import { completeAgain } from './completeAgain.ts';
import { declareAiWritten } from './declareAiWritten.ts';
import { declareMine } from './declareMine.ts';
import { exportLedger } from './exportLedger.ts';
import { forgetLedger } from './forgetLedger.ts';
import { ignoreHere } from './ignoreHere.ts';
import { importLedger } from './importLedger.ts';
import { openMark } from './openMark.ts';
import { openReportedPlace } from './openReportedPlace.ts';
import { openSpan } from './openSpan.ts';
import { sayVerdict } from './sayVerdict.ts';
import { secondOpinion } from './secondOpinion.ts';
import { setServerKey } from './setServerKey.ts';
import { showCalibration } from './showCalibration.ts';
import { showSyntax } from './showSyntax.ts';
import { showTokens } from './showTokens.ts';
import { showWalkthrough } from './showWalkthrough.ts';
import { showRecorderSetup, startRecorder, stopRecorder } from './startRecorder.ts';
import { summarizeFile } from './summarizeFile.ts';
import { toggleLookedAt } from './toggleLookedAt.ts';
import { toggleMarks } from './toggleMarks.ts';
import { writeTest } from './writeTest.ts';

/** What a command does. The editor passes what it was called on, if anything, of which nothing is known. */
export type Command = (candor: Candor, argument?: unknown) => Promise<void>;

/** Every command of Candor; a test holds `package.json` to it. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'candor.auditFile': auditFile,
  'candor.auditSelection': auditSelection,
  'candor.auditChanges': auditChanges,
  'candor.auditUncommitted': auditUncommitted,
  'candor.auditFolder': auditFolder,
  'candor.auditWorkspace': auditWorkspace,
  'candor.auditAiWritten': auditAiWritten,
  'candor.showTokens': showTokens,
  'candor.showSyntax': showSyntax,
  'candor.secondOpinion': secondOpinion,
  'candor.completeAgain': completeAgain,
  'candor.summarizeFile': summarizeFile,
  'candor.calibrate': calibrate,
  'candor.showCalibration': showCalibration,
  'candor.declareAiWritten': declareAiWritten,
  'candor.declareMine': declareMine,
  'candor.sayFine': (candor, argument) => sayVerdict(candor, true, argument),
  'candor.sayWrong': (candor, argument) => sayVerdict(candor, false, argument),
  'candor.ignoreHere': ignoreHere,
  'candor.writeTest': writeTest,
  'candor.startRecorder': startRecorder,
  'candor.stopRecorder': stopRecorder,
  'candor.showRecorderSetup': showRecorderSetup,
  'candor.exportLedger': exportLedger,
  'candor.importLedger': importLedger,
  'candor.forgetWorkspace': (candor) => forgetLedger(candor, 'workspace'),
  'candor.forgetEverything': (candor) => forgetLedger(candor, 'everything'),
  'candor.chooseEngine': chooseEngine,
  'candor.setServerKey': setServerKey,
  'candor.showWalkthrough': showWalkthrough,
  'candor.toggleMarks': toggleMarks,
  'candor.nextSpan': ({ reportView }) => reportView.step(1),
  'candor.previousSpan': ({ reportView }) => reportView.step(-1),
  'candor.openSpan': openSpan,
  'candor.compareRegions': compareRegions,
  'candor.nextRegion': ({ reportView }) => reportView.nextRegion(),
  'candor.previousRegion': ({ reportView }) => reportView.previousRegion(),
  'candor.openMark': openMark,
  'candor.openReportedPlace': openReportedPlace,
  'candor.toggleLookedAt': toggleLookedAt,
  'candor.showReport': ({ reportView }) => reportView.show(true),
  'candor.showReportPage': ({ reportPage }) => reportPage.show(),
  'candor.showLog': ({ log }) => {
    log.show();
    return Promise.resolve();
  },
  'candor.stop': ({ work }) => {
    work.stop();
    return Promise.resolve();
  },
  'candor.clear': clear,
};
