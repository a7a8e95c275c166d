/**
 * Records the replies that `recordedReplies.spec.ts` reads, into test/fixtures/replies: `node test/support/llamaHttpRecord.ts`.
 * The model is one of random weights, and so is what it says; the numbers are those of real evaluations.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLlamaHttpModel, type LlamaHttpModel } from './llamaHttpModel.ts';
import {
  askServer,
  ASKINGS,
  FACE_NAMES,
  GIVEN,
  PROMPT,
  repliesUrl,
  SUFFIX,
  WRITTEN,
  type Asking,
  type RecordedCase,
} from './llamaHttpReplies.ts';
import { startLlamaHttpServer } from './llamaHttpServer.ts';
import { decoded } from './llamaHttpSpelling.ts';
import type { PlacedToken } from './llamaHttpCompare.ts';
import { writeRandomGguf } from './writeRandomGguf.ts';

const ABOUT = 'Recorded by test/support/llamaHttpRecord.ts; a model of random weights, evaluated by llama.cpp.';

const folder = mkdtempSync(join(tmpdir(), 'candor-record-'));
const modelPath = join(folder, 'model.gguf');
try {
  writeRandomGguf(modelPath);
  const model = await openLlamaHttpModel(modelPath);
  for (const face of FACE_NAMES) {
    const cases: RecordedCase[] = [];
    for (const asking of ASKINGS.filter((other) => other.face === face)) {
      await using server = await startLlamaHttpServer(model, face, { addsStart: true, writes: WRITTEN });
      await askServer(server.baseUrl, asking);
      cases.push({ name: asking.name, exchanges: server.exchanges, expected: await expectedOf(model, asking) });
    }
    const lines = cases.map((recorded) => `    ${JSON.stringify(recorded)}`).join(',\n');
    const head = `{\n  "about": ${JSON.stringify(ABOUT)},\n  "face": ${JSON.stringify(face)},\n`;
    writeFileSync(repliesUrl(face), `${head}  "cases": [\n${lines}\n  ]\n}\n`);
  }
  await model.dispose();
} finally {
  rmSync(folder, { recursive: true });
}

/** The text, its tokens, and what the model says of each: a step a token, from the whole distribution. */
async function expectedOf(model: LlamaHttpModel, { ask }: Asking): Promise<RecordedCase['expected']> {
  const { prefix, suffix, middle } = model.signs;
  const start = model.start === null ? [] : [model.start];
  const prompt = {
    score: start,
    write: [...start, ...model.tokenize(PROMPT)],
    fill: [...start, prefix, ...model.tokenize(PROMPT), suffix, ...model.tokenize(SUFFIX), middle],
  }[ask];
  const text = ask === 'score' ? GIVEN : WRITTEN;
  const never = new AbortController().signal;
  const tokens: PlacedToken[] = [];
  const ids = model.tokenize(text);
  let bytes: number[] = [];
  let sumNats = 0;
  for (const [at, id] of ids.entries()) {
    const next = await model.next([...prompt, ...ids.slice(0, at)], never);
    sumNats += next.find((other) => other.id === id)?.logprobNats ?? Number.NaN;
    bytes = [...bytes, ...model.bytesOf(id)];
    const piece = decoded(Uint8Array.from(bytes));
    if (piece.includes('\ufffd')) continue;
    const from = tokens.at(-1)?.end ?? 0;
    tokens.push({ start: from, end: from + piece.length, logprobNats: sumNats });
    bytes = [];
    sumNats = 0;
  }
  return { text, tokens };
}
