import type { FileToAudit } from '../../audit/assessFile.ts';
import type { LookedFile } from '../../audit/lookAtFile.ts';
import type { Calibration } from '../../core/risk/calibration.ts';
import type { SharedBase } from '../../engines/ngram/sharedBase.ts';
import type { Failed } from '../../syntax/parseTasks.ts';
import type { AssetAddresses } from '../assets.ts';

/** What a thread that looks at files is started with. */
export interface LookThreadData {
  readonly assets: AssetAddresses;
  /** What the n-gram engine has learned: one copy for all threads. */
  readonly learned: SharedBase;
  /** What judges by the engine; null: nothing is calibrated. */
  readonly calibration: Calibration | null;
  readonly salt: string;
  readonly root: string;
}

/** What a thread answers. An error would cross without its reason. */
export type LookAnswer = LookedFile | 'same' | Failed;

export interface LookTask {
  readonly file: FileToAudit;
  /** As in `LookAtFile`. */
  readonly known: string | null;
}
