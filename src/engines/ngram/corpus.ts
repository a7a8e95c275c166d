import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { BACK_OFF_WEIGHTS } from './interpolate.ts';
import { Scope, type Layer } from './scope.ts';
import { learnedFolder, scoreLearned, workspaceScope, type LearnedFolder, type LearnedScope } from './scoreLearned.ts';
import { scoreTokens, type TokenScores } from './scoreTokens.ts';
import type { TextSpan } from './suffixOrder.ts';
import { TokenIndex, type NgramShape } from './tokenIndex.ts';

type Documents = ReadonlyMap<string, Uint16Array>;

/** The learned texts, by path, and the index over them, in memory that other threads can use as well. */
export interface LearnedBase {
  /** In the order of their tokens, which they are views of. */
  readonly documents: Documents;
  readonly index: TokenIndex;
}

/** Changes since the base was built may grow to this share of it, or to this many tokens, before it is built anew. */
const MAX_CHANGED_SHARE = 0.1;
const MAX_CHANGED_TOKENS = 50_000;

/**
 * The texts that the n-gram engine has learned: many at once into one large index, then file by file through two small
 * ones, of what was added and of what was taken away since.
 *
 *     now  =  base  +  added  -  removed
 *
 * Paths are relative to the workspace, with `/`.
 */
export class Corpus {
  readonly shape: NgramShape;
  #base: LearnedBase;
  readonly #added = new Map<string, Uint16Array>();
  readonly #removed = new Map<string, Uint16Array>();
  /** Small indexes that hold until the next change. */
  readonly #caches = new Map<string, TokenIndex>();
  #folders: ReadonlyMap<string, Documents> | undefined;
  /** Of the base alone, for as long as nothing was learned or forgotten since. */
  #workspace: LearnedScope | undefined;
  /** The folder that was asked for last: files are asked for folder by folder. */
  #near: { readonly path: string; readonly folder: LearnedFolder } | undefined;
  #identity: string | undefined;
  #tokenCount: number;

  /** @param identity the digest of the base, where it is known */
  constructor(shape: NgramShape, base?: LearnedBase, identity?: string) {
    this.shape = shape;
    this.#base = base ?? build(new Map(), shape);
    this.#identity = identity;
    this.#tokenCount = sumOfLengths(this.#base.documents.values());
  }

  /** Number of tokens learned. */
  get tokenCount(): number {
    return this.#tokenCount;
  }

