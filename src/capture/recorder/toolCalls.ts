import { isRecord, parseJson, readArray, readCount, readField, readString } from '../../wire/jsonReaders.ts';

/** Gathers the texts among the arguments of the tools that a model calls, from the bodies or chunks of an answer. */
export interface ToolCalls {
  read(body: unknown): void;
  /** The texts that may be code, in order. Arguments that were cut short tell nothing. */
  texts(): readonly string[];
}

/**
 * Calls are read as chats have them (`tool_calls`, in pieces by index, and the old `function_call`), as Ollama has them (arguments that
 * are no text), and as Responses do (`function_call` and `custom_tool_call`, whose input is the text itself).
 *
 * Sources: the API references of OpenAI (chat, responses and their streaming events) and Ollama's `docs/api.md`.
 */
export function createToolCalls(): ToolCalls {
  const calls = new Map<string, { readonly pieces: string[] } | { readonly whole: unknown }>();

  function add(key: string, piece: unknown): void {
    const call = calls.get(key);
    if (typeof piece !== 'string') {
      if (isRecord(piece)) calls.set(key, { whole: piece });
    } else if (call !== undefined && 'pieces' in call) {
      call.pieces.push(piece);
    } else {
      calls.set(key, { pieces: [piece] });
    }
  }

  function readMessage(message: unknown, choice: number): void {
    for (const [at, call] of readArray(readField(message, 'tool_calls')).entries()) {
      const index = readCount(readField(call, 'index')) ?? at;
      add(`${choice}:${index}`, readField(readField(call, 'function'), 'arguments'));
    }
    add(`${choice}:function`, readField(readField(message, 'function_call'), 'arguments'));
  }

  function readItem(item: unknown, index: number): void {
    const type = readString(readField(item, 'type'));
    if (type === 'function_call') calls.set(`output:${index}`, { pieces: [stringOf(readField(item, 'arguments'))] });
    if (type === 'custom_tool_call') calls.set(`output:${index}`, { whole: readField(item, 'input') });
  }

  return {
    read(body) {
      for (const [at, choice] of readArray(readField(body, 'choices')).entries()) {
        const message = readField(choice, 'delta') ?? readField(choice, 'message');
        readMessage(message, readCount(readField(choice, 'index')) ?? at);
      }
      readMessage(readField(body, 'message'), 0);
      // Of a stream of Responses only what repeats a call is read: when a call is whole, it is repeated.
      if (readField(body, 'type') === 'response.output_item.done') {
        readItem(readField(body, 'item'), readCount(readField(body, 'output_index')) ?? 0);
      }
      for (const [at, item] of readArray(readField(body, 'output')).entries()) readItem(item, at);
    },
    texts() {
      const values = [...calls.values()].map((call) =>
        'whole' in call ? call.whole : parseJson(call.pieces.join('')),
      );
      return values.flatMap(stringsIn).filter(mayBeCode);
    },
  };
}

/** Nobody nests arguments deeper; a server that does is hostile. */
const MOST_DEPTH = 20;

function stringsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value];
  if (depth === MOST_DEPTH) return [];
  if (Array.isArray(value)) return readArray(value).flatMap((item) => stringsIn(item, depth + 1));
  return isRecord(value) ? Object.values(value).flatMap((item) => stringsIn(item, depth + 1)) : [];
}

const FEWEST_UNITS = 12;

/** A path, a name, an address or a sentence is no code: it has no blank, or none of these signs. */
function mayBeCode(text: string): boolean {
  return text.trim().length >= FEWEST_UNITS && /\s/.test(text.trim()) && /[\n(){}[\]=;<>]/.test(text);
}

function stringOf(value: unknown): string {
  return readString(value) ?? '';
}
