import { expect, it } from 'vitest';
import { textWindows } from '../../../../src/engines/openai/textWindows.ts';

it.each([
  ['lines', 'one two\n'.repeat(40)],
  ['a long line', 'x'.repeat(205)],
  ['characters of two units', '😀'.repeat(101)],
  ['an odd start', `a${'😀'.repeat(101)}\n\nb`],
  ['nothing', ''],
])('cuts %s into windows that tile the text and are small enough', (_, text) => {
  const windows = textWindows(text, 50, 20);
  expect(windows.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  for (const { contextStart, start, end } of windows) {
    expect(end - contextStart).toBeLessThanOrEqual(50);
    expect(start - contextStart).toBeLessThanOrEqual(20);
    expect(end).toBeGreaterThan(start);
    expect(text.slice(contextStart, end).isWellFormed()).toBe(true);
  }
});
