import { unscoredIfDrafted } from '../../wire/draftedRows.ts';
import { joinParts } from '../../wire/joinParts.ts';
import { parseJson, readField } from '../../wire/jsonReaders.ts';
import { readBody } from '../../wire/readBody.ts';
import type { StreamEvent } from '../../wire/streamEvent.ts';
import { emptyPart, type WirePart } from '../../wire/wirePart.ts';
import { brokenStream, cutReply, tooLong } from './serverError.ts';

/** How an answer is listened to while it comes. */
export interface Listening {
  readonly onText: (text: string) => void;
  /** Aborted when what was heard is enough: it is then the answer. */
  readonly stopSignal?: AbortSignal | undefined;
}

/**
 * What a streamed answer says as a whole: the same as if it had come at once. `onText` hears each piece of the text as it
 * comes, and all of it by the end. Once it is enough, what was heard is the answer. Whether tokens had been drafted is then
 * not known, as servers tell it last, so rows that look drafted are unscored.
 * @throws CandorError for a stream that ends before the answer does, or that takes back what it said. What came until
 * then was heard, but its tokens are not known to be all, so there is no result.
 */
export async function joinStream(
  events: AsyncIterable<StreamEvent>,
  { onText, stopSignal }: Listening,
): Promise<WirePart> {
  const parts: WirePart[] = [];
  let heard = '';
  let isComplete = false;
  const hear = (text: string): void => {
    if (text === '') return;
    heard += text;
    onText(text);
  };
  const isEnough = (): boolean => stopSignal?.aborted === true;
  try {
    for await (const event of events) {
      if (event.kind === 'skipped') throw tooLong();
      isComplete ||= event.kind === 'done';
      if (event.kind === 'done' || isEnough()) break;
      const part = partOf(event.data);
      if (part === undefined) continue;
      parts.push(part);
      isComplete ||= part.finishReason !== null;
      hear(part.isWhole ? part.text.slice(heard.length) : part.text);
      if (isEnough()) break;
    }
  } catch (error) {
    if (!isEnough() || error !== stopSignal?.reason) throw error;
  }
  const whole = joinParts(parts) ?? (isEnough() ? emptyPart('openai-choices') : undefined);
  if (whole === undefined || !(isComplete || isEnough())) throw cutReply();
  if (!whole.text.startsWith(heard)) throw brokenStream();
  if (isEnough()) return { ...whole, text: heard, rows: whole.rows.map(unscoredIfDrafted) };
  hear(whole.text.slice(heard.length));
  return whole;
}

/** What an event says; undefined for one that says nothing about the answer, such as a ping. */
function partOf(data: string): WirePart | undefined {
  const body = parseJson(data);
  if (body === undefined) throw cutReply();
  const part = readBody(body);
  if (part === undefined && (readField(body, 'error') ?? null) !== null) throw brokenStream();
  return part;
}
