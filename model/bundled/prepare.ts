/**
 * Makes the model's training data of the corpus that `model/tokenizer/collectCorpus.ts` wrote: token ids of 16 bits, little
 * endian, in shards that the trainer reads in any order.
 *
 *     node model/bundled/prepare.ts --corpus DIR --out DIR --context 256 --million-tokens 12
 *
 * Near copies of a file are left out, languages come by the shares of `model/tokenizer/corpus.json` (as far as there is so much
 * of each), and of a third of the files excerpts are made in which a statement is to be filled in. Written: `train-NNN.bin`,
 * `validation-000.bin` (of the held-out projects, which are never trained on) and `data.json`. The same corpus gives the same
 * data.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { detectLanguage } from '../../src/syntax/detectLanguage.ts';
import { lineSpans } from '../../src/syntax/lineSpans.ts';
import { createTextParser } from '../../src/syntax/parseText.ts';
import CORPUS from '../tokenizer/corpus.json' with { type: 'json' };
import { chanceOf, shuffled } from './chanceOf.ts';
import { fillInExcerpt } from './fillInExcerpt.ts';
import { nearDuplicateFilter } from './nearDuplicates.ts';
import { statementHoles, type Hole } from './statementHoles.ts';

/** Share of the files that are learned by filling in. */
const FILL_IN_SHARE = 1 / 3;
/** A shard has at most so many tokens: 15 MB. */
const SHARD_TOKENS = 7_500_000;
const VALIDATION_TOKENS = 400_000;

interface SourceFile {
  readonly repository: string;
  readonly path: string;
  readonly text: string;
}

const tokenizer = loadTokenizer(new URL('../tokenizer/merges.txt', import.meta.url));
const parser = createTextParser(new URL('../../dist/grammars/', import.meta.url));

function filesOf(folder: string): SourceFile[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
      return lines.map((line) => ({ repository: name.replace(/\.jsonl$/, ''), ...recordOf(JSON.parse(line)) }));
    });
}

function recordOf(record: unknown): { readonly path: string; readonly text: string } {
  if (typeof record === 'object' && record !== null && 'path' in record && 'text' in record) {
    const { path, text } = record;
    if (typeof path === 'string' && typeof text === 'string') return { path, text };
  }
  throw new TypeError('a line of a shard is an object with a path and a text');
}

async function holesOf({ path, text }: SourceFile): Promise<readonly Hole[]> {
  const language = detectLanguage(path, text.split('\n', 1)[0]);
  const spans = language === null ? lineSpans(text) : await parser.spansOf(text, language);
  return 'skipped' in spans ? [] : statementHoles(spans, text);
}

/** Tokens of a text with the one that begins each. */
function begun(ids: Uint16Array): Uint16Array {
  const whole = new Uint16Array(ids.length + 1);
  whole[0] = tokenizer.special('<|endoftext|>');
  whole.set(ids, 1);
  return whole;
}

/** What is learned of a file: all of it in a row, or excerpts to fill in, of about as many tokens together. */
async function documentsOf(file: SourceFile, contextTokens: number): Promise<readonly Uint16Array[]> {
  const { ids } = tokenizer.encode(file.text);
  const key = `${file.repository}/${file.path}`;
  const whole = [begun(ids)];
  if (chanceOf(`fill in ${key}`) >= FILL_IN_SHARE) return whole;
  const holes = shuffled(await holesOf(file), ({ start, end }) => `${key} ${start} ${end}`);
  const wanted = Math.ceil(ids.length / contextTokens);
  const excerpts = holes
    .slice(0, wanted)
    .map((hole) => fillInExcerpt(tokenizer, file.text, hole, contextTokens))
    .filter((excerpt) => excerpt !== null);
  return excerpts.length === 0 ? whole : excerpts;
}

