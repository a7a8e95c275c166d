import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ArrivedText, FollowedRegion } from '../../../../src/app/capture/arrivedText.ts';
import type { DocumentLook } from '../../../../src/app/capture/witness.ts';
import { createWitness, type Witness } from '../../../../src/app/capture/witness.ts';
import { ownGeneration } from '../../../../src/app/capture/ownGeneration.ts';
import { createOwnSuggestions, type OwnSuggestions } from '../../../../src/app/capture/ownSuggestions.ts';
import { placeDigests } from '../../../../src/app/capture/placeDigests.ts';
import { assessText } from '../../../../src/assess/assessText.ts';
import { COMMITTED_TARGET, CORRECT_TARGET, SURVIVAL_TARGETS } from '../../../../src/capture/following/editorTargets.ts';
import { createLeafHasher } from '../../../../src/capture/following/leafHasher.ts';
import { createGenerationIndex, type GenerationIndex } from '../../../../src/capture/matching/generationIndex.ts';
import type { RecordedGeneration } from '../../../../src/capture/recordedGeneration.ts';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { memoryLedger } from '../../../support/memoryLedger.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { someSource } from '../../core/someSource.ts';

const START_MS = 1.7e12;

const HEAD = 'import { half } from "./half";\n';

const WRITTEN =
  'export function area(width: number, height: number): number {\n  const whole = width * height;\n  return half(whole) + 7;\n}\n';

/** Its tokens are words, runs of blanks and single signs, each of -0.5 nats. */
function generation(text: string, client = 'Some Tool', source = someSource): RecordedGeneration {
  const ends = Array.from(text.matchAll(/\w+|\s+|[^\w\s]/gu), (token) => token.index + token[0].length);
  const scored = ScoredText.of({
    text,
    source: { ...source, engine: 'recorder', mode: 'generated' },
    tokenEnds: Uint32Array.from(ends),
    measures: { logprobsNats: new Float64Array(ends.length).fill(-0.5) },
  });
  return { id: text, atMs: START_MS, client, kind: 'content', scored };
}

