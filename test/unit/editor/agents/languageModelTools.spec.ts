import { describe, expect, it } from 'vitest';
import manifest from '../../../../package.json' with { type: 'json' };
import { AGENT_TOOL_IDS, AGENT_TOOLS } from '../../../../src/app/agents/agentTools.ts';
import { TOOL_INPUTS } from '../../../../src/app/agents/toolInputs.ts';

const { languageModelTools: declared } = manifest.contributes;

describe('contributes.languageModelTools', () => {
  it('declares the tools of the agents’ server, which take the same', () => {
    const wanted = AGENT_TOOL_IDS.map((id) => {
      const { title, editorName, description } = AGENT_TOOLS[id];
      return {
        name: editorName,
        displayName: title,
        modelDescription: description((other) => AGENT_TOOLS[other].editorName),
        inputSchema: TOOL_INPUTS[id],
      };
    });
    expect(
      declared.map(({ name, displayName, modelDescription, inputSchema }) => ({
        name,
        displayName,
        modelDescription,
        inputSchema,
      })),
    ).toEqual(wanted);
  });

  it('can be named in a prompt, each by a name of its own', () => {
    expect(declared.every(({ canBeReferencedInPrompt }) => canBeReferencedInPrompt)).toBe(true);
    expect(new Set(declared.map(({ toolReferenceName }) => toolReferenceName)).size).toBe(declared.length);
    for (const { toolReferenceName, userDescription, icon } of declared) {
      expect(toolReferenceName).toMatch(/^candor[A-Z][A-Za-z]+$/);
      expect(userDescription).toMatch(/^[A-Z].*\.$/);
      expect(icon).toMatch(/^\$\([\w-]+\)$/);
    }
  });
});
