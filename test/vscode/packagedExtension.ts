import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hostTarget } from '../../.ci/packaging/targets.ts';
import { cacheFolder } from './cacheFolder.ts';

/**
 * The package of this machine's platform, as `node .ci/package.ts` makes it.
 * @throws {Error} when it was not made
 */
export function packagedExtension(): string {
  const path = join(cacheFolder, 'package', `candor-${hostTarget()}.vsix`);
  if (!existsSync(path)) throw new Error('There is no packaged extension. Run: node .ci/package.ts');
  return path;
}
