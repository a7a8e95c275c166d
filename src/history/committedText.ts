import type { Repository } from './openRepository.ts';

/** Longer files are no code that somebody follows. */
const MOST_BYTES = 1_000_000;

/**
 * A file as the commit that is checked out has it; null where that commit has no such file, or the file is no text.
 *
 * @param path relative to the folder that the repository was opened by, with `/`
 */
export async function committedText(repository: Repository, path: string): Promise<string | null> {
  const blob = `HEAD:./${path}`;
  try {
    const size = Number((await repository.run(['cat-file', '-s', blob])).toString());
    if (!(size <= MOST_BYTES)) return null;
    const bytes = await repository.run(['cat-file', 'blob', blob]);
    return bytes.includes(0) ? null : bytes.toString('utf8');
  } catch {
    return null;
  }
}
