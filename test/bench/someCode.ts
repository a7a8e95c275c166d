import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** About as many lines of code: whole files from development dependencies, always the same ones, over and over. */
export function someCode(lines: number, pattern = 'node_modules/{eslint,vite,vitest,fast-check,ajv}/**/*.js'): string {
  const paths = globSync(pattern, { cwd: REPOSITORY }).sort();
  const files: string[] = [];
  let count = 0;
  for (let index = 0; count < lines; index++) {
    const file = readFileSync(`${REPOSITORY}${paths[index % paths.length] ?? ''}`, 'utf8');
    const longestLine = Math.max(...file.split('\n').map((line) => line.length));
    // Minified code is no code that people read.
    if (longestLine > 1000) continue;
    files.push(file);
    count += file.split('\n').length;
  }
  return files.join('\n');
}
