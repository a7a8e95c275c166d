import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scoreFile, type FileScore } from '../../../src/app/scoreFile.ts';
import { createWorkspaceLearner } from '../../../src/app/workspaceLearner.ts';
import { CandorError, type ErrorReason } from '../../../src/core/candorError.ts';
import { NgramEngine } from '../../../src/engines/ngram/ngramEngine.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { tokenizer } from '../../support/sampleWorkspace.ts';
import { temporaryFolder, type Files } from '../../support/temporaryFolder.ts';

async function score(files: Files, path: string, topK = 0): Promise<FileScore> {
  const workspace = temporaryFolder(files);
  const engine = new NgramEngine(tokenizer);
  const tools = { engine, learner: createWorkspaceLearner(engine), parser: inProcessParser };
  return scoreFile(tools, { workspace, path: join(workspace, path), topK, onProgress: () => undefined });
}

const failsWith = (reason: ErrorReason) => (error: unknown) => CandorError.is(error, reason);

describe('scoreFile', () => {
  it('scores a file by what is usual in its workspace', async () => {
    const text = 'const total = sum(prices);\n';
    const bits = async (files: Files): Promise<number> => {
      const { scored } = await score(files, 'a.ts');
      return scored.measures.logprobsNats.reduce((sum, one) => sum - one, 0);
    };
    expect(await bits({ 'a.ts': text, 'b.ts': text.repeat(3) })).toBeLessThan(0.5 * (await bits({ 'a.ts': text })));
  });

  it('lays the tokens on the leaves', async () => {
    const { scored, spans, leavesOfTokens, language } = await score({ 'a.ts': 'let 漢字 = "😀"; // x\r\n' }, 'a.ts');
    expect(language).toBe('TypeScript');
    expect(Array.from(scored.tokens(), (token) => token.text).join('')).toBe('let 漢字 = "😀"; // x\r\n');
    for (const [index, token] of [...scored.tokens()].entries()) {
      const expected = [...spans.leaves].filter(
        (leaf) => Math.max(spans.starts[leaf]!, token.start) < Math.min(spans.ends[leaf]!, token.end),
      );
      expect(leavesOfTokens[index]).toEqual(expected);
    }
  });

  it('names alternatives where they are asked for', async () => {
    expect((await score({ 'a.ts': 'let a;' }, 'a.ts')).scored.alternatives.size).toBe(0);
    const { scored } = await score({ 'a.ts': 'let a;' }, 'a.ts', 2);
    expect(scored.alternatives.size).toBe(scored.tokenCount);
    for (const alternatives of scored.alternatives.values()) expect(alternatives).toHaveLength(2);
  });

  it('takes a file that is named itself, whatever its name', async () => {
    expect(await score({ 'notes.txt': 'some words\n' }, 'notes.txt')).toMatchObject({
      language: null,
      spans: { language: 'lines' },
    });
  });

  it.each<[string, Files, string, ErrorReason]>([
    ['a file that is not there', {}, 'a.ts', 'not-found'],
    ['a folder without code', { 'sub/a.txt': 'x' }, 'sub', 'bad-call'],
    ['a folder with code', { 'sub/a.ts': 'let a;' }, 'sub', 'bad-call'],
    ['an empty file', { 'a.ts': '' }, 'a.ts', 'unsupported'],
    ['a binary file', { 'a.ts': '\0' }, 'a.ts', 'unsupported'],
  ])('refuses %s', async (_, files, path, reason) => {
    await expect(score(files, path)).rejects.toSatisfy(failsWith(reason));
  });
});
