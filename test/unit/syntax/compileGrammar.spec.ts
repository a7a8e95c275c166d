import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('parseMuchBash.ts', import.meta.url));

describe('compileGrammar', () => {
  it('has V8 optimise the runtime, but no function that is so long that it takes hundreds of megabytes', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--trace-wasm-compilation-times', script], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const lengths = Array.from(stdout.matchAll(/using TurboFan.*?bodysize (\d+)/g), ([, length]) => Number(length));
    expect(lengths.length).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThan(32_768);
    expect(stdout).toMatch(/using Liftoff.*bodysize 161\d{3}/);
  });
});
