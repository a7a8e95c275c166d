import { joinParts } from '../../wire/joinParts.ts';
import { parseJson, readField } from '../../wire/jsonReaders.ts';
import { readBody } from '../../wire/readBody.ts';
import type { StreamEvent } from '../../wire/streamEvent.ts';
import type { WirePart } from '../../wire/wirePart.ts';
import { brokenStream, cutReply, tooLong } from './serverError.ts';

/**
 * What a streamed answer says as a whole: the same as if it had come at once. `onText` hears each piece of the text as it
 * comes, and all of it by the end.
 * @throws CandorError for a stream that ends before the answer does, or that takes back what it said. What came until
 * then was heard, but its tokens are not known to be all, so there is no result.
 */
export async function joinStream(
  events: AsyncIterable<StreamEvent>,
  onText: (text: string) => void,
): Promise<WirePart> {
  const parts: WirePart[] = [];
  let heard = '';
  let isComplete = false;
  const hear = (text: string): void => {
    if (text === '') return;
    heard += text;
    onText(text);
  };
  for await (const event of events) {
    if (event.kind === 'skipped') throw tooLong();
    isComplete ||= event.kind === 'done';
    if (event.kind === 'done') break;
    const part = partOf(event.data);
    if (part === undefined) continue;
    parts.push(part);
    isComplete ||= part.finishReason !== null;
    hear(part.isWhole ? part.text.slice(heard.length) : part.text);
  }
  const whole = joinParts(parts);
  if (whole === undefined || !isComplete) throw cutReply();
  if (!whole.text.startsWith(heard)) throw brokenStream();
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
