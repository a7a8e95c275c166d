/**
 * Makes a tiny corpus of the source code that `npm ci` installed, in the folders that `model/tokenizer/collectCorpus.ts` writes:
 * enough to try every step of the recipe, and nothing to learn from.
 *
 *     node model/bundled/smokeCorpus.ts --out DIR
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { detectLanguage } from '../../src/syntax/detectLanguage.ts';
import CORPUS from '../tokenizer/corpus.json' with { type: 'json' };

/** Folders of installed packages: what is trained on, and what is only measured. */
export interface SmokeSources {
  readonly train: readonly string[];
  readonly heldOut: readonly string[];
}

/** All under MIT, Apache-2.0 or ISC. What JavaScript packages bring of Python, Go and PHP is one file each: held out. */
export const SMOKE_SOURCES: SmokeSources = {
  train: [
    'eslint/lib',
    'openai/src',
    'ajv/lib',
    'tree-sitter/src',
    'tree-sitter/vendor/tree-sitter/lib/src',
    'tree-sitter-bash/src',
    'tree-sitter-c-sharp/src',
    'tree-sitter-ruby/src',
    'tree-sitter-scala/src',
    'playwright-core/bin',
  ],
  heldOut: ['mocha/lib', 'piscina/src', 'tree-sitter-python/src', 'node-llama-cpp/llama/addon', 'flatted'],
};

/** Larger ones are mostly generated: the tables of a parser. */
const MAX_FILE_BYTES = 100_000;
const MIN_FILE_BYTES = 20;
/** Longer lines are minified code, or data. */
const MAX_LINE_LENGTH = 1_000;
const UNWANTED_NAME = /\.min\.|\.d\.[cm]?ts$/;

interface SourceFile {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

/**
 * Writes `train/<language>/<folder>.jsonl` and `heldout/<language>/<folder>/<path>` under `out`, `/` in a folder's name as `+`.
 * Each language of corpus.json gets its folder for training, also where nothing is found.
 * @throws Error for a folder that is not installed
 */
export function writeSmokeCorpus(modules: string, out: string, { train, heldOut }: SmokeSources = SMOKE_SOURCES): void {
  for (const language of Object.keys(CORPUS.shares)) mkdirSync(join(out, 'train', language), { recursive: true });
  for (const folder of train) {
    const files = sourceFiles(join(modules, folder));
    for (const [language, ofLanguage = []] of Object.entries(Object.groupBy(files, (file) => file.language))) {
      const lines = ofLanguage.map(({ path, text }) => `${JSON.stringify({ path, text })}\n`);
      writeFileSync(join(out, 'train', language, `${flatName(folder)}.jsonl`), lines.join(''));
    }
  }
  for (const folder of heldOut) {
    for (const { language, path, text } of sourceFiles(join(modules, folder))) {
      const file = join(out, 'heldout', language, flatName(folder), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

function flatName(folder: string): string {
  return folder.replaceAll('/', '+');
}

/** The code of a folder that people wrote by hand, as far as its size and shape tell, in path order. */
function sourceFiles(folder: string): readonly SourceFile[] {
  if (!existsSync(folder)) throw new Error(`Not installed: ${folder}. Run \`npm ci\` first.`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !UNWANTED_NAME.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).split(/[\\/]/).includes('node_modules'))
    .sort()
    .flatMap((file) => {
      const language = corpusLanguage(file);
      if (language === null) return [];
      const text = readFileSync(file, 'utf8');
      return isWanted(text) ? [{ path: relative(folder, file).replaceAll('\\', '/'), language, text }] : [];
    });
}

/** The language of a file by its extension, as corpus.json names it. */
function corpusLanguage(file: string): string | null {
  const language = extname(file) === '' ? null : detectLanguage(file);
  return language === 'bash' ? 'shell' : language;
}

function isWanted(text: string): boolean {
  const isOfUsualSize = text.length >= MIN_FILE_BYTES && text.length <= MAX_FILE_BYTES;
  return isOfUsualSize && text.split('\n').every((line) => line.length <= MAX_LINE_LENGTH);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  if (values.out === undefined) throw new Error('needs --out DIR');
  writeSmokeCorpus(fileURLToPath(new URL('../../node_modules/', import.meta.url)), values.out);
}