  get paths(): readonly string[] {
    return Array.from(this.#documents(), ([path]) => path).sort();
  }

  /** The tokens learned from a path. */
  get(path: string): Uint16Array | undefined {
    return this.#added.get(path) ?? (this.#removed.has(path) ? undefined : this.#base.documents.get(path));
  }

  /** Learns a text, in place of what the path held before. */
  learn(path: string, tokens: Uint16Array): void {
    const known = this.get(path);
    if (known !== undefined && equal(known, tokens)) return;
    this.forget(path);
    if (this.#removed.has(path) && equal(this.#removed.get(path), tokens)) this.#removed.delete(path);
    else this.#added.set(path, tokens.slice());
    this.#changed(tokens.length);
  }

  /** Forgets what the path held; nothing if it held nothing. */
  forget(path: string): void {
    const known = this.get(path);
    if (known === undefined) return;
    if (!this.#added.delete(path)) this.#removed.set(path, known);
    this.#changed(-known.length);
  }

  /** Scores a text that stands, or would stand, at this path; what was learned from the path itself does not count. */
  score(path: string, text: Uint16Array): TokenScores {
    // Its own counts need no index when it is what was learned: they are those of the text.
    if (!equal(this.get(path), text)) return scoreTokens(text, this.scopesFor(path), this.shape);
    const base = this.settle();
    return this.#added.size === 0 && this.#removed.size === 0
      ? this.#scoreInBase(base, path)
      : scoreTokens(text, this.#scopes(path, []), this.shape, true);
  }

  /** Scores a text of the base, which holds all that is learned. */
  #scoreInBase({ documents, index }: LearnedBase, path: string): TokenScores {
    this.#workspace ??= workspaceScope(index);
    const text = spanIn(index, documents.get(path));
    const held = [{ scope: this.#workspace, place: text.start }];
    const { scope, places } = this.#nearIn(index, posix.dirname(path));
    if (places.size > 1) held.push({ scope, place: places.get(path) ?? 0 });
    return scoreLearned(index, text, held, this.shape);
  }

  #nearIn(index: TokenIndex, path: string): LearnedFolder {
    if (this.#near?.path !== path) {
      const texts = Array.from(this.#inFolder(path), ([file, tokens]) => [file, spanIn(index, tokens)] as const);
      this.#near = { path, folder: learnedFolder(index, texts) };
    }
    return this.#near.folder;
  }

  /**
   * What counts for a text at this path: the workspace, then its folder, each without what was learned from the path
   * itself.
   */
  scopesFor(path: string): readonly Scope[] {
    const own = this.get(path);
    return this.#scopes(path, own === undefined ? [] : [{ index: this.#indexOf([own]), sign: -1 }]);
  }

  #scopes(path: string, less: readonly Layer[]): readonly Scope[] {
    this.settle();
    const workspace: Layer[] = [{ index: this.#base.index, sign: 1 }];
    if (this.#added.size > 0) workspace.push({ index: this.#cached('+', () => this.#added.values()), sign: 1 });
    if (this.#removed.size > 0) workspace.push({ index: this.#cached('-', () => this.#removed.values()), sign: -1 });

    const folder = posix.dirname(path);
    const near = this.#cached(`/${folder}`, () => this.#inFolder(folder).values());
    const scopes = [new Scope([...workspace, ...less], BACK_OFF_WEIGHTS.workspace)];
    const hasNeighbours = near.tokenCount > (this.get(path)?.length ?? -1) + 1;
    if (hasNeighbours) scopes.push(new Scope([{ index: near, sign: 1 }, ...less], BACK_OFF_WEIGHTS.folder));
    return scopes;
  }

  /** Builds the base anew where the changes have grown large, so that later questions are answered fast. */
  settle(): LearnedBase {
    const changed = sumOfLengths(this.#added.values()) + sumOfLengths(this.#removed.values());
    const allowed = Math.max(MAX_CHANGED_SHARE * this.#base.index.tokenCount, MAX_CHANGED_TOKENS);
    return changed > allowed ? this.rebuild() : this.#base;
  }

  /** Builds the base anew from all that is learned now. */
  rebuild(): LearnedBase {
    if (this.#added.size === 0 && this.#removed.size === 0) return this.#base;
    this.#base = build(new Map(this.#documents()), this.shape);
    this.#added.clear();
    this.#removed.clear();
    this.#caches.clear();
    this.#folders = undefined;
    this.#forgetOrders();
    return this.#base;
  }

  /** Digest of what is learned now: the same for the same texts at the same paths, whatever the way there. */
  get identity(): string {
    this.#identity ??= digest([...this.#documents()].sort(byPath));
    return this.#identity;
  }

  *#documents(): IterableIterator<[string, Uint16Array]> {
    for (const entry of this.#base.documents) {
      if (!this.#removed.has(entry[0])) yield entry;
    }
    yield* this.#added;
  }

  #inFolder(folder: string): Documents {
    this.#folders ??= groupByFolder(this.#documents());
    return this.#folders.get(folder) ?? new Map();
  }

  #cached(key: string, texts: () => Iterable<Uint16Array>): TokenIndex {
    let index = this.#caches.get(key);
    if (index === undefined) {
      // One folder at a time is enough: files are asked for folder by folder.
      for (const other of this.#caches.keys())
        if (other.startsWith('/') && key.startsWith('/')) this.#caches.delete(other);
      index = this.#indexOf(texts());
      this.#caches.set(key, index);
    }
    return index;
  }

  #indexOf(texts: Iterable<Uint16Array>): TokenIndex {
    return TokenIndex.of([...texts], this.shape);
  }

  #forgetOrders(): void {
    this.#workspace = undefined;
    this.#near = undefined;
  }

  #changed(tokenCount: number): void {
    this.#tokenCount += tokenCount;
    this.#caches.clear();
    this.#folders = undefined;
    this.#identity = undefined;
    this.#forgetOrders();
  }
}

function build(documents: Documents, shape: NgramShape): LearnedBase {
  const sorted = [...documents].sort(byPath);
  const texts = sorted.map(([, tokens]) => tokens);
  const index = TokenIndex.of(texts, shape, SharedArrayBuffer);
  const lengths = sorted.map(([path, tokens]) => [path, tokens.length] as const);
  return { documents: layOut(lengths, index.tokens), index };
}

/** The documents of a base as views of its index's tokens, so that no token is kept twice. */
export function layOut(lengths: readonly (readonly [path: string, length: number])[], tokens: Uint16Array): Documents {
  const documents = new Map<string, Uint16Array>();
  let start = 1;
  for (const [path, length] of lengths) {
    documents.set(path, tokens.subarray(start, start + length));
    start += length + 1;
  }
  return documents;
}

/** Where a document of a base lies, with the end of text that leads it. */
function spanIn({ tokens }: TokenIndex, document: Uint16Array = new Uint16Array()): TextSpan {
  const start = (document.byteOffset - tokens.byteOffset) / Uint16Array.BYTES_PER_ELEMENT;
  return { start: start - 1, length: document.length + 1 };
}

function groupByFolder(documents: Iterable<[string, Uint16Array]>): ReadonlyMap<string, Documents> {
  const folders = new Map<string, Map<string, Uint16Array>>();
  for (const [path, tokens] of documents) {
    const folder = posix.dirname(path);
    const texts = folders.get(folder);
    if (texts === undefined) folders.set(folder, new Map([[path, tokens]]));
    else texts.set(path, tokens);
  }
  return folders;
}

function byPath(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function sumOfLengths(texts: Iterable<Uint16Array>): number {
  let sum = 0;
  for (const text of texts) sum += text.length;
  return sum;
}

function equal(a: Uint16Array | undefined, b: Uint16Array): boolean {
  return a === b || (a?.length === b.length && a.every((token, index) => token === b[index]));
}

function digest(documents: readonly (readonly [string, Uint16Array])[]): string {
  const hash = createHash('sha256');
  for (const [path, tokens] of documents) {
    hash.update(`${path}\0${tokens.length}\0`);
    hash.update(new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength));
  }
  return hash.digest('hex').slice(0, 16);
}
