import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecordedGeneration } from '../../../../src/capture/recordedGeneration.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { someGeneration } from './someGeneration.ts';

/** What is done to a generation on its way into a document. `none`: no generation is behind the insertion. */
export const EDITS = [
  'as it was',
  're-indented',
  'CRLF',
  'first words',
  'first lines',
  'last lines',
  'renamed variable',
  'lines left out',
  'line rewritten',
  'in a file',
  'shuffled lines',
  'none: other code of the same files',
  'none: other files',
  'none: boilerplate',
  'none: most names differ',
] as const;

export type Edit = (typeof EDITS)[number];

export interface PlantedInsertion {
  readonly edit: Edit;
  readonly text: string;
  /** The generations that say the same code: the right answers. None: there is no right answer. */
  readonly from: ReadonlySet<string>;
  /** Visible characters that came from the generation. */
  readonly visible: number;
}

export interface PlantedData {
  readonly generations: readonly RecordedGeneration[];
  readonly insertions: readonly PlantedInsertion[];
}

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));

const BOILERPLATE = [
  "import { readFileSync } from 'node:fs';\nimport { join } from 'node:path';\n",
  "import { describe, expect, it } from 'vitest';\n",
  'import os\nimport sys\nfrom typing import Any, Optional\n',
  '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n',
  'for (let i = 0; i < items.length; i++) {\n',
  'for (let index = 0; index < count; index++) {\n  const item = items[index];\n  if (item === undefined) continue;\n',
  'for (const [key, value] of Object.entries(options)) {\n',
  'for (int i = 0; i < n; i++) {\n',
  'if __name__ == "__main__":\n    main()\n',
  'if err != nil {\n\treturn nil, err\n}\n',
  'return result;\n  }\n}\n',
  '    });\n  });\n});\n',
  'const result = [];\n',
  'if (value === undefined) return null;\n',
  'public static void main(String[] args) {\n',
  'try {\n  await work();\n} catch (error) {\n  console.error(error);\n}\n',
  '// Licensed under the Apache License, Version 2.0 (the "License");\n// you may not use this file except in compliance with the License.\n// You may obtain a copy of the License at\n',
  '/*\n * Permission is hereby granted, free of charge, to any person obtaining a copy\n * of this software and associated documentation files (the "Software"), to deal\n */\n',
];

const CODE = [
  'src/**/*.ts',
  'test/unit/**/*.ts',
  'test/fixtures/{syntax,sample}/**/*.*',
  'model/**/*.py',
  'node_modules/{eslint,ajv}/lib/**/*.{js,ts}',
  'node_modules/node-llama-cpp/dist/**/*.js',
];

/** A line that is long enough to say something. */
const TELLING_LINE = 20;

/** Files of which more of the telling lines stand in other files too are copies: nobody could say which was recorded. */
const MOST_REPEATED = 0.2;

interface CodeFile {
  readonly path: string;
  readonly lines: readonly string[];
}

function codeFiles(): readonly CodeFile[] {
  const files = globSync(CODE, { cwd: REPOSITORY })
    .filter((path) => !path.includes('capture/matching'))
    .sort()
    .map((path) => ({ path, lines: readFileSync(`${REPOSITORY}${path}`, 'utf8').split(/\r?\n/) }))
    .filter(({ lines }) => lines.length > 8 && lines.every((line) => line.length < 400));
  const counts = new Map<string, number>();
  const telling = ({ lines }: CodeFile): readonly string[] =>
    lines.map((line) => line.trim()).filter((line) => line.length >= TELLING_LINE);
  for (const file of files) for (const line of new Set(telling(file))) counts.set(line, (counts.get(line) ?? 0) + 1);
  return files.filter((file) => {
    const lines = telling(file);
    return lines.filter((line) => (counts.get(line) ?? 0) > 1).length < MOST_REPEATED * lines.length;
  });
}

interface Code {
  readonly lines: readonly string[];
  readonly file: string;
  readonly first: number;
}

