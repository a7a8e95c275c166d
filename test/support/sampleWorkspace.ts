import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NgramEngine } from '../../src/engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { detectLanguage } from '../../src/syntax/detectLanguage.ts';

const SAMPLE = new URL('../fixtures/sample/', import.meta.url);

/** The folder of the sample workspace. */
export const sampleFolder = fileURLToPath(SAMPLE);

/** Texts of the code of the sample workspace, by path, in order of path. */
export const sampleTexts: ReadonlyMap<string, string> = new Map(
  readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => detectLanguage(path) !== null)
    .sort()
    .map((path) => [path, readFileSync(new URL(path, SAMPLE), 'utf8')]),
);

export const tokenizer = loadTokenizer(new URL('../../model/tokenizer/merges.txt', import.meta.url));

/** An n-gram engine that has learned texts, by path. */
export function engineThatLearned(texts: Iterable<readonly [path: string, text: string]>): NgramEngine {
  const engine = new NgramEngine(tokenizer);
  for (const [path, text] of texts) engine.learn(path, text);
  return engine;
}
