import { assessText, type Assessor } from '../../assess/assessText.ts';
import type { RegionSyntax } from '../../assess/syntaxOfRegion.ts';
import { orderOf } from '../../audit/auditFiles.ts';
import { fileSketch } from '../../audit/fileSketch.ts';
import { skipReasonOfText } from '../../audit/readSource.ts';
import type { JudgedFile } from '../../audit/report.ts';
import { reportSummary } from '../../audit/reportSummary.ts';
import { CandorError } from '../../core/candorError.ts';
import { lineIndexOf } from '../../core/lineIndex.ts';
import { readingOrder } from '../../core/readingOrder.ts';
import type { Assessment, Source } from '../../core/words.ts';
import { findLocalServers } from '../../engines/openai/findLocalServers.ts';
import { calibrationNote } from '../../report/calibrationWords.ts';
import { reportOutline, type ReportOutline } from '../../report/reportOutline.ts';
import { textSummary } from '../../report/textReport.ts';
import { tokenDigest } from '../../report/tokenDigest.ts';
import { tokenTable, type TokenTable } from '../../report/tokenTable.ts';
import { alignTokens } from '../../syntax/alignTokens.ts';
import { isLanguageId, languageEntry } from '../../syntax/languages.ts';
import { lineSpans } from '../../syntax/lineSpans.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { createAgentDesk } from '../agents/createAgentDesk.ts';
import type { Assets } from '../assets.ts';
import { auditWorkspace } from '../auditWorkspace.ts';
import { calibrateFromHistory, DEFAULT_HISTORY, type HistoryCalibration } from '../calibration/calibrateFromHistory.ts';
import { calibrationStore, publicCalibrations } from '../calibration/calibrationStore.ts';
import { openHistoryTools } from '../calibration/openHistoryTools.ts';
import { findAiWrittenCode } from '../findAiWrittenCode.ts';
import { findChangedCode } from '../findChangedCode.ts';
import { findCode, type FoundCode } from '../findCode.ts';
import { serverOf } from '../openEngine.ts';
import { openKeptAudit, type KeptAudit } from '../keptAudits/keptAudit.ts';
import { lookPoolFor } from '../looking/lookPool.ts';
import { openTools, type Tools } from '../openTools.ts';
import { tryServer } from '../tryServer.ts';
import { createFunctionFinder } from '../testStub/createFunctionFinder.ts';
import { ledgerPath } from '../userFolders.ts';
import { createOpinions } from './createOpinions.ts';
import { createCapture } from './createCapture.ts';
import type { Auditor, FilesAudit, TextAudit, TextReport, TokensRequest } from './auditor.ts';
import type { Call } from './call.ts';
import type { Setup } from './setup.ts';
import {
  assessmentsOf,
  explainPlace,
  placeOf,
  syntaxOfPlace,
  tokenCountOf,
  type HeldPiece,
  type HeldText,
} from './heldText.ts';
import type { OpenTools } from './heldTools.ts';
import { createLastReport } from './lastReport.ts';
import { recentlyUsed } from './recentlyUsed.ts';
import { createSharedTools } from './sharedTools.ts';
import { linesOfRanges, piecesToJudge } from './textPieces.ts';

/** Texts whose trees and tokens are kept. */
const HELD_TEXTS = 20;

/** Regions that a summary and a report's page explain, as `candor audit` does by default. */
const EXPLAINED_REGIONS = 10;

/** Alternatives of a token in a table. */
const TOKEN_ALTERNATIVES = 8;

/**
 * An auditor that works in the thread that calls it.
 *
 * @param salt keeps the identities of regions from telling their text; asked for when it is first needed
 * @param open opens the tools; another one is for tests
 * @param keptAudit what earlier audits of a workspace found
 */
