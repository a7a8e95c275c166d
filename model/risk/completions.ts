/**
 * Makes labelled completions: functions of a folder cut at statement boundaries and completed by a model; the label is
 * `matches`, or with `--tests` `correct`, of docs/targets.md. Lines for `candor evaluate`.
 *
 *     node model/risk/completions.ts --folder DIR --out FILE [--model GGUF] [--count 200] [--seed 1] [--tests "npm test"]
 *
 * The model is the bundled one unless another is named; it is small, and hardly ever writes what was there. With `--tests` the
 * project's own tests are run, shut off from network and files (`src/lab/sandbox`), for each completion and for slips planted in it;
 * what no test looks at is left out. The same folder and seed give the same cuts.
 */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { collectFiles } from '../../src/audit/collectFiles.ts';
import { readSource } from '../../src/audit/readSource.ts';
import { auroc } from '../../src/core/metrics/auroc.ts';
import { rankScores } from '../../src/core/metrics/rankScores.ts';
import { tallyLabels } from '../../src/core/metrics/tallyLabels.ts';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { isProductCode } from '../../src/history/isProductCode.ts';
import { completeCut } from '../../src/lab/completions/completeCut.ts';
import { cutFunctions, type Cut } from '../../src/lab/completions/cutFunctions.ts';
import { matchesCode } from '../../src/lab/completions/matchesCode.ts';
import { judgeCorrect } from '../../src/lab/correct/judgeCorrect.ts';
import { shuffled } from '../../src/lab/shuffled.ts';
import { detectLanguage } from '../../src/syntax/detectLanguage.ts';
import type { LanguageId } from '../../src/syntax/languages.ts';
import { createParserPool } from '../../src/syntax/parserPool.ts';
import { isSkipped } from '../../src/syntax/skipped.ts';

const LIMITS = { wallMs: 120_000, cpuSeconds: 240, memoryBytes: 2 ** 40, fileBytes: 2 ** 28, processCount: 4096 };
const MOST_MUTANTS = 4;

/** Of one file, so that many are looked at. */
const MOST_PER_FILE = 4;

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    out: { type: 'string' },
    model: { type: 'string' },
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string' },
  },
});
const { folder, out, tests } = values;
if (folder === undefined || out === undefined) throw new Error('needs --folder DIR and --out FILE');
const [seed, wanted] = [Number(values.seed), Number(values.count)];
const parser = createParserPool({
  workerUrl: new URL('../../src/syntax/parseWorker.ts', import.meta.url),
  grammarsUrl: new URL('../../dist/grammars/', import.meta.url),
  threads: 1,
});
const modelPath = values.model ?? fileURLToPath(new URL('../bundled.gguf', import.meta.url));
const childUrl = new URL('../../src/engines/llama/llamaChild.ts', import.meta.url);
const engine = await openLlamaEngine({ childUrl, load: { modelPath, threads: 2, contextTokens: 4096 } });
const file = createWriteStream(out);
const labels: (0 | 1)[] = [];
const [means, lengths]: [number[], number[]] = [[], []];
try {
  const paths = (await collectFiles(folder, [folder])).map(({ path }) => path);
  for (const path of shuffled(paths.filter(isProductCode), seed)) {
    if (labels.length >= wanted) break;
    const language = detectLanguage(path);
    const source = language === null ? null : await readSource(join(folder, path));
    if (language === null || source?.kind !== 'text') continue;
    const spans = await parser.spans(source.text, language);
    if (isSkipped(spans)) continue;
    for (const cut of shuffled(cutFunctions(source.text, spans), seed).slice(0, MOST_PER_FILE)) {
      if (labels.length >= wanted) break;
      await complete(path, language, source.text, cut);
    }
  }
} finally {
  file.end();
  await Promise.all([parser.close(), engine.close()]);
}
const good = labels.filter((label) => label === 1).length;
const aurocOf = (scores: readonly number[]): string =>
  auroc(tallyLabels(rankScores(Float64Array.from(scores)), Uint8Array.from(labels)))?.toFixed(3) ?? 'none';
console.log(
  `${labels.length} completions, ${((100 * good) / labels.length).toFixed(1)} % ${tests === undefined ? 'match' : 'correct'}`,
);
console.log(
  `AUROC: mean token probability ${aurocOf(means)}, fewest tokens ${aurocOf(lengths.map((length) => -length))}`,
);

async function complete(path: string, language: LanguageId, known: string, cut: Cut): Promise<void> {
  const completion = await completeCut({ engine, parser }, cut, { path, language });
  if (completion === null) return;
  const label = await labelOf(path, language, known, cut, completion.text);
  if (label === null) return;
  const { prefix, suffix } = cut;
  const id = `${path}:${prefix.length}`;
  const { text, tokens } = completion;
  file.write(`${JSON.stringify({ id, language, prefix, completion: text, suffix, label, group: path, tokens })}\n`);
  labels.push(label);
  const chances = tokens.flatMap(({ logprobNats }) => (logprobNats === undefined ? [] : [Math.exp(logprobNats)]));
  means.push(chances.reduce((sum, chance) => sum + chance, 0) / Math.max(1, chances.length));
  lengths.push(tokens.length);
}

async function labelOf(
  path: string,
  language: LanguageId,
  known: string,
  cut: Cut,
  written: string,
): Promise<0 | 1 | null> {
  if (tests === undefined) return (await matchesCode(parser, language, cut, written)) ? 1 : 0;
  const start = cut.prefix.length;
  return judgeCorrect(
    {
      folder: folder ?? '',
      path,
      language,
      known,
      asked: cut.prefix + written + cut.suffix,
      region: { start, end: start + written.length },
      tests: { program: 'sh', args: ['-c', tests], limits: LIMITS },
      mostMutants: MOST_MUTANTS,
      seed,
    },
    parser,
  );
}
