import { describe, expect, it } from 'vitest';
import { runCandor } from '../support/runCandor.ts';
import { faultsOf } from '../support/schemas.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const TEXT = '// 😀 élan\r\nconst 漢字 = "👩‍💻";\r\n\tlet x = 1;\rlast()\n';

interface Document {
  readonly path: string;
  readonly language: string | null;
  readonly tokens: readonly {
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly logprobNats: number | null;
    readonly alternatives: readonly unknown[];
    readonly spans: readonly (readonly string[])[];
  }[];
}

async function scored(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await runCandor(temporaryFolder(files), ['score', '--format=json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document: unknown = JSON.parse(stdout);
  expect(faultsOf('score', document)).toEqual([]);
  return document as Document;
}

describe('candor score', () => {
  it('gives tokens that are the text when joined, with emoji and CRLF', async () => {
    const { path, language, tokens } = await scored({ 'sub/a.ts': TEXT }, 'sub/a.ts', '--workspace=.');
    expect({ path, language }).toEqual({ path: 'sub/a.ts', language: 'TypeScript' });
    expect(tokens.map((token) => token.text).join('')).toBe(TEXT);
    let end = 0;
    for (const token of tokens) {
      expect([token.start, token.end]).toEqual([end, end + token.text.length]);
      expect(token.logprobNats).toBeLessThan(0);
      end = token.end;
    }
    expect(tokens.find((token) => token.text.includes('漢'))?.spans.flat()).toContain('variable_declarator');
    expect(tokens.every((token) => token.alternatives.length === 0)).toBe(true);
  });

  it('names as many alternatives for each token as asked', async () => {
    const { tokens } = await scored({ 'a.py': 'x = 1\n' }, 'a.py', '--top=3');
    for (const token of tokens) expect(token.alternatives).toHaveLength(3);
  });

  it('reads UTF-8 that is broken as an editor shows it', async () => {
    const { tokens } = await scored({ 'a.py': 'x = "\uFFFD"\n' }, 'a.py');
    expect(tokens.map((token) => token.text).join('')).toBe('x = "\uFFFD"\n');
  });

  it('scores a file of no known language', async () => {
    const { language, tokens } = await scored({ 'a.xyz': 'some words\n' }, 'a.xyz');
    expect(language).toBeNull();
    expect(tokens[0]?.spans).toEqual([['text', 'line']]);
  });

  it('prints one line a token as text', async () => {
    const folder = temporaryFolder({ 'a.py': 'x = 1\n' });
    const { code, stdout } = await runCandor(folder, ['score', 'a.py']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^ +1:1 +[\d.e-]+ % +"x" +identifier < assignment$/);
  });
});
