/**
 * Makes the survival data again: for each surveyed repository a file of JSON lines, one region of AI-written code a line, without a
 * word of the code (`src/lab/survival/survivalRecord.ts`).
 *
 *     node model/risk/survey.ts --mirrors MIRRORS --work DIR [--only OWNER/NAME,...] [--regions 150] [--seed 1] [--no-model]
 *
 * `MIRRORS` holds a git directory of each repository as `OWNER+NAME/repo`. A repository whose file is there is passed over, so a
 * run that was cut goes on where it was; to make one anew delete its file. `--no-model` scores by the n-gram engine alone, which is
 * some ten times faster. The same mirrors and the same seed give the same data.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { MixtureEngine } from '../../src/engines/mixture/mixtureEngine.ts';
import { NgramEngine } from '../../src/engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { openRepository } from '../../src/history/openRepository.ts';
import type { RegionScorer } from '../../src/lab/survival/scoreRegions.ts';
import { surveyRepository } from '../../src/lab/survival/surveyRepository.ts';
import { createParserPool } from '../../src/syntax/parserPool.ts';
import { SURVEYED_REPOSITORIES } from './repositories.ts';

const LEAST_DAYS = 60;
const MOST_DAYS = 180;
const MOST_PER_LANDING = 15;

/** Of each token, asked of the model alone: with them come entropies and ranks, which a mixture has none of. */
const ALTERNATIVES = 5;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      mirrors: { type: 'string' },
      work: { type: 'string' },
      only: { type: 'string' },
      regions: { type: 'string', default: '150' },
      seed: { type: 'string', default: '1' },
      'no-model': { type: 'boolean', default: false },
    },
  });
  const { mirrors, work } = values;
  if (mirrors === undefined || work === undefined) throw new Error('needs --mirrors MIRRORS and --work DIR');
  mkdirSync(work, { recursive: true });
  const names = values.only?.split(',') ?? SURVEYED_REPOSITORIES;
  const parser = createParserPool({
    workerUrl: new URL('../../src/syntax/parseWorker.ts', import.meta.url),
    grammarsUrl: new URL('../../dist/grammars/', import.meta.url),
    threads: 1,
  });
  const neural = values['no-model'] ? null : await openNeural();
  try {
    for (const name of names) {
      const path = join(work, `${name.replace('/', '+')}.jsonl`);
      const folder = join(mirrors, name.replace('/', '+'), 'repo');
      if (existsSync(path)) continue;
      if (!existsSync(folder)) {
        console.log(`${name}: no mirror`);
        continue;
      }
      const startedMs = performance.now();
      // Each repository has an n-gram engine of its own: what one taught is nothing to the next.
      const ngram = new NgramEngine(loadTokenizer(new URL('../tokenizer/merges.txt', import.meta.url)));
      const scorers: readonly RegionScorer[] = [
        { name: 'ngram', engine: ngram, topK: 0 },
        ...(neural === null
          ? []
          : [
              { name: 'bundled', engine: new MixtureEngine(neural, ngram, 'bundled'), topK: 0 },
              { name: 'model', engine: neural, topK: ALTERNATIVES },
            ]),
      ];
      const surveyed = surveyRepository(
        { repository: await openRepository(folder), parser, scorers, learner: ngram },
        {
          name,
          ref: 'HEAD',
          seed: Number(values.seed),
          mostRegions: Number(values.regions),
          mostPerLanding: MOST_PER_LANDING,
          leastDays: LEAST_DAYS,
          mostDays: MOST_DAYS,
          anyAuthor: false,
          perRound: Infinity,
          onProgress: (activity, done, total) => {
            if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${activity} ${done} of ${total}  `);
          },
        },
      );
      const records = (await collect(surveyed)).map(({ record }) => record);
      // Under its own name only when it is whole.
      writeFileSync(`${path}.part`, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      renameSync(`${path}.part`, path);
      const touched = records.filter(({ fate }) => fate.touched !== null && fate.touched <= LEAST_DAYS).length;
      const fixed = records.filter(({ fate }) => fate.fixed !== null && fate.fixed <= LEAST_DAYS).length;
      const seconds = Math.round((performance.now() - startedMs) / 1000);
      console.log(`${name}: ${records.length} regions, ${touched} touched, ${fixed} fixed, ${seconds} s`);
    }
  } finally {
    await Promise.all([parser.close(), neural?.close()]);
  }
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function openNeural(): ReturnType<typeof openLlamaEngine> {
  const modelPath = fileURLToPath(new URL('../bundled.gguf', import.meta.url));
  const childUrl = new URL('../../src/engines/llama/llamaChild.ts', import.meta.url);
  return openLlamaEngine({ childUrl, load: { modelPath, threads: 1, contextTokens: 4096 } });
}
