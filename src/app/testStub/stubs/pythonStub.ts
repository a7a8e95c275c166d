import { doubtComment, doubtWords } from '../doubtInWords.ts';
import { camelCase, capitalised, newName, snakeCase, wordsOf } from '../identifiers.ts';
import { partsOf } from '../paths.ts';
import { indented, indentOf } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** Runs the tests of a file, at its end. */
const MAIN = /^if __name__\b/m;

/** A stub for pytest, or for unittest. */
export function pythonStub(request: StubRequest): WrittenStub {
  const { tested, doubt, framework } = request;
  const present = request.target.text ?? '';
  const isUnittest = framework === 'unittest';
  const step = indentOf([present, ...request.tests.map(({ text }) => text), request.source.text], '    ');
  const names = stubNames(tested, ['self', 'unwritten', 'asyncio', 'unittest', ...reservedWords('python')], snakeCase);
  const comment = doubtComment(doubt);
  const given = tested.isAsync ? `asyncio.run(${callOf(request, names)})` : callOf(request, names);
  const body = [
    ...(comment === null ? [] : [`# ${comment}`]),
    ...(tested.kind === 'method' ? [`${names.instance} = unwritten("${aTypeOf(tested)}")`] : []),
    ...names.arguments.map(({ name }) => `${name} = unwritten("${name}")`),
    `${names.expected} = ${LEFT.start}unwritten("${wordsForResult(tested)}")${LEFT.end}`,
    isUnittest ? `self.assertEqual(${given}, ${names.expected})` : `assert ${given} == ${names.expected}`,
  ];
  const ownName = snakeCase([tested.name.replaceAll(/^_+|_+$/g, ''), ...doubtWords(doubt)]);
  const testName = newName(`test_${ownName}`, present);
  const method = [`def ${testName}(${isUnittest ? 'self' : ''}):`, ...indented(body, step)];
  const className = newName(`${capitalised(camelCase(wordsOf(tested.name)))}Test`, present);
  const test = isUnittest ? [`class ${className}(unittest.TestCase):`, ...indented(method, step)] : method;
  const helper = ['def unwritten(what):', `${step}raise AssertionError(f"Not written yet: {what}.")`];
  const imports = [
    ...(tested.isAsync ? ['import asyncio'] : []),
    ...(isUnittest ? ['import unittest'] : []),
    `from ${moduleOf(request)} import ${tested.holders[0] ?? tested.name}`,
  ];
  const library = imports.filter((line) => line.startsWith('import '));
  return {
    newFile: [
      ...library,
      ...(library.length > 0 ? [''] : []),
      ...imports.slice(library.length),
      '',
      '',
      ...test,
      '',
      '',
      ...helper,
      '',
    ].join('\n'),
    imports: imports.filter((line) => !present.split('\n').includes(line)),
    importLine: /^(?:import|from) .*$/,
    addition: [
      '',
      ...test,
      ...(/^def unwritten\b/m.test(present) ? [] : ['', '', ...helper]),
      ...(MAIN.test(present) ? ['', ''] : []),
      '',
    ].join('\n'),
    additionAt: (text) => {
      const main = MAIN.exec(text);
      return main === null ? text.length : main.index;
    },
  };
}

/** The module of the source by the name under which tests import others: from the folder that they start at. */
function moduleOf({ source, files, tests }: StubRequest): string {
  const parts = partsOf(source.path.replace(/\.pyw?$/, '').replace(/\/__init__$/, ''));
  const start = startSeenIn(tests, files) ?? usualStart(parts, files);
  return parts.slice(isPrefix(start, parts) ? start.length : 0).join('.');
}

/** The folder below which tests name the project's own modules; null where none is seen. */
function startSeenIn(tests: StubRequest['tests'], files: readonly string[]): readonly string[] | null {
  const votes = new Map<string, number>();
  for (const { text } of tests) {
    for (const [, module = ''] of text.matchAll(/^\s*(?:from|import) ([A-Za-z_][\w.]*)/gm)) {
      const ending = module.replaceAll('.', '/');
      const file = files.find((path) => new RegExp(`(?:^|/)${ending}(?:/__init__)?\\.py$`).test(path));
      const start = file === undefined ? undefined : file.slice(0, file.lastIndexOf(ending)).replace(/\/$/, '');
      if (start !== undefined) votes.set(start, (votes.get(start) ?? 0) + 1);
    }
  }
  const [first] = [...votes].sort(([, a], [, b]) => b - a);
  return first === undefined ? null : partsOf(first[0]);
}

/** The folder that holds the outermost package around a module; `src` itself is never a part of a name. */
function usualStart(parts: readonly string[], files: readonly string[]): readonly string[] {
  const known = new Set(files);
  let length = parts.length - 1;
  while (length > 0 && known.has([...parts.slice(0, length), '__init__.py'].join('/'))) length--;
  if (length === parts.length - 1) return parts[0] === 'src' ? ['src'] : [];
  return parts.slice(0, length);
}

function isPrefix(start: readonly string[], parts: readonly string[]): boolean {
  return start.length < parts.length && start.every((part, index) => parts[index] === part);
}

function callOf({ tested }: StubRequest, { arguments: given, instance }: StubNames): string {
  const { kind, holders, name, isProperty } = tested;
  const list = given
    .map(({ name: each, parameter }) => {
      if (parameter.kind === 'rest') return `*${each}`;
      return parameter.kind === 'named' ? `${parameter.name ?? each}=${each}` : each;
    })
    .join(', ');
  const type = holders.join('.');
  if (kind === 'constructor') return `${type}(${list})`;
  if (isProperty) return `${instance}.${name}`;
  const on = kind === 'free' ? '' : `${kind === 'static' ? type : instance}.`;
  return `${on}${name}(${list})`;
}
