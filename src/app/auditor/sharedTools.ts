import type { Assessor } from '../../assess/assessText.ts';
import type { Assets } from '../assets.ts';
import { loadCalibrations, type Calibrations } from '../calibration/loadCalibrations.ts';
import type { Tools } from '../openTools.ts';
import type { Call } from './call.ts';
import type { Setup } from './setup.ts';
import { createHeldTools, type HeldTools, type OpenTools } from './heldTools.ts';

/** What all calls of a thread share: the engine that is open, the salt, and what is calibrated. */
export interface SharedTools {
  readonly held: HeldTools;
  /** Keeps the identities of regions from telling their text. */
  readonly salt: () => Promise<string>;
  /** Read once, and again when something was calibrated. */
  readonly calibrationsOf: (workspace: string | null) => Promise<Calibrations>;
  /** Something was calibrated, or forgotten; in which workspace, if in one alone. */
  readonly recalibrated: (workspace?: string) => void;
  /** Teaches the engine the workspace as it is now. */
  readonly learn: (tools: Tools, setup: Setup, call: Call, first?: readonly string[]) => Promise<void>;
  readonly assessorOf: (tools: Tools, setup: Setup) => Promise<Assessor>;
}

/**
 * @param salt asked for when it is first needed
 * @param open opens the tools
 */
export function createSharedTools(assets: Assets, salt: () => Promise<string>, open: OpenTools): SharedTools {
  const calibrations = new Map<string | null, Promise<Calibrations>>();
  let knownSalt: Promise<string> | null = null;

  /** Asked for once: where it cannot be kept, each asking would make another. */
  function ownSalt(): Promise<string> {
    knownSalt ??= salt().catch((error: unknown) => {
      knownSalt = null;
      throw error;
    });
    return knownSalt;
  }

  function calibrationsOf(workspace: string | null): Promise<Calibrations> {
    const known = calibrations.get(workspace) ?? loadCalibrations(workspace, assets);
    calibrations.set(workspace, known);
    return known;
  }

  return {
    held: createHeldTools(open),
    salt: ownSalt,
    calibrationsOf,
    recalibrated(workspace) {
      if (workspace === undefined) calibrations.clear();
      else calibrations.delete(workspace);
    },
    async learn({ learner }, { workspace, folders }, { onProgress, abortSignal }, first = []) {
      const code = workspace === null ? { workspace: '', folders: [] } : { workspace, folders };
      await learner?.update({ ...code, first }, onProgress, abortSignal);
    },
    async assessorOf({ engine, scout, parser }, { workspace }) {
      const [known, { of: calibrationOf }] = await Promise.all([ownSalt(), calibrationsOf(workspace)]);
      return { engine, scout, parser, salt: known, calibrationOf };
    },
  };
}
