import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { writeRandomGguf, type GgufShape } from './writeRandomGguf.ts';

/** The script that holds the model, as it lies in the sources. */
export const CHILD_URL = new URL('../../src/engines/llama/llamaChild.ts', import.meta.url);

/** A model file of random weights for the tests of one file: written before them, gone after them. */
export function randomGguf(shape: Partial<GgufShape> = {}): () => string {
  let folder = '';
  const path = (): string => join(folder, 'model.gguf');
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'candor-gguf-'));
    writeRandomGguf(path(), shape);
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return path;
}
