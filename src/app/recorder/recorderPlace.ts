import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { newSecret } from '../../capture/recorder/newSecret.ts';
import { portOf } from '../../capture/recorder/recorderPort.ts';
import { parseJson, readCount, readField, readString } from '../../wire/jsonReaders.ts';
import { stateFolder } from '../userFolders.ts';

/** Where the recorder of a workspace is, today and tomorrow, so that tools need be told once. */
export interface RecorderPlace {
  readonly port: number;
  readonly secret: string;
}

/**
 * The place that is kept for a workspace in the user's state folder, or a new one, which is kept from now on. Only the user can
 * read it. Where nothing can be written every run has a secret of its own.
 */
export async function recorderPlace(
  workspace: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<RecorderPlace> {
  const kept = await keptRecorderPlace(workspace, environment);
  if (kept !== null) return kept;
  const place: RecorderPlace = { port: portOf(digestOf(workspace)), secret: newSecret() };
  const { folder, path } = fileOf(workspace, environment);
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(unfinished, JSON.stringify(place), { mode: 0o600, flag: 'wx' });
    await rename(unfinished, path);
    return placeIn(await readFile(path, 'utf8')) ?? place;
  } catch {
    return place;
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/** The place that is kept for a workspace; null where it never had a recorder. */
export async function keptRecorderPlace(
  workspace: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<RecorderPlace | null> {
  const { path } = fileOf(workspace, environment);
  return placeIn(await readFile(path, 'utf8').catch(() => ''));
}

/** The address that tools are given. */
export function recorderAddress({ port, secret }: RecorderPlace): string {
  return `http://127.0.0.1:${port}/${secret}`;
}

function fileOf(workspace: string, environment: NodeJS.ProcessEnv): { readonly folder: string; readonly path: string } {
  const folder = join(stateFolder(environment), 'recorders');
  return { folder, path: join(folder, `${digestOf(workspace)}.json`) };
}

function digestOf(workspace: string): string {
  return createHash('sha256').update(resolve(workspace)).digest('hex').slice(0, 32);
}

const SECRET = /^[0-9A-Za-z_-]{20,}$/;

function placeIn(text: string): RecorderPlace | null {
  const json = parseJson(text);
  const port = readCount(readField(json, 'port'));
  const secret = readString(readField(json, 'secret'));
  const isWhole = port !== null && port > 0 && port < 65_536 && secret !== null && SECRET.test(secret);
  return isWhole ? { port, secret } : null;
}
