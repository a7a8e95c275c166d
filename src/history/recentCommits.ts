import { openRepository } from './openRepository.ts';

export interface Commit {
  readonly hash: string;
  /** First paragraph of its message, on one line. */
  readonly subject: string;
  /** When it was committed, since 1970. */
  readonly dateMs: number;
}

/**
 * The last commits of the branch that a folder's repository is on, newest first; none where there is none yet.
 * @throws CandorError `unsupported` without git or repository
 */
export async function recentCommits(folder: string, count: number, signal?: AbortSignal): Promise<readonly Commit[]> {
  const repository = await openRepository(folder, signal);
  if (!(await repository.hasCommits())) return [];
  const log = await repository.run([
    ...['log', '-z', `--max-count=${count}`, '--format=%H %ct %s', '--encoding=UTF-8'],
    ...['--no-patch', '--no-color', '--no-decorate', '--no-show-signature', 'HEAD', '--'],
  ]);
  return log
    .toString()
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [hash = '', seconds = '', ...words] = line.split(' ');
      return { hash, subject: words.join(' '), dateMs: 1000 * Number(seconds) };
    });
}
