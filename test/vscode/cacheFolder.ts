import { fileURLToPath } from 'node:url';

/** The folder of this checkout, and of what its tests keep between runs (ignored by git, safe to delete). */
export const repositoryFolder = fileURLToPath(new URL('../..', import.meta.url));
export const cacheFolder = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** The Node 24 of the package `node`: what VS Code's server asks for, whatever Node the machine has. */
export const node24 = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
