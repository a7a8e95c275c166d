import { visible } from './visible.ts';

/**
 * Strange text as a code span of Markdown, in one line: nothing in it is a link, a mention, an issue, HTML or the end of the span
 * (CommonMark 6.1). In a cell of a table it would not be safe, for there a pipe ends it.
 */
export function codeSpan(text: string): string {
  const shown = visible(text);
  if (shown === '') return '(nothing)';
  const ticks = '`'.repeat(longestRunOfTicks(shown) + 1);
  // One blank at each end is taken away, and sets ticks at the ends apart.
  const pad = /^[` ]|[` ]$/.test(shown) && /[^ ]/.test(shown) ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

/** Lines, each made visible, as a block of code that nothing in them can end. */
export function codeBlock(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfTicks(lines.join('\n')) + 1));
  return [fence, ...lines, fence].join('\n');
}

function longestRunOfTicks(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
