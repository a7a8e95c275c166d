import { describe, expect, it } from 'vitest';
import { completionContext, type OpenText } from '../../../../src/app/completions/completionContext.ts';
import { importedModules, isImported } from '../../../../src/app/completions/importedModules.ts';
import { identifiersOf, jaccard, likeWindow } from '../../../../src/app/completions/likeWindows.ts';
import { mayHoldSecrets } from '../../../../src/app/completions/mayHoldSecrets.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

async function importsOf(text: string, language: LanguageId): Promise<ReturnType<typeof importedModules>> {
  const spans = await inProcessParser.spans(text, language);
  if (isSkipped(spans)) throw new Error(spans.skipped);
  return importedModules(text, spans);
}

describe('the modules that a text imports', () => {
  it.each<[LanguageId, string, string[]]>([
    ['typescript', `import { a } from './b/c.ts';\nimport d from "e";\nconst f = './g';\n`, ['./b/c', 'e']],
    ['typescript', `export function f() {\n  return './g';\n}\n`, []],
    ['python', 'import a.b\nfrom c import d, e as f\n', ['a/b', 'c', 'c/d', 'c/e', 'c/f']],
    ['python', 'from .a import b\nfrom ..c import d\nfrom . import e\n', ['./a', './a/b', './../c', './../c/d', './e']],
    ['go', 'package a\n\nimport (\n\t"fmt"\n\t"example.com/app/store"\n)\n', ['fmt', 'example.com/app/store']],
    ['rust', 'use crate::store::Db;\n', ['store/Db', 'store']],
    ['java', 'package a;\nimport app.store.Db;\n', ['app/store/Db']],
    ['c', '#include "store/db.h"\n', ['store/db']],
    ['cpp', '#include "db.hpp"\nusing namespace std;\n', ['db']],
  ])('in %s: %j', async (language, text, expected) => {
    const found = (await importsOf(text, language)).map(
      ({ segments, isRelative }) => (isRelative ? './' : '') + segments.join('/'),
    );
    expect(found).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(found).toEqual([]);
  });

  it.each<[LanguageId, string, string, string, boolean]>([
    ['typescript', `import a from './b';`, 'src/x/a.ts', 'src/x/b.ts', true],
    ['typescript', `import a from './b';`, 'src/x/a.ts', 'src/y/b.ts', false],
    ['typescript', `import a from '../b';`, 'src/x/a.ts', 'src/b/index.ts', true],
    ['typescript', `import a from '@/lib/b';`, 'src/x/a.ts', 'src/lib/b.ts', false],
    ['typescript', `import a from 'lib/b';`, 'src/x/a.ts', 'src/lib/b.ts', true],
    ['python', 'from app.models import User', 'app/views.py', 'app/models.py', true],
    ['python', 'from app import models', 'app/views.py', 'src/app/models.py', true],
    ['python', 'from .models import User', 'app/views.py', 'app/models.py', true],
    ['python', 'from .models import User', 'app/views.py', 'other/models.py', false],
    ['python', 'from ..core import User', 'app/web/views.py', 'app/core/__init__.py', true],
    ['go', 'package a\nimport "example.com/app/store"\n', 'main.go', 'store/db.go', true],
    ['go', 'package a\nimport "fmt"\n', 'main.go', 'store/db.go', false],
    ['rust', 'use crate::store::Db;', 'src/main.rs', 'src/store.rs', true],
    ['java', 'import app.store.Db;', 'src/app/Main.java', 'src/app/store/Db.java', true],
    ['java', 'import app.store.Db;', 'src/app/Main.java', 'src/app/store/Other.java', false],
  ])('in %s, %j of %s means %s: %s', async (language, text, from, candidate, expected) => {
    const modules = await importsOf(text, language);
    expect(modules.some((module) => isImported(module, from, candidate))).toBe(expected);
  });
});

describe('windows alike', () => {
  it('are measured by the identifiers that they share', () => {
    expect(jaccard(identifiersOf('alpha beta'), identifiersOf('beta gamma'))).toBeCloseTo(1 / 3, 12);
    expect(jaccard(new Set(), new Set())).toBe(0);
    expect([...identifiersOf('if a of bbb $ccc 123 é_ñé')]).toEqual(['bbb', '$ccc', 'é_ñé']);
  });

  it('are the first of the most alike ones', () => {
    const filler = Array.from({ length: 48 }, (_, line) => `filler${line}`).join('\n');
    const found = likeWindow(`${filler}\n\nwanted(thing)\n`, identifiersOf('wanted thing'));
    expect(found?.line).toBe(36);
    expect(found?.text).toMatch(/^filler36\n[^]*wanted\(thing\)$/);
    expect(likeWindow(filler, identifiersOf('nothing like it'))).toBeNull();
    expect(likeWindow('', identifiersOf('wanted'))).toBeNull();
  });
});

