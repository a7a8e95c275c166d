import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Assessor } from '../../../src/assess/assessText.ts';
import { auditFiles } from '../../../src/audit/auditFiles.ts';
import type { AuditRequest } from '../../../src/audit/auditRequest.ts';
import type { AuditStore } from '../../../src/audit/auditStore.ts';
import { memoryStore } from '../../../src/audit/memoryStore.ts';
import { isJudged, type FileReport } from '../../../src/audit/report.ts';
import { CandorError } from '../../../src/core/candorError.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { scriptedEngine } from '../../support/scriptedEngine.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const FILES = {
  'a.ts': 'export function calm() {\n  return one + two + three;\n}\n',
  'b.py': 'def odd(): return odder + one + two + three\n',
  'c.go': 'package c\n\nfunc fine() int { return one }\n',
};

interface Audit {
  /** Texts that an engine scored, in order of time. */
  readonly scored: readonly string[];
  readonly files: readonly FileReport[];
  readonly riskiest: readonly unknown[];
}

interface Kept {
  readonly root: string;
  readonly store: AuditStore;
  readonly audit: (
    change?: Partial<AuditRequest>,
    fails?: (text: string) => boolean,
    onExplain?: () => void,
  ) => Promise<Audit>;
}

/** Audits of a folder by an engine that counts, and by a scout where there is one, each of which goes on from the one before. */
function keptAudits(hasScout = false): Kept {
  const root = temporaryFolder(FILES);
  const store = memoryStore();
  // As old as most files are.
  for (const name of Object.keys(FILES)) utimesSync(join(root, name), 1e9, 1e9);
  return {
    root,
    store,
    async audit(change = {}, fails = () => false, onExplain = () => undefined) {
      const scored: string[] = [];
      const counting = (name: string): Assessor['engine'] => {
        const engine = scriptedEngine({
          name,
          logprobNats: (token) => (token.startsWith('odd') ? -token.length : -0.1),
          alternatives: () => {
            onExplain();
            return [{ text: 'even', logprobNats: -0.5 }];
          },
        });
        const score: Assessor['engine']['score'] = (asked) => {
          scored.push(`${name}: ${asked.path}`);
          return fails(asked.text) ? Promise.reject(new CandorError('engine-failed', 'broken')) : engine.score(asked);
        };
        return { ...engine, score };
      };
      const scout = hasScout ? { engine: counting('scout'), share: 0.1 } : null;
      const assessor: Assessor = { engine: counting('engine'), scout, parser: inProcessParser, salt: 's' };
      const report = await auditFiles(assessor, {
        root,
        files: [
          { path: 'a.ts', language: 'typescript' },
          { path: 'b.py', language: 'python' },
          { path: 'c.go', language: 'go' },
        ],
        top: 1,
        store,
        maker: 'test',
        onProgress: () => undefined,
        ...change,
      });
      return { scored, files: [...report.files], riskiest: report.riskiest };
    },
  };
}

function regionsOf(file: FileReport | undefined): unknown {
  return file && isJudged(file) ? file.assessments.map(({ region }) => region) : file;
}

describe('an audit after another', () => {
  it.each([false, true])('judges nothing again, and says the same (with a scout: %s)', async (hasScout) => {
    const { audit } = keptAudits(hasScout);
    const first = await audit();
    expect(first.scored.length).toBeGreaterThan(3);
    expect(await audit()).toEqual({ ...first, scored: [] });
  });

  it('judges what has changed, and no more', async () => {
    const { audit, root } = keptAudits();
    const first = await audit();
    writeFiles(root, { 'c.go': 'package c\n\nfunc other() int { return two }\n' });
    const second = await audit();
    expect(second.scored).toEqual(['engine: c.go']);
    expect(second.files.slice(0, 2)).toEqual(first.files.slice(0, 2));
    expect(second.files[2]).toMatchObject({ assessments: [{}, { region: { name: 'other' } }] });
  });

  it('looks into a file that was touched, and judges it by its text', async () => {
    const { audit, root } = keptAudits();
    const first = await audit();
    writeFiles(root, FILES);
    expect(await audit()).toEqual({ ...first, scored: [] });
  });

  it('judges a file that is gone as gone', async () => {
    const { audit, root } = keptAudits();
    await audit();
    rmSync(join(root, 'c.go'));
    const { files, scored } = await audit();
    expect(files[2]).toMatchObject({ path: 'c.go', skipped: 'not readable' });
    expect(scored).toEqual([]);
  });

  it.each<Partial<AuditRequest>>([
    { maker: 'another calibration' },
    {
      files: [
        { path: 'a.ts', language: 'typescript', changedLines: [{ firstLine: 0, endLine: 1 }] },
        { path: 'b.py', language: 'lines' },
      ],
    },
  ])('judges anew where it would say something else of the same text', async (change) => {
    const { audit } = keptAudits();
    await audit();
    const { scored } = await audit({ ...change, top: 0 });
    expect(scored.toSorted()).toEqual(
      ['engine: a.ts', 'engine: b.py', 'engine: c.go'].slice(0, change.files?.length ?? 3),
    );
  });

  it('tries again what failed', async () => {
    const { audit } = keptAudits();
    const first = await audit({ top: 0 }, (text) => text.includes('odder'));
    expect(first.files[1]).toMatchObject({ skipped: 'not scored' });
    const second = await audit({ top: 0 });
    expect(second.scored).toEqual(['engine: b.py']);
    expect(second.files[1]).toMatchObject({ assessments: [{}] });
  });

  it('explains what an earlier one did not show', async () => {
    const { audit } = keptAudits();
    await audit({ top: 1 });
    const { scored, riskiest } = await audit({ top: 9 });
    expect(riskiest.length).toBeGreaterThan(2);
    expect(scored).not.toContain('engine: b.py');
    expect((await audit({ top: 9 })).scored).toEqual([]);
  });

  it('keeps no explanation that was stopped half-way', async () => {
    const { audit } = keptAudits();
    const controller = new AbortController();
    const { signal: abortSignal } = controller;
    const stopped = audit({ abortSignal }, undefined, () => {
      controller.abort(new Error('enough'));
    });
    await expect(stopped).rejects.toThrow('enough');
    expect((await audit({ top: 1 })).scored).not.toEqual([]);
  });

  it('never takes an unsaved text for what the disk holds', async () => {
    const { audit } = keptAudits();
    const first = await audit();
    const unsaved = await audit({ openTexts: new Map([['a.ts', 'export const other = odd;\n']]) });
    expect(unsaved.scored).toContain('engine: a.ts');
    const { files, scored } = await audit();
    expect(scored).toContain('engine: a.ts');
    expect(regionsOf(files[0])).toEqual(regionsOf(first.files[0]));
  });

  it('still knows whole files after one that judged some lines of them', async () => {
    const { audit } = keptAudits();
    const first = await audit();
    const changedLines = [{ firstLine: 0, endLine: 1 }];
    const lines = await audit({ files: [{ path: 'a.ts', language: 'typescript', changedLines }], top: 0 });
    expect(lines.scored).toEqual(['engine: a.ts']);
    expect(await audit()).toEqual({ ...first, scored: [] });
  });

  it('goes on where one was stopped', async () => {
    const { audit } = keptAudits();
    const controller = new AbortController();
    const onProgress = (_: string, done: number): void => {
      if (done === 1) controller.abort(new Error('enough'));
    };
    await expect(audit({ abortSignal: controller.signal, onProgress })).rejects.toThrow('enough');
    const { scored } = await audit({ top: 0 });
    expect(scored).not.toContain('engine: a.ts');
  });
});
