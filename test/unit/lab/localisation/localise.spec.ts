import { describe, expect, it } from 'vitest';
import type { LocalisationItem } from '../../../../src/lab/localisation/localisationItem.ts';
import type { LocalisationMetrics } from '../../../../src/core/metrics/localisation.ts';
import { reportLocalisation } from '../../../../src/lab/localisation/reportLocalisation.ts';
import { localise } from '../../../../src/lab/localisation/localise.ts';
import { measureItem, type MeasuredItem } from '../../../../src/lab/localisation/measureItem.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';

/** Is surprised by `odd` alone. */
const engine = scriptedEngine({ logprobNats: (token) => (token === 'odd' ? -9 : -0.1) });
const tools = { parser: inProcessParser, engine };

const item = (change: Partial<LocalisationItem> = {}): LocalisationItem => ({
  id: 'a',
  language: 'javascript',
  text: 'function f(a, b, c, d, e) {\n  g(a);\n  odd(b);\n  h(c);\n}',
  faults: [2],
  group: 'a',
  prefix: '',
  suffix: '',
  path: null,
  ...change,
});

describe('an item', () => {
  it('is measured in every order', async () => {
    const measured = (await measureItem(tools, item()))!;
    expect(measured).toMatchObject({ id: 'a', group: 'a', lines: 5, faultyLines: 1, tokens: 14 + 15 + 1 });
    expect(measured.orders.totalSurprisal).toMatchObject({ top1: 1, mrr: 1, effort: 0, aucec5: 1, aucec20: 1 });
    expect(measured.orders.longestLine).toMatchObject({ top1: 0, mrr: 1 / 2, effort: 14 / 30 });
    expect(measured.orders.random!.top1).toBeCloseTo(1 / 5, 12);
    expect(measured.orders.random!.effort).toBeCloseTo(25 / 2 / 30, 12);
    expect(Object.keys(measured.orders)).not.toContain('risk');
  });

  it('is read where it stands, and what stands around it is not ordered', async () => {
    const asked: unknown[] = [];
    const spy = {
      ...engine,
      score: (request: Parameters<typeof engine.score>[0]) => {
        asked.push([request.text, request.path, request.within]);
        return engine.score(request);
      },
    };
    const around = item({ prefix: 'odd(1);\nodd(2);\n\n', suffix: '\nodd(3);\n', path: 'src/a.js' });
    const plain = await measureItem(tools, item());
    expect(await measureItem({ ...tools, engine: spy }, around)).toEqual(plain);
    const text = around.prefix + around.text + around.suffix;
    const [start, end] = [around.prefix.length, around.prefix.length + around.text.length];
    expect(asked).toEqual([[text, 'src/a.js', [{ start, end }]]]);
  });

  it('has a fault on a line without code at the next line of code', async () => {
    const text = 'function f() {\n  g();\n  // odd\n\n  odd();\n}';
    const [of, moved] = [await measureItem(tools, item({ text, faults: [4] })), [[2], [3], [2, 3, 4]]];
    for (const faults of moved) expect(await measureItem(tools, item({ text, faults }))).toEqual(of);
  });

  it('has an order of risk where the hazards are known', async () => {
    // The third line, by the hazard of its last leaves.
    const hazardsOf = ({ lines }: { readonly lines: readonly number[] }): number[] =>
      lines.flatMap((line, leaf) => (leaf === 0 ? [1] : [1, line === 2 ? 50 : 1]));
    const measured = await measureItem({ ...tools, hazardsOf }, item());
    expect(measured?.orders.risk).toMatchObject({ top1: 1, effort: 0 });
    expect(measured?.orders.riskPerToken).toMatchObject({ top1: 1, effort: 0 });
  });

  it('without code is none', async () => {
    expect(await measureItem(tools, item({ text: '// nothing', faults: [0] }))).toBeNull();
  });
});

