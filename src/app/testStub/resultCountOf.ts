import type { LanguageId } from '../../syntax/languages.ts';
import type { SpanReader } from './spanReader.ts';

/** Of how many values a function's result is, where a test has to know it to take it; else 1. */
export function resultCountOf(
  reader: SpanReader,
  span: number,
  nameSpan: number,
  list: number,
  language: LanguageId,
): number {
  const before = nameSpan > span ? reader.between(reader.startOf(span), reader.startOf(nameSpan)) : '';
  switch (language) {
    case 'go':
      return goResultCount(reader, span, list);
    case 'java':
      return /\bvoid\s+$/.test(before) ? 0 : 1;
    case 'csharp':
      return /\b(?:void|Task|ValueTask)\s+$/.test(before) ? 0 : 1;
    case 'cpp':
      return /\bvoid\s+$/.test(before) ? 0 : 1;
    default:
      return 1;
  }
}

function goResultCount(reader: SpanReader, span: number, list: number): number {
  const result = reader
    .childrenOf(span)
    .find((child) => reader.startOf(child) >= reader.endOf(list) && reader.typeOf(child) !== 'block');
  if (result === undefined) return 0;
  if (reader.typeOf(result) !== 'parameter_list') return 1;
  const counts = reader.childrenOf(result).map((each) => {
    const names = reader.childrenOf(each).filter((child) => reader.typeOf(child) === 'identifier').length;
    return Math.max(1, names);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
