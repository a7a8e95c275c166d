import { CandorError } from '../core/candorError.ts';
import type { Repository } from './openRepository.ts';
import { noGit } from './runGit.ts';

/** Reads the objects of a repository one after the other, without starting git for each. */
export interface ObjectReader {
  /**
   * What a blob holds; null where there is none of that hash, or it has more than `mostBytes`, or is no text (a NUL in it).
   * @throws CandorError `unsupported` when git breaks down; the signal's reason when aborted
   */
  read(blob: string, mostBytes: number): Promise<Buffer | null>;
  close(): Promise<void>;
}

interface Question {
  readonly mostBytes: number;
  readonly resolve: (content: Buffer | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens one `git cat-file --batch` for all that is read. It answers in the order of the questions:
 *
 *     question   HASH LF
 *     answer     HASH blob 12 LF  <12 bytes> LF        or        HASH missing LF
 *
 * https://git-scm.com/docs/git-cat-file#_batch_output
 */
export function openObjectReader(repository: Repository, signal?: AbortSignal): ObjectReader {
  const git = repository.start(['cat-file', '--batch'], ['pipe', 'pipe', 'ignore']);
  const questions: Question[] = [];
  let chunks: Buffer[] = [];
  let size = 0;
  /** Bytes that must be there before anything can be said. */
  let needed = 1;
  let failure: unknown = null;

  const fail = (error: unknown): void => {
    failure ??= signal?.aborted === true ? signal.reason : error;
    for (const question of questions.splice(0)) question.reject(failure);
  };
  const ended = new Promise<void>((resolve) => {
    git.on('close', () => {
      fail(new CandorError('unsupported', 'Git stopped reading the repository. Try again.'));
      resolve();
    });
  });
  git.on('error', (cause) => {
    fail(noGit(cause));
  });
  git.stdin?.on('error', () => undefined);
  git.stdout?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < needed) return;
    let whole = Buffer.concat(chunks);
    for (let answer = firstAnswer(whole); answer !== null; answer = firstAnswer(whole)) {
      needed = answer.endByte;
      if (whole.length < answer.endByte) break;
      const question = questions.shift();
      const content = answer.isBlob ? whole.subarray(answer.startByte, answer.endByte - 1) : null;
      const isWanted = content !== null && content.length <= (question?.mostBytes ?? 0) && !content.includes(0);
      // A copy: the chunk that it lies in may be much longer.
      question?.resolve(isWanted ? Buffer.from(content) : null);
      whole = whole.subarray(answer.endByte);
      needed = 1;
    }
    chunks = whole.length === 0 ? [] : [whole];
    size = whole.length;
  });

  return {
    read(blob, mostBytes) {
      return new Promise((resolve, reject) => {
        if (failure !== null || signal?.aborted === true) {
          reject(toError(failure ?? signal?.reason));
          return;
        }
        questions.push({ mostBytes, resolve, reject });
        git.stdin?.write(`${/^[0-9a-f]{40,64}$/.test(blob) ? blob : '0'.repeat(40)}\n`);
      });
    },
    async close() {
      git.stdin?.end();
      git.kill();
      await ended;
    },
  };
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}

/** The answer that bytes begin with: its content is startByte .. endByte-2, a line feed comes last. null: its head is not there. */
function firstAnswer(
  bytes: Buffer,
): { readonly isBlob: boolean; readonly startByte: number; readonly endByte: number } | null {
  const headEnd = bytes.indexOf('\n');
  if (headEnd === -1) return null;
  const startByte = headEnd + 1;
  const [, type, length] = bytes.subarray(0, headEnd).toString().split(' ');
  if (length === undefined) return { isBlob: false, startByte, endByte: startByte };
  return { isBlob: type === 'blob', startByte, endByte: startByte + Number(length) + 1 };
}
