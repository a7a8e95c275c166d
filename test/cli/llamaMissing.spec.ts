import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { randomGguf } from '../support/randomGgufFile.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const modelPath = randomGguf();

it('says that this build has no llama.cpp where the package did not come along', async () => {
  // The built script alone, in a folder from which no node_modules can be seen.
  const script = join(temporaryFolder(), 'llamaChild.mjs');
  copyFileSync('dist/llamaChild.mjs', script);
  const load = { modelPath: modelPath(), threads: 1, contextTokens: 512 };
  await expect(openLlamaEngine({ childUrl: pathToFileURL(script), load })).rejects.toMatchObject({
    reason: 'unsupported',
    message: 'This build of Candor has no llama.cpp for this platform. Choose the n-gram engine, or a server.',
  });
});
