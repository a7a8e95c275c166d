import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allSignals } from '../../../../src/core/signals/allSignals.ts';

const page = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8');

/** The rows of the page's table, each as its cells, without head and rule. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

describe('docs/metrics.md', () => {
  it('lists the signals there are, in their order', () => {
    expect(rows.map(([name]) => name)).toEqual(allSignals.map(({ name }) => `\`${name}\``));
  });

  it.each(allSignals.map((signal, index) => [signal.name, signal, rows[index] ?? []] as const))(
    'says of %s what its declaration says',
    (name, signal, [, version, , range, direction, level, inputs, source]) => {
      expect(version).toBe(String(signal.version));
      const bound = (value: number): string => String(value).replace('Infinity', '∞');
      expect(range?.match(/[[(](.*), (.*)[\])]/)?.slice(1)).toEqual([
        bound(signal.range.lowest),
        bound(signal.range.highest),
      ]);
      expect(direction).toBe(signal.direction);
      expect(level).toBe(signal.level);
      expect(inputs).toBe(signal.inputs.join(', '));
      // The page names the same papers as the declaration.
      const papers = /\d{4}\.\d{5}|ICSE \d{4}/g;
      expect(source?.match(papers)).toEqual(signal.source.match(papers));
      expect(page).toMatch(new RegExp(`^(\`\\w+\`, )?\`${name}\`(, \`\\w+\`)?\\n: `, 'm'));
    },
  );
});
