import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The parts of a profile of V8 that are read; times in microseconds. */
interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

/** What an audit does, by the source that is somewhere on the stack: the first that fits. */
const PARTS: readonly (readonly [part: string, source: RegExp])[] = [
  // Its threads wait for work in a call, which a profile takes for work.
  ['', /^\(idle\)$|piscina\/dist\/worker\.js$/],
  ['explaining', /^src\/assess\/(?:explainRegion|riskySpan)\.ts$/],
  ['learning', /^src\/app\/workspaceLearner\.ts$/],
  ['parsing and walking', /^src\/syntax\/|^WebAssembly$/],
  ['opening engines', /^src\/app\/open\w+\.ts$/],
  ['scoring', /^src\/engines\//],
  ['the rest of Candor', /^src\//],
  ['collecting garbage', /^\(garbage collector\)$/],
  ['Node and packages', /./],
];

/** Milliseconds of all threads by part of the audit, over all profiles of a folder, the costliest first. */
export function timeByPart(folder: string): readonly { readonly part: string; readonly ms: number }[] {
  const total = new Map<string, number>();
  const sourceOf = sourcesOfBundles();
  for (const name of readdirSync(folder)) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile;
    const parts = partsOf(nodes, sourceOf);
    for (const [index, id] of samples.entries()) {
      const part = parts.get(id) ?? '';
      total.set(part, (total.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
    }
  }
  return Array.from(total, ([part, ms]) => ({ part, ms }))
    .filter(({ part }) => part !== '')
    .sort((a, b) => b.ms - a.ms);
}

/** By node. A profile names callers before what they call. */
function partsOf(
  nodes: readonly ProfileNode[],
  sourceOf: (frame: ProfileNode['callFrame']) => string,
): ReadonlyMap<number, string> {
  const ranks = new Map<number, number>();
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const parts = new Map<number, string>();
  for (const { id, callFrame } of nodes) {
    const source = sourceOf(callFrame);
    const own = PARTS.findIndex(([, pattern]) => pattern.test(source));
    const rank = Math.min(own, ranks.get(parents.get(id) ?? -1) ?? PARTS.length);
    ranks.set(id, rank);
    parts.set(id, PARTS[rank]?.[0] ?? '');
  }
  return parts;
}

/** Where the code of a frame is from: by the map of its bundle a path like `src/core/words.ts`. */
function sourcesOfBundles(): (frame: ProfileNode['callFrame']) => string {
  const maps = new Map<string, SourceMap | null>();
  return ({ functionName, url, lineNumber, columnNumber }) => {
    if (url === '') return functionName || '(native)';
    if (url.startsWith('wasm:')) return 'WebAssembly';
    if (!url.startsWith('file:') || !url.endsWith('.mjs')) return url;
    const bundle = fileURLToPath(url);
    const known = maps.get(bundle);
    const map = known === undefined ? mapOf(bundle) : known;
    maps.set(bundle, map);
    const entry = map?.findEntry(lineNumber, columnNumber);
    if (entry === undefined || !('originalSource' in entry)) return url;
    return relative(dirname(dirname(bundle)), join(dirname(bundle), entry.originalSource));
  };
}

/** null: it has none, as the modules of packages. */
function mapOf(bundle: string): SourceMap | null {
  if (!existsSync(`${bundle}.map`)) return null;
  return new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as SourceMapPayload);
}
