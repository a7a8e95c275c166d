import type { LanguageId } from '../../syntax/languages.ts';
import { defaultTestFile } from './defaultTestFile.ts';
import { extensionOf, folderOf, joinParts, partsOf, pathIn, sharedDepth, stemOf } from './paths.ts';
import type { TestFrameworkId } from './testFrameworks.ts';
import { extensionsOf, testNameOf, type Affix } from './testPaths.ts';

/** A test, and the file that it is of. */
interface Pair {
  readonly source: string;
  readonly test: string;
  readonly affix: Affix;
}

/** Where tests of a folder's files lie, as one way to read a pair: null where it says nothing of a folder. */
interface Convention {
  readonly key: string;
  readonly folderFor: (folder: string) => string | null;
}

/**
 * The file of a project's tests of a source file: the one that there is, or else where the project would put it. That is learned from the
 * pairs of sources and tests that exist: each pair votes for the ways in which it can be read, and near ones count more. Without pairs
 * it is where the framework looks first.
 *
 * @param files paths of the project, relative to one folder, with `/`
 */
export function testFileFor(
  source: string,
  files: readonly string[],
  framework: TestFrameworkId,
  language: LanguageId,
): string {
  // The tests of a crate's own functions lie in their file.
  if (framework === 'rustTest') return source;
  const pairs = pairsOf(files, language);
  const own = pairs.filter((pair) => pair.source === source).map(({ test }) => test);
  const planned = plannedFile(source, pairs) ?? defaultTestFile(source, files, framework, language);
  return own.includes(planned) || own[0] === undefined ? planned : own[0];
}

/** Each test with the source that its name means, of several the one with the most of its path. */
function pairsOf(files: readonly string[], language: LanguageId): readonly Pair[] {
  const endings = new Set(extensionsOf(language));
  const tests: (Pair & { readonly stem: string })[] = [];
  const sources = new Map<string, string[]>();
  for (const path of files) {
    const named = testNameOf(path, language);
    if (named !== null) tests.push({ ...named, test: path, source: '' });
    else if (endings.has(extensionOf(path))) {
      const stem = stemOf(path).toLowerCase();
      sources.set(stem, [...(sources.get(stem) ?? []), path]);
    }
  }
  return tests.flatMap(({ test, affix, stem }) => {
    const candidates = sources.get(stem.toLowerCase()) ?? [];
    const [source] = candidates.toSorted((a, b) => likeness(b, test) - likeness(a, test));
    return source === undefined ? [] : [{ source, test, affix }];
  });
}

function likeness(source: string, test: string): number {
  const [a, b] = [folderOf(source), folderOf(test)];
  return sharedDepth(a, b) + sharedDepth(turned(a), turned(b));
}

function turned(folder: string): string {
  return joinParts(partsOf(folder).toReversed());
}

function plannedFile(source: string, pairs: readonly Pair[]): string | null {
  const folder = folderOf(source);
  const weightOf = ({ source: other, affix }: Pair): number => {
    const weight = 1 + sharedDepth(folder, folderOf(other));
    // Two files of one name may be that by chance.
    return affix.before + affix.after === '' ? weight / 4 : weight;
  };
  const folders = mostVoted(
    pairs.flatMap((pair) =>
      conventionsOf(pair).flatMap(({ key, folderFor }) => {
        const planned = folderFor(folder);
        return planned === null ? [] : [{ key, value: planned, weight: weightOf(pair) }];
      }),
    ),
  );
  const names = mostVoted(
    pairs.map((pair) => {
      const { affix, test } = pair;
      const isSameEnding = extensionOf(test) === extensionOf(pair.source);
      const ending = isSameEnding ? extensionOf(source) : extensionOf(test);
      const name = `${affix.before}${stemOf(source)}${affix.after}.${ending}`;
      return { key: name, value: name, weight: weightOf(pair) };
    }),
  );
  return folders === null || names === null ? null : pathIn(folders, names);
}

/** The value with the most weight behind its key; of equal ones the first. */
function mostVoted(
  votes: readonly { readonly key: string; readonly value: string; readonly weight: number }[],
): string | null {
  const counted = new Map<string, { readonly value: string; readonly weight: number }>();
  for (const { key, value, weight } of votes) {
    counted.set(key, { value, weight: (counted.get(key)?.weight ?? 0) + weight });
  }
  const [first] = [...counted.values()].sort((a, b) => b.weight - a.weight);
  return first?.value ?? null;
}

/**
 * The ways to read a pair, the likelier ones first. Its folders have a beginning and an end in common, and a middle that differs:
 *
 *     src/a        ->  test/unit/a       `src` becomes `test/unit`
 *     src/a        ->  src/a/__tests__   `__tests__` below
 *     a/b          ->  tests/a/b         `tests` put in before
 *     a/b          ->  tests             all in `tests`
 */
function conventionsOf({ source, test }: Pair): readonly Convention[] {
  const [from, to] = [partsOf(folderOf(source)), partsOf(folderOf(test))];
  const start = sharedDepth(joinParts(from), joinParts(to));
  const most = Math.min(from.length, to.length) - start;
  const end = Math.min(most, sharedDepth(turned(joinParts(from)), turned(joinParts(to))));
  const [gone, put] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  const below: Convention = {
    key: `below ${joinParts(put)}`,
    folderFor: (folder) => joinParts([...partsOf(folder), ...put]),
  };
  const swapped: Convention = {
    key: `swap ${joinParts(gone)} ${joinParts(put)}`,
    folderFor: (folder) => swap(partsOf(folder), gone, put),
  };
  const before: Convention = {
    key: `before ${start} ${joinParts(put)}`,
    folderFor: (folder) => {
      const parts = partsOf(folder);
      return parts.length < start ? null : joinParts([...parts.slice(0, start), ...put, ...parts.slice(start)]);
    },
  };
  const allIn: Convention = { key: `in ${joinParts(to)}`, folderFor: () => joinParts(to) };
  return [
    ...(gone.length === 0 && end === 0 ? [below] : []),
    ...(gone.length > 0 ? [swapped] : []),
    ...(gone.length === 0 && put.length > 0 ? [before] : []),
    ...(put.length > 0 && end === 0 ? [allIn] : []),
  ];
}

/** Folders with the first run of some among them put in place of by others; null where they have none. */
function swap(parts: readonly string[], gone: readonly string[], put: readonly string[]): string | null {
  const at = parts.findIndex((_, index) => gone.every((part, offset) => parts[index + offset] === part));
  return at < 0 ? null : joinParts([...parts.slice(0, at), ...put, ...parts.slice(at + gone.length)]);
}
