/** Lines at the head of a file in which editors look for a mode line. */
const LINES_LOOKED_AT = 5;

/**
 * What a mode line at the head of a text calls its language, in lower case; null: there is none.
 *
 *     -*- mode: C++; tab-width: 4 -*-    or    -*- python -*-          Emacs
 *     vim: set ft=ruby ts=2:             or    ex: filetype=ruby       Vim
 *
 * https://www.gnu.org/software/emacs/manual/html_node/emacs/Choosing-Modes.html, https://vimhelp.org/options.txt.html#modeline
 */
export function nameInModeLine(head: string): string | null {
  for (const line of head.split(/\r\n|[\r\n]/, LINES_LOOKED_AT)) {
    const emacs = /-\*-(.*?)-\*-/.exec(line)?.[1];
    const inEmacs =
      emacs === undefined
        ? undefined
        : (/(?:^|[\s;])mode:\s*([^\s;]+)/i.exec(emacs) ?? /^\s*([^\s:;]+)\s*$/.exec(emacs))?.[1];
    const inVim = /(?:^|\s)(?:vim?|ex)\d*:.*?\b(?:ft|filetype|syntax)=([\w+#-]+)/.exec(line)?.[1];
    const name = inEmacs ?? inVim;
    if (name !== undefined) return name.toLowerCase();
  }
  return null;
}
