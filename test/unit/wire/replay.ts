import { readFileSync } from 'node:fs';
import { scoredTextFromRows } from '../../../src/core/scoredTextFromRows.ts';
import type { ScoredText } from '../../../src/core/scoredText.ts';
import { endJsonLines, JSON_LINES_START, readJsonLines } from '../../../src/wire/jsonLines.ts';
import { parseJson } from '../../../src/wire/jsonReaders.ts';
import { joinParts } from '../../../src/wire/joinParts.ts';
import { readBody } from '../../../src/wire/readBody.ts';
import { endSse, readSse, SSE_START } from '../../../src/wire/serverSentEvents.ts';
import type { StreamEvent } from '../../../src/wire/streamEvent.ts';
import type { WirePart } from '../../../src/wire/wirePart.ts';
import { someSource } from '../core/someSource.ts';

/** A token as [text, log-probability], or [text] where it is unscored. */
export type ShownToken = [string, number?];

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/wire/${name}`, import.meta.url), 'utf8');
}

/** What an answer says. Bodies go through JSON, as on the wire. */
export function partOf(body: unknown, choice?: number): WirePart {
  const part = readBody(parseJson(JSON.stringify(body)), choice);
  if (part === undefined) throw new Error('no format knows this body');
  return part;
}

export function partOfChunks(chunks: readonly unknown[]): WirePart {
  return joinParts(chunks.map((chunk) => partOf(chunk)))!;
}

export function scoredPart(part: WirePart, text = part.text, alternativesRequested = 0): ScoredText {
  return scoredTextFromRows({ text, source: someSource, rows: part.rows, alternativesRequested });
}

/** The tokens at which a part arrives. */
export function tokensOf(part: WirePart, text = part.text, alternativesRequested = 0): ShownToken[] {
  return shown(scoredPart(part, text, alternativesRequested));
}

/** The tokens of a prompt that was scored apart. */
export function promptTokensOf(part: WirePart, text: string): ShownToken[] {
  return shown(scoredTextFromRows({ text, source: someSource, rows: part.promptRows }));
}

function shown(scored: ScoredText): ShownToken[] {
  return [...scored.tokens()].map(({ text, logprobNats }) =>
    logprobNats === undefined ? [text] : [text, logprobNats],
  );
}

/** A stream in pieces of one UTF-16 unit. */
export function units(stream: string): string[] {
  return Array.from(stream, (character) =>
    Array.from({ length: character.length }, (_, at) => character.charAt(at)),
  ).flat();
}

/** All events of a stream that comes in the given pieces. */
export function sseEvents(pieces: readonly string[], mostUnits?: number): StreamEvent[] {
  const events: StreamEvent[] = [];
  let state = SSE_START;
  for (const piece of pieces) {
    const read = readSse(state, piece, mostUnits);
    events.push(...read.events);
    state = read.state;
  }
  return [...events, ...endSse(state, mostUnits)];
}

export function jsonLineEvents(pieces: readonly string[], mostUnits?: number): StreamEvent[] {
  const events: StreamEvent[] = [];
  let state = JSON_LINES_START;
  for (const piece of pieces) {
    const read = readJsonLines(state, piece, mostUnits);
    events.push(...read.events);
    state = read.state;
  }
  return [...events, ...endJsonLines(state)];
}

/** What a streamed answer says as a whole. */
export function partOfEvents(events: readonly StreamEvent[]): WirePart | undefined {
  return joinParts(
    events.flatMap((event) => {
      const part = event.kind === 'data' ? readBody(parseJson(event.data)) : undefined;
      return part === undefined ? [] : [part];
    }),
  );
}
