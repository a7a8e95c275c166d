/**
 * A line of a folder's `.gitignore`, or of a file in the same language, as it would stand in the root's.
 * @param folder relative to the root, with `/`; empty: the root
 */
export function ignorePattern(line: string, folder: string): string {
  if (folder === '' || line.startsWith('#') || /^!?[/ ]*$/.test(line)) return line;
  const negation = line.startsWith('!') ? '!' : '';
  const pattern = line.slice(negation.length);
  // Without a slash before its end a pattern speaks about names at any depth.
  const depths = /\/(?! *$)/.test(pattern) ? '' : '**/';
  return `${negation}/${folder.replaceAll(/[\\*?[\]]/g, '\\$&')}/${depths}${pattern.replace(/^\//, '')}`;
}
