import { dirname } from 'node:path';
import { CandorError } from '../../core/candorError.ts';
import { visible } from '../../report/visible.ts';
import type { Root } from './realRoots.ts';

/** Stands for a root while other paths are taken out; no message holds it. */
const ROOT_MARK = '\uE000';

const MARKED = /\uE000(\d+)\uE000/g;
const ABSOLUTE_PATH = /(?<![\w:/\\.~\uE000-])(?:[A-Za-z]:[\\/]|\\\\|\/)[^\s"'`,;()]*[^\s"'`,;:.()]/g;

const FAULT = 'Candor failed inside, which is a fault of its own. Ask about something smaller, or report it.';

/** An error in one sentence for an agent, with what to do next, without paths outside the roots and without a stack. */
export function errorInWords(error: unknown, roots: readonly Root[]): string {
  return visible(CandorError.is(error) ? withoutForeignPaths(error.message, roots) : FAULT);
}

function withoutForeignPaths(message: string, roots: readonly Root[]): string {
  // The root of the disk holds every path.
  if (roots.some(({ real }) => dirname(real) === real)) return message;
  const names = roots.flatMap(({ named, real }) => [named, real]).sort((a, b) => b.length - a.length);
  const marked = names.reduce(
    (text, name, index) => replaceWhole(text, name, `${ROOT_MARK}${index}${ROOT_MARK}`),
    message.replaceAll(ROOT_MARK, '\uFFFD'),
  );
  return marked.replaceAll(ABSOLUTE_PATH, '…').replaceAll(MARKED, (_, index: string) => names[Number(index)] ?? '');
}

/** A folder's name, but not the beginning of another's. */
function replaceWhole(text: string, name: string, mark: string): string {
  return text.split(name).reduce((before, after) => before + (/^[\w-]/.test(after) ? name : mark) + after);
}
