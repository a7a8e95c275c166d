import type { AgentToolId } from './agentTools.ts';
import { CALL_LIMITS } from './callLimits.ts';

/** What a tool takes, as JSON Schema: the part of it that `readToolInput.ts` reads. */
export interface ToolInput {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

export type FieldSchema = TextSchema | WholeSchema | ListSchema;

interface TextSchema {
  readonly type: 'string';
  readonly minLength: number;
  readonly maxLength: number;
  readonly default?: string;
  readonly description?: string;
}

interface WholeSchema {
  readonly type: 'integer';
  readonly minimum: number;
  readonly maximum: number;
  readonly default?: number;
  readonly description: string;
}

interface ListSchema {
  readonly type: 'array';
  readonly items: TextSchema;
  readonly minItems: number;
  readonly maxItems: number;
  readonly description: string;
}

/** Longer is no path of any system. */
const MOST_PATH_CHARACTERS = 4_096;
const MOST_COMMIT_CHARACTERS = 250;
const MOST_LINES = 10_000_000;
const DEFAULT_TOP = 10;

const PATH = { type: 'string', minLength: 1, maxLength: MOST_PATH_CHARACTERS } as const;
const LINE = { type: 'integer', minimum: 0, maximum: MOST_LINES } as const;
const TOP = {
  type: 'integer',
  minimum: 0,
  maximum: CALL_LIMITS.regions,
  default: DEFAULT_TOP,
  description: 'How many of the riskiest regions to explain and return in full. The others are only counted.',
} as const;

/** What the tools take; `package.json` has it once more, and a test holds it to this. */
export const TOOL_INPUTS = {
  auditDiff: {
    type: 'object',
    properties: {
      root: {
        ...PATH,
        description:
          'The folder whose changes are meant, inside the roots. Default: the root, where there is only one.',
      },
      since: {
        type: 'string',
        minLength: 1,
        maxLength: MOST_COMMIT_CHARACTERS,
        default: 'HEAD',
        description: 'A commit, branch or tag. Everything that is different from it is judged, committed or not.',
      },
      top: TOP,
    },
    additionalProperties: false,
  },
  auditFiles: {
    type: 'object',
    properties: {
      paths: {
        type: 'array',
        items: PATH,
        minItems: 1,
        maxItems: CALL_LIMITS.paths,
        description: 'Files or folders, relative to a root or absolute, all inside the same root.',
      },
      top: TOP,
    },
    required: ['paths'],
    additionalProperties: false,
  },
  howSure: {
    type: 'object',
    properties: {
      path: { ...PATH, description: 'A file, relative to a root or absolute.' },
      startLine: {
        ...LINE,
        description: 'First line, counted from 0 as in all results. Alone it is the one line that is asked about.',
      },
      endLine: {
        ...LINE,
        description: 'Last line, included, counted from 0. Without any line: the whole file.',
      },
    },
    required: ['path'],
    additionalProperties: false,
  },
} satisfies Readonly<Record<AgentToolId, ToolInput>>;
