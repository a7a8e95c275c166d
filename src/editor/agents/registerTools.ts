import * as vscode from 'vscode';
import { AGENT_TOOL_IDS, AGENT_TOOLS, type AgentToolId } from '../../app/agents/agentTools.ts';
import type { Auditor } from '../../app/auditor/auditor.ts';
import type { Setup } from '../../app/auditor/setup.ts';
import { CandorError } from '../../core/candorError.ts';
import { abortSignalOf } from '../abortSignalOf.ts';
import { inertText } from '../inertMarkdown.ts';
import type { Logger } from '../logger.ts';
import { ownAll, type Owned } from '../owned.ts';

/** What a person reads while a tool works. */
const AT_WORK: Readonly<Record<AgentToolId, string>> = {
  auditDiff: 'Judging what changed',
  auditFiles: 'Judging files',
  howSure: 'Asking how sure the model was',
};

/**
 * Offers language models in the editor what `candor mcp` offers agents outside of it: the same questions, and the same answers. They read,
 * and nothing else: files of the open folders, by the engine of the settings. An editor without such tools is left as it is.
 */
export function registerTools(auditor: Auditor, setupOf: () => Promise<Setup>, log: Logger): Owned {
  if (!takesTools(vscode)) return ownAll([]);
  return ownAll(
    AGENT_TOOL_IDS.map((id) =>
      vscode.lm.registerTool<object>(AGENT_TOOLS[id].editorName, {
        prepareInvocation: async () => ({ invocationMessage: AT_WORK[id], ...(await consent(setupOf)) }),
        invoke: ({ input }, token) => answer(auditor, setupOf, log, id, input, token),
      }),
    ),
  );
}

/** Editors made from VS Code may have no part for language models, or one without tools. */
function takesTools(api: object): boolean {
  if (!('lm' in api) || typeof api.lm !== 'object' || api.lm === null) return false;
  return 'registerTool' in api.lm && typeof api.lm.registerTool === 'function';
}

/** A server gets the code that is asked about, and may want to be paid: a person is asked each time. */
async function consent(
  setupOf: () => Promise<Setup>,
): Promise<Pick<vscode.PreparedToolInvocation, 'confirmationMessages'>> {
  const choice = await setupOf().then(
    (setup) => setup.choice,
    () => null,
  );
  if (choice?.engine !== 'openai') return {};
  const message = new vscode.MarkdownString(
    `The code that is asked about goes to ${inertText(choice.baseUrl)}, which Candor is set to ask.`,
  );
  return { confirmationMessages: { title: 'Send code to the server of Candor?', message } };
}

async function answer(
  auditor: Auditor,
  setupOf: () => Promise<Setup>,
  log: Logger,
  tool: AgentToolId,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const { abortSignal, release } = abortSignalOf(token);
  try {
    const setup = await setupOf();
    const text = await auditor.answerAgent({ setup, tool, input }, { onProgress: () => undefined, abortSignal });
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } catch (error) {
    if (abortSignal.aborted) throw new vscode.CancellationError();
    // The message is for the model too; the log has no text of files.
    const failure = CandorError.is(error) ? error : fault(error);
    log.info(`${AGENT_TOOLS[tool].editorName}: ${failure.reason}`);
    throw new Error(failure.message);
  } finally {
    release();
  }
}

function fault(cause: unknown): CandorError {
  return new CandorError('engine-failed', 'Candor failed inside, which is a fault of its own. Report it.', { cause });
}
