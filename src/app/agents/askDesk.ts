import { list, number, text } from '../../core/json/fieldReaders.ts';
import type { AgentToolId } from './agentTools.ts';
import type { Answer } from './answer.ts';
import type { Desk } from './createDesk.ts';
import { readToolInput } from './readToolInput.ts';
import type { ToolCall } from './toolCall.ts';

/**
 * What the desk answers to a tool's input, of which nothing is known yet.
 * @throws CandorError `bad-call` for an input that the tool does not take, and what the desk throws
 */
export async function askDesk(desk: Desk, id: AgentToolId, input: unknown, call: ToolCall): Promise<Answer> {
  const fields = readToolInput(id, input);
  switch (id) {
    case 'auditDiff': {
      const root = ifGiven(fields.root, text);
      return desk.auditDiff({ root, since: text(fields.since), top: number(fields.top) }, call);
    }
    case 'auditFiles':
      return desk.auditFiles({ paths: list(fields.paths, text), top: number(fields.top) }, call);
    case 'howSure': {
      const [startLine, endLine] = [ifGiven(fields.startLine, number), ifGiven(fields.endLine, number)];
      return desk.howSure({ path: text(fields.path), startLine, endLine }, call);
    }
  }
}

function ifGiven<Value>(field: unknown, read: (field: unknown) => Value): Value | undefined {
  return field === undefined ? undefined : read(field);
}