/** Writes documents one after the other into shards. */
function shardWriter(out: string, name: string): { add(ids: Uint16Array): void; close(): number } {
  const shard = new Uint16Array(SHARD_TOKENS);
  let [used, shards, total] = [0, 0, 0];
  const flush = (): void => {
    const path = join(out, `${name}-${String(shards).padStart(3, '0')}.bin`);
    writeFileSync(path, new Uint8Array(shard.buffer, 0, used * Uint16Array.BYTES_PER_ELEMENT));
    [used, shards] = [0, shards + 1];
  };
  return {
    add(ids) {
      for (let at = 0; at < ids.length;) {
        const part = ids.subarray(at, at + SHARD_TOKENS - used);
        shard.set(part, used);
        used += part.length;
        at += part.length;
        if (used === SHARD_TOKENS) flush();
      }
      total += ids.length;
    },
    close() {
      if (used > 0) flush();
      return total;
    },
  };
}

interface Chosen {
  readonly files: readonly SourceFile[];
  readonly tokens: number;
  readonly leftOut: number;
}

/** Files of one language, in a random order over all repositories, until there are so many tokens. */
function choose(files: readonly SourceFile[], tokens: number, isRepeated: (text: string) => boolean): Chosen {
  const chosen: SourceFile[] = [];
  let [count, leftOut] = [0, 0];
  for (const file of shuffled(files, ({ repository, path }) => `${repository}/${path}`)) {
    if (count >= tokens) break;
    if (isRepeated(file.text)) {
      leftOut++;
      continue;
    }
    chosen.push(file);
    count += tokenizer.encode(file.text).ids.length + 1;
  }
  return { files: chosen, tokens: count, leftOut };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string' },
      out: { type: 'string' },
      context: { type: 'string', default: '256' },
      'million-tokens': { type: 'string', default: '12' },
    },
  });
  const { corpus, out } = values;
  if (corpus === undefined || out === undefined) throw new Error('needs --corpus DIR and --out DIR');
  const contextTokens = Number(values.context);
  const wanted = Number(values['million-tokens']) * 1e6;
  mkdirSync(out, { recursive: true });

  const isRepeated = nearDuplicateFilter();
  const heldOut = readdirSync(join(corpus, 'heldout'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { repository: 'heldout', path: path.slice(corpus.length), text: readFileSync(path, 'utf8') };
    });
  // First, so that what repeats a held-out file is not trained on.
  for (const { text } of heldOut) isRepeated(text);

  const shares = Object.entries(CORPUS.shares);
  const sum = shares.reduce((all, [, share]) => all + share, 0);
  const training: SourceFile[] = [];
  const languages: Record<string, unknown> = {};
  for (const [language, share] of shares) {
    const files = filesOf(join(corpus, 'train', language));
    const chosen = choose(files, (wanted * share) / sum, isRepeated);
    for (const file of chosen.files) training.push(file);
    languages[language] = { files: chosen.files.length, tokens: chosen.tokens, nearCopiesLeftOut: chosen.leftOut };
    console.log(
      `${language.padEnd(12)} ${chosen.files.length} files, ${chosen.tokens} tokens, ${chosen.leftOut} near copies`,
    );
  }

  const trainWriter = shardWriter(out, 'train');
  for (const file of shuffled(training, ({ repository, path }) => `order ${repository}/${path}`))
    for (const ids of await documentsOf(file, contextTokens)) trainWriter.add(ids);
  const trainTokens = trainWriter.close();

  const validationWriter = shardWriter(out, 'validation');
  let validationTokens = 0;
  for (const { text } of shuffled(heldOut, ({ path }) => path)) {
    if (validationTokens >= VALIDATION_TOKENS) break;
    const ids = begun(tokenizer.encode(text).ids);
    validationWriter.add(ids);
    validationTokens += ids.length;
  }
  validationWriter.close();

  const boundary = tokenizer.special('<|endoftext|>');
  const about = { boundary, tokenizer: tokenizer.digest, contextTokens, trainTokens, validationTokens, languages };
  writeFileSync(join(out, 'data.json'), `${JSON.stringify(about, null, 2)}\n`);
  console.log(`${trainTokens} tokens to train on, ${validationTokens} held out`);
}

if (import.meta.main) await main();
