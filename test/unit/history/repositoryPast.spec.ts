import { describe, expect, it } from 'vitest';
import type { FileChange, Landing } from '../../../src/history/firstParentLandings.ts';
import { RepositoryPast } from '../../../src/history/repositoryPast.ts';

const DAY_MS = 86_400_000;

function landing(day: number, author: string, message: string, changes: readonly Partial<FileChange>[]): Landing {
  return {
    hash: '',
    parents: [],
    parent: null,
    brought: [],
    committedAtMs: day * DAY_MS,
    authorName: author,
    authorAddress: author,
    committerName: author,
    committerAddress: author,
    message,
    changes: changes.map((change) => ({ path: 'a', oldBlob: '1', newBlob: '2', ...change })),
  };
}

describe('the past of a repository', () => {
  it('counts what landed in a file before', () => {
    const past = new RepositoryPast();
    expect(past.of('a', 0)).toEqual({
      fileAgeDays: 0,
      fileCommits90Days: 0,
      fileAuthors90Days: 0,
      fileFixes180Days: 0,
      repositoryCommits90Days: 0,
    });
    past.add(landing(0, 'x', 'Add', [{ oldBlob: null }]));
    past.add(landing(50, 'x', 'Fix a bug', [{}]));
    past.add(landing(60, 'y', 'Improve', [{}, { path: 'b' }]));
    past.add(landing(100, 'y', 'Fix another bug', [{ path: 'b' }]));
    past.add(landing(110, 'x', 'Fix more bugs', [{}]));
    expect(past.of('a', 120 * DAY_MS)).toEqual({
      fileAgeDays: 120,
      fileCommits90Days: 3,
      fileAuthors90Days: 2,
      fileFixes180Days: 2,
      repositoryCommits90Days: 4,
    });
  });

  it('follows a file through its renames, and forgets one that was deleted', () => {
    const past = new RepositoryPast();
    past.add(landing(0, 'x', 'Add', [{ oldBlob: null }]));
    past.add(landing(10, 'x', 'Rename', [{ path: 'b', oldPath: 'a' }]));
    expect(past.of('b', 20 * DAY_MS)).toMatchObject({ fileAgeDays: 20, fileCommits90Days: 2 });
    expect(past.of('a', 20 * DAY_MS)).toMatchObject({ fileAgeDays: 0, fileCommits90Days: 0 });
    past.add(landing(30, 'x', 'Delete', [{ path: 'b', newBlob: null }]));
    expect(past.of('b', 40 * DAY_MS)).toMatchObject({ fileAgeDays: 0 });
  });
});
