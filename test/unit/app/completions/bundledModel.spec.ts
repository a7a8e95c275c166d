import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completeAt } from '../../../../src/app/completions/completeAt.ts';
import { openLlamaEngine, type LlamaEngine } from '../../../../src/engines/llama/llamaEngine.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';

let engine: LlamaEngine;

beforeAll(async () => {
  const modelPath = fileURLToPath(sourceAssets.bundledModel);
  const load = { modelPath, threads: 1, contextTokens: 4096 };
  engine = await openLlamaEngine({ childUrl: sourceAssets.llamaChild, load });
}, 60_000);

afterAll(() => engine.close());

const LIMITS = { mostUnits: 600, mostTokens: 48, mostLines: 8 };

it.each([
  ['python', 'a.py', 'import os\n\n\ndef read(path):\n    with open(path) as f:\n        |\n'],
  ['typescript', 'a.ts', 'const names: string[] = [];\nfor (const value of values) {\n  |\n}\n'],
  ['go', 'a.go', 'package a\n\nfunc f(x int) error {\n\tif err != nil {\n\t\t|\n\t}\n\treturn nil\n}\n'],
] as const)('the bundled model completes %s, and stops', async (language, path, marked) => {
  const [before = '', after = ''] = marked.split('|');
  const place = { path, language, text: before + after, offset: before.length, openTexts: [] };
  const tools = { engine, parser: inProcessParser };
  const completion = await completeAt(tools, { ...place, limits: LIMITS }, new AbortController().signal);
  const { text = '', scored } = completion ?? {};
  expect(text.trim()).not.toBe('');
  expect(text.split('\n').length).toBeLessThanOrEqual(LIMITS.mostLines);
  expect(scored?.text).toBe(text);
  expect(scored?.source.mode).toBe('generated');
  expect([...(scored?.measures.logprobsNats ?? [])].some((logprob) => logprob <= 0)).toBe(true);
});
