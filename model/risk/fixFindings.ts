/**
 * Measures what findings are worth on real bug fixes: functions as they were before a fix changed one to five of their lines. A finding on such a
 * line may be the fault; most others are not.
 *
 *     node model/risk/fixFindings.ts --mirrors MIRRORS [--most=25] [--seed=1] [--no-model] OWNER/NAME...
 *
 * `MIRRORS` holds a git directory of each repository as `OWNER+NAME/repo`. The engines know the tree before the fix without the file that
 * was fixed. The grammars are those of `npm run build`.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Engine } from '../../src/engines/engine.ts';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { MixtureEngine } from '../../src/engines/mixture/mixtureEngine.ts';
import { NgramEngine } from '../../src/engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { openObjectReader } from '../../src/history/objectReader.ts';
import { openRepository } from '../../src/history/openRepository.ts';
import { measureFix, type MeasuredFix } from '../../src/lab/findings/measureFindings.ts';
import { findFixes } from '../../src/lab/fixes/findFixes.ts';
import { createTimeMachine } from '../../src/lab/survival/timeMachine.ts';
import { createParserPool } from '../../src/syntax/parserPool.ts';

const { values, positionals } = parseArgs({
  options: {
    mirrors: { type: 'string' },
    most: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    'no-model': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const { mirrors } = values;
if (mirrors === undefined) throw new Error('needs --mirrors MIRRORS');
const measured = new Map<string, MeasuredFix[]>();
const parser = createParserPool({
  workerUrl: new URL('../../src/syntax/parseWorker.ts', import.meta.url),
  grammarsUrl: new URL('../../dist/grammars/', import.meta.url),
  threads: 1,
});
const neural = values['no-model'] ? null : await openNeural();
try {
  for (const name of positionals) await measureRepository(name, join(mirrors, name.replace('/', '+'), 'repo'));
} finally {
  await Promise.all([parser.close(), neural?.close()]);
}
printTable();

async function measureRepository(name: string, folder: string): Promise<void> {
  const repository = await openRepository(folder);
  const ngram = new NgramEngine(loadTokenizer(new URL('../tokenizer/merges.txt', import.meta.url)));
  const engines: readonly Engine[] = [ngram, ...(neural === null ? [] : [new MixtureEngine(neural, ngram, 'bundled')])];
  const objects = openObjectReader(repository);
  try {
    const machine = createTimeMachine(repository, objects, ngram);
    const head = await repository.commit('HEAD');
    const most = { changed: Number(values.most), inserted: 0 };
    const fixes = await findFixes({ repository, parser }, { name, ref: head, seed: Number(values.seed), most });
    for (const { item, parent, path } of fixes) {
      await machine.goTo(parent);
      ngram.forget(path);
      for (const engine of engines) {
        const one = await measureFix({ engine, parser, scout: null, salt: 'lab' }, item);
        measured.set(engine.name, [...(measured.get(engine.name) ?? []), one]);
      }
      ngram.learn(path, item.prefix + item.text + item.suffix);
    }
    console.log(`${name}: ${fixes.length} fixes`);
  } finally {
    await objects.close();
  }
}

function openNeural(): ReturnType<typeof openLlamaEngine> {
  const modelPath = fileURLToPath(new URL('../bundled.gguf', import.meta.url));
  const childUrl = new URL('../../src/engines/llama/llamaChild.ts', import.meta.url);
  return openLlamaEngine({ childUrl, load: { modelPath, threads: 1, contextTokens: 4096 } });
}

function printTable(): void {
  console.log(
    '\n| engine | functions | findings | on a fixed line, % | by chance, % | in 100 functions | fixes found, % |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [engine, fixes] of measured) {
    const found = fixes.flatMap((one) => one.found);
    const onLine = found.filter(({ isOnLine }) => isOnLine).length;
    const caught = fixes.filter((one) => one.found.some(({ isOnLine }) => isOnLine)).length;
    // Where a finding would lie if lines had nothing to do with it, function by function.
    const chance = fixes.reduce((sum, one) => sum + (one.found.length * one.faultyLines) / one.lines, 0);
    const percent = (part: number, of: number): string => (of === 0 ? '-' : ((100 * part) / of).toFixed(1));
    console.log(
      `| \`${engine}\` | ${fixes.length} | ${found.length} | ${percent(onLine, found.length)} | ${percent(chance, found.length)} | ${percent(found.length, fixes.length)} | ${percent(caught, fixes.length)} |`,
    );
  }
}
