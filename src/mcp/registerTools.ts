import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
import type { Answer } from './answer.ts';
import type { Desk } from './createDesk.ts';
import { TOOL_INPUTS } from './toolInputs.ts';
import type { ToolCall } from './toolCall.ts';

/** A request as the protocol's library hands it over. */
export type RequestExtra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** Answers a request in its turn, by some work at the desk. */
export type Respond = (extra: RequestExtra, work: (call: ToolCall) => Promise<Answer>) => Promise<CallToolResult>;

const ANNOTATIONS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const satisfies ToolAnnotations;

const HOW_TO_READ = [
  'Lines and characters count from 0. `logprobNats` is a natural logarithm: near 0 the model expected it, at -4.6 it gave it 1 %.',
  '`judgement.p` is the calibrated chance that the region stands as it is; it is null, and the band "unknown", where nothing is calibrated, which is no verdict either way.',
  'Low probability says that code is unusual, not that it is wrong: read those places first, and check them.',
].join(' ');

/** Tells a server what agents may ask of the desk. */
export function registerTools(server: McpServer, desk: Desk, respond: Respond): void {
  server.registerTool(
    'audit_diff',
    {
      title: 'Which of my edits are shaky?',
      description: [
        'Judges only what changed since a commit of the git repository, uncommitted changes and new files included: call it after editing, before you say that you are done.',
        'Returns `report` (regions with their riskiest spans and what a model would rather have written there), `readFirst` (these regions in the order in which to read them) and `leftOut` (what was judged and not returned).',
        HOW_TO_READ,
      ].join(' '),
      inputSchema: TOOL_INPUTS.auditDiff,
      annotations: { title: 'Which of my edits are shaky?', ...ANNOTATIONS },
    },
    (request, extra) => respond(extra, (call) => desk.auditDiff(request, call)),
  );
  server.registerTool(
    'audit_files',
    {
      title: 'Where to look first in these files',
      description: [
        'Judges files, or all code below folders, whoever wrote it and whenever. For your own fresh edits take audit_diff.',
        'Returns `report`, `readFirst` and `leftOut` as audit_diff does. Files that are too large, binary or minified are skipped, with the reason.',
        HOW_TO_READ,
      ].join(' '),
      inputSchema: TOOL_INPUTS.auditFiles,
      annotations: { title: 'Where to look first in these files', ...ANNOTATIONS },
    },
    (request, extra) => respond(extra, (call) => desk.auditFiles(request, call)),
  );
  server.registerTool(
    'how_sure',
    {
      title: 'How sure was the model here?',
      description: [
        'Says how likely each token of some lines is to the model, with likelier alternatives, and which regions and spans touch these lines. Ask it about few lines.',
        'Returns `report` (the regions and spans that touch the lines), `score` (the tokens of the lines; their offsets are those of the file) and `leftOut`.',
        HOW_TO_READ,
      ].join(' '),
      inputSchema: TOOL_INPUTS.howSure,
      annotations: { title: 'How sure was the model here?', ...ANNOTATIONS },
    },
    (request, extra) => respond(extra, (call) => desk.howSure(request, call)),
  );
}