export function createAuditor(
  assets: Assets,
  salt: () => Promise<string>,
  open: OpenTools = (choice, onProgress, signal) => openTools(choice, assets, onProgress, signal),
  keptAudit: (workspace: string) => Promise<KeptAudit> = openKeptAudit,
): Auditor {
  const shared = createSharedTools(assets, salt, open);
  const { held, learn, assessorOf, calibrationsOf } = shared;
  const capture = createCapture(assets, shared, open);
  const texts = recentlyUsed<HeldText>(HELD_TEXTS);
  const lastReport = createLastReport(shared.salt);
  let askedCount = 0;

  async function auditText(request: TextAudit, call: Call): Promise<TextReport> {
    const { document, text, path, language, setup, within } = request;
    const number = ++askedCount;
    const pieces = piecesToJudge(text, within);
    if (typeof pieces === 'string') {
      texts.delete(document);
      return { kind: 'skipped', reason: pieces };
    }
    return held.use(setup.choice, call, async (tools) => {
      await learn(tools, setup, call);
      const assessor = await assessorOf(tools, setup);
      const { abortSignal } = call;
      const judged: HeldPiece[] = [];
      for (const { offset, ...piece } of pieces) {
        const toAssess = { ...piece, path, language };
        const assessed = await assessText(assessor, { ...toAssess, abortSignal });
        // The signal is this call's alone; what is kept serves others.
        judged.push({ assessed: { ...assessed, request: toAssess }, offset });
      }
      const source = sourceOf(judged, tools);
      const learnedTokenCount = tools.learner?.learnedTokenCount ?? 0;
      const judgedText: HeldText = { request, number, tools, pieces: judged, source, learnedTokenCount };
      // A call that took long must not take the place of one that was asked after it.
      if (number > (texts.get(document)?.number ?? 0)) texts.set(document, judgedText);
      return {
        kind: 'judged',
        source,
        note: calibrationNote(assessor.calibrationOf?.(source) ?? null),
        assessments: assessmentsOf(judgedText),
        tokenCount: tokenCountOf(judgedText),
        learnedTokenCount,
        standsInBecause: tools.standsInBecause?.message ?? null,
      };
    });
  }

  /** The text that is held of a document; undefined where the engine that judged it is not held any more. */
  function heldText(document: string): HeldText | undefined {
    const text = texts.get(document);
    if (text === undefined || text.tools === held.current) return text;
    texts.delete(document);
    return undefined;
  }

  async function explain(document: string, assessment: Assessment, call: Call): Promise<Assessment | null> {
    const text = heldText(document);
    const place = text && placeOf(text, assessment);
    if (text === undefined || place === undefined) return null;
    return held.use(text.request.setup.choice, call, async (tools) =>
      explainPlace(await assessorOf(tools, text.request.setup), place, call.abortSignal),
    );
  }

  async function syntaxOf(document: string, assessment: Assessment, call: Call): Promise<RegionSyntax | null> {
    const text = heldText(document);
    const place = text && placeOf(text, assessment);
    if (text === undefined || place === undefined) return null;
    const { choice } = text.request.setup;
    return held.use(choice, call, () => syntaxOfPlace(place, choice.engine !== 'openai', call.abortSignal));
  }

  async function summarize(document: string, call: Call): Promise<string | null> {
    const text = heldText(document);
    if (text === undefined) return null;
    return held.use(text.request.setup.choice, call, async (tools) => {
      const { request } = text;
      const assessor = await assessorOf(tools, request.setup);
      const file: JudgedFile = {
        path: request.path,
        language: isLanguageId(request.language) ? languageEntry(request.language).name : null,
        lines: lineIndexOf(request.text),
        tokenCount: tokenCountOf(text),
        categories: [],
        assessments: assessmentsOf(text),
      };
      const riskiest = file.assessments
        .toSorted(readingOrder(text.source.engine))
        .slice(0, EXPLAINED_REGIONS)
        .map((assessment) => ({ file, assessment }));
      for (const [index, { assessment }] of riskiest.entries()) {
        const place = placeOf(text, assessment);
        if (place === undefined) continue;
        riskiest[index] = { file, assessment: await explainPlace(assessor, place, call.abortSignal) };
        call.onProgress('explaining', index + 1, riskiest.length);
      }
      const calibration = assessor.calibrationOf?.(text.source) ?? null;
      const report = {
        source: text.source,
        calibration,
        orderedBy: orderOf(calibration),
        files: [file],
        summary: reportSummary([fileSketch(file)]),
        riskiest,
        learnedTokenCount: text.learnedTokenCount,
        otherFileCount: 0,
      };
      return textSummary(report, tokenDigest(text.pieces.map(({ assessed }) => assessed)));
    });
  }

  async function tokens({ text, path, language, setup, range }: TokensRequest, call: Call): Promise<TokenTable> {
    const stretch = isTooLong(text) ? linesOfRanges(text, [range])[0] : undefined;
    const offset = stretch?.start ?? 0;
    const piece = stretch === undefined ? text : text.slice(stretch.start, stretch.end);
    if (isTooLong(piece)) {
      throw new CandorError('unsupported', 'These lines are over 1 MB, too long to show their tokens. Select less.');
    }
    return held.use(setup.choice, call, async (tools) => {
      await learn(tools, setup, call);
      const { engine, parser } = tools;
      const { abortSignal } = call;
      const inPiece = { start: range.start - offset, end: range.end - offset };
      const [parsed, scored] = await Promise.all([
        parser.spans(piece, language, abortSignal),
        engine.score({ text: piece, path, detail: { topK: TOKEN_ALTERNATIVES, ranges: [inPiece] }, abortSignal }),
      ]);
      abortSignal.throwIfAborted();
      const spans = isSkipped(parsed) ? lineSpans(piece) : parsed;
      const { chargedLeaves } = alignTokens(spans, piece, scored.tokenEnds);
      return tokenTable({ scored, spans, chargedLeaves, offset, lines: lineIndexOf(text) }, range);
    });
  }

  async function auditFiles(audit: FilesAudit, call: Call): Promise<ReportOutline> {
    const { setup, files } = audit;
    const { workspace, folders } = setup;
    const { onProgress, abortSignal } = call;
    const openTexts = new Map(audit.openTexts.map(({ path, text }) => [path, text]));
    return held.use(setup.choice, call, async (tools) => {
      const salt = await shared.salt();
      const code = await codeIn({ ...audit, openTexts }, { salt, parser: tools.parser }, call);
      abortSignal.throwIfAborted();
      const { of: calibrationOf } = await calibrationsOf(workspace);
      // All of a report is scored by one snapshot, while that of texts in view follows each edit.
      const own = { ...tools, ...tools.apart() };
      const kept = await keptAudit(workspace);
      const pool = lookPoolFor(own, assets, {
        root: workspace,
        fileCount: code.files.length,
        calibrationOf,
        salt,
        abortSignal,
      });
      try {
        const { explained, ...report } = await auditWorkspace({
          ...own,
          salt,
          calibrationOf,
          workspace,
          folders,
          code,
          openTexts,
          // The tree of the report explains none, and its page asks for that by itself.
          top: 0,
          kept,
          mayBeOlder: files.kind === 'paths',
          ...(pool && { looking: pool }),
          onProgress,
          abortSignal,
        });
        const outline = reportOutline(report);
        // Nobody waits for it any more, and what is shown is of the audit before.
        abortSignal.throwIfAborted();
        const paths = code.files.map(({ path }) => path);
        lastReport.keep({
          report,
          workspace,
          paths,
          store: kept.store,
          madeAtMs: Date.now(),
          // By the model that judged, as long as it is open.
          explained: async (watch) =>
            tools === held.current ? held.use(setup.choice, watch, () => explained(EXPLAINED_REGIONS, watch)) : null,
        });
        return outline;
      } catch (error) {
        kept.store.close();
        throw error;
      } finally {
        await pool?.close();
      }
    });
  }

  async function calibrate(
    { choice, workspace }: Setup & { readonly workspace: string },
    { onProgress, abortSignal }: Call,
  ): Promise<HistoryCalibration> {
    if (choice.engine === 'openai') {
      const message = 'A history is read by embedded engines only. Choose another engine, and calibrate again.';
      throw new CandorError('unsupported', message);
    }
    const priors = await publicCalibrations(assets.publicCalibrations);
    const tools = await openHistoryTools(choice, assets, onProgress, abortSignal);
    try {
      const request = { ...DEFAULT_HISTORY, folder: workspace, onProgress, abortSignal };
      return await calibrateFromHistory(tools, priors, calibrationStore(workspace), request);
    } finally {
      shared.recalibrated(workspace);
      await tools.close();
    }
  }

  return {
    open: (choice, call) =>
      held.use(choice, call, ({ engine, device }) => Promise.resolve({ source: engine.source, device })),
    findServers: ({ abortSignal }) => findLocalServers({}, abortSignal),
    tryServer: (choice, { abortSignal }) => tryServer(serverOf(choice), abortSignal),
    auditText,
    explain,
    syntaxOf,
    summarize,
    tokens,
    auditFiles,
    explainReport: (call) => lastReport.explain(call),
    async reportPage(openCommand, { abortSignal }) {
      abortSignal.throwIfAborted();
      return lastReport.page(openCommand);
    },
    calibrations: ({ choice, workspace }, call) =>
      held.use(choice, call, async ({ engine }) => (await calibrationsOf(workspace)).allOf(engine.source)),
    calibrate,
    ...capture,
    ...createOpinions(assets, shared),
    answerAgent: createAgentDesk(shared),
    testedFunction: createFunctionFinder(assets.grammars),
    forget(document) {
      texts.delete(document);
    },
    forgetReport() {
      lastReport.forget();
    },
    workspaceChanged() {
      held.current?.learner?.markStale();
    },
    async close() {
      texts.clear();
      lastReport.forget();
      await Promise.all([capture.close(), held.close()]);
    },
  };
}

