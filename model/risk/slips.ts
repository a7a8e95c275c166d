/**
 * Makes labelled data of planted slips: of each function two statements, one with the slip and the same as it was. Lines for
 * `candor evaluate`. It tells how well signals find slips, not how often code is wrong: half of these are.
 *
 *     node model/risk/slips.ts --out=FILE [--most=40] [--seed=1] PROJECT...
 *
 * The grammars are those of `npm run build`.
 */
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { placeAround } from '../../src/app/opinions/placeAround.ts';
import type { FaultRow } from '../../src/lab/faults/faultRow.ts';
import { createParserPool } from '../../src/syntax/parserPool.ts';
import { isSkipped } from '../../src/syntax/skipped.ts';
import { drawSlips } from './drawSlips.ts';

const { values, positionals } = parseArgs({
  options: { out: { type: 'string' }, most: { type: 'string', default: '40' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
if (values.out === undefined) throw new Error('needs --out=FILE');
const parser = createParserPool({
  workerUrl: new URL('../../src/syntax/parseWorker.ts', import.meta.url),
  grammarsUrl: new URL('../../dist/grammars/', import.meta.url),
  threads: 1,
});
const file = createWriteStream(values.out);
let count = 0;
try {
  for (const project of positionals) {
    const workspace = resolve(project);
    const rows = await drawSlips(workspace, parser, { most: Number(values.most), seed: Number(values.seed) });
    for (const row of rows) {
      const { text, slip, before } = row;
      const clean = text.slice(0, slip.start) + before + text.slice(slip.end);
      const cleanSlip = { start: slip.start, end: slip.start + before.length };
      const pair = [await item(row, text, slip, 0), await item(row, clean, cleanSlip, 1)];
      if (pair.includes(null)) continue;
      for (const line of pair) file.write(`${line ?? ''}\n`);
      count++;
    }
  }
} finally {
  file.end();
  await parser.close();
}
console.log(`${count} slips, each beside the statement as it was`);

/** The statement around a slip, or around what was there; null where there is none. */
async function item(
  { id, language, repository }: FaultRow,
  text: string,
  stretch: { readonly start: number; readonly end: number },
  label: 0 | 1,
): Promise<string | null> {
  const spans = await parser.spans(text, language);
  const place = placeAround(text, isSkipped(spans) ? null : spans, stretch);
  if (place === null) return null;
  return JSON.stringify({
    id: `${repository ?? ''} ${id} ${label === 1 ? 'clean' : 'slip'}`,
    language,
    prefix: text.slice(0, place.start),
    completion: text.slice(place.start, place.end),
    suffix: text.slice(place.end),
    label,
    group: `${repository ?? ''} ${id}`,
  });
}
