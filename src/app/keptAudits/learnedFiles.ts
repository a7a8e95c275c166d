import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isRecord, parseJson } from '../../wire/jsonReaders.ts';

/** Which files a kept snapshot of the n-gram engine has learned. */
export interface LearnedFiles {
  /** The snapshot that this is about. */
  readonly snapshot: string;
  readonly workspace: string;
  readonly folders: readonly string[];
  /** By path, the size and time of each file when it was learned; null: it was not. */
  readonly stamps: readonly (readonly [path: string, stamp: string | null])[];
}

/** @returns null where there is none, or none that can be read */
export async function readLearned(file: string): Promise<LearnedFiles | null> {
  const text = await readFile(listOf(file), 'utf8').catch(() => '');
  const json = parseJson(text);
  return isLearnedFiles(json) ? json : null;
}

/** Whole or not at all. */
export async function writeLearned(file: string, learned: LearnedFiles): Promise<void> {
  const unfinished = `${listOf(file)}.${randomUUID()}.part`;
  try {
    await writeFile(unfinished, JSON.stringify(learned), { mode: 0o600, flag: 'wx' });
    await rename(unfinished, listOf(file));
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Beside the snapshot. */
function listOf(file: string): string {
  return `${file}.json`;
}

function isLearnedFiles(json: unknown): json is LearnedFiles {
  return (
    isRecord(json) &&
    typeof json.snapshot === 'string' &&
    typeof json.workspace === 'string' &&
    isListOf(json.folders, (folder) => typeof folder === 'string') &&
    isListOf(json.stamps, isStamp)
  );
}

function isStamp(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'string' && (value[1] === null || typeof value[1] === 'string');
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}
