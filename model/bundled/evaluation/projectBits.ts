import { gzipSync } from 'node:zlib';
import type { ScoredText } from '../../../src/core/scoredText.ts';
import { mixWithNgram, type BytePairEngine } from '../../../src/engines/mixture/mixWithNgram.ts';
import type { HeldOutFile } from './heldOutFiles.ts';

/** Longer files are learned and not scored. */
const MOST_FILE_BYTES = 40_000;

export const PREDICTORS = ['gzip -9', 'n-gram', 'model', 'mixture'] as const;
export type Predictor = (typeof PREDICTORS)[number];

/** What a file costs by each predictor. */
export interface FileBits {
  readonly language: string;
  /** Of UTF-8. */
  readonly bytes: number;
  readonly bits: Readonly<Record<Predictor, number>>;
}

/**
 * What files of a project cost by gzip (each alone), the n-gram engine (which has learned the project's other files), the model,
 * and the mixture of both, as an audit would score them. Files of each language are scored as they come, until there are
 * `leastBytes` of them.
 * @throws Error when the n-gram engine cannot speak the model's tokens, or the model leaves a token unscored
 */
export async function projectBits(
  files: readonly HeldOutFile[],
  model: BytePairEngine,
  leastBytes: number,
): Promise<readonly FileBits[]> {
  const mixture = mixWithNgram(model);
  if (mixture === null) throw new Error("The n-gram engine cannot speak this model's tokens. Choose another model.");
  for (const { path, text } of files) mixture.learner.learn(path, text);
  const scored: FileBits[] = [];
  for (const { language, path, text } of filesToScore(files, leastBytes)) {
    const request = { path, text };
    const bits = {
      'gzip -9': 8 * gzipSync(text, { level: 9 }).length,
      'n-gram': bitsOf(await mixture.learner.score(request)),
      model: bitsOf(await model.score(request)),
      mixture: bitsOf(await mixture.engine.score(request)),
    };
    scored.push({ language, bytes: Buffer.byteLength(text), bits });
  }
  return scored;
}

/** The first files of each language that hold so many bytes together. */
function filesToScore(files: readonly HeldOutFile[], leastBytes: number): readonly HeldOutFile[] {
  const bytesOf = new Map<string, number>();
  return files.filter(({ language, text }) => {
    const before = bytesOf.get(language) ?? 0;
    const bytes = Buffer.byteLength(text);
    if (before >= leastBytes || bytes > MOST_FILE_BYTES) return false;
    bytesOf.set(language, before + bytes);
    return true;
  });
}

function bitsOf({ measures, source }: ScoredText): number {
  const nats = measures.logprobsNats.reduce((sum, logprobNats) => sum + logprobNats, 0);
  // A sum over fewer tokens would look better than it is.
  if (Number.isNaN(nats)) throw new Error(`${source.engine} left a token unscored: its bits cannot be compared.`);
  return -nats / Math.LN2;
}
