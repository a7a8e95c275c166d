import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../../src/core/metrics/evaluation.ts';
import { measureScores } from '../../../../src/core/metrics/measureScores.ts';
import { evaluateItems } from '../../../../src/lab/evaluation/evaluateItems.ts';
import type { KnownItem } from '../../../../src/lab/evaluation/evidenceTasks.ts';
import { readEvidence } from '../../../../src/lab/evaluation/readEvidence.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const engine = scriptedEngine({ logprobNats: (token) => (token === 'odd' ? -6 : -0.5) });

function fileOf(content: string): string {
  const path = join(temporaryFolder(), 'data.jsonl');
  writeFileSync(path, content);
  return path;
}

function read(path: string): Promise<readonly KnownItem[]> {
  const { evidenceWorker: workerUrl, grammars: grammarsUrl } = sourceAssets;
  return readEvidence({ engine, parser: inProcessParser, workerUrl, grammarsUrl }, path, {
    onProgress: () => undefined,
  });
}

const evaluate = (items: readonly KnownItem[]): Promise<Evaluation> =>
  evaluateItems(items, measureScores, () => undefined);

/** A completion whose tokens have one log-probability each, but for the comment, which says the opposite. */
function item(id: number, nats: number, label: number, group: string): string {
  const pieces = ['return', ' ', 'total', '(', 'a', ')', '  ', '# odd'];
  return JSON.stringify({
    id: `${id}`,
    language: 'python',
    prefix: 'def f(a):\n    ',
    completion: pieces.join(''),
    label,
    group,
    tokens: pieces.map((text) => ({ text, logprobNats: text.startsWith('#') ? -20 + nats : -nats })),
  });
}

/** Good with a chance of sigma(2.5 - 2 nats). */
function someItems(count: number): string {
  const random = randomNumbers(3);
  return Array.from({ length: count }, (_, id) => {
    const nats = 3 * random();
    return item(id, nats, Number(random() < 1 / (1 + Math.exp(2 * nats - 2.5))), `group ${id % 20}`);
  }).join('\n');
}

describe('evaluateItems', () => {
  it('measures signals, the length and the judgement', async () => {
    const items = await read(fileOf(someItems(300)));
    const { n, leftOut, baseRate, groups, signals, judgement } = await evaluate(items);
    expect({ n, leftOut, groups }).toEqual({ n: 300, leftOut: 0, groups: 20 });
    expect(baseRate).toBeCloseTo(items.filter(({ item: { label } }) => label === 1).length / 300, 12);
    // The oracle's AUROC of such data is about .86; the comments, had they counted, would have turned it round.
    expect(signals.meanProbability!.auroc).toBeGreaterThan(0.8);
    expect(signals.totalSurprisal!.auroc).toBeGreaterThan(0.8);
    expect(judgement.auroc).toBeGreaterThan(0.8);
    expect(judgement.aurocWithin).toBeGreaterThan(0.75);
    expect(judgement.deltaLogLoss).toBeGreaterThan(0.1);
    const [low, high] = judgement.interval.deltaLogLoss!;
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(judgement.deltaLogLoss!);
    expect(judgement.slope).toBeGreaterThan(0.6);
    // All are as long: the length knows nothing.
    expect(signals.length!.auroc).toBeGreaterThan(0.35);
    expect(signals.length!.auroc).toBeLessThan(0.65);
  });

  it('gives no probability metrics to what is no probability', async () => {
    const { signals } = await evaluate(await read(fileOf(someItems(60))));
    expect(signals.totalSurprisal).not.toHaveProperty('brier');
    expect(signals.totalSurprisal).not.toHaveProperty('slope');
    expect(signals.meanProbability).toMatchObject({ brier: expect.any(Number) as number });
    // Nobody gave alternatives or what was seen before.
    expect(signals).not.toHaveProperty('topTwoMargin');
    expect(signals).not.toHaveProperty('seenBefore');
  });

  it('lets the engine score what has no tokens, where it stands', async () => {
    const lines = Array.from({ length: 20 }, (_, id) =>
      JSON.stringify({
        id: `${id}`,
        language: 'python',
        prefix: 'odd = 1\n',
        completion: id % 2 === 0 ? 'a = odd\n' : 'a = b\n',
        suffix: 'odd = 2\n',
        label: id % 2,
      }),
    );
    const items = await read(fileOf(lines.join('\n')));
    const { signals } = await evaluate(items);
    expect(signals.minimumLogprob!.auroc).toBe(1);
    expect(items[0]!.signals).toMatchObject({ tokenCount: 3, minimumLogprob: -6 });
  });

  it('says what is missing where there is too little to tell anything', async () => {
    const few = await read(fileOf(someItems(4)));
    await expect(evaluate(few)).rejects.toMatchObject({ reason: 'bad-input' });
    const alike = await read(fileOf(Array.from({ length: 20 }, (_, id) => item(id, 1, 1, 'g')).join('\n')));
    await expect(evaluate(alike)).rejects.toThrow(/20 of them are good/);
  });
});

describe('a file of labelled data', () => {
  const idsIn = async (content: string): Promise<readonly string[]> =>
    (await read(fileOf(content))).map(({ item: { id } }) => id);

  it('is read line by line, in order, with any ends of lines', async () => {
    expect(await idsIn(`${item(1, 1, 1, 'g')}\r\n\n${item(2, 1, 0, 'g')}`)).toEqual(['1', '2']);
    expect(await idsIn('')).toEqual([]);
    expect(await idsIn(someItems(450))).toEqual(Array.from({ length: 450 }, (_, id) => `${id}`));
  });

  it('has no id twice, and says where', async () => {
    await expect(idsIn([1, 2, 1].map((id) => item(id, 1, 1, 'g')).join('\n'))).rejects.toMatchObject({
      reason: 'bad-input',
      message: expect.stringContaining('Line 3') as string,
    });
  });

  it('names the line that is none', async () => {
    await expect(idsIn(`${item(1, 1, 1, 'g')}\n{"id":`)).rejects.toMatchObject({
      reason: 'bad-input',
      message: expect.stringContaining('Line 2') as string,
    });
  });

  it('must be there, and be a file', async () => {
    const folder = temporaryFolder();
    await expect(read(join(folder, 'none'))).rejects.toMatchObject({ reason: 'not-found' });
    await expect(read(folder)).rejects.toMatchObject({ reason: 'unreadable' });
  });
});
