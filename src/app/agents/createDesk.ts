import type { SharedTools } from '../auditor/sharedTools.ts';
import { auditWorkspace } from '../auditWorkspace.ts';
import { findChangedCode } from '../findChangedCode.ts';
import { findCode, type FoundCode } from '../findCode.ts';
import { commonFolder } from '../findWorkspace.ts';
import type { Tools } from '../openTools.ts';
import { CandorError } from '../../core/candorError.ts';
import type { Answer } from './answer.ts';
import { checkCost } from './checkCost.ts';
import { confinePath, type ConfinedPath } from './confinePath.ts';
import { judgeLines } from './judgeLines.ts';
import { linesAnswer } from './linesAnswer.ts';
import { reportAnswer } from './reportAnswer.ts';
import type { Root } from './realRoots.ts';
import { surroundings, type Surroundings } from './surroundings.ts';
import type { ToolCall } from './toolCall.ts';
import { engineWithinTime, filesWithinTime } from './withinTime.ts';
import type { AskedLines } from './touchedLines.ts';

/**
 * Answers agents. Each call reads below one root; what its engine learns from are its surroundings.
 *
 * All reject with a CandorError, or with the reason of the call's signal when it is aborted. An audit that has no time left answers
 * with what it has judged by then, and says that it is incomplete.
 */
export interface Desk {
  /** What changed since a commit, uncommitted changes and new files included. */
  auditDiff(
    request: { readonly root?: string | undefined; readonly since: string; readonly top: number },
    call: ToolCall,
  ): Promise<Answer>;
  auditFiles(request: { readonly paths: readonly string[]; readonly top: number }, call: ToolCall): Promise<Answer>;
  howSure(request: { readonly path: string } & AskedLines, call: ToolCall): Promise<Answer>;
}

/** What a desk works with: the engine, opened when it is first needed, the salt, and what is calibrated. */
export type DeskTools = Pick<SharedTools, 'held' | 'salt' | 'calibrationsOf'>;

/** A desk with tools that it may share, and that whoever made them closes. */
export function createDesk({ held, salt, calibrationsOf }: DeskTools): Desk {
  /** Does some work with the engine, by what is calibrated for the code, after which nothing it learned is taken for granted. */
  function withTools<Result>(
    { calibrated }: Surroundings,
    call: ToolCall,
    work: (
      tools: Tools,
      known: { readonly salt: string; readonly calibrationOf: Awaited<ReturnType<typeof calibrationsOf>>['of'] },
    ) => Promise<Result>,
  ): Promise<Result> {
    return held.use(call.choice, call, async (tools) => {
      const { of: calibrationOf } = await calibrationsOf(calibrated);
      tools.learner?.markStale();
      return work(tools, { salt: await salt(), calibrationOf });
    });
  }

  async function audit(
    root: Root,
    around: Surroundings,
    found: FoundCode,
    top: number,
    call: ToolCall,
  ): Promise<Answer> {
    call.abortSignal.throwIfAborted();
    const { workspace, folders } = around;
    const code = await checkCost(root, workspace, found);
    const { onProgress, abortSignal, timeSignal } = call;
    const codeInTime = { ...code, files: filesWithinTime(code.files, timeSignal) };
    const report = await withTools(around, call, ({ scout, ...tools }, known) => {
      const engine = engineWithinTime(tools.engine, timeSignal);
      const scoutInTime = scout && { ...scout, engine: engineWithinTime(scout.engine, timeSignal) };
      const inTime = { engine, scout: scoutInTime, code: codeInTime };
      return auditWorkspace({ ...tools, ...known, ...inTime, workspace, folders, top, onProgress, abortSignal });
    });
    // An answer about nothing at all would be taken for a good one.
    if (report.summary.judgedFiles === 0) timeSignal.throwIfAborted();
    return reportAnswer(report, timeSignal.aborted);
  }

  return {
    async auditDiff({ root: asked, since, top }, call) {
      const { root, path, isFolder } = await confine(call, asked ?? onlyRoot(call.roots).real);
      if (!isFolder) throw new CandorError('bad-call', 'The root of a diff is a folder. Name one, or none.');
      const around = surroundings(call, root);
      return audit(
        root,
        around,
        await findChangedCode({ workspace: around.workspace, folders: [path] }, since, call.abortSignal),
        top,
        call,
      );
    },
    async auditFiles({ paths, top }, call) {
      const confined = [];
      for (const path of paths) confined.push(await confine(call, path));
      const [root, ...others] = new Set(confined.map((one) => one.root));
      if (root === undefined || others.length > 0) {
        throw new CandorError(
          'bad-call',
          'One call goes to one root. Name at least one path, and all in the same root.',
        );
      }
      const around = surroundings(call, root);
      const found = await findCode(
        around.workspace,
        confined.map(({ path }) => path),
      );
      return audit(root, around, found, top, call);
    },
    async howSure({ path: asked, ...lines }, call) {
      const { root, path, isFolder } = await confine(call, asked);
      if (isFolder) throw new CandorError('bad-call', `${JSON.stringify(asked)} is a folder. Name a file.`);
      const around = surroundings(call, root);
      const file = { around, path };
      const known = await withTools(around, call, (tools, more) =>
        judgeLines(tools, { ...tools, ...more }, file, lines, call),
      );
      return linesAnswer(known);
    },
  };
}

/** Paths in answers are relative to what is around the roots, and may be asked about as they are. */
function confine({ roots, areOneWindow }: ToolCall, asked: string): Promise<ConfinedPath> {
  return confinePath(roots, asked, areOneWindow ? [commonFolder(roots.map(({ real }) => real))] : []);
}

function onlyRoot(roots: readonly Root[]): Root {
  const [root, ...others] = roots;
  if (root !== undefined && others.length === 0) return root;
  const names = roots.map(({ named }) => named).join(', ');
  throw new CandorError('bad-call', `There are several roots. Say which one has the diff: ${names}.`);
}
