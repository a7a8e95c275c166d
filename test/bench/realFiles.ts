/**
 * The whole way from a file to its assessments, over folders of real code: counts files by language, checks of each that
 * its tokens, joined, are its text and that its regions neither overlap nor leave it, and prints the throughput.
 *
 *     node test/bench/realFiles.ts FOLDER...        each folder is a workspace of its own
 */
import { assessText } from '../../src/assess/assessText.ts';
import { NgramEngine } from '../../src/engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { detectLanguage } from '../../src/syntax/detectLanguage.ts';
import { createParserPool } from '../../src/syntax/parserPool.ts';
import { grammarsFolder } from '../grammarsFolder.ts';
import { codeFiles, countLines } from './codeFiles.ts';

const tokenizer = loadTokenizer(new URL('../../model/tokenizer/merges.txt', import.meta.url));
const parser = createParserPool({
  workerUrl: new URL('../../src/syntax/parseWorker.ts', import.meta.url),
  grammarsUrl: grammarsFolder(),
  threads: 1,
});
const files = new Map<string, number>();
const total = { files: 0, lines: 0, tokens: 0, regions: 0, faults: 0 };
let judgingMs = 0;

for (const folder of process.argv.slice(2)) {
  const engine = new NgramEngine(tokenizer);
  const found = await codeFiles(folder);
  for (const { path, text } of found) engine.learn(path, text);
  const started = performance.now();
  for (const { path, text } of found) {
    const language = detectLanguage(path) ?? 'lines';
    const { scored, regions } = await assessText({ engine, parser, salt: 'bench' }, { text, path, language });
    const joined = Array.from(scored.tokens(), (token) => token.text).join('');
    if (joined !== text) fault(`${folder}/${path}: the tokens do not tile the text`);
    let end = 0;
    for (const { found: region } of regions) {
      if (region.start < end || region.end > text.length)
        fault(`${folder}/${path}: a region overlaps or leaves the text`);
      end = region.end;
    }
    files.set(language, (files.get(language) ?? 0) + 1);
    total.files++;
    total.lines += countLines(text);
    total.tokens += scored.tokenCount;
    total.regions += regions.length;
  }
  judgingMs += performance.now() - started;
}
await parser.close();
console.log(
  [...files]
    .sort((a, b) => b[1] - a[1])
    .map(([language, count]) => `${language} ${count}`)
    .join(', '),
);
console.log(total);
console.log(
  `${Math.round((total.tokens / judgingMs) * 1000)} tokens/s, ${Math.round((total.lines / judgingMs) * 1000)} lines/s`,
);
process.exitCode = total.faults > 0 ? 1 : 0;

function fault(message: string): void {
  total.faults++;
  console.error(message);
}
