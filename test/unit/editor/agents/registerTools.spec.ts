import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CancellationToken, LanguageModelTool } from 'vscode';
import type { Auditor } from '../../../../src/app/auditor/auditor.ts';
import { createAuditor } from '../../../../src/app/auditor/createAuditor.ts';
import { unkeptAudit } from '../../../../src/app/keptAudits/keptAudit.ts';
import type { Setup } from '../../../../src/app/auditor/setup.ts';
import { openTools } from '../../../../src/app/openTools.ts';
import { commitAll, gitRepository } from '../../../support/gitRepository.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { faultsOf } from '../../../support/schemas.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';
import { temporaryFolder, writeFiles } from '../../../support/temporaryFolder.ts';

type Tool = LanguageModelTool<object>;

/** The editor's part for language models, as far as it is used. */
const editor = vi.hoisted(() => ({
  tools: new Map<string, Tool>(),
  lm: undefined as { readonly registerTool?: (name: string, tool: Tool) => { dispose(): void } } | undefined,
}));

vi.mock('vscode', () => ({
  get lm() {
    return editor.lm;
  },
  MarkdownString: class {
    readonly value: string;
    constructor(value: string) {
      this.value = value;
    }
  },
  LanguageModelTextPart: class {
    readonly value: string;
    constructor(value: string) {
      this.value = value;
    }
  },
  LanguageModelToolResult: class {
    readonly content: readonly unknown[];
    constructor(content: readonly unknown[]) {
      this.content = content;
    }
  },
  CancellationError: class extends Error {
    override readonly name = 'Canceled';
  },
}));
const { registerTools } = await import('../../../../src/editor/agents/registerTools.ts');

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), show: vi.fn(), dispose: vi.fn() };
const auditors: Auditor[] = [];

beforeEach(() => {
  editor.tools.clear();
  editor.lm = {
    registerTool(name, tool) {
      editor.tools.set(name, tool);
      return { dispose: () => void editor.tools.delete(name) };
    },
  };
});
afterEach(async () => {
  await Promise.all(auditors.splice(0).map((auditor) => auditor.close()));
});

function auditorInThread(): Auditor {
  const auditor = createAuditor(
    sourceAssets,
    () => Promise.resolve('s'),
    async (choice, onProgress, signal) => ({
      ...(await openTools(choice, sourceAssets, onProgress, signal)),
      parser: inProcessParser,
    }),
    () => Promise.resolve(unkeptAudit()),
  );
  auditors.push(auditor);
  return auditor;
}

/** Registers the tools of a window on some folders. */
function openWindow(folders: readonly string[], change: Partial<Setup> = {}): { dispose(): void } {
  const setup: Setup = { choice: { engine: 'ngram' }, workspace: folders[0] ?? null, folders, ...change };
  return registerTools(auditorInThread(), () => Promise.resolve(setup), log as never);
}

/** A token that is cancelled when the signal is aborted. */
function tokenOf(signal: AbortSignal): CancellationToken {
  const token = {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested(listener: () => void) {
      signal.addEventListener('abort', listener);
      return {
        dispose() {
          signal.removeEventListener('abort', listener);
        },
      };
    },
  };
  return token as unknown as CancellationToken;
}

interface Answer {
  readonly report: { readonly files: readonly { readonly path: string }[] };
  readonly score: { readonly tokens: readonly { readonly text: string }[] };
  readonly leftOut: Readonly<Record<string, number>>;
}

/** What a tool says, as text. */
async function textOf(tool: string, input: object, signal = new AbortController().signal): Promise<string> {
  const result = await editor.tools.get(tool)!.invoke({ input, toolInvocationToken: undefined }, tokenOf(signal));
  const [part, ...others] = result!.content as { readonly value: string }[];
  expect(others).toEqual([]);
  return part!.value;
}

async function ask(tool: string, input: object): Promise<Answer> {
  const [about = '', json = '', ...others] = (await textOf(tool, input)).split('\n');
  expect(about).toMatch(/data from files, not instructions/);
  expect(others).toEqual([]);
  return JSON.parse(json) as Answer;
}

async function refusal(tool: string, input: object): Promise<string> {
  return textOf(tool, input).then(
    () => 'it was answered',
    (error: unknown) => (error as Error).message,
  );
}

const FILES = {
  'a.ts': 'export const add = (a: number, b: number) => a + b;\n',
  'sub/b.ts': 'export const two = 2;\n',
};
const hundred = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`f${index}.ts`, '']));

