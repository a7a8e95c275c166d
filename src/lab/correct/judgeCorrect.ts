import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextRange } from '../../engines/engine.ts';
import { findRegions } from '../../syntax/findRegions.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { keyedRandom } from '../faults/keyedRandom.ts';
import { plantFault, type PlantedFault } from '../faults/plantFault.ts';
import { runIsolated, type IsolatedCommand } from '../sandbox/runIsolated.ts';

/** Code in question, and the tests that may know whether it is right. */
export interface CorrectnessQuestion {
  /** A working copy of the project; it is copied, and nothing is written to it. */
  readonly folder: string;
  /** Of the file, relative to the folder. */
  readonly path: string;
  readonly language: LanguageId;
  /** The file as it is known to pass the tests. */
  readonly known: string;
  /** The file with the code in question, and where that is. */
  readonly asked: string;
  readonly region: TextRange;
  /** The project's tests: 0 for passing. */
  readonly tests: Pick<IsolatedCommand, 'program' | 'args' | 'limits' | 'programFolders'>;
  /** Slips to plant at most: each is a run of the tests. */
  readonly mostMutants: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** Draws of a slip for each that is wanted: most lie elsewhere in the function. */
const DRAWS_PER_MUTANT = 12;

/**
 * Whether code is `correct` (docs/targets.md), by the project's own tests, which run shut off from network and files (`runIsolated`).
 *
 * @returns 1: the tests pass, and fail when a slip is planted in the region, so they look at it. 0: the file passed before, and
 *   fails with the code in question. null: nobody knows, for the tests fail anyway or look at nothing there
 * @throws CandorError `unsupported` where strangers' code cannot be shut off; then nothing was run. The signal's reason when
 *   aborted
 */
export async function judgeCorrect(question: CorrectnessQuestion, parser: ParserPool): Promise<0 | 1 | null> {
  const { folder, path, known, asked, region, tests, signal } = question;
  const copy = await mkdtemp(join(tmpdir(), 'candor-correct-'));
  const passes = async (text: string): Promise<boolean> => {
    await writeFile(join(copy, path), text);
    const { exitCode } = await runIsolated({ ...tests, folder: copy, ...(signal && { signal }) });
    return exitCode === 0;
  };
  try {
    await cp(folder, copy, { recursive: true });
    if (!(await passes(known))) return null;
    if (known !== asked && !(await passes(asked))) return 0;
    for (const { text } of await mutantsIn(question, parser, region)) {
      if (!(await passes(text))) return 1;
    }
    return null;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Different slips inside the region, drawn by the seed. */
async function mutantsIn(
  { asked: text, path, language, mostMutants, seed, signal }: CorrectnessQuestion,
  parser: ParserPool,
  { start, end }: TextRange,
): Promise<readonly PlantedFault[]> {
  const spans = await parser.spans(text, language, signal);
  if (isSkipped(spans)) return [];
  const around = findRegions(spans, text).find((unit) => unit.start <= start && end <= unit.end);
  if (around === undefined) return [];
  const found = new Map<string, PlantedFault>();
  for (let draw = 0; draw < DRAWS_PER_MUTANT * mostMutants && found.size < mostMutants; draw++) {
    const target = { text, language, spans, region: around };
    const planted = await plantFault(target, parser, keyedRandom(seed, path, draw), signal);
    if (planted === null) break;
    const isInside = planted.start >= start && planted.start + planted.before.length <= end;
    if (isInside) found.set(planted.text, planted);
  }
  return [...found.values()];
}
