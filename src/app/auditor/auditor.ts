import type { RegionSyntax } from '../../assess/syntaxOfRegion.ts';
import type { SkipReason } from '../../audit/readSource.ts';
import type { PlacedRegion } from '../../capture/following/seeDocument.ts';
import type { Calibration } from '../../core/risk/calibration.ts';
import type { SecondOpinion } from '../../core/opinions/secondOpinion.ts';
import type { Assessment, Origin, Source } from '../../core/words.ts';
import type { TextRange } from '../../engines/engine.ts';
import type { LocalServer } from '../../engines/openai/findLocalServers.ts';
import type { ReportOutline } from '../../report/reportOutline.ts';
import type { TokenTable } from '../../report/tokenTable.ts';
import type { AgentQuestion } from '../agents/createAgentDesk.ts';
import type { HistoryCalibration } from '../calibration/calibrateFromHistory.ts';
import type { ArrivedText, FollowedRegion } from '../capture/arrivedText.ts';
import type { FollowedRanges } from '../capture/capturedCode.ts';
import type { Decision } from '../capture/decision.ts';
import type { CommitSeen, DocumentLook, LedgerCounts } from '../capture/witness.ts';
import type { Samples } from '../../engines/sampleContinuations.ts';
import type { DoubtSettings } from '../completions/cutDoubtful.ts';
import type { EngineChoice, OpenaiChoice } from '../engineChoice.ts';
import type { WrittenFromHere } from '../opinions/completeAgain.ts';
import type { OpinionCost } from '../opinions/opinionCost.ts';
import type { Call } from './call.ts';
import type { OpenText } from './openText.ts';
import type { Setup } from './setup.ts';
import type { FunctionRequest, TestedFunction } from '../testStub/testedFunction.ts';
import type { Learned } from '../learning/learnFromOutcomes.ts';
import type { TriedServer } from '../tryServer.ts';

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
  | { readonly kind: 'changes'; readonly folders: readonly string[]; readonly since: string }
  /** What models wrote below these folders, as their git repositories and the ledger say (`findAiWrittenCode`). */
  | { readonly kind: 'aiWritten'; readonly folders: readonly string[] };

export interface FilesAudit {
  readonly setup: Setup & { readonly workspace: string };
  readonly files: FilesToAudit;
  /** What is left out, by patterns as in the workspace's `.candorignore`. */
  readonly exclude?: readonly string[];
  /** Unsaved texts, to be judged in place of what the disk holds. */
  readonly openTexts: readonly { readonly path: string; readonly text: string }[];
  /** Where the editor knows code of models to be in open texts, saved or not; absent: it is looked for. */
  readonly followed?: readonly FollowedRanges[];
}

export interface TokensRequest extends OpenText {
  readonly setup: Setup;
  readonly range: TextRange;
}

/** A caret, and what an engine may know of the code around it. */
export interface SuggestionRequest extends OpenText {
  readonly setup: Setup;
  readonly offset: number;
  /** Other open texts, most recently used first. */
  readonly openTexts: readonly { readonly path: string; readonly text: string }[];
  readonly doubt: DoubtSettings;
}

/** A stretch that an engine is asked to write again. */
export interface OpinionRequest extends OpenText {
  readonly setup: Setup;
  /** What is in doubt: the statement around it is written again. */
  readonly stretch: TextRange;
  /** Other open texts, most recently used first. */
  readonly openTexts: readonly { readonly path: string; readonly text: string }[];
}

