import { describe, expect, it } from 'vitest';
import { unexpectedFiles } from '../../../.ci/packaging/unexpectedFiles.ts';

const EXPECTED = [
  'package.json',
  'package.nls.de.json',
  'README.md',
  'LICENSE.txt',
  'THIRD-PARTY-NOTICES.txt',
  'dist/extension.mjs',
  'dist/chunks/chunk-4ABCDEFG.mjs',
  'dist/grammars/tree-sitter-c_sharp.wasm',
  'dist/node_modules/piscina/dist/worker.js',
  'dist/node_modules/node-llama-cpp/node_modules/isexe/dist/commonjs/package.json',
  'dist/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/llama-addon.node',
  'dist/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/libllama.v0.5.0.so',
  'media/gutter/next-dark.svg',
  'media/icon.png',
];

const UNEXPECTED = [
  'dist/extension.mjs.map',
  'src/extension.ts',
  'tsconfig.json',
  'package-lock.json',
  '.env',
  'docs/metrics.md',
  'test/unit/core/utf8.spec.ts',
  'dist/node_modules/piscina/src/main.ts',
  'dist/node_modules/piscina/dist/main.d.ts',
  'dist/node_modules/piscina/test/pool.js',
  'dist/node_modules/node-llama-cpp/llama/gitRelease.bundle',
  'dist/node_modules/@reflink/reflink-linux-x64-gnu/reflink.node',
  'node_modules/piscina/dist/main.js',
  'media/icon.psd',
];

describe('unexpectedFiles', () => {
  it('lets through what belongs into a package', () => {
    expect(unexpectedFiles(EXPECTED)).toEqual([]);
  });

  it('names all else', () => {
    expect(unexpectedFiles([...EXPECTED, ...UNEXPECTED])).toEqual(UNEXPECTED);
  });
});
