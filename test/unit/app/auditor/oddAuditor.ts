import { appendFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Auditor, TextReport } from '../../../../src/app/auditor/auditor.ts';
import type { Call } from '../../../../src/app/auditor/call.ts';
import { CandorError } from '../../../../src/core/candorError.ts';
import { someSource } from '../../core/someSource.ts';

const SECRET = 'the text of the user';

/** What `oddAuditor` does when it judges a document of this name; any other name is judged at once. */
export type Oddity =
  | 'exit'
  | 'throw aside'
  | 'fill the memory'
  | 'fail'
  | 'break'
  | 'answer a function'
  | 'steps'
  | 'wait'
  | 'never end a turn';

/**
 * An auditor that judges nothing. Its tokens are a count: of calls under way, and of what it was told to forget.
 */
export function oddAuditor(): Auditor & { readonly underWay: number } {
  let underWay = 0;
  let forgotten = 0;

  async function auditText(document: string, { onProgress, abortSignal }: Call): Promise<TextReport> {
    switch (document) {
      case 'exit':
        return process.exit(7);
      case 'throw aside':
        setTimeout(() => {
          throw new Error(SECRET);
        });
        break;
      case 'fill the memory': {
        const hoard: unknown[] = [];
        for (;;) hoard.push(Array.from({ length: 1000 }, () => ({ hoard })));
      }
      case 'never end a turn':
        for (;;) onProgress('working', 1, 2);
      case 'fail':
        throw new CandorError('corrupt', 'The model is damaged. Get it again.', { cause: new Error(SECRET) });
      case 'break':
        throw new TypeError(SECRET);
      case 'answer a function':
        return { kind: 'skipped', reason: (() => undefined) as never };
      case 'steps':
        for (let step = 1; step < 500; step++) onProgress('learning', step, 1000);
        break;
      default: {
        const turns = document === 'wait' || document === 'throw aside' ? Infinity : Number(document) || 0;
        for (let turn = 0; turn < turns; turn++) {
          abortSignal.throwIfAborted();
          onProgress('waiting', turn, turns);
          await setImmediate();
        }
      }
    }
    if (document === 'throw aside') await new Promise(() => undefined);
    return {
      kind: 'judged',
      note: '',
      source: someSource,
      assessments: [],
      tokenCount: underWay,
      learnedTokenCount: forgotten,
      standsInBecause: null,
    };
  }

  async function counted<Result>(work: () => Promise<Result>): Promise<Result> {
    underWay++;
    try {
      return await work();
    } finally {
      underWay--;
    }
  }

  return {
    get underWay() {
      return underWay;
    },
    open: (choice) => Promise.resolve({ source: { ...someSource, engine: choice.engine }, device: 'odd' }),
    findServers: () => Promise.resolve([]),
    tryServer: () => Promise.reject(new CandorError('engine-failed', 'This server is odd. Choose another one.')),
    auditText: ({ document }, call) => counted(() => auditText(document, call)),
    explain: (document, assessment) => Promise.resolve(document === '' ? null : assessment),
    syntaxOf: () => Promise.resolve(null),
    opinionCost: () => Promise.reject(new CandorError('unsupported', 'This engine does not write code.')),
    secondOpinion: () => Promise.reject(new CandorError('unsupported', 'This engine does not write code.')),
    completeAgain: () => Promise.resolve(null),
    compareCode: ({ pieces }) => Promise.resolve(pieces.map(() => 0)),
    summarize: (document) => Promise.resolve(`summary of ${document}`),
    tokens: ({ range }) =>
      Promise.resolve({
        source: someSource,
        rows: [
          {
            text: `${range.start}`,
            start: { line: 0, character: 0 },
            end: { line: 0, character: 1 },
            alternatives: [],
            path: [],
          },
        ],
      }),
    calibrations: () => Promise.resolve([]),
    suggest: () => Promise.resolve(null),
    arrived: () => Promise.resolve([]),
    look: () => Promise.resolve([]),
    committed: () => Promise.resolve(),
    decide: () => Promise.resolve(null),
    learnFromOutcomes: () => Promise.resolve({ changed: [], isComplete: true }),
    answerAgent: ({ tool }) => Promise.resolve(`answer of ${tool}`),
    testedFunction: () => Promise.resolve(null),
    followRecorder: () => undefined,
    calibrate: () => Promise.resolve({ calibrations: [], authors: 'ai', regions: 0, landings: 0, isComplete: true }),
    auditFiles: ({ files }) =>
      Promise.resolve({
        source: someSource,
        note: '',
        files: [],
        otherFileCount: files.kind === 'paths' ? files.paths.length : 0,
        learnedTokenCount: 0,
        standsInBecause: null,
      }),
    explainReport: () => Promise.resolve(),
    reportPage: (openCommand) => Promise.resolve(`page with ${openCommand}`),
    forget() {
      forgotten++;
    },
    forgetReport() {
      forgotten += 10_000;
    },
    workspaceChanged() {
      forgotten += 100;
    },
    async close() {
      const { ODD_DIARY } = process.env;
      await setImmediate();
      if (ODD_DIARY !== undefined) appendFileSync(ODD_DIARY, `closed with ${underWay} under way`);
    },
  };
}
