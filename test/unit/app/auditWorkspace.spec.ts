import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditWorkspace, type WorkspaceAudit } from '../../../src/app/auditWorkspace.ts';
import { findCode } from '../../../src/app/findCode.ts';
import { createWorkspaceLearner } from '../../../src/app/workspaceLearner.ts';
import { isJudged, type FileReport, type Report } from '../../../src/audit/report.ts';
import { NgramEngine } from '../../../src/engines/ngram/ngramEngine.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { tokenizer } from '../../support/sampleWorkspace.ts';
import { temporaryFolder, type Files } from '../../support/temporaryFolder.ts';

const USUAL =
  'export function total(items) {\n  for (const item of items) {\n    if (item.price === null) return null;\n  }\n  return items.length;\n}\n';
const ODD = USUAL.replace('item.price === null', 'item.price === zebra');

async function audit(
  files: Files,
  paths: readonly string[],
  change: Partial<WorkspaceAudit> = {},
): Promise<Report & { readonly files: readonly FileReport[] }> {
  const workspace = temporaryFolder(files);
  const engine = new NgramEngine(tokenizer);
  const tools = { engine, learner: createWorkspaceLearner(engine), parser: inProcessParser, salt: 's' };
  const report = await auditWorkspace({
    ...tools,
    workspace,
    code: await findCode(
      workspace,
      paths.map((path) => join(workspace, path)),
    ),
    top: 5,
    onProgress: () => undefined,
    ...change,
  });
  return { ...report, files: [...report.files] };
}

describe('auditWorkspace', () => {
  it('finds what is unusual in a workspace, and says what is usual there', async () => {
    const { riskiest } = await audit({ 'a.js': USUAL, 'b.js': USUAL, 'c.js': ODD, 'd.js': USUAL }, ['.']);
    const { file, assessment } = riskiest[0]!;
    expect(file.path).toBe('c.js');
    const [span] = assessment.spans;
    expect(file.lines.text.slice(span!.start, span!.end)).toContain('zebra');
    expect(span!.alternatives[0]?.text).toContain('null');
  });

  it('judges what is asked for, and learns all of the workspace', async () => {
    const files = { 'a.js': USUAL, 'sub/b.js': ODD, 'picture.png': 'x', 'sub/c.txt': 'x' };
    const part = await audit(files, ['sub']);
    const whole = await audit(files, ['.']);
    expect(part.files.map((file) => file.path)).toEqual(['sub/b.js']);
    expect(part.otherFileCount).toBe(1);
    expect(part.learnedTokenCount).toBe(whole.learnedTokenCount);
    expect(part.source).toEqual(whole.source);
  });

  it('judges unsaved texts, and of changed files the lines that changed', async () => {
    const changed = { path: 'c.js', language: 'javascript', changedLines: [{ firstLine: 2, endLine: 3 }] } as const;
    const { files } = await audit({ 'a.js': USUAL, 'b.js': USUAL, 'c.js': USUAL }, [], {
      code: { files: [{ path: 'a.js', language: 'javascript' }, changed], otherFileCount: 4 },
      openTexts: new Map([['a.js', ODD]]),
    });
    const regions = files
      .filter(isJudged)
      .map(({ lines, assessments }) =>
        assessments.map(({ region }) => [region.origin, lines.text.slice(region.start, region.end)]),
      );
    expect(regions).toEqual([[['file', ODD.trim()]], [['diff', 'if (item.price === null) return null;']]]);
  });

  it('says the same of the same workspace, but for the identities of the run', async () => {
    const files = { 'a.js': USUAL, 'b.js': ODD, 'c.py': 'def f():\n    return 1\n' };
    const said = async (): Promise<unknown> =>
      JSON.parse(
        JSON.stringify((await audit(files, ['.'])).files, (key, value: unknown) =>
          key === 'id' && String(value).includes('-') ? '' : value,
        ),
      );
    expect(await said()).toEqual(await said());
  });

  it('learns nothing from files that are no text', async () => {
    const report = await audit({ 'a.js': '\0\0', 'b.js': '' }, ['.']);
    expect(report.learnedTokenCount).toBe(0);
    expect(report.files.map((file) => 'skipped' in file && file.skipped)).toEqual(['binary', 'empty']);
  });

  it('reports an empty workspace', async () => {
    expect(await audit({}, ['.'])).toMatchObject({ files: [], riskiest: [], learnedTokenCount: 0, otherFileCount: 0 });
  });

  it('rejects with the reason of the signal when aborted while it learns', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const onProgress = (): void => {
      controller.abort(reason);
    };
    await expect(
      audit({ 'a.js': USUAL, 'b.js': USUAL }, ['.'], { abortSignal: controller.signal, onProgress }),
    ).rejects.toBe(reason);
  });
});
