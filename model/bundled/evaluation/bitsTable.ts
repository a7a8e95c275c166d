import { markdownTable } from './markdownTable.ts';
import { PREDICTORS, type FileBits, type Predictor } from './projectBits.ts';

type BitsPerByte = Readonly<Record<Predictor, number>>;

/** Bits for each byte, by language; a language's files count by their bytes, the languages all alike. */
export function bitsTable(files: readonly FileBits[]): string {
  const byLanguage = [...Map.groupBy(files, ({ language }) => language)].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = byLanguage.map(([language, own]) => ({
    language,
    files: own.length,
    bytes: sumOf(own, ({ bytes }) => bytes),
    bitsPerByte: ofEach((predictor) => sumOf(own, ({ bits }) => bits[predictor]) / sumOf(own, ({ bytes }) => bytes)),
  }));
  const mean = {
    language: 'mean over languages',
    files: files.length,
    bytes: sumOf(files, ({ bytes }) => bytes),
    bitsPerByte: ofEach((predictor) => sumOf(rows, ({ bitsPerByte }) => bitsPerByte[predictor]) / rows.length),
  };
  const table = markdownTable(
    ['language', 'files', 'KB', ...PREDICTORS],
    [...rows, mean].map((row) => [
      row.language,
      String(row.files),
      (row.bytes / 1000).toFixed(0),
      ...PREDICTORS.map((predictor) => row.bitsPerByte[predictor].toFixed(3)),
    ]),
  );
  const better = rows.filter(({ bitsPerByte }) => isBelowItsParts(bitsPerByte)).length;
  return `${table}\n\nThe mixture is below both of its parts in ${better} of ${rows.length} languages.`;
}

function isBelowItsParts({ 'n-gram': ngram, model, mixture }: BitsPerByte): boolean {
  return mixture < ngram && mixture < model;
}

function ofEach(valueOf: (predictor: Predictor) => number): BitsPerByte {
  const [gzip, ngram, model, mixture] = PREDICTORS;
  return {
    [gzip]: valueOf(gzip),
    [ngram]: valueOf(ngram),
    [model]: valueOf(model),
    [mixture]: valueOf(mixture),
  };
}

function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}