describe('files that may hold secrets', () => {
  it.each([
    ...['.env', 'app/.env.local', 'config/prod.env', '.npmrc', 'secrets.py', 'app/credentials.json', 'id_rsa', 'x.pem'],
    ...['home/.ssh/config', 'C:\\Users\\a\\.aws\\config', 'db_password.txt', 'api_keys.ts', 'prod.tfvars', '.bashrc'],
  ])('%s', (path) => {
    expect(mayHoldSecrets(path)).toBe(true);
  });

  it.each(['src/a.ts', 'secretary.py', 'environment.ts', '.github/scripts/a.py', 'token.go', 'keys.ts', '../a.ts'])(
    'not %s',
    (path) => {
      expect(mayHoldSecrets(path)).toBe(false);
    },
  );
});

describe('what an engine is shown', () => {
  const text =
    'import os\nfrom app.models import User\n\ndef load(name):\n    user = User.find(name)\n    \n\nprint(load)\n';
  const offset = text.indexOf('    \n') + 4;
  const models = { path: 'app/models.py', text: 'class User:\n    def find(cls, name):\n        return name\n' };
  const alike = { path: 'app/other.py', text: 'def load(name):\n    user = User.find(name)\n    return user\n' };
  const place = { path: 'app/views.py', language: 'python' as const, text, offset };
  const imports = [{ segments: ['app', 'models'], isRelative: false }];
  const shown = (openTexts: readonly OpenText[], mostUnits = 4_000): ReturnType<typeof completionContext> =>
    completionContext({ ...place, openTexts }, imports, mostUnits);

  it('is the text itself where there is room', () => {
    expect(shown([])).toEqual({ prefix: text.slice(0, offset), suffix: text.slice(offset) });
  });

  it('begins with what is imported and with what is alike, the most alike last and the imported one nearest', () => {
    const { prefix, suffix } = shown([alike, models]);
    expect(prefix).toBe(
      '# Path: app/other.py\n# def load(name):\n#     user = User.find(name)\n#     return user\n' +
        '# Path: app/models.py\n# class User:\n#     def find(cls, name):\n#         return name\n' +
        text.slice(0, offset),
    );
    expect(suffix).toBe(text.slice(offset));
    expect(shown([models, alike])).toEqual({ prefix, suffix });
  });

  it('is commented as the language does', () => {
    const go = { ...place, path: 'a.go', language: 'go' as const, openTexts: [{ ...alike, path: 'b.go' }] };
    expect(completionContext(go, [], 4_000).prefix).toMatch(/^\/\/ Path: b\.go\n\/\/ def load/);
    expect(completionContext({ ...go, language: 'lines' }, [], 4_000).prefix).toBe(text.slice(0, offset));
  });

  it.each(['.env', 'app/secrets.py', 'Untitled-1', 'notes.txt', 'app/views.py'])('leaves out %s', (path) => {
    expect(shown([{ ...alike, path }]).prefix).toBe(text.slice(0, offset));
  });

  it('leaves out what has nothing in common, and all others where there is little room', () => {
    expect(shown([{ path: 'z.py', text: 'entirely = different(words)\n' }]).prefix).toBe(text.slice(0, offset));
    expect(shown([alike, models], 600).prefix).toBe(text.slice(0, offset));
  });

  it('is cut at the lines that are farthest away', () => {
    const lines = Array.from({ length: 100 }, (_, line) => `line${line} = ${line}\n`).join('');
    const at = lines.indexOf('line50');
    const cut = completionContext({ ...place, text: lines, offset: at, openTexts: [] }, [], 200);
    expect(cut.prefix.length + cut.suffix.length).toBeLessThanOrEqual(200);
    expect(cut.prefix).toMatch(/^line\d+ = \d+\n[^]*line49 = 49\n$/);
    expect(cut.suffix).toMatch(/^line50 = 50\n[^]*\n$/);
    expect(cut.suffix.length).toBeGreaterThan(30);
    const atEnd = completionContext({ ...place, text: lines, offset: lines.length, openTexts: [] }, [], 200);
    expect(atEnd.prefix.length).toBeGreaterThan(180);
  });

  it('is never more than was asked for, ends at the caret, and splits no character', () => {
    const random = randomNumbers(7);
    for (let round = 0; round < 300; round++) {
      const pieces = ['a', 'User', '\n', '\r\n', '😀', ' ', 'find(name)'];
      const some = Array.from({ length: 60 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      let caret = Math.floor(random() * (some.length + 1));
      if (/[\udc00-\udfff]/.test(some[caret] ?? '')) caret--;
      const mostUnits = 1 + Math.floor(random() * 300);
      const cut = completionContext({ ...place, text: some, offset: caret, openTexts: [models] }, imports, mostUnits);
      expect(cut.prefix.length + cut.suffix.length).toBeLessThanOrEqual(mostUnits);
      expect(some.slice(0, caret).endsWith(cut.prefix)).toBe(true);
      expect(some.slice(caret).startsWith(cut.suffix)).toBe(true);
      expect(cut.prefix.isWellFormed() && cut.suffix.isWellFormed()).toBe(true);
    }
  });
});
