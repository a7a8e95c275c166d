import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson, readPath } from '../../wire/jsonReaders.ts';
import { stateFolder } from '../userFolders.ts';
import { calibrationFolder } from './calibrationStore.ts';

/**
 * Deletes what was learned from outcomes in the editor: of one workspace or, where none is named, of all. Calibrations to histories
 * and data stay.
 */
export async function forgetLearned(
  workspace: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const all = join(stateFolder(environment), 'calibrations');
  const folders =
    workspace === undefined
      ? (await readdir(all).catch(() => [])).map((name) => join(all, name))
      : [calibrationFolder(workspace, environment)];
  for (const folder of folders) {
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const json = parseJson(await readFile(path, 'utf8').catch(() => ''));
      if (readPath(json, 'origin', 'kind') === 'editor') await rm(path, { force: true });
    }
  }
}
