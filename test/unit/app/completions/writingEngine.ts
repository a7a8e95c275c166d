import { ScoredText } from '../../../../src/core/scoredText.ts';
import type { Engine, GenerateRequest } from '../../../../src/engines/engine.ts';
import { someSource } from '../../core/someSource.ts';

export interface WritingEngine extends Pick<Engine, 'capabilities' | 'generate'> {
  /** What it was asked, in order. */
  readonly requests: GenerateRequest[];
  /** Tokens written in all. */
  readonly written: () => number;
}

/**
 * An engine that writes what it is told, token by token, each in a turn of its own: the first answer, then the next, the last one again
 * and again. Its tokens are words, white space and single signs; their log-probabilities are -0.1, -0.2, and so on.
 */
export function writingEngine(answers: readonly string[], fillInTheMiddle = true): WritingEngine {
  const requests: GenerateRequest[] = [];
  let written = 0;
  return {
    requests,
    written: () => written,
    capabilities: {
      score: 'none',
      generate: true,
      fillInTheMiddle,
      maxTopK: 2,
      distribution: { kind: 'raw' },
      vocabulary: { kind: 'full' },
    },
    async generate(request) {
      const answer = answers[Math.min(requests.length, answers.length - 1)] ?? '';
      requests.push(request);
      const heard: string[] = [];
      for (const token of tokensOf(answer).slice(0, request.maxTokens)) {
        await new Promise(setImmediate);
        request.abortSignal?.throwIfAborted();
        if (request.stopSignal?.aborted === true) break;
        written++;
        heard.push(token);
        request.onText?.(token);
      }
      return scoredTokens(heard);
    },
  };
}

export function tokensOf(text: string): readonly string[] {
  return text.match(/\w+|\n|[^\S\n]+|[^\w\s]/gu) ?? [];
}

export function scoredTokens(tokens: readonly string[]): ScoredText {
  let end = 0;
  return ScoredText.of({
    text: tokens.join(''),
    source: someSource,
    tokenEnds: Uint32Array.from(tokens, (token) => (end += token.length)),
    measures: { logprobsNats: Float64Array.from(tokens, (_, index) => -(index + 1) / 10) },
    alternatives: new Map(tokens.map((text, index) => [index, [{ text, logprobNats: -(index + 1) / 10 }]])),
  });
}
