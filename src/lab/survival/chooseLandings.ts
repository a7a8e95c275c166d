import { aiTool } from '../../history/aiTool.ts';
import type { Landing } from '../../history/firstParentLandings.ts';
import { shuffled } from '../shuffled.ts';

/** A landing of more files brought somebody's whole project, not a change. */
const MOST_FILES = 300;

export interface Admission {
  /** Regions must have been followed so long. */
  readonly leastDays: number;
  /** Date of the last commit known, since 1970. */
  readonly snapshotMs: number;
  /** Take every landing, named by a tool or not. */
  readonly anyAuthor: boolean;
  readonly seed: number;
}

export interface ChosenLanding {
  readonly landing: Landing;
  readonly tool: string | null;
}

const DAY_MS = 86_400_000;

/**
 * The landings whose regions are admitted, in an order drawn by the seed: by date and authorship alone, never by what became of
 * them (docs/targets.md).
 */
export function chooseLandings(
  landings: readonly Landing[],
  { leastDays, snapshotMs, anyAuthor, seed }: Admission,
): readonly ChosenLanding[] {
  const admitted = landings.flatMap((landing): ChosenLanding[] => {
    const tool = toolOf(landing);
    const isAdmitted =
      (tool !== null || anyAuthor) &&
      landing.parent !== null &&
      landing.changes.length <= MOST_FILES &&
      landing.committedAtMs + leastDays * DAY_MS <= snapshotMs;
    return isAdmitted ? [{ landing, tool }] : [];
  });
  return shuffled(admitted, seed);
}

/** The tool that a landing names, or most of the commits that it brought. */
function toolOf(landing: Landing): string | null {
  const own = aiTool(landing);
  if (own !== null) return own;
  const tools = landing.brought.map(aiTool);
  const named = tools.filter((tool) => tool !== null);
  return 2 * named.length > tools.length ? (named[0] ?? null) : null;
}
