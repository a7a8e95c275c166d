import { Edit, type Point } from 'web-tree-sitter';

/** What a tree must be told before it is parsed again with [start, end) of its text replaced. */
export function editOf(text: string, start: number, end: number, replacement: string): Edit {
  const startPosition = advance({ row: 0, column: 0 }, text.slice(0, start));
  return new Edit({
    startIndex: start,
    oldEndIndex: end,
    newEndIndex: start + replacement.length,
    startPosition,
    oldEndPosition: advance(startPosition, text.slice(start, end)),
    newEndPosition: advance(startPosition, replacement),
  });
}

/** Where one is after `passed`, having been at `from`. Columns are UTF-16 units. */
function advance(from: Point, passed: string): Point {
  let row = from.row;
  let lineStart = -1;
  for (let newline = passed.indexOf('\n'); newline !== -1; newline = passed.indexOf('\n', newline + 1)) {
    row++;
    lineStart = newline + 1;
  }
  return lineStart === -1 ? { row, column: from.column + passed.length } : { row, column: passed.length - lineStart };
}
