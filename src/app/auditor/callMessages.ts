import type { RegionSyntax } from '../../assess/syntaxOfRegion.ts';
import type { AssetAddresses } from '../assets.ts';
import type { ErrorReason } from '../../core/candorError.ts';
import type { LocalServer } from '../../engines/openai/findLocalServers.ts';
import type { Calibration } from '../../core/risk/calibration.ts';
import type { Assessment } from '../../core/words.ts';
import type { ReportOutline } from '../../report/reportOutline.ts';
import type { TokenTable } from '../../report/tokenTable.ts';
import type { AgentQuestion } from '../agents/createAgentDesk.ts';
import type { HistoryCalibration } from '../calibration/calibrateFromHistory.ts';
import type { PlacedRegion } from '../../capture/following/seeDocument.ts';
import type { ArrivedText, FollowedRegion } from '../capture/arrivedText.ts';
import type { Decision } from '../capture/decision.ts';
import type { CommitSeen, DocumentLook, LedgerCounts } from '../capture/witness.ts';
import type { EngineChoice, OpenaiChoice } from '../engineChoice.ts';
import type { FunctionRequest, TestedFunction } from '../testStub/testedFunction.ts';
import type { Learned } from '../learning/learnFromOutcomes.ts';
import type { TriedServer } from '../tryServer.ts';
import type { WrittenFromHere } from '../opinions/completeAgain.ts';
import type { OpinionCost } from '../opinions/opinionCost.ts';
import type { SecondOpinion } from '../../core/opinions/secondOpinion.ts';
import type {
  Auditor,
  ComparisonRequest,
  EngineDescription,
  FilesAudit,
  OpinionRequest,
  SuggestionRequest,
  TextAudit,
  TextReport,
  TokensRequest,
} from './auditor.ts';
import type { Setup } from './setup.ts';

/** What the auditor's thread and the thread that asks say to each other. Each call is answered once, or cancelled. */

/** The calls that are answered: what they ask and what they give. */
export interface Calls {
  readonly open: { readonly asks: EngineChoice; readonly gives: EngineDescription };
  readonly findServers: { readonly asks: null; readonly gives: readonly LocalServer[] };
  readonly tryServer: { readonly asks: OpenaiChoice; readonly gives: TriedServer };
  readonly auditText: { readonly asks: TextAudit; readonly gives: TextReport };
  readonly explain: {
    readonly asks: { readonly document: string; readonly assessment: Assessment };
    readonly gives: Assessment | null;
  };
  readonly syntaxOf: {
    readonly asks: { readonly document: string; readonly assessment: Assessment };
    readonly gives: RegionSyntax | null;
  };
  readonly opinionCost: { readonly asks: OpinionRequest; readonly gives: OpinionCost };
  readonly secondOpinion: {
    readonly asks: Parameters<Auditor['secondOpinion']>[0];
    readonly gives: SecondOpinion;
  };
  readonly completeAgain: {
    readonly asks: Omit<SuggestionRequest, 'doubt'>;
    readonly gives: WrittenFromHere | null;
  };
  readonly compareCode: { readonly asks: ComparisonRequest; readonly gives: readonly number[] };
  readonly summarize: { readonly asks: string; readonly gives: string | null };
  readonly tokens: { readonly asks: TokensRequest; readonly gives: TokenTable };
  readonly calibrations: { readonly asks: Setup; readonly gives: readonly Calibration[] };
  readonly calibrate: {
    readonly asks: Setup & { readonly workspace: string };
    readonly gives: HistoryCalibration;
  };
  readonly auditFiles: { readonly asks: FilesAudit; readonly gives: ReportOutline };
  readonly explainReport: { readonly asks: null; readonly gives: undefined };
  readonly reportPage: { readonly asks: string; readonly gives: string | null };
  readonly suggest: { readonly asks: SuggestionRequest; readonly gives: string | null };
  readonly arrived: { readonly asks: ArrivedText; readonly gives: readonly FollowedRegion[] };
  readonly look: { readonly asks: DocumentLook; readonly gives: readonly PlacedRegion[] };
  readonly committed: { readonly asks: CommitSeen; readonly gives: undefined };
  readonly decide: { readonly asks: Decision; readonly gives: LedgerCounts | null };
  readonly learnFromOutcomes: { readonly asks: string; readonly gives: Learned };
  readonly answerAgent: { readonly asks: AgentQuestion; readonly gives: string };
  readonly testedFunction: { readonly asks: FunctionRequest; readonly gives: TestedFunction | null };
}

export type CallName = keyof Calls;

/** A call by its name. */
export type Question = {
  readonly [Name in CallName]: { readonly name: Name; readonly asked: Calls[Name]['asks'] };
}[CallName];

export type CallerMessage =
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'forget'; readonly document: string }
  | { readonly kind: 'forgetReport' }
  | { readonly kind: 'workspaceChanged' }
  | { readonly kind: 'followRecorder'; readonly address: string | null }
  | { readonly kind: 'close' };

export type ThreadMessage =
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly activity: string;
      readonly done: number;
      readonly total: number;
    }
  | Answer<CallName>
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

export interface Answer<Name extends CallName> {
  readonly kind: 'answer';
  readonly id: number;
  readonly name: Name;
  readonly given: Calls[Name]['gives'];
}

/** An error, as it crosses from thread to thread. */
export interface Failure {
  readonly reason: ErrorReason;
  readonly message: string;
  /** What broke, where that is known: the stack of the error below. */
  readonly stack?: string;
}

/** What a thread is started with. */
export interface AuditorThreadData {
  readonly assets: AssetAddresses;
}

const CALLER_KINDS: ReadonlySet<unknown> = new Set<CallerMessage['kind']>([
  'ask',
  'cancel',
  'forget',
  'forgetReport',
  'workspaceChanged',
  'followRecorder',
  'close',
]);

/** Whether something that came over the channel is a message of ours: libraries in the thread might speak as well. */
export function isCallerMessage(value: unknown): value is CallerMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && CALLER_KINDS.has(value.kind);
}

const THREAD_KINDS: ReadonlySet<unknown> = new Set<ThreadMessage['kind']>(['progress', 'answer', 'failed']);

export function isThreadMessage(value: unknown): value is ThreadMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && THREAD_KINDS.has(value.kind);
}

export function isAnswerTo<Name extends CallName>(name: Name, message: ThreadMessage): message is Answer<Name> {
  return message.kind === 'answer' && message.name === name;
}

export function isAuditorThreadData(value: unknown): value is AuditorThreadData {
  return typeof value === 'object' && value !== null && 'assets' in value;
}
