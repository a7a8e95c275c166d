/**
 * Measures what findings are worth: how often they hold a planted slip, and how many a function gets that has none.
 *
 *     node model/risk/findings.ts --engine=ngram|bundled [--most=40] [--seed=1] [--out=FILE] PROJECT...
 *
 * Each project is a folder; the engine has learned all of it, each file being scored without its own counts. The grammars are those of
 * `npm run build`.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assetsIn } from '../../src/app/assets.ts';
import { openTools } from '../../src/app/openTools.ts';
import { measureFindings, type MeasuredFindings } from '../../src/lab/findings/measureFindings.ts';
import { drawSlips } from './drawSlips.ts';

const { values, positionals } = parseArgs({
  options: {
    engine: { type: 'string', default: 'ngram' },
    most: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
  allowPositionals: true,
});
const { engine: name } = values;
if (name !== 'ngram' && name !== 'bundled') throw new Error('--engine is ngram or bundled');
/** It reads everything, and nothing stands in for it. */
const BUNDLED = { engine: 'bundled', share: 1, isOptional: false } as const;
/** What an audit finds; the other kinds take samples. */
const AUDIT_KINDS = ['expectedOther'] as const;
const most = Number(values.most);
const assets = assetsIn(new URL('../../dist/', import.meta.url));
const measured: MeasuredFindings[] = [];
const startedMs = performance.now();
for (const project of positionals) measured.push(...(await measureProject(resolve(project))));
if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(measured));
printTables();

async function measureProject(workspace: string): Promise<readonly MeasuredFindings[]> {
  const tools = await openTools(name === 'bundled' ? BUNDLED : { engine: 'ngram' }, assets, () => undefined);
  try {
    await tools.learner?.update({ workspace, folders: [workspace], first: [] }, () => undefined);
    const rows = await drawSlips(workspace, tools.parser, { most, seed: Number(values.seed) });
    const results: MeasuredFindings[] = [];
    for (const row of rows) results.push(await measureFindings({ ...tools, scout: null, salt: 'lab' }, row));
    return results;
  } finally {
    await tools.close();
  }
}

function printTables(): void {
  const functions = measured.length;
  console.log(
    `engine ${name}: ${functions} functions with a slip, ${((performance.now() - startedMs) / 1000).toFixed(0)} s\n`,
  );
  console.log('| kind | findings | on the slip, % | on its line, % | in clean functions, of 100 | slips found, % |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const kind of [...AUDIT_KINDS, 'all'] as const) {
    const isOf = (one: string): boolean => kind === 'all' || one === kind;
    const found = measured.flatMap(({ faulty }) => faulty.filter(({ kind: own }) => isOf(own)));
    const clean = measured.flatMap((one) => one.clean.filter(({ kind: own }) => isOf(own))).length;
    const caught = measured.filter(({ faulty }) => faulty.some((one) => isOf(one.kind) && one.isOnSlip)).length;
    const percent = (part: number, of: number): string => (of === 0 ? '-' : ((100 * part) / of).toFixed(1));
    const onSlip = found.filter(({ isOnSlip }) => isOnSlip).length;
    const onLine = found.filter(({ isOnLine }) => isOnLine).length;
    console.log(
      `| ${kind} | ${found.length} | ${percent(onSlip, found.length)} | ${percent(onLine, found.length)} | ${percent(clean, functions)} | ${percent(caught, functions)} |`,
    );
  }
  console.log('\n| slip | functions | found, % |\n| --- | ---: | ---: |');
  for (const [slip, own] of Map.groupBy(measured, (one) => one.slip)) {
    const caught = own.filter(({ faulty }) => faulty.some(({ isOnSlip }) => isOnSlip)).length;
    console.log(`| ${slip} | ${own.length} | ${((100 * caught) / own.length).toFixed(0)} |`);
  }
}
