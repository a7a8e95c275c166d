import { doubtComment, doubtTitle, inQuotes } from '../doubtInWords.ts';
import { camelCase, newName } from '../identifiers.ts';
import { stemOf } from '../paths.ts';
import { endOf, indented } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** A stub for MUnit, or for ScalaTest; both have a `fail` that is of every type. */
export function scalaStub({ framework, target, tested, doubt, source }: StubRequest): WrittenStub {
  const present = target.text ?? '';
  const isMunit = framework === 'munit';
  const names = stubNames(tested, ['fail', 'test', 'assert', 'assertEquals', ...reservedWords('scala')], camelCase);
  const unwritten = (what: string): string => `fail("Not written yet: ${what}.")`;
  const call = callOf(tested, names);
  const comment = doubtComment(doubt);
  const body = [
    ...(comment === null ? [] : [`// ${comment}`]),
    ...(tested.kind === 'method'
      ? [`val ${names.instance}: ${tested.holders.join('.')} = ${unwritten(aTypeOf(tested))}`]
      : []),
    ...names.arguments.map(({ name }) => `val ${name} = ${unwritten(name)}`),
    `val ${names.expected} = ${LEFT.start}${unwritten(wordsForResult(tested))}${LEFT.end}`,
    isMunit ? `assertEquals(${call}, ${names.expected})` : `assert(${call} == ${names.expected})`,
  ];
  const imports = isMunit ? [] : ['import org.scalatest.funsuite.AnyFunSuite'];
  const suite = (name: string): readonly string[] => [
    `class ${name} extends ${isMunit ? 'munit.FunSuite' : 'AnyFunSuite'} {`,
    ...indented(
      [`test(${inQuotes(doubtTitle(tested.name, doubt).replaceAll('"', "'"), '"')}) {`, ...indented(body, '  '), '}'],
      '  ',
    ),
    '}',
    '',
  ];
  const packageLine = /^package\s+[\w.]+\s*$/m.exec(source.text)?.[0];
  return {
    newFile: [
      ...(packageLine === undefined ? [] : [packageLine.trim(), '']),
      ...imports,
      ...(imports.length > 0 ? [''] : []),
      ...suite(stemOf(target.path)),
    ].join('\n'),
    imports: imports.filter((line) => !present.includes(line)),
    importLine: /^(?:package|import)\b.*$/,
    addition: [...suite(newName(stemOf(target.path), present))].join('\n'),
    additionAt: endOf,
  };
}

function callOf({ kind, name, holders }: StubRequest['tested'], { arguments: given, instance }: StubNames): string {
  const list = given.map(({ name: each, parameter }) => (parameter.kind === 'rest' ? `${each}: _*` : each)).join(', ');
  const on = kind === 'free' ? '' : `${kind === 'method' ? instance : holders.join('.')}.`;
  return `${on}${name}(${list})`;
}
