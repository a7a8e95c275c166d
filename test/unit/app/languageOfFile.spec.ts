import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageOfFile } from '../../../src/app/languageOfFile.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('languageOfFile', () => {
  it.each([
    ['a.ts', '', 'typescript'],
    ['A.PY', '', 'python'],
    ['a.go', '#!/usr/bin/env python', 'go'],
    ['x.lua', '', 'lines'],
    ['tool', '#!/usr/bin/env python3\n', 'python'],
    ['tool', `#!/bin/bash ${'x'.repeat(1_000)}\n`, 'bash'],
    ['tool', 'no program at all', null],
    ['tool', '', null],
    ['README.md', '#!/bin/bash\n', null],
    ['data.json', '{}', null],
    ['a.h', '/* -*- C++ -*- */\n', 'cpp'],
    ['a.h', 'int f(void);\n', 'c'],
    ['Rakefile', '', 'ruby'],
    ['picture', '\u0089PNG\r\n\u001A\n', null],
  ])('%s that begins with %j', async (name, content, expected) => {
    expect(await languageOfFile(join(temporaryFolder({ [name]: content }), name))).toBe(expected);
  });

  it('goes by the name where the file cannot be read', async () => {
    const folder = temporaryFolder();
    expect(await languageOfFile(join(folder, 'gone.ts'))).toBe('typescript');
    expect(await languageOfFile(join(folder, 'gone'))).toBeNull();
    expect(await languageOfFile(join(folder, 'gone.h'))).toBe('c');
  });
});
