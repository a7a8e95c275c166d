import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
import { AGENT_TOOL_IDS, AGENT_TOOLS } from '../app/agents/agentTools.ts';
import { z } from 'zod';
import type { Answer } from '../app/agents/answer.ts';
import { askDesk } from '../app/agents/askDesk.ts';
import type { Desk } from '../app/agents/createDesk.ts';
import type { ToolCall } from '../app/agents/toolCall.ts';
import { TOOL_INPUTS } from '../app/agents/toolInputs.ts';

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

/** Tells a server what agents may ask of the desk. */
export function registerTools(server: McpServer, desk: Desk, respond: Respond): void {
  for (const id of AGENT_TOOL_IDS) {
    const { name, title, description } = AGENT_TOOLS[id];
    const annotations = { title, ...ANNOTATIONS };
    const inputSchema = z.fromJSONSchema(TOOL_INPUTS[id]);
    server.registerTool(
      name,
      { title, description: description((other) => AGENT_TOOLS[other].name), inputSchema, annotations },
      (input: unknown, extra: RequestExtra) => respond(extra, (call) => askDesk(desk, id, input, call)),
    );
  }
}
