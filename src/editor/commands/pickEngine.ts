import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import { USUAL_PORTS, type LocalServer } from '../../engines/openai/findLocalServers.ts';
import { KIND_NAMES } from '../../engines/openai/serverKind.ts';
import type { Candor } from '../candor.ts';
import { inertLabel } from '../inertLabel.ts';
import type { Settings } from '../settingTable.ts';

/** What a person picked: an engine by its name, or a server that was found. */
export type EnginePick =
  | { readonly kind: 'engine'; readonly engine: Settings['engine'] }
  | { readonly kind: 'found'; readonly server: LocalServer };

interface Item extends vscode.QuickPickItem {
  /** Absent: a line between groups, or the wish to look again. */
  readonly pick?: EnginePick;
}

/** Models that the list names of each server. */
const MODELS_NAMED = 2;

const AGAIN: Item = {
  label: 'Look again',
  description: `on the ports of ${USUAL_PORTS.map(({ program }) => program).join(', ')}`,
  alwaysShow: true,
};

/**
 * Shows the engines that there are, and, as they are found, the model servers that run on this machine; they are asked for
 * nothing but what they are and have.
 * @returns what was picked; undefined where the person gave up
 */
export async function pickEngine({ auditor, log }: Candor, now: Settings): Promise<EnginePick | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  const hidden = new AbortController();
  let looking = false;
  list.title = 'Engine that scores';
  list.matchOnDescription = true;
  list.items = enginesThatThereAre(now);

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    say('Looking for servers on this machine…', true);
    const found = await auditor
      .findServers({ onProgress: () => undefined, abortSignal: hidden.signal })
      .catch((error: unknown): readonly LocalServer[] => {
        if (!hidden.signal.aborted) log.error(`servers: ${CandorError.is(error) ? error.reason : 'broke'}`);
        return [];
      });
    looking = false;
    if (hidden.signal.aborted) return;
    const [active] = list.activeItems;
    list.keepScrollPosition = true;
    list.items = [...enginesThatThereAre(now), ...foundItems(found, now), AGAIN];
    const same = list.items.find(({ label }) => label === active?.label);
    if (same !== undefined) list.activeItems = [same];
    say(found.length === 0 ? 'No server was found on this machine' : 'Choose what scores your code', false);
  }

  function say(placeholder: string, isBusy: boolean): void {
    list.placeholder = placeholder;
    list.busy = isBusy;
  }

  try {
    return await new Promise<EnginePick | undefined>((resolve) => {
      list.onDidAccept(() => {
        const [item] = list.activeItems;
        if (item === AGAIN) void look();
        else if (item?.pick !== undefined) resolve(item.pick);
      });
      list.onDidHide(() => {
        resolve(undefined);
      });
      list.show();
      void look();
    });
  } finally {
    hidden.abort();
    list.dispose();
  }
}

/** A server as people call it: `Ollama 0.13.5`. */
export function serverName({ identity: { kind, version } }: Pick<LocalServer, 'identity'>): string {
  return version === null ? KIND_NAMES[kind] : `${KIND_NAMES[kind]} ${version}`;
}

function enginesThatThereAre({ engine: inUse }: Settings): readonly Item[] {
  const item = (engine: Settings['engine'], label: string, what: string): Item => ({
    label,
    description: engine === inUse ? `in use · ${what}` : what,
    pick: { kind: 'engine', engine },
  });
  return [
    separator('Embedded and offline'),
    item('bundled', 'Bundled model', 'a small code model, and what is usual in the workspace'),
    item('ngram', 'n-gram', 'how usual the code is in its own workspace'),
    separator('Yours'),
    item('llama', 'llama.cpp', 'a GGUF model of yours, offline: exact log-probabilities'),
    item('openai', 'Server', 'at an address that you give: it gets the code that you audit'),
  ];
}

function foundItems(servers: readonly LocalServer[], { engine, openaiBaseUrl }: Settings): readonly Item[] {
  if (servers.length === 0) return [separator('')];
  return [
    separator('Found on this machine'),
    ...servers.map((server): Item => {
      const { baseUrl, models } = server;
      const isInUse = engine === 'openai' && openaiBaseUrl === baseUrl;
      return {
        label: serverName(server),
        description: inertLabel(`${isInUse ? 'in use · ' : ''}${baseUrl} · ${modelsInWords(models)}`),
        pick: { kind: 'found', server },
      };
    }),
  ];
}

function modelsInWords(models: readonly string[]): string {
  if (models.length === 0) return 'has no model yet';
  const more = models.length > MODELS_NAMED ? ` and ${models.length - MODELS_NAMED} more` : '';
  return `${models.slice(0, MODELS_NAMED).join(', ')}${more}`;
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
