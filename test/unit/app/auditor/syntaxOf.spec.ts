import { afterEach, expect, it } from 'vitest';
import type { Auditor, JudgedText } from '../../../../src/app/auditor/auditor.ts';
import { createAuditor } from '../../../../src/app/auditor/createAuditor.ts';
import { unkeptAudit } from '../../../../src/app/keptAudits/keptAudit.ts';
import { openTools } from '../../../../src/app/openTools.ts';
import type { SyntaxNode } from '../../../../src/assess/syntaxOfRegion.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { sampleTexts } from '../../../support/sampleWorkspace.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';
import { bareSetup, someCall, textAudit } from './someCalls.ts';

const auditors: Auditor[] = [];

function start(): Auditor {
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

afterEach(async () => {
  await Promise.all(auditors.splice(0).map((auditor) => auditor.close()));
});

const PATH = 'web/validators.ts';
const TEXT = sampleTexts.get(PATH)!;
const { document } = textAudit(PATH, TEXT);

async function judge(auditor: Auditor, change: Parameters<typeof textAudit>[2] = {}, text = TEXT): Promise<JudgedText> {
  const report = await auditor.auditText(textAudit(PATH, text, change), someCall());
  if (report.kind === 'skipped') throw new Error(report.reason);
  return report;
}

it('gives each region of a text that was judged by its syntax', async () => {
  const auditor = start();
  const { assessments } = await judge(auditor);
  expect(assessments.length).toBeGreaterThan(3);
  for (const assessment of assessments) {
    const syntax = await auditor.syntaxOf(document, assessment, someCall());
    const { start: from, end: to } = assessment.region;
    expect(syntax).toMatchObject({ assessment: assessment.id, text: TEXT.slice(from, to) });
    expect(syntax!.root).toMatchObject({ start: from, end: to });
    // It crosses to another thread.
    expect(structuredClone(syntax)).toEqual(syntax);
  }
});

it('counts places from the beginning of a text that was judged in pieces', async () => {
  const filler = '// nothing\n'.repeat(100_000);
  const from = filler.length;
  const within = { origin: 'inserted' as const, ranges: [{ start: from, end: from + TEXT.length }] };
  const text = `${filler}${TEXT}${filler}`;
  const auditor = start();
  const { assessments } = await judge(auditor, { within, setup: bareSetup }, text);
  const syntax = await auditor.syntaxOf(document, assessments[1]!, someCall());
  const { region } = assessments[1]!;
  expect(syntax!.text).toBe(text.slice(region.start, region.end));
  const allOf = (root: SyntaxNode): readonly SyntaxNode[] => [root, ...root.children.flatMap(allOf)];
  for (const node of allOf(syntax!.root)) {
    expect(node.start).toBeGreaterThanOrEqual(region.start);
    expect(node.end).toBeLessThanOrEqual(region.end);
  }
});

it('has none of a text that is not held, or was judged again since', async () => {
  const auditor = start();
  const before = (await judge(auditor)).assessments[0]!;
  const after = (await judge(auditor)).assessments[0]!;
  expect(await auditor.syntaxOf(document, before, someCall())).toBeNull();
  expect(await auditor.syntaxOf(document, after, someCall())).not.toBeNull();
  auditor.forget(document);
  expect(await auditor.syntaxOf(document, after, someCall())).toBeNull();
});

it('rejects with the reason of a signal', async () => {
  const auditor = start();
  const [assessment] = (await judge(auditor)).assessments;
  const reason = new Error('enough');
  await expect(
    auditor.syntaxOf(document, assessment!, someCall({ abortSignal: AbortSignal.abort(reason) })),
  ).rejects.toBe(reason);
});
