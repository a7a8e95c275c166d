import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import fc from 'fast-check';
import { AGENT_TOOL_IDS } from '../../../../src/app/agents/agentTools.ts';
import { readToolInput } from '../../../../src/app/agents/readToolInput.ts';
import { TOOL_INPUTS } from '../../../../src/app/agents/toolInputs.ts';

describe('readToolInput', () => {
  it('puts in what is left out', () => {
    expect(readToolInput('auditDiff', {})).toEqual({ since: 'HEAD', top: 10 });
    expect(readToolInput('auditFiles', { paths: ['a'], top: 0 })).toEqual({ paths: ['a'], top: 0 });
    expect(readToolInput('howSure', { path: 'a', startLine: 3 })).toEqual({ path: 'a', startLine: 3 });
  });

  it.each([
    ['auditDiff', null, 'the input is no object'],
    ['auditDiff', [], 'the input is no object'],
    ['auditDiff', { since: '' }, 'since is not as its schema says'],
    ['auditDiff', { top: 1.5 }, 'top is not as its schema says'],
    ['auditDiff', { top: 51 }, 'top is not as its schema says'],
    ['auditDiff', { engine: 'openai' }, 'there is no field "engine"'],
    ['auditFiles', {}, 'paths is missing'],
    ['auditFiles', { paths: [] }, 'paths is not as its schema says'],
    ['auditFiles', { paths: ['a', 1] }, 'paths is not as its schema says'],
    ['howSure', { path: 'a', startLine: -1 }, 'startLine is not as its schema says'],
    ['howSure', { path: 'x'.repeat(4_097) }, 'path is not as its schema says'],
  ] as const)('refuses for %s: %j', (id, input, words) => {
    expect(() => readToolInput(id, input)).toThrow(words);
  });

  it('takes what the library of the protocol takes by the same schema, and nothing else', () => {
    const value = fc.oneof(
      fc.constantFrom(undefined, null, true, 1.5, -1, 0, 7, 50, 51, 1e9, '', 'a', 'x'.repeat(251), 'x'.repeat(4_097)),
      fc.array(fc.constantFrom('a', '', 1), { maxLength: 2 }),
    );
    const names = ['root', 'since', 'top', 'paths', 'path', 'startLine', 'endLine', 'other'];
    const input = fc
      .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 3 })
      .map((entries): unknown => JSON.parse(JSON.stringify(Object.fromEntries(entries))));
    for (const id of AGENT_TOOL_IDS) {
      const schema = z.fromJSONSchema(TOOL_INPUTS[id]);
      fc.assert(
        fc.property(input, (asked) => {
          const parsed = schema.safeParse(asked);
          if (parsed.success) expect(readToolInput(id, asked)).toEqual(parsed.data);
          else expect(() => readToolInput(id, asked)).toThrow('does not take this');
        }),
        { numRuns: 2_000 },
      );
    }
  });
});
