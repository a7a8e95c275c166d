import { readLlamaServer } from './llamaServer.ts';
import { readOllama } from './ollama.ts';
import { readOpenaiChoices } from './openaiChoices.ts';
import { readOpenaiResponses } from './openaiResponses.ts';
import { readSglang } from './sglang.ts';
import type { WirePart } from './wirePart.ts';

/** One reader a format. A reader answers undefined for what has not its shape. */
const READERS: readonly ((body: unknown, choice: number) => WirePart | undefined)[] = [
  readOpenaiChoices,
  readOpenaiResponses,
  readSglang,
  readLlamaServer,
  readOllama,
];

/**
 * What a server's answer, or one chunk of a streamed answer, says: the format is told by its shape, never by the route.
 * Undefined for what no format knows: an error, a ping, or something hostile.
 *
 * @param choice Which of several answers to read.
 */
export function readBody(body: unknown, choice = 0): WirePart | undefined {
  for (const read of READERS) {
    const part = read(body, choice);
    if (part !== undefined) return part;
  }
  return undefined;
}
