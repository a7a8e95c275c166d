import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CandorError } from '../../core/candorError.ts';
import { keyOfCalibration, type Calibration } from '../../core/risk/calibration.ts';
import { parseCalibration } from '../../core/risk/parseCalibration.ts';
import { stateFolder } from '../userFolders.ts';

/** The calibrations that were fitted to the outcomes of one workspace. */
export interface CalibrationStore {
  /** All that can be read, of any Source and Target; what is damaged or of another version is passed over. */
  load(): Promise<readonly Calibration[]>;
  /** Puts a calibration in the place of the last one of its key, whole or not at all. */
  save(calibration: Calibration): Promise<void>;
}

/** Where the calibrations of a workspace are. */
export function calibrationFolder(workspace: string, environment: NodeJS.ProcessEnv = process.env): string {
  return join(stateFolder(environment), 'calibrations', digestOf(resolve(workspace)));
}

/** Keeps calibrations in the user's state folder, by the workspace's path: another workspace has other outcomes. */
export function calibrationStore(workspace: string, environment: NodeJS.ProcessEnv = process.env): CalibrationStore {
  const folder = calibrationFolder(workspace, environment);
  return {
    async load() {
      const names = await readdir(folder).catch(() => []);
      const found = await Promise.all(
        names.filter((name) => name.endsWith('.json')).map((name) => readCalibration(join(folder, name))),
      );
      return found.filter((calibration) => calibration !== null);
    },
    async save(calibration) {
      const path = join(folder, `${digestOf(keyOfCalibration(calibration))}.json`);
      const unfinished = `${path}.${randomUUID()}.part`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(unfinished, JSON.stringify(calibration), { mode: 0o600 });
        await rename(unfinished, path);
      } catch (cause) {
        const message = `The calibration cannot be kept in ${folder}. Make the folder writable, or set XDG_STATE_HOME.`;
        throw new CandorError('unreadable', message, { cause });
      } finally {
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** The public calibrations that came with Candor. */
export async function publicCalibrations(file: URL): Promise<readonly Calibration[]> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  const json: unknown = JSON.parse(text);
  return Array.isArray(json) ? json.map(parseCalibration) : [];
}

async function readCalibration(path: string): Promise<Calibration | null> {
  try {
    const json: unknown = JSON.parse(await readFile(path, 'utf8'));
    return parseCalibration(json);
  } catch {
    return null;
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
