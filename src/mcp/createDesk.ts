import type { Assets } from '../app/assets.ts';
import { createHeldTools, type OpenTools } from '../app/auditor/heldTools.ts';
import { auditWorkspace } from '../app/auditWorkspace.ts';
import { loadCalibrations } from '../app/calibration/loadCalibrations.ts';
import type { EngineChoice } from '../app/engineChoice.ts';
import { findChangedCode } from '../app/findChangedCode.ts';
import { findCode, type FoundCode } from '../app/findCode.ts';
import { findWorkspace } from '../app/findWorkspace.ts';
import type { Tools } from '../app/openTools.ts';
import { CandorError } from '../core/candorError.ts';
import type { Answer } from './answer.ts';
import { checkCost } from './checkCost.ts';
import { confinePath } from './confinePath.ts';
import { judgeLines } from './judgeLines.ts';
import { linesAnswer } from './linesAnswer.ts';
import { reportAnswer } from './reportAnswer.ts';
import type { Root } from './realRoots.ts';
import type { ToolCall } from './toolCall.ts';
import type { AskedLines } from './touchedLines.ts';

/**
 * Answers agents. Each call reads below one root, which is also all that its engine learns from.
 *
 * All reject with a CandorError, or with the reason of the call's signal when it is aborted.
 */
export interface Desk {
  /** What changed since a commit, uncommitted changes and new files included. */
  auditDiff(
    request: { readonly root?: string | undefined; readonly since: string; readonly top: number },
    call: ToolCall,
  ): Promise<Answer>;
  auditFiles(request: { readonly paths: readonly string[]; readonly top: number }, call: ToolCall): Promise<Answer>;
  howSure(request: { readonly path: string } & AskedLines, call: ToolCall): Promise<Answer>;
  /** Gives back the engine, when the calls that use it have ended. */
  close(): Promise<void>;
}

export interface DeskTools {
  /** The one engine that is ever opened, when it is first needed. */
  readonly choice: EngineChoice;
  readonly assets: Assets;
  readonly open: OpenTools;
  /** Keeps the identities of regions from telling their text; asked for once. */
  readonly salt: () => Promise<string>;
}

export function createDesk({ choice, assets, open, salt }: DeskTools): Desk {
  const held = createHeldTools(open);
  let knownSalt: Promise<string> | null = null;

  /** Does some work with the engine, by what is calibrated for the root, after which nothing it learned is taken for granted. */
  function withTools<Result>(
    root: Root,
    call: ToolCall,
    work: (
      tools: Tools,
      known: { readonly salt: string; readonly calibrationOf: Awaited<ReturnType<typeof loadCalibrations>>['of'] },
    ) => Promise<Result>,
  ): Promise<Result> {
    return held.use(choice, call, async (tools) => {
      knownSalt ??= salt();
      // A calibration is of the whole repository, wherever in it the root is.
      const { of: calibrationOf } = await loadCalibrations(findWorkspace([root.real]), assets);
      tools.learner?.markStale();
      return work(tools, { salt: await knownSalt, calibrationOf });
    });
  }

  async function audit(root: Root, found: FoundCode, top: number, call: ToolCall): Promise<Answer> {
    call.abortSignal.throwIfAborted();
    const code = await checkCost(root, found);
    const { onProgress, abortSignal } = call;
    const report = await withTools(root, call, (tools, known) =>
      auditWorkspace({ ...tools, ...known, workspace: root.real, code, top, onProgress, abortSignal }),
    );
    return reportAnswer(report);
  }

  return {
    async auditDiff({ root: asked, since, top }, call) {
      const { root, path, isFolder } = await confinePath(call.roots, asked ?? onlyRoot(call.roots).real);
      if (!isFolder) throw new CandorError('bad-call', 'The root of a diff is a folder. Name one, or none.');
      return audit(root, await findChangedCode(root.real, [path], since, call.abortSignal), top, call);
    },
    async auditFiles({ paths, top }, call) {
      const confined = [];
      for (const path of paths) confined.push(await confinePath(call.roots, path));
      const [root, ...others] = new Set(confined.map((one) => one.root));
      if (root === undefined || others.length > 0) {
        throw new CandorError(
          'bad-call',
          'One call goes to one root. Name at least one path, and all in the same root.',
        );
      }
      const found = await findCode(
        root.real,
        confined.map(({ path }) => path),
      );
      return audit(root, found, top, call);
    },
    async howSure({ path: asked, ...lines }, call) {
      const { root, path, isFolder } = await confinePath(call.roots, asked);
      if (isFolder) throw new CandorError('bad-call', `${JSON.stringify(asked)} is a folder. Name a file.`);
      const file = { root: root.real, path };
      const known = await withTools(root, call, (tools, more) =>
        judgeLines(tools, { ...tools, ...more }, file, lines, call),
      );
      return linesAnswer(known);
    },
    close: () => held.close(),
  };
}

function onlyRoot(roots: readonly Root[]): Root {
  const [root, ...others] = roots;
  if (root !== undefined && others.length === 0) return root;
  const names = roots.map(({ named }) => named).join(', ');
  throw new CandorError('bad-call', `There are several roots. Say which one has the diff: ${names}.`);
}
