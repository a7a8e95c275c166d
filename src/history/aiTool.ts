import type { CommitNote } from './commitNote.ts';

interface Tool {
  readonly name: string;
  /** The whole address of an author or a co-author: people may be called Claude, but have other addresses. */
  readonly address?: RegExp;
  /** The whole name of one, where tools commit from addresses of their users. */
  readonly author?: RegExp;
  /** A word after "Generated with". */
  readonly generator?: RegExp;
}

const GITHUB = '(?:\\d+\\+)?';

function github(login: string): string {
  return `${GITHUB}${login}@users\\.noreply\\.github\\.com`;
}

/** In order: what a tool says of itself wins over the model that it ran. */
const TOOLS: readonly Tool[] = [
  { name: 'mux', address: /^noreply@coder\.com$/i, generator: /^(?:c|x)?mux\b/i },
  {
    name: 'openhands',
    address: /^(?:openhands|opendevin)@all-hands\.dev$|^opendevin@opendevin\.ai$/i,
    generator: /^openhands\b/i,
  },
  {
    name: 'aider',
    address: /^(?:noreply|aider)@aider\.chat$/i,
    author: /^aider \(.*\)$|\(aider\)$/i,
    generator: /^aider\b/i,
  },
  { name: 'roo', address: new RegExp(`^roomote@roocode\\.com$|^${github('roomote(?:-v0)?(?:\\[bot\\])?')}$`, 'i') },
  { name: 'devin', address: new RegExp(`^${github('devin-ai-integration\\[bot\\]')}$`, 'i'), generator: /^devin\b/i },
  { name: 'cursor', address: /^(?:cursoragent@cursor\.com|ai@cursor\.sh)$/i, generator: /^cursor\b/i },
  {
    name: 'codex',
    address: /^(?:noreply|codex)@openai\.com$/i,
    author: /^chatgpt-codex-connector(?:\[bot\])?$/i,
    generator: /^codex\b/i,
  },
  { name: 'jules', address: new RegExp(`^${github('google-labs-jules\\[bot\\]')}$`, 'i') },
  { name: 'gemini', address: new RegExp(`^${github('gemini-code-assist\\[bot\\]')}$`, 'i'), generator: /^gemini\b/i },
  {
    name: 'claude',
    address: new RegExp(`^(?:noreply|claude)@anthropic\\.com$|^${github('claude\\[bot\\]')}$`, 'i'),
    generator: /^claude\b/i,
  },
  {
    name: 'copilot',
    address: new RegExp(`^${github('copilot(?:-swe-agent\\[bot\\])?')}$|^copilot@github\\.com$`, 'i'),
    generator: /^(?:github )?copilot\b/i,
  },
];

const CO_AUTHOR = /^[ \t]*co-authored-by:[ \t]*(.*?)[ \t]*<([^<>\n]*)>[ \t]*$/gim;

/** `Generated with [Claude Code](https://...)`, `_Generated with `mux` ..._`; a sentence that goes on differently is none. */
const GENERATED = /^[^\p{L}\n]*generated (?:with|by) [[`_*]*([^\n]{1,60})/gimu;

/**
 * The AI tool that a commit names as its author, co-author or generator; null for none. It marks the commit and not its lines, and
 * a commit without such a mark may have been written by a tool all the same (docs/targets.md).
 */
export function aiTool(commit: CommitNote): string | null {
  const people = [
    { name: commit.authorName, address: commit.authorAddress },
    { name: commit.committerName, address: commit.committerAddress },
    ...Array.from(commit.message.matchAll(CO_AUTHOR), ([, name = '', address = '']) => ({ name, address })),
  ];
  const generators = Array.from(commit.message.matchAll(GENERATED), ([, generator = '']) => generator);
  const isNamed = ({ address, author, generator }: Tool): boolean =>
    people.some((one) => address?.test(one.address) === true || author?.test(one.name) === true) ||
    generators.some((one) => generator?.test(one) === true);
  return TOOLS.find(isNamed)?.name ?? null;
}
