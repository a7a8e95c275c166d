import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { duration, goingOn, making, runSteps } from '../../../../model/bundled/steps.ts';

let folder: string;
let result: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-steps-'));
  result = join(folder, 'result');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const silently = (): void => undefined;

describe('runSteps', () => {
  it('says of each step that it begins and how long it took, or that it was done before', () => {
    const said: string[] = [];
    const ran: string[] = [];
    const step = (name: string, isDone: boolean) => ({ name, isDone: () => isDone, run: () => void ran.push(name) });
    runSteps([step('Collect', true), step('Train', false)], (line) => said.push(line));
    expect(ran).toEqual(['Train']);
    expect(said).toEqual([
      '[1/2] Collect: done before',
      '[2/2] Train ...',
      expect.stringMatching(/^\[2\/2\] Train: [\d.]+ s$/),
    ]);
  });

  it('ends at the first step that fails', () => {
    const fails = {
      name: 'Train',
      isDone: () => false,
      run: () => {
        throw new Error('cut');
      },
    };
    const after = making(result, 'Export', () => {
      writeFileSync(result, '');
    });
    expect(() => {
      runSteps([fails, after], silently);
    }).toThrow('cut');
    expect(existsSync(result)).toBe(false);
  });
});

describe('making', () => {
  it('gives a result its name only when it is whole, and begins anew after a cut', () => {
    const cut = making(result, 'Collect', (unfinished) => {
      mkdirSync(unfinished);
      writeFileSync(join(unfinished, 'half'), '');
      throw new Error('cut');
    });
    expect(cut.run).toThrow('cut');
    expect(cut.isDone()).toBe(false);

    const whole = making(result, 'Collect', (unfinished) => {
      mkdirSync(unfinished);
      writeFileSync(join(unfinished, 'whole'), '');
    });
    whole.run();
    expect(whole.isDone()).toBe(true);
    expect(readdirSync(result)).toEqual(['whole']);
    expect(readdirSync(folder)).toEqual(['result']);
  });
});

describe('goingOn', () => {
  it('finds what was made before the cut', () => {
    const step = goingOn(result, 'Train', (unfinished) => {
      const before = existsSync(unfinished) ? readFileSync(unfinished, 'utf8') : '';
      writeFileSync(unfinished, `${before}step `);
      if (before === '') throw new Error('cut');
    });
    expect(step.run).toThrow('cut');
    expect(step.isDone()).toBe(false);
    step.run();
    expect(step.isDone()).toBe(true);
    expect(readFileSync(result, 'utf8')).toBe('step step ');
  });
});

describe('duration', () => {
  it.each([
    [400, '0.4 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [5_405_000, '90 min 5 s'],
  ])('%i ms: %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });
});