/**
 * Generations cut from the code of this repository and its fixtures, and insertions made of them: by a seed, always the same.
 * Half of the generations are replies of a chat, with prose and fences, diffs or search/replace blocks around the code.
 */
export function plantedInsertions(seed: number, generationCount: number, insertionCount: number): PlantedData {
  const { uniform } = seededRandom(seed);
  const below = (count: number): number => Math.floor(uniform() * count);
  const files = codeFiles();
  const isRecorded = files.map(() => uniform() < 0.6);
  const recordedFiles = files.filter((_, index) => isRecorded[index]);
  const otherFiles = files.filter((_, index) => !isRecorded[index]);

  /** Lines that begin and end where code does; short ones are as likely as long ones. */
  function cut(from: readonly CodeFile[]): Code {
    for (;;) {
      const file = from[below(from.length)]!;
      const length = Math.max(1, Math.round(Math.exp(uniform() * Math.log(80))));
      const first = below(Math.max(1, file.lines.length - length));
      const lines = file.lines.slice(first, first + length);
      if (/\w.*\w/s.test(lines.join('\n')) && (lines[0] ?? '').trim() !== '') return { lines, file: file.path, first };
    }
  }

  const used = new Map<string, Code[]>();
  function isUsed({ file, first, lines }: Code): boolean {
    return (used.get(file) ?? []).some(
      (one) => one.first < first + lines.length && first < one.first + one.lines.length,
    );
  }

  const codes: Code[] = [];
  const generations: RecordedGeneration[] = [];
  const idsOfCode = new Map<string, Set<string>>();
  while (generations.length < generationCount) {
    const code = cut(recordedFiles);
    if (isUsed(code)) continue;
    const id = `g${generations.length}`;
    const body = code.lines.join('\n');
    generations.push(someGeneration(id, uniform() < 0.5 ? body : reply(code, below), uniform));
    codes.push(code);
    used.set(code.file, [...(used.get(code.file) ?? []), code]);
    const key = squeezed(body);
    const ids = idsOfCode.get(key) ?? new Set();
    idsOfCode.set(key, ids.add(id));
  }
  function plant(edit: Edit): PlantedInsertion | null {
    if (edit.startsWith('none')) {
      const text = lookAlike(edit);
      return text === null ? null : { edit, text, from: new Set(), visible: squeezed(text).length };
    }
    const code = codes[below(codes.length)]!;
    const kept = edited(edit, code.lines, below);
    if (kept === null || squeezed(kept) === '') return null;
    const around = edit === 'in a file' ? otherFiles[below(otherFiles.length)]!.lines : [];
    const at = below(around.length + 1);
    const text = edit === 'in a file' ? [...around.slice(0, at), kept, ...around.slice(at)].join('\n') : kept;
    const key = squeezed(code.lines.join('\n'));
    return {
      edit,
      text,
      from: idsOfCode.get(key) ?? new Set(),
      visible: squeezed(kept).length - changedIn(edit, kept),
    };
  }

  function lookAlike(edit: Edit): string | null {
    if (edit === 'none: boilerplate') return BOILERPLATE[below(BOILERPLATE.length)]!;
    if (edit === 'none: other files') return cut(otherFiles).lines.join('\n');
    if (edit === 'none: most names differ') return withOtherNames(codes[below(codes.length)]!.lines.join('\n'), below);
    const code = cut(recordedFiles);
    return isUsed(code) ? null : code.lines.join('\n');
  }

  const insertions: PlantedInsertion[] = [];
  while (insertions.length < insertionCount) {
    const planted = plant(EDITS[insertions.length % EDITS.length]!);
    if (planted !== null) insertions.push(planted);
  }
  return { generations, insertions };
}

const CHANGED_LINE = 'changed(what, stood, here);';
const CHANGED_NAME = /\bother_\w+/g;

