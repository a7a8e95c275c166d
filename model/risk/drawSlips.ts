import { basename, resolve } from 'node:path';
import { findCode } from '../../src/app/findCode.ts';
import { readSource } from '../../src/audit/readSource.ts';
import type { FaultRow } from '../../src/lab/faults/faultRow.ts';
import { plantFaults, type FaultyFile } from '../../src/lab/faults/plantFaults.ts';
import { isLanguageId } from '../../src/syntax/languages.ts';
import type { ParserPool } from '../../src/syntax/parserPool.ts';

/** Functions of a project with one slip planted in each, as many as asked for, the same for the same seed. */
export async function drawSlips(
  workspace: string,
  parser: ParserPool,
  { most, seed }: { readonly most: number; readonly seed: number },
): Promise<readonly FaultRow[]> {
  const { files } = await findCode(workspace, [workspace]);
  const texts: FaultyFile[] = [];
  for (const { path, language } of files) {
    const source = await readSource(resolve(workspace, path));
    if (source.kind === 'text' && isLanguageId(language)) texts.push({ path, language, text: source.text });
  }
  const drawn: { readonly draw: number; readonly row: FaultRow }[] = [];
  for await (const one of plantFaults(texts, { seed, parser, repository: basename(workspace) })) drawn.push(one);
  return drawn
    .sort((one, other) => one.draw - other.draw)
    .slice(0, most)
    .map(({ row }) => row);
}
