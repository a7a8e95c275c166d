import { describe, expect, it } from 'vitest';
import { fatesOfLeaves } from '../../../../src/history/fate/fatesOfLeaves.ts';
import { newLeavesOf } from '../../../../src/history/fate/newLeaves.ts';
import { landedRegions } from '../../../../src/lab/survival/landedRegions.ts';
import { codeLeaves } from '../../../support/codeLeaves.ts';

/** The texts of the regions that a change of a file landed, each with its number of lines. */
async function landed(before: string | null, after: string): Promise<readonly (readonly [string, number])[]> {
  const leaves = await codeLeaves(after, 'typescript');
  const files = [{ before: before === null ? null : await codeLeaves(before, 'typescript'), after: leaves }];
  const [isNew = new Uint8Array()] = newLeavesOf(files, fatesOfLeaves(files));
  return landedRegions(leaves, isNew).map(({ part, lineCount }) => [after.slice(part.start, part.end), lineCount]);
}

const functionNamed = (name: string, lines = 3): string =>
  `function ${name}(a, b) {\n${Array.from({ length: lines }, (_, line) => `  ${name}.step${line}(a + b);\n`).join('')}}\n`;

describe('the regions of a landing', () => {
  it('are the functions of a new file, and the statements between them', async () => {
    const statements = 'const a = 1;\nconst b = 2;\nconst c = 3;\nconst d = 4;\n';
    const file = functionNamed('one') + statements + functionNamed('two', 5);
    expect(await landed(null, file)).toEqual([
      [functionNamed('one').trim(), 5],
      [statements.trim().slice(0, -1), 4],
      [functionNamed('two', 5).trim(), 7],
    ]);
  });

  it('are what is new in a function', async () => {
    const before = functionNamed('one', 2);
    const added = '  if (a > b) {\n    log(a);\n    warn(b);\n  }';
    const after = before.replace('\n}', `\n${added}\n}`);
    expect(await landed(before, after)).toEqual([[added.trim(), 4]]);
  });

  it('are neither short nor long', async () => {
    expect(await landed('', functionNamed('short', 1))).toEqual([]);
    expect(await landed('', functionNamed('whole', 78))).toHaveLength(1);
    expect(await landed('', functionNamed('long', 79))).toEqual([]);
  });

  it('are not what was only moved or indented', async () => {
    const [one, two] = [functionNamed('one', 6), functionNamed('two', 6)];
    expect(await landed(one + two, two + one)).toEqual([]);
    expect(await landed(one, `class A {\n  static {\n${one}\n}\n}`)).toEqual([]);
  });

  it('bridge a bracket that the diff took from old code', async () => {
    const after = functionNamed('one', 8);
    const before = 'function other() { return elsewhere; }\n';
    expect(await landed(before, after)).toHaveLength(1);
  });
});
