import { describe, expect, it } from 'vitest';
import type { JudgedFile } from '../../../src/audit/report.ts';
import type { Assessment, Finding } from '../../../src/core/words.ts';
import { COMMENT_MARKER, markdownReport } from '../../../src/report/markdownReport.ts';
import { judgedFile, reportOf } from '../../support/someReport.ts';

const TEXT = 'function f(total, limit) {\n  if (total <= limit) return 1;\n}\n';

/** A file whose region was judged so. */
function changed(file: JudgedFile, change: Partial<Assessment>): JudgedFile {
  return { ...file, assessments: file.assessments.map((one) => ({ ...one, ...change })) };
}

/** A file whose first span has a finding. */
function withFinding(file: JudgedFile, alternative: string): JudgedFile {
  const [assessment] = file.assessments;
  const spans = assessment!.spans.map((span, index): Assessment['spans'][number] => {
    const finding: Finding = {
      kind: 'expectedOther',
      start: span.start,
      end: span.end,
      numbers: { chance: 0.03, bestChance: 0.64 },
      alternatives: [{ text: alternative, logprobNats: -0.4 }],
    };
    return index === 0 ? { ...span, finding } : span;
  });
  return changed(file, { spans });
}

describe('markdownReport', () => {
  it('says what was judged, what to read first, and shows the code folded away', () => {
    const file = withFinding(
      judgedFile('src/a.ts', TEXT, [{ words: '<=' }, { words: 'total', alternatives: ['sum'] }], 'f'),
      '<',
    );
    expect(markdownReport(reportOf([file, { path: 'b.ts', language: null, skipped: 'minified' }]))).toBe(
      `${COMMENT_MARKER}
### Candor: what to read first

1 file judged, 1 region; learned from 1,234 tokens. Engine \`test\`.
Left out: 1 minified.

> Nothing is calibrated yet: a reading order, not a verdict. What is least usual comes first, new things too.

1. [\`src/a.ts:1\`](src/a.ts#L1) \`f\`: least likely token 3.0 bits

<details>
<summary>Their code</summary>

**1.** \`f\`

\`\`\`
2 |   if (total <= limit) return 1;
  |             ^^
\`\`\`

identifiers, 25 % of the region's surprisal. The engine expected \`<\` here (64 %); \`<=\` had a chance of 3 %.

</details>

<details>
<summary>Left out: 1 file</summary>

- \`b.ts\`: minified

</details>

1 of 1 region shown.
`,
    );
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
      '1. [`ü (1).ts:1`](https://example.org/blob/1/%C3%BC%20%281%29.ts#L1) `region`: p 82 % (71 to 90 %), doubt\n',
    );
    expect(markdown).toContain("25 % of the region's risk. Usual here: `<`");
  });

  it('says so where there is nothing', () => {
    const markdown = markdownReport(reportOf([]));
    expect(markdown).toContain('0 of 0 regions shown.');
    expect(markdown).not.toContain('<details>');
  });

  it('lets no name, code or alternative out of its code', () => {
    const evil = '</details>`|@name #1 [x](javascript:y) <img src=x> ```` ~~~ \u202E**b**';
    const line = `let x = "${evil}"; // ${evil}`;
    const file = withFinding(judgedFile(`${evil}\n# head.ts`, `${line}\n`, [{ words: 'x' }], evil), evil.slice(0, 30));
    const markdown = markdownReport(reportOf([file, { path: evil, language: null, skipped: 'binary' }]));
    expect(markdown).not.toMatch(/[\u202E]/);
    // Without its code blocks and spans nothing of it is left.
    const plain = markdown
      .replaceAll(/^(`{3,})\n[\s\S]*?\n\1$/gm, '')
      .replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
    expect(plain).not.toMatch(/@name|#1|javascript:|<img|\*\*b|# head/);
    expect(plain.match(/<\/?details>/g)).toEqual(['<details>', '</details>', '<details>', '</details>']);
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
    const [, shown, all, more] = /^(\d+) of (\d+) regions shown\. (\d+) more were asked for/m.exec(markdown) ?? [];
    expect([Number(all), Number(shown) + Number(more)]).toEqual([400, 400]);
    expect(markdown.match(/^\d+\. \[/gm)).toHaveLength(Number(shown));
    expect(markdown.match(/^\*\*\d+\.\*\*/gm)).toHaveLength(Number(shown));
    expect(markdown).toMatch(/^- and \d+ more$/m);
  });
});
