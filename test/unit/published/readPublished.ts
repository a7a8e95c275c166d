import { readFileSync } from 'node:fs';

/** What a script of `test/fixtures/published/` wrote: inputs, and what the authors' own code said of them. */
export function readPublished(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/published/${name}.json`, import.meta.url), 'utf8'));
}
