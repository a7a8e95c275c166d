import { doubtComment, doubtTitle, doubtWords, inQuotes } from '../doubtInWords.ts';
import { camelCase, capitalised, newName } from '../identifiers.ts';
import { folderOf, stemOf } from '../paths.ts';
import { endOf, endOfLastClass, indented } from '../projectStyle.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** A stub for PHPUnit, or for Pest. That what it tests can be loaded is left to Composer. */
export function phpStub(request: StubRequest): WrittenStub {
  return request.framework === 'pest' ? pestStub(request) : phpunitStub(request);
}

function phpunitStub(request: StubRequest): WrittenStub {
  const { target, tested, doubt } = request;
  const present = target.text ?? '';
  const names = stubNames(tested, ['this'], camelCase);
  const name = newName(
    `test${[tested.name.replaceAll(/^_+/g, ''), camelCase(doubtWords(doubt))].map(capitalised).join('')}`,
    present,
  );
  const method = [
    `public function ${name}(): void`,
    '{',
    ...indented(
      [
        ...declared(request, names, 'self::unwritten'),
        `$this->assertEquals($${names.expected}, ${callOf(tested, names)});`,
      ],
      '    ',
    ),
    '}',
  ];
  const helper = [
    'private static function unwritten(string $what)',
    '{',
    '    self::fail("Not written yet: $what.");',
    '}',
  ];
  const members = [...method, ...(/\bfunction unwritten\(/.test(present) ? [] : ['', ...helper])];
  const imports = [...importsOf(request), 'use PHPUnit\\Framework\\TestCase;'];
  return {
    newFile: [
      ...opening(request),
      ...imports,
      '',
      `final class ${stemOf(target.path)} extends TestCase`,
      '{',
      ...indented(members, '    '),
      '}',
      '',
    ].join('\n'),
    // A test may extend a class of the project's own.
    imports: importsOf(request).filter((line) => !present.includes(line)),
    importLine: /^(?:<\?php.*|namespace .*;|use .*;|declare\(.*)\s*$/,
    addition: [...indented(members, '    '), ''].join('\n'),
    additionAt: endOfLastClass,
  };
}

function pestStub(request: StubRequest): WrittenStub {
  const { target, tested, doubt } = request;
  const present = target.text ?? '';
  const names = stubNames(tested, ['this', 'unwritten', 'what'], camelCase);
  const test = [
    `it(${inQuotes(doubtTitle(tested.name, doubt), "'")}, function () {`,
    ...indented(
      [
        '$unwritten = fn (string $what) => throw new LogicException("Not written yet: $what.");',
        ...declared(request, names, '$unwritten'),
        `expect(${callOf(tested, names)})->toEqual($${names.expected});`,
      ],
      '    ',
    ),
    '});',
    '',
  ];
  const imports = importsOf(request);
  return {
    newFile: [...['<?php', ''], ...imports, ...(imports.length > 0 ? [''] : []), ...test].join('\n'),
    imports: imports.filter((line) => !present.includes(line)),
    importLine: /^(?:<\?php.*|namespace .*;|use .*;|declare\(.*)\s*$/,
    addition: [...test].join('\n'),
    additionAt: endOf,
  };
}

function declared({ tested, doubt }: StubRequest, names: StubNames, unwritten: string): readonly string[] {
  const comment = doubtComment(doubt);
  return [
    ...(comment === null ? [] : [`// ${comment}`]),
    ...(tested.kind === 'method' ? [`$${names.instance} = ${unwritten}('${aTypeOf(tested)}');`] : []),
    ...names.arguments.map(({ name }) => `$${name} = ${unwritten}('${name}');`),
    `$${names.expected} = ${LEFT.start}${unwritten}('${wordsForResult(tested)}')${LEFT.end};`,
  ];
}

/** The beginning of a new file, in the namespace that the tests of its folder are in. */
function opening({ target, tests }: StubRequest): readonly string[] {
  const beside = tests.find(({ path }) => folderOf(path) === folderOf(target.path));
  const namespace = /^namespace\s+[\w\\]+;/m.exec(beside?.text ?? '')?.[0];
  return ['<?php', '', ...(namespace === undefined ? [] : [namespace, ''])];
}

function importsOf({ tested: { namespace, holders, name } }: StubRequest): readonly string[] {
  if (namespace === null) return [];
  return [holders.length > 0 ? `use ${namespace}\\${holders[0] ?? ''};` : `use function ${namespace}\\${name};`];
}

function callOf({ kind, name, holders }: StubRequest['tested'], { arguments: given, instance }: StubNames): string {
  const list = given
    .map(({ name: each, parameter }) => (parameter.kind === 'rest' ? `...$${each}` : `$${each}`))
    .join(', ');
  const type = holders.at(-1) ?? '';
  if (kind === 'constructor') return `new ${type}(${list})`;
  if (kind === 'free') return `${name}(${list})`;
  return kind === 'static' ? `${type}::${name}(${list})` : `$${instance}->${name}(${list})`;
}