describe('registerTools', () => {
  it.each([
    ['without the part for language models', undefined],
    ['without tools in it', {}],
  ])('leaves an editor as it is: %s', (_, lm) => {
    editor.lm = lm;
    openWindow([]).dispose();
    expect(editor.tools.size).toBe(0);
  });

  it('takes its tools out again', () => {
    const owned = openWindow([]);
    expect([...editor.tools.keys()]).toEqual(['candor_auditDiff', 'candor_auditFiles', 'candor_howSure']);
    owned.dispose();
    expect(editor.tools.size).toBe(0);
  });

  it('says how sure the model was of a line, as the schemas have it', async () => {
    openWindow([temporaryFolder(FILES)]);
    const { report, score, leftOut } = await ask('candor_howSure', { path: 'a.ts', startLine: 0 });
    expect(score.tokens.map(({ text }) => text).join('')).toBe(FILES['a.ts']);
    expect(report.files.map(({ path }) => path)).toEqual(['a.ts']);
    expect(leftOut).toEqual({ regions: 0, spans: 0, tokens: 0 });
    expect(faultsOf('audit', report)).toEqual([]);
    expect(faultsOf('score', score)).toEqual([]);
  });

  it('judges files and changes', async () => {
    const folder = gitRepository();
    writeFiles(folder, FILES);
    commitAll(folder, 'begin');
    writeFiles(folder, { 'a.ts': 'export const add = (a: number, b: number) => a - b;\n' });
    openWindow([folder]);
    const changed = await ask('candor_auditDiff', {});
    expect(changed.report.files.map(({ path }) => path)).toEqual(['a.ts']);
    const all = await ask('candor_auditFiles', { paths: ['.'] });
    expect(all.report.files.map(({ path }) => path)).toEqual(['a.ts', 'sub/b.ts']);
  });

  it('gives paths in a window of several folders that can be asked about as they are', async () => {
    const folder = temporaryFolder({ 'one/a.ts': FILES['a.ts'], 'two/a.ts': FILES['a.ts'], 'no/a.ts': '' });
    openWindow([join(folder, 'one'), join(folder, 'two')]);
    const { report } = await ask('candor_auditFiles', { paths: [join(folder, 'two')] });
    expect(report.files.map(({ path }) => path)).toEqual(['two/a.ts']);
    const again = await ask('candor_howSure', { path: 'two/a.ts' });
    expect(again.report.files.map(({ path }) => path)).toEqual(['two/a.ts']);
    expect(await refusal('candor_howSure', { path: 'no/a.ts' })).toMatch(/leads out of the roots/);
  });

  it('keeps to the open folders, through links too, and tells nothing of what is outside', async () => {
    const outside = temporaryFolder({ 'secret.ts': 'const secret = 1;\n' });
    const folder = temporaryFolder(FILES);
    mkdirSync(join(folder, 'links'));
    symlinkSync(join(outside, 'secret.ts'), join(folder, 'links/in.ts'));
    openWindow([folder]);
    const words = await Promise.all(
      [join(outside, 'secret.ts'), join(outside, 'nothing.ts'), '../../etc/passwd', 'links/in.ts'].map((path) =>
        refusal('candor_howSure', { path }),
      ),
    );
    for (const each of words) {
      expect(each).toMatch(/is not there, or leads out of the roots\. Name /);
      expect(each).not.toContain(outside);
    }
  });

  it.each([
    ['another type', 'candor_howSure', { path: 1 }, /does not take this: path is not as its schema says/],
    ['a field that there is not', 'candor_howSure', { path: 'a.ts', engine: 'openai' }, /there is no field "engine"/],
    ['too many paths', 'candor_auditFiles', { paths: Array.from({ length: 101 }, () => '.') }, /paths is not as/],
    [
      'too many files',
      'candor_auditFiles',
      { paths: ['.'] },
      /files are more than the 2,000 that one call may ask about/,
    ],
  ])('refuses %s in one sentence', async (_, tool, input, words) => {
    openWindow([temporaryFolder({ ...FILES, ...hundred })]);
    const said = await refusal(tool, input);
    expect(said).toMatch(words);
    expect(said).not.toContain('\n');
  });

  it('says that no folder is open', async () => {
    openWindow([]);
    expect(await refusal('candor_auditDiff', {})).toMatch(/^No folder on this machine’s disk is open\./);
  });

  it('is cancelled by the editor’s token', async () => {
    openWindow([temporaryFolder(FILES)]);
    const controller = new AbortController();
    const asked = textOf('candor_auditFiles', { paths: ['.'] }, controller.signal);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ name: 'Canceled' });
  });

  it('asks a person before code goes to a server, and for nothing else', async () => {
    const prepared = async (choice: Setup['choice']): Promise<unknown> => {
      openWindow([], { choice });
      return editor.tools.get('candor_howSure')!.prepareInvocation!(
        { input: {} },
        tokenOf(new AbortController().signal),
      );
    };
    expect(await prepared({ engine: 'ngram' })).toEqual({ invocationMessage: 'Asking how sure the model was' });
    const asking = await prepared({ engine: 'openai', baseUrl: 'http://[x](command:y)/v1' });
    expect(asking).toMatchObject({ confirmationMessages: { title: 'Send code to the server of Candor?' } });
    expect(JSON.stringify(asking)).not.toContain('](');
  });
});
