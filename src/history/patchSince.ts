import type { Repository } from './openRepository.ts';

/**
 * What changed in the folder of a repository since a commit or a tree, as a patch without context whose names have the prefixes
 * a/ and b/ and are relative to the folder. Other ends of lines are no change.
 *
 * @param isStaged whether what the index holds is compared, in place of the files of the working tree
 */
export function patchSince(repository: Repository, tree: string, isStaged: boolean): Promise<Buffer> {
  return repository.run([
    ...['diff-index', ...(isStaged ? ['--cached'] : []), '--patch', '--unified=0', '--inter-hunk-context=0'],
    ...['--find-renames', '--relative', '--no-color', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all'],
    ...['--ignore-cr-at-eol', '--src-prefix=a/', '--dst-prefix=b/', tree, '--'],
  ]);
}