/** With its unsaved texts by path. */
interface AuditOfTexts extends Omit<FilesAudit, 'openTexts'> {
  readonly openTexts: ReadonlyMap<string, string>;
}

function codeIn(
  { setup, files, exclude = [], followed = [], openTexts }: AuditOfTexts,
  tools: Pick<Assessor, 'salt' | 'parser'>,
  { abortSignal: signal, onProgress }: Call,
): Promise<FoundCode> {
  const { workspace } = setup;
  if (files.kind === 'paths') return findCode(workspace, files.paths, exclude);
  const where = { workspace, folders: files.folders, exclude };
  if (files.kind === 'changes') return findChangedCode(where, files.since, signal);
  // Who cannot read the ledger cannot write to it either, and is told of that where code arrives.
  return findAiWrittenCode({ ...where, ...tools, ledger: ledgerPath(), openTexts, followed, signal, onProgress });
}

/** The engine's where it read something, be it a part. */
function sourceOf(pieces: readonly HeldPiece[], { engine }: Tools): Source {
  const sources = pieces.flatMap(({ assessed }) => assessed.regions.map(({ assessment }) => assessment.source));
  return sources.find((source) => source.engine === engine.name) ?? sources[0] ?? engine.source;
}

function isTooLong(text: string): boolean {
  return skipReasonOfText(text) === 'over 1 MB';
}
