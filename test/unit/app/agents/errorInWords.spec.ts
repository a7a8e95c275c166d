import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { errorInWords } from '../../../../src/app/agents/errorInWords.ts';

const ROOTS = [
  { named: '/home/jo/my code', real: '/data/my code' },
  { named: '/srv/a', real: '/srv/a' },
];

const said = (message: string, roots = ROOTS): string => errorInWords(new CandorError('unsupported', message), roots);

describe.skipIf(process.platform === 'win32')('errorInWords', () => {
  it.each([
    ['Nothing of the kind. Try again.', 'Nothing of the kind. Try again.'],
    ['/srv/a/b.ts is a folder.', '/srv/a/b.ts is a folder.'],
    ['/data/my code/b.ts, and /home/jo/my code.', '/data/my code/b.ts, and /home/jo/my code.'],
    ["Repository at '/home/jo/other': who knows.", "Repository at '…': who knows."],
    ['/srv/ab is no folder.', '… is no folder.'],
    ['/srv/a-b/c.ts is no folder.', '… is no folder.'],
    ['Model C:\\models\\x.gguf and \\\\host\\share.', 'Model … and ….'],
    ['Nobody is at http://127.0.0.1:80/v1 or sub/a.ts.', 'Nobody is at http://127.0.0.1:80/v1 or sub/a.ts.'],
    ['One line\nand \u001B[31mmore\u202E.', 'One line\uFFFDand \uFFFD[31mmore\uFFFD.'],
  ])('%j', (message, words) => {
    expect(said(message)).toBe(words);
  });

  it('knows no path to hide where everything is a root', () => {
    expect(said('/etc/x is a folder.', [{ named: '/', real: '/' }])).toBe('/etc/x is a folder.');
  });

  it('hides all paths where there is no root', () => {
    expect(said('/etc/x is a folder.', [])).toBe('… is a folder.');
  });

  it('tells nothing of a fault of its own', () => {
    expect(errorInWords(new TypeError('secret of /srv/a'), ROOTS)).toMatch(/^Candor failed inside/);
    expect(errorInWords('secret', ROOTS)).not.toContain('secret');
  });
});
