import { describe, expect, it } from 'vitest';
import type { JudgedFile } from '../../../src/audit/report.ts';
import type { Assessment, Finding, RiskySpan } from '../../../src/core/words.ts';
import { COMMENT_MARKER, markdownReport } from '../../../src/report/markdownReport.ts';
import { someSource } from '../core/someSource.ts';
import { silencedFile } from '../../support/silencedFile.ts';
import { judgedFile, reportOf, spanOver } from '../../support/someReport.ts';

const TEXT = 'function f(total, limit) {\n  if (total <= limit) return 1;\n}\n';

/** A file whose region was judged so. */
function changed(file: JudgedFile, change: Partial<Assessment>): JudgedFile {
  return { ...file, assessments: file.assessments.map((one) => ({ ...one, ...change })) };
}

/** A span of which the engine expected something else. */
function found(span: RiskySpan, alternative: string): RiskySpan {
  const finding: Finding = {
    kind: 'expectedOther',
    start: span.start,
    end: span.end,
    numbers: { chance: 0.03, bestChance: 0.64 },
    alternatives: [{ text: alternative, logprobNats: -0.4 }],
  };
  return { ...span, finding };
}

/** A file whose first span has a finding. */
function withFinding(file: JudgedFile, alternative: string): JudgedFile {
  const [first, ...others] = file.assessments[0]!.spans;
  return changed(file, { spans: [found(first!, alternative), ...others] });
}

