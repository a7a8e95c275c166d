import { findTestedFunction } from '../../../../src/app/testStub/findTestedFunction.ts';
import { planTest, type PlannedTest } from '../../../../src/app/testStub/planTest.ts';
import type { Doubt } from '../../../../src/app/testStub/stubRequest.ts';
import type { TestedFunction } from '../../../../src/app/testStub/testedFunction.ts';
import { detectLanguage } from '../../../../src/syntax/detectLanguage.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { textParser } from '../../syntax/samples.ts';

/** The function around the place that a text marks with `¦`. */
export async function functionAt(marked: string, language: LanguageId): Promise<TestedFunction | null> {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const spans = await textParser.spansOf(text, language);
  if (isSkipped(spans)) throw new Error(`the sample was not parsed: ${spans.skipped}`);
  return findTestedFunction(spans, text, offset, language);
}

export interface Planned extends PlannedTest {
  /** The whole file, as it is with the stub in it. */
  readonly text: string;
  /** What is left to write. */
  readonly left: string;
}

/** Plans a test of the function at the mark `¦` of one of a project's files. */
export async function plannedStub(
  files: Readonly<Record<string, string>>,
  doubt: Doubt | null = null,
): Promise<Planned> {
  const [path, marked] = Object.entries(files).find(([, text]) => text.includes('¦'))!;
  const language = detectLanguage(path, '')!;
  const tested = await functionAt(marked, language);
  if (tested === null) throw new Error('there is no function at the mark');
  const texts: Record<string, string> = { ...files, [path]: marked.replace('¦', '') };
  const planned = await planTest({
    source: { path, text: texts[path]!, language },
    tested,
    doubt,
    files: Object.keys(files),
    readFile: (file) => Promise.resolve(texts[file] ?? null),
  });
  const text = withInsertions(texts[planned.path] ?? '', planned.stub.insertions);
  const { start, end } = planned.stub.left;
  return { ...planned, text, left: text.slice(start, end) };
}

function withInsertions(text: string, insertions: PlannedTest['stub']['insertions']): string {
  return insertions.reduceRight(
    (file, { offset, text: put }) => file.slice(0, offset) + put + file.slice(offset),
    text,
  );
}
