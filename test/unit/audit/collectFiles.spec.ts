import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collectFiles } from '../../../src/audit/collectFiles.ts';
import { CandorError } from '../../../src/core/candorError.ts';
import { temporaryFolder, writeFiles, type Files } from '../../support/temporaryFolder.ts';

async function pathsIn(
  root: string,
  paths: readonly string[],
  exclude?: readonly string[],
): Promise<readonly string[]> {
  return (await collectFiles(root, paths, exclude)).map(({ path }) => path);
}

/** Paths below a folder with these files, collected from the paths named. */
function collect(
  files: Files,
  paths: readonly string[] = ['.'],
  exclude?: readonly string[],
): Promise<readonly string[]> {
  const root = temporaryFolder(files);
  return pathsIn(
    root,
    paths.map((path) => join(root, path)),
    exclude,
  );
}

function git(folder: string, ...args: readonly string[]): string {
  const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

describe('collectFiles', () => {
  it('finds the files of folders in order of path, each once', async () => {
    const files = { 'b/c.ts': '', 'b.ts': '', 'a/z.ts': '', 'a/名前 x.ts': '', '.hidden/x.ts': '' };
    const all = ['.hidden/x.ts', 'a/z.ts', 'a/名前 x.ts', 'b.ts', 'b/c.ts'];
    expect(await collect(files)).toEqual(all);
    expect(await collect(files, ['.', 'a', 'b.ts', 'b.ts'])).toEqual(all);
    expect(await collect(files, ['b', 'b.ts'])).toEqual(['b.ts', 'b/c.ts']);
  });

  it('takes paths that are relative to the working folder', async () => {
    const root = temporaryFolder({ 'a/b.ts': '' });
    expect(await pathsIn(root, [relative(process.cwd(), join(root, 'a'))])).toEqual(['a/b.ts']);
  });

  it("passes over folders that hold nothing of the workspace's own, unless they are named", async () => {
    const files = {
      'a.ts': '',
      'node_modules/x/index.js': '',
      'sub/node_modules/y.js': '',
      '.git/config': '',
      'p/__pycache__/a.pyc': '',
    };
    expect(await collect(files)).toEqual(['a.ts']);
    expect(await collect(files, ['node_modules/x'])).toEqual(['node_modules/x/index.js']);
  });

  it('leaves out what .gitignore files leave out, the nearest having the last word', async () => {
    const files = {
      '.gitignore': '*.log\n/build/\n# a comment\n!keep.log\n',
      'a.ts': '',
      'a.log': '',
      'keep.log': '',
      'build/x.ts': '',
      'sub/build/x.ts': '',
      'sub/.gitignore': 'keep.log\n!a.log\n',
      'sub/a.log': '',
      'sub/b.log': '',
      'sub/keep.log': '',
    };
    expect(await collect(files)).toEqual([
      '.gitignore',
      'a.ts',
      'keep.log',
      'sub/.gitignore',
      'sub/a.log',
      'sub/build/x.ts',
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'refuses what is neither file nor folder, and passes over it inside',
    async () => {
      const folder = temporaryFolder({});
      const server = createServer().listen(join(folder, 'socket'));
      onTestFinished(() => {
        server.close();
      });
      await once(server, 'listening');
      await expect(collectFiles(folder, [join(folder, 'socket')])).rejects.toMatchObject({ reason: 'unsupported' });
      expect(await pathsIn(folder, [folder])).toEqual([]);
    },
  );

  it('reads the patterns of a nested .gitignore from its own folder on', async () => {
    const files = {
      'old.ts': '',
      'sub [1]/.gitignore': 'old.ts\n/top.ts\nin/middle.ts\n\\!odd.ts\nbare.ts  \n/\n',
      'sub [1]/top.ts': '',
      'sub [1]/!odd.ts': '',
      'sub [1]/deep/old.ts': '',
      'sub [1]/deep/top.ts': '',
      'sub [1]/deep/bare.ts': '',
      'sub [1]/in/middle.ts': '',
      'sub [1]/deep/in/middle.ts': '',
    };
    expect(await collect(files)).toEqual([
      'old.ts',
      'sub [1]/.gitignore',
      'sub [1]/deep/in/middle.ts',
      'sub [1]/deep/top.ts',
    ]);
  });

  it('takes what a nearer .gitignore takes back, with all that lies in it', async () => {
    const files = {
      '.gitignore': 'build/\n*.log\n',
      'build/x.ts': '',
      'sub/.gitignore': '!build/\n',
      'sub/build/deep/x.ts': '',
      'sub/build/x.log': '',
    };
    expect(await collect(files)).toEqual(['.gitignore', 'sub/.gitignore', 'sub/build/deep/x.ts']);
  });

  it('keeps to the .gitignore files above a folder that is named', async () => {
    const files = {
      '.gitignore': 'generated/\n/src/old.ts\n',
      'src/a.ts': '',
      'src/old.ts': '',
      'src/generated/b.ts': '',
    };
    expect(await collect(files, ['src'])).toEqual(['src/a.ts']);
  });

  it('takes a file or a folder that is named itself, ignored or not', async () => {
    const files = {
      '.gitignore': 'dist/\n*.log\n',
      'dist/a.js': '',
      'dist/sub/b.js': '',
      'dist/c.log': '',
      'x.log': '',
    };
    expect(await collect(files, ['x.log'])).toEqual(['x.log']);
    expect(await collect(files, ['dist/a.js'])).toEqual(['dist/a.js']);
    expect(await collect(files, ['dist'])).toEqual(expect.arrayContaining(['dist/a.js', 'dist/sub/b.js']));
    expect(await collect(files, ['dist/sub'])).toEqual(['dist/sub/b.js']);
  });

  it('leaves out what .candorignore files and patterns for this audit leave out', async () => {
    const files = {
      '.candorignore': 'old/\n*.snap.ts\n',
      'a.ts': '',
      'a.snap.ts': '',
      'old/x.ts': '',
      'sub/.candorignore': '!a.snap.ts\n',
      'sub/a.snap.ts': '',
      'sub/b.snap.ts': '',
      'sub/old/x.ts': '',
      'docs/d.ts': '',
      'sub/docs/e.ts': '',
    };
    const marks = ['.candorignore', 'sub/.candorignore'];
    expect(await collect(files)).toEqual([marks[0], 'a.ts', 'docs/d.ts', marks[1], 'sub/a.snap.ts', 'sub/docs/e.ts']);
    expect(await collect(files, ['.'], ['/docs/', '*.snap.ts', '.candorignore'])).toEqual(['a.ts', 'sub/docs/e.ts']);
    expect(await collect(files, ['old', 'docs', 'a.snap.ts'], ['docs', 'e.ts'])).toEqual([
      'a.snap.ts',
      'docs/d.ts',
      'old/x.ts',
    ]);
  });

  it('takes back by .candorignore what git ignores, with all that lies in it', async () => {
    const files = {
      '.gitignore': 'build/\n*.log\n',
      '.candorignore': '!/build/\n!keep.log\nbuild/deep/y.ts\n',
      'build/deep/x.ts': '',
      'build/deep/y.ts': '',
      'sub/build/x.ts': '',
      'sub/keep.log': '',
      'x.log': '',
    };
    expect(await collect(files)).toEqual(['.candorignore', '.gitignore', 'build/deep/x.ts', 'sub/keep.log']);
  });

  it('says whose work files are, by what is said of them and by their names', async () => {
    const root = temporaryFolder({
      '.gitattributes':
        'api/*.ts linguist-generated\nvendor/mine/** -linguist-vendored\ntheirs/** linguist-vendored=true\n',
      '.candorignore': '!vendor/ours/\n',
      'a.ts': '',
      'api/b.ts': '',
      'api/deep/c.ts': '',
      'theirs/d.ts': '',
      'vendor/e.ts': '',
      'vendor/mine/f.ts': '',
      'vendor/ours/g.ts': '',
      'h.pb.go': '',
      'i.pb.go': '',
    });
    const standings = async (...paths: readonly string[]): Promise<Record<string, unknown>> => {
      const found = await collectFiles(
        root,
        paths.map((path) => join(root, path)),
      );
      return Object.fromEntries(found.map(({ path, standing, isNamed }) => [path, isNamed ? 'named' : standing]));
    };
    const all = {
      '.candorignore': null,
      '.gitattributes': null,
      'a.ts': null,
      'api/b.ts': 'generated',
      'api/deep/c.ts': null,
      'h.pb.go': 'generated',
      'i.pb.go': 'generated',
      'theirs/d.ts': 'vendored',
      'vendor/e.ts': 'vendored',
      'vendor/mine/f.ts': 'own',
      'vendor/ours/g.ts': 'own',
    };
    expect(await standings('.')).toEqual(all);
    expect(await standings('.', 'i.pb.go', 'vendor')).toEqual({ ...all, 'i.pb.go': 'named', 'vendor/e.ts': null });
    expect(await standings('theirs')).toEqual({ 'theirs/d.ts': 'vendored' });
  });

  it('tells names apart by case where the system does', async () => {
    const files = { '.gitignore': 'lib/\n', 'Lib/a.py': '' };
    expect(await collect(files)).toEqual(process.platform === 'linux' ? ['.gitignore', 'Lib/a.py'] : ['.gitignore']);
  });

  it('follows no links, unless one is named', async () => {
    const root = temporaryFolder({ 'real/a.ts': '' });
    symlinkSync(root, join(root, 'loop'), 'dir');
    symlinkSync(join(root, 'real'), join(root, 'linked'), 'dir');
    symlinkSync(join(root, 'real/a.ts'), join(root, 'link.ts'));
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling.ts'));
    expect(await pathsIn(root, [root])).toEqual(['real/a.ts']);
    expect(await pathsIn(root, [join(root, 'linked'), join(root, 'link.ts')])).toEqual(['link.ts', 'linked/a.ts']);
  });

  it('takes a folder by the name .gitignore for a folder', async () => {
    expect(await collect({ '.gitignore/a.ts': '' })).toEqual(['.gitignore/a.ts']);
  });

  it('finds nothing in an empty folder', async () => {
    expect(await collect({})).toEqual([]);
  });

  it('says which path does not exist', async () => {
    const error: unknown = await collect({ 'a.ts': '' }, ['a.ts', 'b.ts']).catch((cause: unknown) => cause);
    expect(CandorError.is(error, 'not-found')).toBe(true);
    expect(String(error)).toContain('b.ts does not exist');
  });

  it('leaves out what git leaves out', async () => {
    const segment = fc.constantFrom('a', 'b', 'c.log', 'build', 'x y');
    const pattern = fc
      .tuple(
        fc.constantFrom('', '!'),
        fc.constantFrom('', '/', '**/', '*/'),
        fc.constantFrom('a', 'b', 'a.ts', '*.ts', 'build', 'b*', 'a/b', 'a/*', 'b/a.ts', '*', 'x\\ y.ts', 'build/**'),
        fc.constantFrom('', '/'),
      )
      .map((parts) => parts.join(''));
    const folder = fc.array(fc.constantFrom('a', 'b', 'build', '[b]'), { maxLength: 3 });
    const someFiles = fc.array(fc.tuple(folder, segment), { minLength: 1, maxLength: 8 });
    const someRules = fc.array(fc.tuple(folder, fc.array(pattern, { minLength: 1, maxLength: 3 })), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(someFiles, someRules, async (files, rules) => {
        const root = temporaryFolder();
        for (const [folders, name] of files) writeIfFree(root, [...folders, `${name}.ts`].join('/'));
        for (const [folders, lines] of rules) writeIfFree(root, [...folders, '.gitignore'].join('/'), lines.join('\n'));
        git(root, 'init', '-q', '.');
        const expected = git(root, 'ls-files', '-z', '--others', '--exclude-standard')
          .split('\0')
          .filter((path) => path !== '');
        expect(await pathsIn(root, [root])).toEqual(expected.sort());
      }),
      { numRuns: 100 },
    );
  });
});

function writeIfFree(root: string, path: string, content = ''): void {
  try {
    writeFiles(root, { [path]: content });
  } catch {
    // A file stands where a folder would have to be: then there is one file less.
  }
}