describe('the witness', () => {
  let ledger: ReturnType<typeof memoryLedger>;
  let generations: GenerationIndex;
  let suggestions: OwnSuggestions;
  let witness: Witness;
  let nowMs: number;
  let workspace: string;

  beforeEach(() => {
    ledger = memoryLedger();
    generations = createGenerationIndex({ mostGenerations: 100, mostUnits: 1_000_000 });
    suggestions = createOwnSuggestions();
    nowMs = START_MS;
    workspace = temporaryFolder();
    witness = createWitness({
      ledger,
      generations,
      suggestions,
      places: placeDigests('some salt'),
      hash: createLeafHasher('some salt'),
      parser: inProcessParser,
      now: () => nowMs,
      assess: (request, recorded) =>
        assessText(
          { engine: recorded ?? scriptedEngine({ logprobNats: () => -1 }), parser: inProcessParser, salt: 'some salt' },
          request,
        ),
    });
  });

  function arrived(
    text: string,
    written: string,
    given: Partial<ArrivedText> = {},
  ): Promise<readonly FollowedRegion[]> {
    const start = text.indexOf(written);
    const request: ArrivedText = {
      document: 'file:///src/area.ts',
      text,
      path: 'src/area.ts',
      language: 'typescript',
      setup: { choice: { engine: 'ngram' }, workspace, folders: [workspace] },
      stretches: [{ start, end: start + written.length }],
      writer: { by: 'model', how: 'completion', tool: 'other.tool', isCertain: true },
      arrivedMs: nowMs,
      ...given,
    };
    return witness.arrived(request, { onProgress: () => undefined, abortSignal: new AbortController().signal });
  }

  function look(text: string | null, regions: DocumentLook['regions'] = []): ReturnType<Witness['look']> {
    return witness.look({ workspace, path: 'src/area.ts', language: 'typescript', text, regions });
  }

  it('judges what was recorded by its own tokens, and the rest by the engine', async () => {
    generations.add(generation(WRITTEN));
    const regions = await arrived(HEAD + WRITTEN, HEAD + WRITTEN);
    expect(
      regions.map(({ assessment: { region, source, evidence }, facts: { tool }, match }) => ({
        origin: region.origin,
        engine: source.engine,
        nats: evidence.signals.meanProbability,
        tool,
        match,
      })),
    ).toEqual([
      {
        origin: 'inserted',
        engine: 'scripted',
        nats: expect.closeTo(Math.exp(-1), 9) as number,
        tool: 'other.tool',
        match: null,
      },
      {
        origin: 'recorded',
        engine: 'recorder',
        nats: expect.closeTo(Math.exp(-0.5), 9) as number,
        tool: 'Some Tool',
        match: 'certain',
      },
    ]);
    expect(ledger.assessments.map(({ origin, tool, atMs }) => [origin, tool, atMs])).toEqual([
      ['inserted', 'other.tool', START_MS],
      ['recorded', 'Some Tool', START_MS],
    ]);
  });

  it('knows a few characters of its own suggestion by where they stand', async () => {
    const before = `${HEAD}const area = `;
    const suggested = ownGeneration(generation('half(8);').scored, START_MS);
    suggestions.add({ document: 'file:///src/area.ts', before, generation: suggested });
    const [region] = await arrived(`${before}half(8);`, 'half(8);');
    expect(region).toMatchObject({
      facts: { tool: 'Candor', origin: 'inline', source: { mode: 'generated' } },
      match: 'certain',
      assessment: { evidence: { signals: { meanProbability: expect.closeTo(Math.exp(-0.5), 9) as number } } },
    });
    const [elsewhere] = await arrived(`${HEAD}const other = half(8);`, 'half(8);');
    expect(elsewhere?.facts.origin).toBe('inserted');
  });

  it('knows its own suggestions', async () => {
    generations.add(ownGeneration(generation(WRITTEN).scored, START_MS));
    const [region] = await arrived(HEAD + WRITTEN, WRITTEN);
    expect(region).toMatchObject({
      facts: { tool: 'Candor' },
      match: 'certain',
      assessment: { region: { origin: 'inline' } },
    });
  });

  it('leaves alone what nobody can tell to be a model’s, and takes what was recorded', async () => {
    const writer = { by: 'unknown' } as const;
    expect(await arrived(HEAD + WRITTEN, WRITTEN, { writer })).toEqual([]);
    generations.add(generation(WRITTEN));
    expect(await arrived(HEAD + WRITTEN, HEAD + WRITTEN, { writer })).toHaveLength(1);
    // The file is written once more, with the same code in it.
    nowMs += 60_000;
    expect(await arrived(`// first\n${HEAD}${WRITTEN}`, `// first\n${HEAD}${WRITTEN}`, { writer })).toEqual([]);
    expect(ledger.assessments).toHaveLength(1);
  });

  it('says where it is not sure what was recorded, and does not part the code there', async () => {
    const other =
      'export function perimeter(width: number, height: number): number {\n  return 2 * (width + height);\n}\n';
    generations.add(generation(other));
    const regions = await arrived(HEAD + WRITTEN, WRITTEN);
    expect(regions.map(({ match }) => match)).toEqual(['weak']);
    expect(regions).toMatchObject([{ assessment: { source: { engine: 'scripted' }, region: { origin: 'inserted' } } }]);
  });

  it('does not follow a word or two', async () => {
    expect(await arrived(`${HEAD}const x = y;\n`, 'x =')).toEqual([]);
    expect(await arrived(`${HEAD}const x = y;\n`, 'const x = y')).toHaveLength(1);
  });

  it('takes words that came one by one for one piece of code', async () => {
    const text = `${HEAD}const x = y;\n`;
    const at = (word: string): { readonly start: number; readonly end: number } => {
      const start = text.indexOf(word, HEAD.length);
      return { start, end: start + word.length };
    };
    const stretches = ['const', 'x', '=', 'y'].map(at);
    const regions = await arrived(text, '', { stretches });
    expect(regions.map(({ assessment: { region } }) => text.slice(region.start, region.end))).toEqual(['const x = y']);
  });

  it('keeps nothing that tells of the code or its place', async () => {
    await arrived(HEAD + WRITTEN, WRITTEN);
    const kept = JSON.stringify(ledger.assessments);
    for (const word of ['area', 'width', 'whole', 'half', 'src/', workspace]) expect(kept).not.toContain(word);
  });

  it('sees what became of it, in the editor and on the disk', async () => {
    await arrived(HEAD + WRITTEN, WRITTEN);
    nowMs += 2 * 60_000;
    expect(await look(`// moved\n${HEAD}${WRITTEN}`)).toMatchObject([{ fate: { event: 'unchanged' } }]);
    nowMs += 8 * 60_000;
    mkdirSync(join(workspace, 'src'));
    writeFileSync(join(workspace, 'src/area.ts'), HEAD + WRITTEN.replace('7', '8'));
    expect(await look(null)).toMatchObject([{ fate: { event: 'changed' } }]);
    expect(ledger.outcomes.map(({ target, happened }) => [target, happened])).toEqual([
      [SURVIVAL_TARGETS[0], true],
      [SURVIVAL_TARGETS[1], false],
    ]);
  });

  it('sees nothing of a file that is gone', async () => {
    await arrived(HEAD + WRITTEN, WRITTEN);
    nowMs += 10 * 60_000;
    expect(await look(null)).toEqual([]);
    expect(ledger.outcomes).toEqual([]);
  });

  it('sees whether it was committed as it arrived', async () => {
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], {
        cwd: workspace,
        stdio: 'ignore',
      });
    };
    const text = HEAD + WRITTEN;
    const [region] = await arrived(text, WRITTEN);
    git('init');
    mkdirSync(join(workspace, 'src'));
    writeFileSync(join(workspace, 'src/area.ts'), text);
    git('add', '.');
    git('commit', '-m', 'first');
    const place = { assessment: region?.assessment.id ?? '', start: HEAD.length, end: text.length };
    await witness.committed({
      workspace,
      documents: [{ workspace, path: 'src/area.ts', language: 'typescript', text, ranges: [place] }],
    });
    expect(ledger.outcomes).toMatchObject([{ target: COMMITTED_TARGET, happened: true }]);
  });

  it('takes a person’s word, the last one, and lets go of what he wrote himself', async () => {
    const [region] = await arrived(HEAD + WRITTEN, WRITTEN);
    const assessment = region?.assessment.id ?? '';
    await witness.decide({ kind: 'verdict', assessment, isFine: true });
    await witness.decide({ kind: 'verdict', assessment, isFine: false });
    expect(ledger.outcomes).toMatchObject([{ target: CORRECT_TARGET, happened: false, cause: 'verdict' }]);
    await witness.decide({ kind: 'disown', assessments: [assessment] });
    expect([ledger.assessments, ledger.outcomes]).toEqual([[], []]);
  });

  it('goes with a renamed file, and forgets a workspace', async () => {
    await arrived(HEAD + WRITTEN, WRITTEN);
    await witness.decide({ kind: 'rename', workspace, from: 'src/area.ts', to: 'src/other.ts' });
    expect(await look(HEAD + WRITTEN)).toEqual([]);
    await witness.decide({ kind: 'forget', workspace: null });
    expect(ledger.assessments).toHaveLength(1);
    await witness.decide({ kind: 'forget', workspace });
    expect(ledger.assessments).toEqual([]);
  });

  it('exports to a file, and says where it cannot', async () => {
    await arrived(HEAD + WRITTEN, WRITTEN);
    const file = join(workspace, 'ledger.jsonl');
    await witness.decide({ kind: 'export', file });
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1);
    const nowhere = join(workspace, 'none', 'ledger.jsonl');
    await expect(witness.decide({ kind: 'export', file: nowhere })).rejects.toMatchObject({ reason: 'unreadable' });
    await expect(witness.decide({ kind: 'import', file: nowhere })).rejects.toMatchObject({ reason: 'not-found' });
  });
});