describe('markdownReport', () => {
  it('folds away what comments keep quiet, their reasons as code', () => {
    const text = markdownReport(reportOf([silencedFile('src/a.ts')]));
    expect(text).toContain('<summary>Kept quiet by comments: 2 places</summary>');
    expect(text).toContain('\n- `src/a.ts:1`, 2 places: `` [seen]\uFFFD `here` ``\n');
    expect(markdownReport(reportOf([judgedFile('a.ts', TEXT, [])]))).not.toContain('quiet');
    const many = Array.from({ length: 500 }, (_, index) => silencedFile(`src/some/long/path/f${index}.ts`));
    const long = markdownReport(reportOf(many));
    expect(long.length).toBeLessThanOrEqual(60_000);
    expect(long).toMatch(/\n- and \d+ more\n/);
  });

  it('says how much there is to read and what was not judged, then shows the line and says why', () => {
    const file = withFinding(
      judgedFile('src/a.ts', TEXT, [{ words: '<=' }, { words: 'total', alternatives: ['sum'] }], 'f'),
      '<',
    );
    expect(markdownReport(reportOf([file, { path: 'b.ts', language: null, skipped: 'minified' }]))).toBe(
      `${COMMENT_MARKER}
### Candor: 1 region to read

1 region in 1 file. **Not judged:** 1 file (1 minified).

> Nothing is calibrated yet: a reading order, not a verdict. What is least usual comes first, new things too.

1. [\`src/a.ts:2\`](src/a.ts#L2) \`f\`

   \`\`\`
   2 |   if (total <= limit) return 1;
     |             ^^
   \`\`\`

   The engine expected \`<\` here (64 %); \`<=\` had a chance of 3 %.

<details>
<summary>Not judged: 1 file</summary>

- \`b.ts\`: minified

</details>

Engine \`test\`, learned from 1,234 tokens here.
`,
    );
  });

  it('folds away all but five regions, and what else there is to see in them', () => {
    const files = Array.from({ length: 12 }, (_, index) => judgedFile(`f${index}.ts`, TEXT, [{ words: '<=' }]));
    const [first, ...others] = files;
    const [total, less, limit] = ['total', '<=', 'limit'].map((words) => spanOver(TEXT, { words }));
    const second = changed(first!, { spans: [total!, found(less!, '<'), found(limit!, 'most')] });
    const markdown = markdownReport(reportOf([second, ...others]));
    expect(markdown).toContain(
      '### Candor: read these 5 of 12 regions first\n\n12 regions in 12 files. Nothing was left out.\n',
    );
    const [open = '', next = '', more = ''] = markdown.split('<details>');
    expect(open.match(/^\d+\. \[/gm)).toEqual([1, 2, 3, 4, 5].map((place) => `${place}. [`));
    expect(next).toMatch(/^\n<summary>The next 7<\/summary>\n\n6\. \[/);
    // The text of an item begins behind its number.
    expect(next).toContain('\n9. [`f8.ts:2`](f8.ts#L2) `region`\n\n   ```\n');
    expect(next).toContain('\n10. [`f9.ts:2`](f9.ts#L2) `region`\n\n    ```\n    2 |');
    // What the engine would have written says more than that something stands out.
    expect(open).toMatch(/^1\. \[(?:(?!^2\.)[\s\S])*The engine expected `<` here/m);
    expect(open).not.toContain('`most`');
    expect(more).toMatch(/^\n<summary>More in these regions<\/summary>\n\n\*\*1\.\*\* `region`\n\n```\n1 \|/);
    expect(more).toMatch(/Unusual name\.\n\n```\n[\s\S]*The engine expected `most` here/);
    expect(more).not.toContain('`<`');
    expect(markdownReport(reportOf(files, { riskiest: reportOf(files.slice(0, 1)).riskiest }))).toMatch(
      /### Candor: read this of 12 regions first\n[\s\S]*1 of 12 regions shown\.\n$/,
    );
  });

  it('shows the riskiest span that something can be said of, and the riskiest itself folded away', () => {
    const text = 'say("some free text");\n';
    const file = judgedFile('a.ts', text, [{ words: 'some free text' }, { words: 'say', alternatives: ['tell'] }]);
    const [open, more] = markdownReport(reportOf([file])).split('<details>');
    expect(open).toContain(' | ^^^\n   ```\n\n   Unusual name. Usual here: `tell`\n');
    expect(more).toContain(' ^^^^^^^^^^^^^^\n```\n\nUnusual name.\n');
  });

  it('gives the chance where there is one, and links to where the code is', () => {
    const target = { event: 'sound', unit: 'region', definition: 1 } as const;
    const basis = { target, authors: 'ai', riskModel: '', prior: '', outcomeCount: 1, commitCount: 1 } as const;
    const file = changed(judgedFile('ü (1).ts', TEXT, [{ words: '<=', alternatives: ['<'] }]), {
      target,
      judgement: { p: 0.82, low: 0.71, high: 0.9, basis },
      band: 'doubt',
    });
    const markdown = markdownReport(reportOf([file]), 'https://example.org/blob/1/');
    expect(markdown).toContain(
      '1. [`ü (1).ts:2`](https://example.org/blob/1/%C3%BC%20%281%29.ts#L2) `region`: p 82 % (71 to 90 %), doubt\n',
    );
    expect(markdown).toContain('Risky name. Usual here: `<`\n');
  });

  it.each([
    ['only deletions and renames', [], 0, 'There is no code to judge. What was deleted or only renamed has none.'],
    ['no code by its name', [], 1, 'What was deleted or only renamed has none. 1 file is no code by its name.'],
    ['several such', [], 2, 'none. 2 files are no code by their names.'],
    [
      'only comments',
      [changed(judgedFile('a.ts', TEXT, []), {})].map((file) => ({ ...file, assessments: [] })),
      0,
      'There is no code to judge in 1 file: comments, layout and deleted lines are none.',
    ],
    [
      'what cannot be judged',
      ['a', 'b'].map((path) => ({ path, language: null, skipped: 'binary' as const })),
      0,
      'Nothing was judged: all 2 files were left out. **Not judged:** 2 files (2 binary).',
    ],
  ])('says why there is nothing to read: %s', (_, files, otherFileCount, words) => {
    const markdown = markdownReport(reportOf(files, { otherFileCount }));
    const [marker, title, blank, first] = markdown.split('\n');
    expect([marker, title, blank]).toEqual([COMMENT_MARKER, '### Candor: nothing to read', '']);
    expect(first).toContain(words);
    // Without numbers there is nothing to say of what they are worth.
    expect(markdown).not.toMatch(/calibrated|Engine|shown/);
  });

  it('does not call it nothing to read where files failed', () => {
    const failed = { path: 'a.ts', language: null, skipped: 'not parsed' } as const;
    expect(
      markdownReport(reportOf([failed]))
        .split('\n')
        .slice(1, 4),
    ).toEqual([
      '### Candor: nothing was judged',
      '',
      'Nothing was judged: the only file was left out. **Not judged:** 1 file (1 not parsed).',
    ]);
  });

  it('says that the engine failed where a scout alone judged', () => {
    const report = reportOf([judgedFile('a.ts', TEXT, [])]);
    const summary = { ...report.summary, failures: { 'It broke.': 1 } };
    expect(markdownReport({ ...report, summary })).toContain('The engine failed on 1 file of them.');
    expect(markdownReport(report)).not.toContain('failed');
  });

  it('says what was not scored, what a comment keeps quiet, and what another engine judged', () => {
    const silence = { reason: 'seen `it`', start: 0, end: 1 };
    const odd = changed(judgedFile('a.ts', TEXT, []), {
      evidence: { version: 2, features: {}, levels: {}, signals: {} },
      unscored: 'the server gave <b>none</b>',
    });
    const quiet = changed(judgedFile('b.ts', TEXT, []), { silence });
    const scouted = changed(judgedFile('c.ts', TEXT, []), { source: { ...someSource, engine: 'scout' } });
    const markdown = markdownReport(reportOf([odd, quiet, scouted]));
    expect(markdown).toContain('1 region of them by the engine scout alone: they come after the others.');
    expect(markdown).toContain('**Not judged:** 1 region that the engine gave no score.');
    expect(markdown).toContain('1. [`a.ts:1`](a.ts#L1) `region`\n\n   Not scored: `the server gave <b>none</b>`\n');
    expect(markdown).toContain('   Kept quiet by a comment: `` seen `it` ``\n');
    expect(markdown).toContain('   Nothing in it stands out.\n');
  });

  it('lets no name, code or alternative out of its code', () => {
    const evil = '</details>`|@name #1 [x](javascript:y) <img src=x> ```` ~~~ \u202E**b**';
    const line = `let x = "${evil}"; // ${evil}`;
    const file = withFinding(judgedFile(`${evil}\n# head.ts`, `${line}\n`, [{ words: 'x' }], evil), evil.slice(0, 30));
    const markdown = markdownReport(reportOf([file, { path: evil, language: null, skipped: 'binary' }]));
    expect(markdown).not.toMatch(/[\u202E]/);
    // Without its code blocks and spans nothing of it is left.
    const plain = markdown
      .replaceAll(/^( *)(`{3,})\n[\s\S]*?\n\1\2$/gm, '')
      .replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
    expect(plain).not.toMatch(/@name|#1|javascript:|<img|\*\*b|# head/);
    expect(plain.match(/<\/?details>/g)).toEqual(['<details>', '</details>']);
    // The name in the link's address is all bytes.
    expect(plain).toMatch(/\]\([\w%./#~-]+\)/);
  });

  it('is cut at whole regions where a comment would not hold it, and says so', () => {
    const text = `const a = "${'x'.repeat(90)}";\n`;
    const files = Array.from({ length: 400 }, (_, index) =>
      judgedFile(`${'deep/'.repeat(20)}${index}.ts`, text, [{ words: 'x'.repeat(90) }]),
    );
    const left = Array.from({ length: 500 }, (_, index) => ({
      path: `${'y'.repeat(100)}${index}`,
      language: null,
      skipped: 'binary' as const,
    }));
    const markdown = markdownReport(reportOf([...files, ...left]));
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expect(markdown.length).toBeGreaterThan(50_000);
    const [, shown, all, more] = /(\d+) of (\d+) regions shown\. (\d+) more were asked for/.exec(markdown) ?? [];
    expect([Number(all), Number(shown) + Number(more)]).toEqual([400, 400]);
    expect(markdown.match(/^\d+\. \[/gm)).toHaveLength(Number(shown));
    expect(markdown).toMatch(/^- and \d+ more$/m);
  });
});
