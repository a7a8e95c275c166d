import { z } from 'zod';
import { CALL_LIMITS } from './callLimits.ts';

/** Longer is no path of any system. */
const MOST_PATH_CHARACTERS = 4_096;
const MOST_COMMIT_CHARACTERS = 250;
const MOST_LINES = 10_000_000;
const DEFAULT_TOP = 10;

const path = z.string().min(1).max(MOST_PATH_CHARACTERS);
const line = z.int().min(0).max(MOST_LINES);
const top = z
  .int()
  .min(0)
  .max(CALL_LIMITS.regions)
  .default(DEFAULT_TOP)
  .describe('How many of the riskiest regions to explain and return in full. The others are only counted.');

/** What the tools take. */
export const TOOL_INPUTS = {
  auditDiff: z.strictObject({
    root: path
      .optional()
      .describe('The folder whose changes are meant, inside the roots. Default: the root, where there is only one.'),
    since: z
      .string()
      .min(1)
      .max(MOST_COMMIT_CHARACTERS)
      .default('HEAD')
      .describe('A commit, branch or tag. Everything that is different from it is judged, committed or not.'),
    top,
  }),
  auditFiles: z.strictObject({
    paths: z
      .array(path)
      .min(1)
      .max(CALL_LIMITS.paths)
      .describe('Files or folders, relative to a root or absolute, all inside the same root.'),
    top,
  }),
  howSure: z.strictObject({
    path: path.describe('A file, relative to a root or absolute.'),
    startLine: line
      .optional()
      .describe('First line, counted from 0 as in all results. Alone it is the one line that is asked about.'),
    endLine: line.optional().describe('Last line, included, counted from 0. Without any line: the whole file.'),
  }),
} as const;