describe('many items', () => {
  it('make a report, and those without code are left out', async () => {
    const items = [item({ id: '1', group: 'x' }), item({ id: '2', group: 'y' }), item({ text: '//', faults: [0] })];
    const progress: number[] = [];
    const report = await localise(tools, items, { onProgress: (_, done) => progress.push(done) });
    expect(report).toMatchObject({ n: 2, leftOut: 1, groups: 2 });
    expect(progress).toEqual([1, 2, 3]);
    const names = ['random', 'longestLine', 'tokenCount', 'totalSurprisal', 'meanSurprisal', 'peakToken', 'peakLeaf'];
    expect(Object.keys(report.orders)).toEqual([...names, 'relevantSurprisal', 'backwardConfidence']);
    expect(report.orders.totalSurprisal).toMatchObject({ n: 2, top1: 1, effort: 0, interval: { top1: [1, 1] } });
    expect(report.orders.totalSurprisal!.differences.longestLine!.mrr).toEqual({
      mean: 1 / 2,
      interval: [1 / 2, 1 / 2],
    });
    expect(report.orders.longestLine!.differences).not.toHaveProperty('longestLine');
  });

  it('are refused where none has code', async () => {
    const nothing = localise(tools, [item({ text: '//', faults: [0] })]);
    await expect(nothing).rejects.toMatchObject({ reason: 'bad-input' });
    await expect(localise(tools, [])).rejects.toMatchObject({ reason: 'bad-input' });
  });

  it('end with the reason of the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = (): void => {
      controller.abort(reason);
    };
    const report = localise(tools, [item(), item()], { onProgress, signal: controller.signal });
    await expect(report).rejects.toBe(reason);
  });
});

describe('a report', () => {
  const all = (value: number): LocalisationMetrics => ({
    top1: value,
    top3: value,
    top5: value,
    mrr: value,
    effort: value,
    aucec5: value,
    aucec20: value,
  });
  const measured = (index: number, orders: Readonly<Record<string, number>>): MeasuredItem => ({
    id: String(index),
    group: String(index >> 1),
    lines: 9,
    faultyLines: 1,
    tokens: 99,
    orders: Object.fromEntries(Object.entries(orders).map(([name, value]) => [name, all(value)])),
  });

  it('averages items, and differences item by item where both orders are known', () => {
    const items = [
      measured(0, { longestLine: 0.1, tokenCount: 0.2, risk: 0.9 }),
      measured(1, { longestLine: 0.3, tokenCount: 0.2 }),
    ];
    const { n, groups, orders } = reportLocalisation(items);
    expect([n, groups, orders.risk!.n, orders.longestLine!.n]).toEqual([2, 1, 1, 2]);
    expect(orders.longestLine!.mrr).toBeCloseTo(0.2, 12);
    expect(orders.risk!.differences.longestLine!.mrr.mean).toBeCloseTo(0.8, 12);
    // Of one group nobody knows how others would be.
    expect(orders.risk!.interval).toEqual({});
    expect(orders.risk!.differences.longestLine!.mrr).not.toHaveProperty('interval');
  });

  it('has intervals that hold the truth, and are narrower for a difference of what goes together', () => {
    const random = randomNumbers(3);
    const items = Array.from({ length: 200 }, (_, index) => {
      const own = random();
      return measured(index, { longestLine: own / 2, tokenCount: 0, risk: own / 2 + 0.1 + 0.02 * random() });
    });
    const { risk } = reportLocalisation(items).orders;
    const [low, high] = risk!.interval.mrr!;
    const difference = risk!.differences.longestLine!.mrr;
    expect(low).toBeLessThan(0.36);
    expect(high).toBeGreaterThan(0.36);
    expect(difference.interval![0]).toBeGreaterThan(0.105);
    expect(difference.interval![1]).toBeLessThan(0.115);
    expect(high - low).toBeGreaterThan(5 * (difference.interval![1] - difference.interval![0]));
  });
});
