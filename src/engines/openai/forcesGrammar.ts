import { CandorError } from '../../core/candorError.ts';
import { readCounts, readField } from '../../wire/jsonReaders.ts';
import { readBody } from '../../wire/readBody.ts';
import type { ServerClient } from './serverClient.ts';

const TEXT = ' return the other';

/**
 * Whether the server can be made to write given tokens and says how likely they were: the slow way, a step a token, in
 * which llama-server scores a text. Source: llama.cpp's `grammars/README.md` (tokens) and `tools/server/README.md`.
 */
export async function forcesGrammar(client: ServerClient, signal?: AbortSignal): Promise<boolean> {
  try {
    const answer = await client.post('/tokenize', { content: TEXT, add_special: false }, signal);
    const [first, ...forced] = readCounts(readField(answer, 'tokens'));
    if (first === undefined || forced.length === 0) return false;
    const grammar = `root ::= ${forced.map((id) => `<[${id}]>`).join(' ')}`;
    const rows = { n_probs: 1, return_tokens: true, post_sampling_probs: false };
    const body = { prompt: [first], grammar, n_predict: forced.length, temperature: 0, ...rows };
    const part = readBody(await client.post('/completion', body, signal));
    const isScored = part?.rows.every(({ logprobNats }) => logprobNats !== null && logprobNats <= 0) ?? false;
    return isScored && part?.tokenIds.join() === forced.join();
  } catch (error) {
    if (CandorError.is(error) && signal?.aborted !== true) return false;
    throw error;
  }
}
