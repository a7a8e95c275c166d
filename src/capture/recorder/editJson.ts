/**
 * Changes to the text of a JSON value: all that is not changed stays as it is spelt, numbers that no number of ours can hold, the
 * order of members and blanks among it.
 */
export interface JsonEdit {
  /** Names of members, from the root; `*` stands for each item of a list. The last one is the member that is changed. */
  readonly path: readonly string[];
  /**
   * - `set`: the value is put there, in a member of that name or a new one at the end.
   * - `replace`: the value is put there if there is such a member.
   * - `remove`: the member is taken away.
   * - `unsay`: it is taken away if it is the last one of its object, else it becomes null.
   */
  readonly change: 'set' | 'replace' | 'remove' | 'unsay';
  readonly value?: unknown;
}

/**
 * The text with the edits made, one after the other. Takes time in proportion to the text, for each.
 *
 * @param json valid JSON; its characters may also stand for the bytes of UTF-8
 */
export function editJson(json: string, edits: readonly JsonEdit[]): string {
  return edits.reduce(editOnce, json);
}

/** A member of an object or an item of a list: where it lies in the text. */
interface Element {
  /** Of the name, for a member. */
  readonly start: number;
  readonly end: number;
  readonly name: string | null;
  readonly valueStart: number;
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function editOnce(json: string, { path, change, value }: JsonEdit): string {
  const name = path.at(-1);
  if (name === undefined || (change !== 'set' && !json.includes(`"${name}"`))) return json;
  const pieces: string[] = [];
  let done = 0;
  for (const start of valuesAt(json, skipBlanks(json, 0), path.slice(0, -1))) {
    if (json[start] !== '{') continue;
    for (const splice of splicesOf({ start, elements: elementsOf(json, start) }, name, change, spell(value))) {
      pieces.push(json.slice(done, splice.start), splice.text);
      done = splice.end;
    }
  }
  return done === 0 ? json : pieces.join('') + json.slice(done);
}

interface JsonObject {
  readonly start: number;
  readonly elements: readonly Element[];
}

/** The splices that change an object's member, in the order of the text. A name that is there twice is changed twice. */
function splicesOf(object: JsonObject, name: string, change: JsonEdit['change'], text: string): readonly Splice[] {
  const { start, elements } = object;
  const found = elements.filter((element) => element.name === name);
  const last = elements.at(-1);
  const put = (spelt: string): readonly Splice[] =>
    found.map(({ valueStart, end }) => ({ start: valueStart, end, text: spelt }));
  switch (change) {
    case 'set': {
      if (found.length > 0) return put(text);
      const end = last?.end ?? start + 1;
      return [{ start: end, end, text: `${last === undefined ? '' : ','}${spell(name)}:${text}` }];
    }
    case 'replace':
      return put(text);
    case 'remove':
      return removal(elements, name);
    case 'unsay':
      return last?.name === name ? removal(elements, name) : put('null');
  }
}

/** Each member goes with the comma after it; those at the end with the comma before them. */
function removal(elements: readonly Element[], name: string): readonly Splice[] {
  const lastKept = elements.findLastIndex((element) => element.name !== name);
  const splices = elements
    .slice(0, Math.max(0, lastKept))
    .flatMap((element, at) => (element.name === name ? [cut(element.start, elements[at + 1]?.start)] : []));
  if (lastKept === elements.length - 1) return splices;
  return [...splices, cut(elements[lastKept]?.end ?? elements[0]?.start ?? 0, elements.at(-1)?.end)];
}

/** In ASCII, which is the same in characters and in bytes. */
function spell(value: unknown): string {
  const spelt = JSON.stringify(value ?? null);
  return spelt.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function cut(start: number, end = start): Splice {
  return { start, end, text: '' };
}

/** Where the values at a path start. */
function* valuesAt(json: string, start: number, [name, ...rest]: readonly string[]): Generator<number> {
  if (name === undefined) {
    yield start;
    return;
  }
  if (json[start] !== (name === '*' ? '[' : '{')) return;
  for (const element of elementsOf(json, start)) {
    if (name === '*' || element.name === name) yield* valuesAt(json, element.valueStart, rest);
  }
}

function elementsOf(json: string, start: number): readonly Element[] {
  const isObject = json[start] === '{';
  const elements: Element[] = [];
  let at = skipBlanks(json, start + 1);
  while (at < json.length && json[at] !== '}' && json[at] !== ']') {
    const elementStart = at;
    let name: string | null = null;
    if (isObject) {
      const nameEnd = skipString(json, at);
      name = nameIn(json.slice(at, nameEnd));
      at = skipBlanks(json, skipBlanks(json, nameEnd) + 1);
    }
    const end = skipValue(json, at);
    elements.push({ start: elementStart, end, name, valueStart: at });
    at = skipBlanks(json, end);
    if (json[at] === ',') at = skipBlanks(json, at + 1);
  }
  return elements;
}

function nameIn(spelt: string): string {
  return spelt.includes('\\') ? String(JSON.parse(spelt)) : spelt.slice(1, -1);
}

function skipBlanks(json: string, start: number): number {
  let at = start;
  while (at < json.length && ' \t\r\n'.includes(json.charAt(at))) at++;
  return at;
}

function skipValue(json: string, start: number): number {
  if (json[start] === '"') return skipString(json, start);
  if (json[start] !== '{' && json[start] !== '[') return next(/[,\]}\s]/g, json, start);
  let depth = 0;
  let at = start;
  do {
    at = next(/["{}[\]]/g, json, at);
    const sign = json[at];
    if (sign === '{' || sign === '[') depth++;
    if (sign === '}' || sign === ']') depth--;
    at = sign === '"' ? skipString(json, at) : at + 1;
  } while (depth > 0 && at < json.length);
  return at;
}

/** The end of a string: the next quotation mark with an even number of backslashes before it. */
function skipString(json: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = json.indexOf('"', at);
    if (at < 0) return json.length;
    let backslashes = 0;
    while (json[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
}

function next(pattern: RegExp, json: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(json)?.index ?? json.length;
}
