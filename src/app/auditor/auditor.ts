import type { OnProgress } from '../../audit/auditFiles.ts';
import type { SkipReason } from '../../audit/readSource.ts';
import type { Calibration } from '../../core/risk/calibration.ts';
import type { Assessment, Origin, Source } from '../../core/words.ts';
import type { TextRange } from '../../engines/engine.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ReportOutline } from '../../report/reportOutline.ts';
import type { TokenTable } from '../../report/tokenTable.ts';
import type { HistoryCalibration } from '../calibration/calibrateFromHistory.ts';
import type { EngineChoice } from '../engineChoice.ts';

/** The engine to ask, and the code that is usual where it is asked. */
export interface Setup {
  readonly choice: EngineChoice;
  /** The folder that paths are relative to; null where no folder is open, and nothing is learned. */
  readonly workspace: string | null;
  /** The folders to learn: the workspace itself, or several inside it. */
  readonly folders: readonly string[];
}

/** How a call is watched and stopped. An aborted call rejects with the signal's reason. */
export interface Call {
  readonly onProgress: OnProgress;
  readonly abortSignal: AbortSignal;
}

/** A text as it stands in an editor, saved or not. */
export interface OpenText {
  /** By what the text is asked for again: the document's URI. */
  readonly document: string;
  readonly text: string;
  /** Where it is or would be, relative to the workspace, with `/`. */
  readonly path: string;
  readonly language: LanguageId | 'lines';
}

export interface TextAudit extends OpenText {
  readonly setup: Setup;
  /** Only these parts are judged, each as a region of this origin; the whole is the context. Absent: all of it. */
  readonly within?: Parts;
}

export interface Parts {
  readonly origin: Origin;
  readonly ranges: readonly TextRange[];
}

export type TextReport = JudgedText | { readonly kind: 'skipped'; readonly reason: SkipReason };

export interface JudgedText {
  readonly kind: 'judged';
  readonly source: Source;
  /** What the numbers are worth, to be said over them. */
  readonly note: string;
  /** In order of the text; offsets are those of the text that was given. */
  readonly assessments: readonly Assessment[];
  readonly tokenCount: number;
  /** Tokens of the workspace that the engine had learned; 0 for one that does not learn. */
  readonly learnedTokenCount: number;
  /** Why another engine scored than the one that was chosen, in one sentence; null where it was that one. */
  readonly standsInBecause: string | null;
}

/** Which files to judge. */
export type FilesToAudit =
  /** Files and folders, by absolute path. */
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  /** What changed in the git repositories of these folders since a commit, not yet committed changes and new files included. */
  | { readonly kind: 'changes'; readonly folders: readonly string[]; readonly since: string };

export interface FilesAudit {
  readonly setup: Setup & { readonly workspace: string };
  readonly files: FilesToAudit;
  /** Unsaved texts, to be judged in place of what the disk holds. */
  readonly openTexts: readonly { readonly path: string; readonly text: string }[];
}

export interface TokensRequest extends OpenText {
  readonly setup: Setup;
  readonly range: TextRange;
}

/** What an opened engine is. */
export interface EngineDescription {
  readonly source: Source;
  /** What computes: `cpu`, the kind and the names of the accelerators, or `server`. */
  readonly device: string;
}

/**
 * All that the editor asks of Candor, done away from the thread that asks. Only the engine of the last setup is held, and
 * the trees and tokens of the last texts; every answer is plain data.
 *
 * Each call rejects with a CandorError for what failed, and with its signal's reason when aborted.
 */
export interface Auditor {
  /** Opens the engine, if it is not, to see that it can be had. */
  open(choice: EngineChoice, call: Call): Promise<EngineDescription>;
  /** Judges a text, after learning what changed in the workspace. */
  auditText(request: TextAudit, call: Call): Promise<TextReport>;
  /**
   * A region of a text that was judged, explained in full (`explainRegion`); null where the text is not held any more,
   * or was judged again since and has no such assessment.
   */
  explain(document: string, assessment: Assessment, call: Call): Promise<Assessment | null>;
  /** How sure the engine was of a text that was judged, for a person to read; null where the text is not held any more. */
  summarize(document: string, call: Call): Promise<string | null>;
  /** The tokens in a range, with what the engine held likely in their place. */
  tokens(request: TokensRequest, call: Call): Promise<TokenTable>;
  /** Judges files. */
  auditFiles(request: FilesAudit, call: Call): Promise<ReportOutline>;
  /** What is calibrated for the engine and the workspace, the one that judges first. */
  calibrations(setup: Setup, call: Call): Promise<readonly Calibration[]>;
  /** Calibrates the engine to the history of the workspace, and judges by that from then on. */
  calibrate(setup: Setup & { readonly workspace: string }, call: Call): Promise<HistoryCalibration>;
  /** Lets go of a text that was judged. */
  forget(document: string): void;
  /** Says that files of the workspace changed: the next judgement looks at them again. */
  workspaceChanged(): void;
  close(): Promise<void>;
}
