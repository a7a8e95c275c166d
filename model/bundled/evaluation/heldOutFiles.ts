import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { readSource } from '../../../src/audit/readSource.ts';
import { shuffled } from '../chanceOf.ts';

/** A file of a project that nothing was trained on. */
export interface HeldOutFile {
  readonly project: string;
  readonly language: string;
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * The files below `FOLDER/LANGUAGE/PROJECT/`, as `model/tokenizer/collectCorpus.ts` writes them, in a random order that is the
 * same in every run. A project of two languages stands in two folders of one name. What an audit would pass over (minified
 * files, for one) is left out.
 * @throws Error when there is none
 */
export async function heldOutFiles(folder: string): Promise<readonly HeldOutFile[]> {
  const files: HeldOutFile[] = [];
  for (const place of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const [language = '', project = '', ...path] = place.split(sep);
    if (path.length === 0) continue;
    const source = await readSource(join(folder, place));
    if (source.kind === 'text') files.push({ project, language, path: path.join('/'), text: source.text });
  }
  if (files.length === 0) throw new Error(`There is no held-out project in ${folder}. See model/tokenizer/README.md.`);
  return shuffled(files, ({ project, language, path }) => `${language}/${project}/${path}`);
}
