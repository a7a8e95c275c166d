import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/syntax/detectLanguage.ts';
import { isLanguageId, LANGUAGE_IDS, languageEntry } from '../../../src/syntax/languages.ts';

describe('detectLanguage', () => {
  it.each([
    ['src/a.ts', '', 'typescript'],
    ['src/types.d.ts', '', 'typescript'],
    ['a.tsx', '', 'tsx'],
    ['a.jsx', '', 'javascript'],
    ['C:\\code\\Main.JAVA', '', 'java'],
    ['a.h', '', 'c'],
    ['a.h', '// -*- mode: C++ -*-', 'cpp'],
    ['a.h', '// C++ it is', 'c'],
    ['a.hpp', '', 'cpp'],
    ['run', '# -*- Shell-script -*-', 'bash'],
    ['run', '// ex: filetype=cs', 'csharp'],
    ['Rakefile', '', 'ruby'],
    ['/home/me/.bashrc', '', 'bash'],
    ['run', '#!/bin/sh -e', 'bash'],
    ['run', '#!/usr/bin/env python3.12', 'python'],
    ['run', '#!/usr/bin/env -S A=1 node --inspect', 'javascript'],
    ['run', '\uFEFF#! /usr/bin/ruby', 'ruby'],
    ['run.py', '#!/bin/sh', 'python'],
  ])('%s with %j is in %s', (path, firstLine, expected) => {
    expect(detectLanguage(path, firstLine)).toBe(expected);
  });

  it.each([
    ['notes.md', ''],
    ['Makefile', ''],
    ['.ts', ''],
    ['no/dots.here/file', ''],
    ['run', '#!/usr/bin/perl'],
    ['run', '#!/usr/bin/env'],
    ['run', 'python'],
    ['constructor', '#!constructor'],
  ])('%s with %j is in none', (path, firstLine) => {
    expect(detectLanguage(path, firstLine)).toBeNull();
  });

  it('finds every language by each of its extensions, and no extension is given twice', () => {
    const seen = new Set<string>();
    for (const id of LANGUAGE_IDS) {
      for (const extension of languageEntry(id).extensions) {
        expect([extension, seen.has(extension)]).toEqual([extension, false]);
        seen.add(extension);
        expect(detectLanguage(`a.${extension}`)).toBe(id);
      }
    }
    expect(seen.size).toBeGreaterThan(40);
  });

  it('knows its ids', () => {
    expect([isLanguageId('go'), isLanguageId('lines'), isLanguageId('toString')]).toEqual([true, false, false]);
  });
});