/** Visible characters of an edited text that the edit wrote. */
function changedIn(edit: Edit, text: string): number {
  if (edit === 'line rewritten') return squeezed(CHANGED_LINE).length;
  if (edit !== 'renamed variable') return 0;
  return (text.match(CHANGED_NAME) ?? []).join('').length;
}

/** A text without its white space. */
export function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

function edited(edit: Edit, lines: readonly string[], below: (count: number) => number): string | null {
  const body = lines.join('\n');
  switch (edit) {
    case 're-indented': {
      const [unit, deeper] = [['\t', '    ', '  '][below(3)]!, below(3)];
      return lines
        .map((line) =>
          line.trim() === '' ? '' : unit.repeat(deeper) + line.replace(/^ +/, (s) => unit.repeat(s.length / 2)),
        )
        .join('\n');
    }
    case 'CRLF':
      return lines.join('\r\n');
    case 'first words': {
      const words = body.match(/\s*\S+/g) ?? [];
      return words.slice(0, 1 + below(words.length)).join('');
    }
    case 'first lines':
      return lines.length < 2 ? null : lines.slice(0, 1 + below(lines.length - 1)).join('\n');
    case 'last lines':
      return lines.length < 2 ? null : lines.slice(1 + below(lines.length - 1)).join('\n');
    case 'renamed variable': {
      const names = [...new Set(body.match(/\b[a-z]\w+\b/gi) ?? [])];
      const name = names[below(names.length)];
      return name === undefined ? null : body.replace(new RegExp(`\\b${name}\\b`, 'g'), `other_${name}`);
    }
    case 'lines left out': {
      if (lines.length < 4) return null;
      const at = 1 + below(lines.length - 2);
      return lines.toSpliced(at, 1 + below(Math.ceil(lines.length / 3))).join('\n');
    }
    case 'line rewritten':
      return lines.length < 4 ? null : lines.with(below(lines.length), `  ${CHANGED_LINE}`).join('\n');
    case 'shuffled lines': {
      if (lines.length < 4) return null;
      const shuffled = [...lines];
      for (let index = shuffled.length - 1; index > 0; index--) {
        const other = below(index + 1);
        [shuffled[index], shuffled[other]] = [shuffled[other]!, shuffled[index]!];
      }
      return shuffled.join('\n');
    }
    default:
      return body;
  }
}

/** The same code about something else: four names of five, one name for one. */
function withOtherNames(body: string, below: (count: number) => number): string {
  const names = new Map<string, string>();
  return body.replace(/\b[A-Za-z_]\w*\b/g, (name) => {
    if (/^(?:const|let|return|if|for|else|function|export|import|from|of|new|null|true|false|def|self|in)$/.test(name))
      return name;
    if (!names.has(name)) names.set(name, below(5) === 0 ? name : `n${below(100_000).toString(36)}`);
    return names.get(name)!;
  });
}

/** How a model that was asked in a chat would hand the code over. */
function reply({ lines, file }: Code, below: (count: number) => number): string {
  const body = lines.join('\n');
  const open = ['Here is the code that you asked for.', 'Sure! This should work:', `I changed \`${file}\`:`][below(3)]!;
  const close = ['Let me know if anything else is missing.', 'It keeps what was there before.', ''][below(3)]!;
  switch (below(4)) {
    case 0: {
      const added = lines.map((line) => `+${line}`).join('\n');
      return `${open}\n\n\`\`\`diff\n--- a/${file}\n+++ b/${file}\n@@ -1,3 +1,${lines.length + 2} @@\n before();\n-old(line, here);\n${added}\n after();\n\`\`\`\n${close}`;
    }
    case 1:
      return `${open}\n\n\`\`\`\n${file}\n<<<<<<< SEARCH\nold(line, here);\n=======\n${body}\n>>>>>>> REPLACE\n\`\`\`\n${close}`;
    default:
      return `${open}\n\n\`\`\`${/\.(\w+)$/.exec(file)?.[1] ?? ''}\n${body}\n\`\`\`\n\n${close}`;
  }
}
