import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { detectLanguage } from '../../src/syntax/detectLanguage.ts';
import { readSource } from '../../src/audit/readSource.ts';

export interface CodeFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The files below a folder that an audit would judge, in order of path, up to a number of lines. */
export async function codeFiles(folder: string, maxLines = Number.POSITIVE_INFINITY): Promise<readonly CodeFile[]> {
  const files: CodeFile[] = [];
  let lines = 0;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (lines >= maxLines) break;
    if (detectLanguage(path) === null || !lstatSync(join(folder, path)).isFile()) continue;
    const source = await readSource(join(folder, path));
    if (source.kind === 'skipped') continue;
    files.push({ path, text: source.text });
    lines += countLines(source.text);
  }
  return files;
}

export function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
