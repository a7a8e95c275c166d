/** What agents may ask, each under one name for a server of tools and one for the editor. */
export type AgentToolId = 'auditDiff' | 'auditFiles' | 'howSure';

export interface AgentTool {
  /** For the agents' server. */
  readonly name: string;
  /** For the language models of the editor. */
  readonly editorName: string;
  /** The question that it answers. */
  readonly title: string;
  /** What it does and returns, for a model; `nameOf` says how the model knows the other tools. */
  readonly description: (nameOf: (id: AgentToolId) => string) => string;
}

const WHEN_CUT_SHORT =
  'Where the time runs out, `incomplete` says how many files were judged of how many: the others are not fine, but unknown.';

const HOW_TO_READ = [
  'Lines and characters count from 0. `logprobNats` is a natural logarithm: near 0 the model expected it, at -4.6 it gave it 1 %.',
  '`judgement.p` is the calibrated chance that the region stands as it is; it is null, and the band "unknown", where nothing is calibrated, which is no verdict either way.',
  'Low probability says that code is unusual, not that it is wrong: read those places first, and check them.',
].join(' ');

/** The questions that the desk answers; `toolInputs.ts` has what they take. */
export const AGENT_TOOLS: Readonly<Record<AgentToolId, AgentTool>> = {
  auditDiff: {
    name: 'audit_diff',
    editorName: 'candor_auditDiff',
    title: 'Which of my edits are shaky?',
    description: () =>
      [
        'Judges only what changed since a commit of the git repository, uncommitted changes and new files included: call it after editing, before you say that you are done.',
        'Returns `report` (regions with their riskiest spans and what a model would rather have written there), `readFirst` (these regions in the order in which to read them) and `leftOut` (what was judged and not returned).',
        WHEN_CUT_SHORT,
        HOW_TO_READ,
      ].join(' '),
  },
  auditFiles: {
    name: 'audit_files',
    editorName: 'candor_auditFiles',
    title: 'Where to look first in these files',
    description: (nameOf) =>
      [
        `Judges files, or all code below folders, whoever wrote it and whenever. For your own fresh edits take ${nameOf('auditDiff')}.`,
        `Returns \`report\`, \`readFirst\` and \`leftOut\` as ${nameOf('auditDiff')} does. Files that are too large, binary or minified are skipped, with the reason.`,
        WHEN_CUT_SHORT,
        HOW_TO_READ,
      ].join(' '),
  },
  howSure: {
    name: 'how_sure',
    editorName: 'candor_howSure',
    title: 'How sure was the model here?',
    description: () =>
      [
        'Says how likely each token of some lines is to the model, with likelier alternatives, and which regions and spans touch these lines. Ask it about few lines.',
        'Returns `report` (the regions and spans that touch the lines), `score` (the tokens of the lines; their offsets are those of the file) and `leftOut`.',
        HOW_TO_READ,
      ].join(' '),
  },
};

const IDS: readonly string[] = Object.keys(AGENT_TOOLS);

export function isAgentToolId(id: string): id is AgentToolId {
  return IDS.includes(id);
}

/** Every tool's id, in the order of the table. */
export const AGENT_TOOL_IDS: readonly AgentToolId[] = IDS.filter(isAgentToolId);
