import { describe, expect, it } from 'vitest';
import { randomGguf } from '../support/randomGgufFile.ts';
import { runCandor } from '../support/runCandor.ts';
import { faultsOf } from '../support/schemas.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const TEXT = 'export function half(width: number): number {\r\n  return width / 2; // 漢 👩‍💻\r\n}\n';

interface Scored {
  readonly source: { readonly engine: string; readonly mode: string };
  readonly tokens: readonly {
    readonly text: string;
    readonly logprobNats: number | null;
    readonly alternatives: readonly unknown[];
  }[];
}

describe('candor with --engine=llama', () => {
  const model = randomGguf();

  it('scores each token of a file by the model', async () => {
    const folder = temporaryFolder({ 'a.ts': TEXT });
    const args = ['score', 'a.ts', '--engine=llama', `--model=${model()}`, '--format=json', '--top=3'];
    const { code, stdout, stderr } = await runCandor(folder, args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout) as Scored;
    expect(faultsOf('score', document)).toEqual([]);
    expect(document.source).toMatchObject({ engine: 'llama', mode: 'teacher-forced' });
    expect(document.tokens.map((token) => token.text).join('')).toBe(TEXT);
    expect(document.tokens.every(({ logprobNats }) => logprobNats !== null && logprobNats < 0)).toBe(true);
    expect(document.tokens.some((token) => token.alternatives.length === 3)).toBe(true);
  });

  it('judges a folder by the model, and learns nothing', async () => {
    const folder = temporaryFolder({ 'a.ts': TEXT, 'b.py': 'def half(width):\n    return width / 2\n' });
    const args = ['audit', '--engine=llama', `--model=${model()}`, '--top=1'];
    const { code, stdout } = await runCandor(folder, args);
    expect(code).toBe(0);
    expect(stdout).toContain('engine llama');
    expect(stdout).toContain('2 files judged, 2 regions.');
    expect(stdout).not.toContain('learned');
  });

  it.each([
    ['no model', ['--engine=llama'], 2, /--model=PATH/],
    ['a model for the n-gram engine', ['--model=x.gguf'], 2, /--model is not for the engine bundled/],
    ['a model that is not there', ['--engine=llama', '--model=missing.gguf'], 2, /not there/],
    ['a file that is no model', ['--engine=llama', '--model=a.ts'], 3, /no GGUF file/],
  ])('says what is wrong: %s', async (_, args, expected, message) => {
    const { code, stdout, stderr } = await runCandor(temporaryFolder({ 'a.ts': TEXT }), ['audit', ...args]);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
