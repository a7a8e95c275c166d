import { describe, expect, it } from 'vitest';
import type { Assessment, RiskySpan } from '../../../../src/core/words.ts';
import {
  HOVER_COMMANDS,
  markAlternatives,
  markFacts,
  markProvenance,
  type MarkToExplain,
} from '../../../../src/editor/hover/markHover.ts';
import { someSource } from '../../core/someSource.ts';

const span: RiskySpan = {
  start: 4,
  end: 6,
  type: '<=',
  category: 'operators',
  path: ['program', 'if_statement', 'binary_expression'],
  share: 0.34,
  signals: { minimumLogprob: Math.log(1 / 2300), totalSurprisal: 8, tokenCount: 1 },
  alternatives: [
    { text: '<', logprobNats: Math.log(0.62) },
    { text: '>', logprobNats: Math.log(0.08) },
  ],
};
const assessment: Assessment = {
  id: '1',
  region: { id: '0.1', origin: 'file', name: 'Order.total', start: 0, end: 10 },
  source: someSource,
  target: null,
  judgement: null,
  band: 'unknown',
  evidence: { version: 2, features: {}, levels: {}, signals: {} },
  spans: [span],
};
const mark: MarkToExplain = {
  assessment,
  span,
  place: { document: 'file:///code/order.ts', start: 4, end: 6 },
  text: '<=',
  languageId: 'typescript',
  note: 'Nothing is calibrated yet.',
  learnedTokenCount: 12_345,
};

/** All three parts, as they stand below each other. */
const wholeHover = (shown: MarkToExplain): string =>
  [markFacts(shown), markAlternatives(shown) ?? '', markProvenance(shown)].join('\n\n');

/** What is left of Markdown when its code blocks are taken out. */
function outsideBlocks(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '');
}

describe('the hover of a mark', () => {
  it('says what, how unlikely, what was likelier, where in the syntax, who says so, and that nothing is calibrated', () => {
    const markdown = wholeHover(mark);
    expect(markdown).toContain('```typescript\n<=\n```');
    expect(markdown).toContain('chance of **1 in 2,300** (11.2 bits)');
    expect(markdown).toContain(
      `Likelier to the engine ${someSource.engine} in its place (62 %, 8 %):\n\n\`\`\`typescript\n<\n>\n\`\`\``,
    );
    expect(markdown).toContain('34 % of the surprisal of Order&#46;total');
    expect(markdown).toContain('minimumLogprob  -7.741 nats');
    expect(markdown).toContain('12&#44;345 tokens of this workspace learned');
    expect(markdown).toContain('Nothing is calibrated yet');
    expect(markdown).not.toMatch(/\d+ % (?:right|wrong|correct|safe)/);
  });

  it('says of a region that was judged its chance in plain words, with interval, band and basis', () => {
    const target = { event: 'sound', horizon: { days: 60 }, unit: 'region', definition: 1 } as const;
    const basis = {
      target,
      authors: 'ai',
      riskModel: 'region 1',
      prior: '29 public repositories',
      outcomeCount: 212,
      commitCount: 96,
    } as const;
    const judgement = { p: 0.824, low: 0.71, high: 0.9, basis };
    const markdown = markFacts({ ...mark, assessment: { ...assessment, target, judgement, band: 'doubt' } });
    expect(markdown).toContain('Chance that the region needs no fix within 60 days: **82 % (71 to 90 %)**. doubt:');
    expect(markdown).toMatch(/From 212 outcomes of 96 commits.*AI.*written code.*prior.*29 public repositories/);
    expect(markdown).toContain('34 % of the risk of');
  });

  it('says that nothing was scored where nothing was', () => {
    const unscored = { ...span, signals: {}, alternatives: [] };
    expect(markFacts({ ...mark, span: unscored })).toContain('None of its tokens was scored.');
    expect(markAlternatives({ ...mark, span: unscored })).toBeNull();
  });

  it('says that nothing was likelier where nothing was', () => {
    const alone = { ...span, alternatives: [] };
    expect(markAlternatives({ ...mark, span: alone })).toMatch(/^Nothing that would parse was clearly likelier/);
  });

  it('quotes only the beginning of a long span', () => {
    const markdown = markFacts({ ...mark, text: 'x\n'.repeat(50) });
    expect(markdown.match(/^x$/gm)?.length).toBe(3);
    expect(markdown).toContain('x …');
  });

  it('names the place of the mark to the command that shows its tokens, whatever the file is called', () => {
    const place = { document: 'file:///c%25ode/a%20(1).ts', start: 4, end: 6 };
    const argument = /\(command:candor\.showTokens\?([^)]*)\)/.exec(markProvenance({ ...mark, place }))?.[1] ?? '';
    const once = decodeURIComponent(argument);
    expect(JSON.parse(once)).toEqual(place);
    // The editor decodes a link, and then its argument.
    expect(JSON.parse(decodeURIComponent(once))).toEqual(place);
  });

  const hostile =
    '[a](command:candor.showLog) <img src=x> $(alert) \u202E ``` \n```\n![b](https://example.com/c) **d**';

  it('keeps hostile text, names, types and alternatives inside code blocks or inert', () => {
    const markdown = wholeHover({
      ...mark,
      place: { ...mark.place, document: hostile },
      text: hostile,
      languageId: hostile,
      assessment: {
        ...assessment,
        region: { ...assessment.region, name: hostile },
        source: { ...someSource, engine: hostile, model: hostile },
      },
      span: { ...span, type: hostile, path: [hostile], alternatives: [{ text: hostile, logprobNats: -1 }] },
    });
    const outside = outsideBlocks(markdown);
    const commands = Array.from(outside.matchAll(/\]\(([^)]*)\)/g), ([, target]) => target);
    expect(commands.map((target) => target?.replace(/\?.*/, ''))).toEqual(
      HOVER_COMMANDS.map((command) => `command:${command}`),
    );
    expect(outside).not.toContain('<img');
    expect(outside).not.toContain('$(alert)');
    expect(outside).not.toContain('**d**');
    expect(markdown).not.toContain('\u202E');
  });
});
