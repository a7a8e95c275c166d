import { doubtComment, doubtWords } from '../doubtInWords.ts';
import { camelCase, capitalised, newName } from '../identifiers.ts';
import { stemOf } from '../paths.ts';
import { endOfLastClass, indented, indentOf } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** What the frameworks of C# call their parts. */
const WORDS = {
  xunit: { using: 'Xunit', onClass: null, onTest: '[Fact]', equal: 'Assert.Equal(EXPECTED, CALL)' },
  nunit: {
    using: 'NUnit.Framework',
    onClass: null,
    onTest: '[Test]',
    equal: 'Assert.That(CALL, Is.EqualTo(EXPECTED))',
  },
  mstest: {
    using: 'Microsoft.VisualStudio.TestTools.UnitTesting',
    onClass: '[TestClass]',
    onTest: '[TestMethod]',
    equal: 'Assert.AreEqual(EXPECTED, CALL)',
  },
} as const;

/** A stub for xUnit, NUnit or MSTest. Its values are `dynamic`, so that no type has to be written before they are. */
export function csharpStub(request: StubRequest, framework: keyof typeof WORDS): WrittenStub {
  const { source, target, tested, doubt, tests } = request;
  const { using, onClass, onTest, equal } = WORDS[framework];
  const present = target.text ?? '';
  const step = indentOf([present, ...tests.map(({ text }) => text), source.text], '    ');
  const names = stubNames(tested, ['Unwritten', 'Assert', 'Is', ...reservedWords('csharp')], camelCase);
  const name = newName(
    [tested.name, capitalised(camelCase(doubtWords(doubt)))].filter((part) => part !== '').join('_'),
    present,
  );
  const comment = doubtComment(doubt);
  const call = (tested.isAsync ? 'await ' : '') + callOf(tested, names);
  const left = `${LEFT.start}Unwritten("${wordsForResult(tested)}")${LEFT.end};`;
  const body = [
    ...(comment === null ? [] : [`// ${comment}`]),
    ...(tested.kind === 'method'
      ? [`${tested.holders.join('.')} ${names.instance} = Unwritten("${aTypeOf(tested)}");`]
      : []),
    ...names.arguments.map((each) => `dynamic ${each.name} = Unwritten("${each.name}");`),
    ...(tested.resultCount === 0
      ? [`${call};`, left]
      : [
          `dynamic ${names.expected} = ${left}`,
          `${equal.replace('EXPECTED', names.expected).replace('CALL', () => call)};`,
        ]),
  ];
  const method = [
    onTest,
    `public ${tested.isAsync ? 'async System.Threading.Tasks.Task' : 'void'} ${name}()`,
    '{',
    ...indented(body, step),
    '}',
  ];
  const helper = [
    'private static dynamic Unwritten(string what) =>',
    `${step}throw new System.InvalidOperationException($"Not written yet: {what}.");`,
  ];
  const members = [...method, ...(/\bdynamic Unwritten\(/.test(present) ? [] : ['', ...helper])];
  const imports = [...(tested.namespace === null ? [] : [`using ${tested.namespace};`]), `using ${using};`];
  const place = endOfLastClass(present);
  const outer = place === null ? '' : (/^[ \t]*/.exec(present.slice(place))?.[0] ?? '');
  return {
    newFile: [
      ...imports,
      '',
      ...(onClass === null ? [] : [onClass]),
      `public class ${stemOf(target.path)}`,
      '{',
      ...indented(members, step),
      '}',
      '',
    ].join('\n'),
    imports: imports.filter((line) => !present.includes(line)),
    importLine: /^using [\w.]+;\s*$/,
    addition: [...indented(members, outer + step), ''].join('\n'),
    additionAt: endOfLastClass,
  };
}

function callOf({ kind, name, holders }: StubRequest['tested'], { arguments: given, instance }: StubNames): string {
  const list = given.map((each) => each.parameter.mode + each.name).join(', ');
  if (kind === 'constructor') return `new ${holders.join('.')}(${list})`;
  return `${kind === 'method' ? instance : holders.join('.')}.${name}(${list})`;
}
