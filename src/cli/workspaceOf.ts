import { resolve } from 'node:path';
import { findWorkspace } from '../app/findWorkspace.ts';
import { CandorError } from '../core/candorError.ts';

/**
 * The workspace that was asked for, or else the one that the paths belong to.
 * @throws CandorError `bad-call` when a path lies outside of it
 */
export function workspaceOf(paths: readonly string[], asked: string | undefined): string {
  const workspace = asked === undefined ? findWorkspace(paths) : resolve(asked);
  const outside = paths.find((path) => !`${resolve(path)}/`.startsWith(workspace === '/' ? '/' : `${workspace}/`));
  if (outside !== undefined) {
    throw new CandorError('bad-call', `${outside} lies outside the workspace ${workspace}. Name another --workspace.`);
  }
  return workspace;
}
