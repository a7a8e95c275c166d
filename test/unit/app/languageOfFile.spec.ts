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
    ['a.h', '/* Copyright\n * class of things */\n#pragma once\n#include <stddef.h>\nstruct a;\n', 'c'],
    ['a.h', '// Licence\n#ifndef A\n#include <vector>\n', 'cpp'],
    ['a.h', '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n', 'c'],
    ['a.h', 'namespace a {\n', 'cpp'],
    ['a.h', 'template <typename T> class B;\n', 'cpp'],
    ['a.h', '#import <Foundation/Foundation.h>\n@interface A : NSObject\n@end\n', 'lines'],
    ['a.inc', '<?php\nf();\n', 'php'],
    ['a.inc', '// -*- C++ -*-\n', 'cpp'],
    ['a.inc', 'mov eax, 1\n', null],
    ['a.cgi', '#!/usr/bin/perl -w\n', 'lines'],
    ['a.cgi', '#!/usr/bin/env python3\n', 'python'],
    ['a.t', 'use strict;\nuse Test::More;\n', 'lines'],
    ['a.t', 'What the letter t stands for.\n', null],
    ['tool', '# vim: set ft=ruby sw=2:\n', 'ruby'],
    ['tool', '#!/bin/sh\n# -*- mode: python; tab-width: 4 -*-\n', 'python'],
    ['tool', '#!/usr/bin/perl\n', 'lines'],
    ['app_de.ts', '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS/>\n', null],
    ['app_pt_BR.ts', '<!DOCTYPE TS><TS>\n', null],
    ['sum_of.ts', 'export const a = 1;\n', 'typescript'],
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
