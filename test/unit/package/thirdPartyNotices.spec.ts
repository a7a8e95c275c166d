import { describe, expect, it } from 'vitest';
import { llamaNotices, noticeOf, noticesText, type Lock } from '../../../.ci/packaging/thirdPartyNotices.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const LOCK: Lock = {
  packages: {
    'node_modules/plain': { version: '1.2.3', license: 'ISC' },
    'node_modules/a/node_modules/@scope/inner': { version: '4.5.6', license: 'MIT' },
    'node_modules/copyleft': { version: '1.0.0', license: 'GPL-3.0-only' },
    'node_modules/choice': { version: '1.0.0', license: '(MIT OR GPL-3.0-only)' },
    'node_modules/secretive': { version: '1.0.0' },
    'node_modules/wordless': { version: '1.0.0', license: 'MIT' },
    'node_modules/wordlessIsc': { version: '1.0.0', license: 'ISC' },
  },
};

const notice = (folder: string): ReturnType<typeof noticeOf> =>
  noticeOf(
    LOCK,
    temporaryFolder({
      'node_modules/plain/LICENCE.md': 'Plain words.\n',
      'node_modules/plain/NOTICE': 'And a notice.',
      'node_modules/plain/index.js': 'not a licence',
      'node_modules/a/node_modules/@scope/inner/license': 'Inner words.',
      'node_modules/wordless/readme.md': '# Wordless',
      'node_modules/wordlessIsc/readme.md': '# Wordless',
    }),
    folder,
  );

describe('noticeOf', () => {
  it('takes the version and the licence from the lock file, the text from the folder', () => {
    expect(notice('node_modules/plain')).toEqual({
      name: 'plain',
      version: '1.2.3',
      licence: 'ISC',
      text: 'Plain words.\n\nAnd a notice.',
    });
  });

  it('names a package inside of another one by its own name', () => {
    expect(notice('node_modules/a/node_modules/@scope/inner')).toMatchObject({
      name: '@scope/inner',
      version: '4.5.6',
    });
  });

  it('puts in the text of MIT where a package only names it', () => {
    expect(notice('node_modules/wordless').text).toContain('Permission is hereby granted');
  });

  it.each([
    ['copyleft', /GPL-3\.0-only, which is not allowed/],
    ['choice', /which is not allowed/],
    ['secretive', /has no licence/],
    ['unlocked', /not in the lock file/],
    ['wordlessIsc', /no text of its licence/],
  ])('refuses %s', (name, words) => {
    expect(() => notice(`node_modules/${name}`)).toThrow(words);
  });
});

describe('noticesText', () => {
  it('names each part once, by name, with its licence', () => {
    const b = { name: 'b', version: '1', licence: 'MIT', text: 'Words of b.' };
    const text = noticesText([b, { name: 'a', version: '2', licence: 'ISC', text: 'Words of a.' }, { ...b }]);
    expect(text.match(/^\S+ \d \(.*\)$/gm)).toEqual(['a 2 (ISC)', 'b 1 (MIT)']);
    expect(text).toContain('a 2 (ISC)\n\nWords of a.\n');
  });
});

describe('llamaNotices', () => {
  it('names what is compiled into the binaries, each with a text', () => {
    const notices = llamaNotices('3.22.1');
    expect(notices.map(({ name }) => name)).toContain('llama.cpp');
    for (const { text } of notices) expect(text.length).toBeGreaterThan(500);
  });
});
