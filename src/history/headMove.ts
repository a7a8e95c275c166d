/** What moved the HEAD of a repository. `checkout`: another version of the files; `commit`: these files as they are. */
export type HeadMove = 'commit' | 'checkout' | 'other';

/** Commands whose move of HEAD brings other files, as the reflog names them. */
const BRINGS_FILES = /^(?:checkout|switch|reset|pull|merge|rebase|cherry-pick|revert|am|clone|bisect)\b/;

/**
 * The last entry of a reflog (`.git/logs/HEAD`).
 *
 *     <old hash> <new hash> Name <address> 1732000000 +0100<TAB>commit (amend): Say more
 *
 * @returns null for a log without an entry
 */
export function lastHeadMove(log: string): { readonly commit: string; readonly move: HeadMove } | null {
  const last = log.trimEnd().split('\n').at(-1) ?? '';
  const entry = /^[0-9a-f]{40,64} ([0-9a-f]{40,64}) [^\t]*\t(.*)$/.exec(last);
  if (entry === null) return null;
  const [, commit = '', message = ''] = entry;
  // A merge or a rebase ends with a commit of its own: it brings what others wrote all the same.
  const move = /^commit\b(?! \(merge\))/.test(message) ? 'commit' : BRINGS_FILES.test(message) ? 'checkout' : 'other';
  return { commit, move };
}
