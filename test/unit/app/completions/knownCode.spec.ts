import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../../src/app/completions/completeAt.ts';
import { cutFunctions } from '../../../../src/lab/completions/cutFunctions.ts';
import { detectLanguage } from '../../../../src/syntax/detectLanguage.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { writingEngine } from './writingEngine.ts';

const FIXTURES = new URL('../../../fixtures/', import.meta.url);
const PATHS = ['syntax/', 'sample/'].flatMap((folder) =>
  readdirSync(new URL(folder, FIXTURES), { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('broken') && detectLanguage(path) !== null)
    .map((path) => folder + path),
);

const PLACES_PER_FILE = 5;
const LIMITS = { mostUnits: 4_000, mostTokens: 300, mostLines: 20 };

/** Completes in the place of statements of a file, by an engine that writes what was there and never ends. */
async function completeAgain(
  path: string,
  shareLeft: (place: number) => number,
): Promise<readonly { readonly expected: string; readonly shown: string }[]> {
  const text = readFileSync(new URL(path, FIXTURES), 'utf8');
  const language: LanguageId | 'lines' = detectLanguage(path) ?? 'lines';
  const spans = await inProcessParser.spans(text, language);
  if (isSkipped(spans)) throw new Error(spans.skipped);
  const all = cutFunctions(text, spans).filter(({ statements }) => statements === 1);
  const cuts = all.filter((_, index) => index % Math.ceil(all.length / PLACES_PER_FILE) === 0);
  const found: { readonly expected: string; readonly shown: string }[] = [];
  for (const [place, { prefix, expected, suffix }] of cuts.entries()) {
    const left = Math.floor(expected.length * shareLeft(place));
    const offset = prefix.length + left;
    const engine = writingEngine([expected.slice(left) + suffix]);
    const request = { path, language, text: prefix + expected.slice(0, left) + suffix, offset, openTexts: [] };
    const tools = { engine, parser: inProcessParser };
    const completion = await completeAt(tools, { ...request, limits: LIMITS }, new AbortController().signal);
    found.push({ expected: expected.slice(left), shown: completion?.text ?? '' });
  }
  return found;
}

describe('an engine that knows the code and goes on for ever', () => {
  it.each(PATHS)('is stopped after the statement that is missing in %s', async (path) => {
    for (const { expected, shown } of await completeAgain(path, () => 0)) expect(shown).toBe(expected);
  });

  it.each(PATHS)('is stopped after a statement that the caret stands in, or in one within it, in %s', async (path) => {
    for (const { expected, shown } of await completeAgain(path, (place) => ((place % 7) + 1) / 9)) {
      expect(shown).not.toBe('');
      expect(expected.startsWith(shown)).toBe(true);
      expect(expected.slice(shown.length)).toMatch(/^(?:$|\s*[\n;}])/);
    }
  });
});