/** Pieces of code that an engine compares. */
export interface ComparisonRequest {
  readonly setup: Setup;
  readonly pieces: readonly string[];
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
  /** Looks for model servers on this machine. Sends no text and no key. */
  findServers(call: Call): Promise<readonly LocalServer[]>;
  /** Tries a server that a person named, with a text of Candor's own. */
  tryServer(choice: OpenaiChoice, call: Call): Promise<TriedServer>;
  /** Judges a text, after learning what changed in the workspace. */
  auditText(request: TextAudit, call: Call): Promise<TextReport>;
  /**
   * A region of a text that was judged, explained in full (`explainRegion`); null where the text is not held any more,
   * or was judged again since and has no such assessment.
   */
  explain(document: string, assessment: Assessment, call: Call): Promise<Assessment | null>;
  /**
   * A region of a text that was judged, by its syntax (`syntaxOfRegion`); null as in `explain`. A server is not asked again: it may be
   * paid for what it scores.
   */
  syntaxOf(document: string, assessment: Assessment, call: Call): Promise<RegionSyntax | null>;
  /** What a second opinion on a stretch would cost, after a look at how unsure the engine is there. A server is not asked for that. */
  opinionCost(request: OpinionRequest, call: Call): Promise<OpinionCost>;
  /** Lets the engine write a stretch several times again, and compares what it wrote (`secondOpinion`). */
  secondOpinion(request: OpinionRequest & Omit<Samples, 'isEnough' | 'mostAtOnce'>, call: Call): Promise<SecondOpinion>;
  /** What the engine would write from an offset on to the end of the statement; null for nothing worth showing. */
  completeAgain(request: Omit<SuggestionRequest, 'doubt'>, call: Call): Promise<WrittenFromHere | null>;
  /** How much likelier each piece of code is wrong than the others, by an engine that is asked about every pair (`compareCode`). */
  compareCode(request: ComparisonRequest, call: Call): Promise<readonly number[]>;
  /** How sure the engine was of a text that was judged, for a person to read; null where the text is not held any more. */
  summarize(document: string, call: Call): Promise<string | null>;
  /** The tokens in a range, with what the engine held likely in their place. */
  tokens(request: TokensRequest, call: Call): Promise<TokenTable>;
  /** Judges files. */
  auditFiles(request: FilesAudit, call: Call): Promise<ReportOutline>;
  /**
   * Explains what the page of the last report on files shows first. What is not explained by then stays as it is: where the call was
   * aborted, and where another engine has been opened since.
   */
  explainReport(call: Call): Promise<void>;
  /**
   * The page of the last report on files (`htmlReport`), for a webview; null where there is none.
   *
   * @param openCommand the command that a link to a place runs, with `{ path, line }`
   */
  reportPage(openCommand: string, call: Call): Promise<string | null>;
  /** What is calibrated for the engine and the workspace, the one that judges first. */
  calibrations(setup: Setup, call: Call): Promise<readonly Calibration[]>;
  /** Calibrates the engine to the history of the workspace, and judges by that from then on. */
  calibrate(setup: Setup & { readonly workspace: string }, call: Call): Promise<HistoryCalibration>;
  /**
   * What the engine would write at a caret, judged before it is shown; null for nothing worth showing, as from an engine that does not write.
   */
  suggest(request: SuggestionRequest, call: Call): Promise<string | null>;
  /** Assesses code that arrived, keeps that in the ledger, and follows the code from now on. */
  arrived(arrived: ArrivedText, call: Call): Promise<readonly FollowedRegion[]>;
  /** Looks at the followed regions of a document, and keeps what became of them. */
  look(look: DocumentLook, call: Call): Promise<readonly PlacedRegion[]>;
  /** A commit was made of documents with followed regions. */
  committed(seen: CommitSeen, call: Call): Promise<void>;
  /** What a person says of regions, or does with the ledger. */
  decide(decision: Decision, call: Call): Promise<LedgerCounts | null>;
  /** Fits the models of risk anew where there are enough outcomes; what is judged by from now on. */
  learnFromOutcomes(workspace: string, call: Call): Promise<Learned>;
  /** Answers an agent of the window (`createAgentDesk`); what fails is told in words that are for the agent. */
  answerAgent(question: AgentQuestion, call: Call): Promise<string>;
  /** The function around a place that a test could call (`testedFunction`); null where there is none. Opens no engine. */
  testedFunction(request: FunctionRequest, call: Call): Promise<TestedFunction | null>;
  /** Takes in what a recorder records, by its address; null: none any more. */
  followRecorder(address: string | null): void;
  /** Lets go of a text that was judged. */
  forget(document: string): void;
  /** Lets go of the last report on files. */
  forgetReport(): void;
  /** Says that files of the workspace changed: the next judgement looks at them again. */
  workspaceChanged(): void;
  close(): Promise<void>;
}
