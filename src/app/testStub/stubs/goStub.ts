import { doubtComment, doubtWords } from '../doubtInWords.ts';
import { camelCase, capitalised, newName } from '../identifiers.ts';
import { folderOf } from '../paths.ts';
import { endOf, indented } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** A stub for Go's `testing`, in the package of what it tests. */
export function goStub(request: StubRequest): WrittenStub {
  const { source, target, tested, tests } = request;
  const present = target.text ?? '';
  const name = newName(`Test${camelName(request)}`, present);
  const body = bodyOf(request);
  const test = [`func ${name}(t *testing.T) {`, ...indented(body, '\t'), '}'];
  const helper = [
    'func unwritten[Value any](t *testing.T, what string) Value {',
    '\tt.Helper()',
    '\tt.Fatalf("Not written yet: %s.", what)',
    '\tpanic("unreachable")',
    '}',
  ];
  // The functions of all files of a folder share their names.
  const around = tests.filter(({ path }) => folderOf(path) === folderOf(target.path)).map(({ text }) => text);
  const hasHelper = [present, ...around].some((text) => text.includes('func unwritten['));
  const packages = packagesOf(source.text, [...test, ...tested.parameters.map(({ type }) => type ?? '')].join('\n'));
  const additions = [...test, ...(hasHelper ? [] : ['', ...helper]), ''];
  return {
    newFile: [
      `package ${tested.namespace ?? 'main'}`,
      '',
      'import (',
      ...packages.map((each) => `\t${each}`),
      ')',
      '',
      ...additions,
    ].join('\n'),
    imports: packages.filter((each) => !present.includes(each)).map((each) => `import ${each}`),
    importLine: /^(?:package|import)\b.*$/,
    addition: additions.join('\n'),
    additionAt: endOf,
  };
}

function camelName({ tested, doubt }: StubRequest): string {
  const type = tested.kind === 'method' ? [tested.holders.at(-1) ?? ''] : [];
  return [...type, tested.name, camelCase(doubtWords(doubt))].map(capitalised).join('');
}

function bodyOf({ tested, doubt }: StubRequest): readonly string[] {
  const names = stubNames(tested, ['t', 'testing', 'reflect', 'unwritten', ...reservedWords('go')], camelCase);
  const comment = doubtComment(doubt);
  const what = wordsForResult(tested);
  const call = callOf(tested, names);
  const many = Array.from({ length: tested.resultCount }, (_, index) => `${names.result}${index + 1}`);
  const left = (type: string): string => `${LEFT.start}unwritten[${type}](t, "${what}")${LEFT.end}`;
  const declared = [
    ...(comment === null ? [] : [`// ${comment}`]),
    ...(tested.kind === 'method'
      ? [`${names.instance} := unwritten[*${tested.holders.at(-1) ?? ''}](t, "${aTypeOf(tested)}")`]
      : []),
    ...names.arguments.map(({ name, parameter }) => `${name} := unwritten[${parameter.type ?? 'any'}](t, "${name}")`),
  ];
  if (tested.resultCount === 0) return [...declared, call, left('any')];
  const results =
    tested.resultCount === 1
      ? [`${names.result} := ${call}`]
      : [`${many.join(', ')} := ${call}`, `${names.result} := []any{${many.join(', ')}}`];
  return [
    ...declared,
    `${names.expected} := ${left(tested.resultCount === 1 ? 'any' : '[]any')}`,
    ...results,
    `if !reflect.DeepEqual(any(${names.result}), any(${names.expected})) {`,
    `\tt.Errorf("${tested.name} gives %v, not %v", ${names.result}, ${names.expected})`,
    '}',
  ];
}

function callOf({ kind, name }: StubRequest['tested'], { arguments: given, instance }: StubNames): string {
  const list = given.map(({ name: each, parameter }) => (parameter.kind === 'rest' ? `${each}...` : each)).join(', ');
  return `${kind === 'method' ? `${instance}.` : ''}${name}(${list})`;
}

/** The imports that code needs, in quotes: of its own, and of the source's those that its types name. */
function packagesOf(sourceText: string, code: string): readonly string[] {
  const own = ['"reflect"', '"testing"'].filter((each) => code.includes(`${each.slice(1, -1)}.`));
  const named = [...sourceText.matchAll(/^\s*(?:import\s+)?((?:(\w+)\s+)?"(?:[^"]*\/)?([^"/]+)")\s*$/gm)]
    .filter(([, , alias, last]) => new RegExp(`(?<![\\w.])${alias ?? last ?? ''}\\.`).test(code))
    .map(([, line = '']) => line);
  return [...new Set([...own, ...named])].sort();
}
