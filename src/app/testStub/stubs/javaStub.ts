import { doubtComment, doubtWords } from '../doubtInWords.ts';
import { camelCase, newName, uncapitalised } from '../identifiers.ts';
import { stemOf } from '../paths.ts';
import { endOfLastClass, indented, indentOf } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** What the frameworks of Java call their parts. */
const WORDS = {
  junit5: {
    imports: ['import static org.junit.jupiter.api.Assertions.assertEquals;', 'import org.junit.jupiter.api.Test;'],
    access: '',
    isActualFirst: false,
  },
  junit4: {
    imports: ['import static org.junit.Assert.assertEquals;', 'import org.junit.Test;'],
    access: 'public ',
    isActualFirst: false,
  },
  testng: {
    imports: ['import static org.testng.Assert.assertEquals;', 'import org.testng.annotations.Test;'],
    access: 'public ',
    isActualFirst: true,
  },
} as const;

/** A stub for JUnit or TestNG, in the package of what it tests. */
export function javaStub(request: StubRequest, framework: keyof typeof WORDS): WrittenStub {
  const { source, target, tested, doubt, tests } = request;
  const { imports: own, access, isActualFirst } = WORDS[framework];
  const present = target.text ?? '';
  const step = indentOf([present, ...tests.map(({ text }) => text), source.text], '    ');
  const names = stubNames(tested, ['unwritten', 'assertEquals', ...reservedWords('java')], camelCase);
  const name = newName(uncapitalised(camelCase([tested.name, ...doubtWords(doubt)])), present);
  const method = [
    '@Test',
    `${access}void ${name}() throws Exception {`,
    ...indented(bodyOf(request, names, isActualFirst), step),
    '}',
  ];
  const helper = [
    'private static <T> T unwritten(String what) {',
    `${step}throw new AssertionError("Not written yet: " + what + ".");`,
    '}',
  ];
  const members = [...method, ...(/\bT unwritten\(/.test(present) ? [] : ['', ...helper])];
  const imports = [
    ...(tested.resultCount === 0 ? own.slice(1) : own),
    ...importsOfTypes(source.text, tested.parameters),
  ];
  const isInPackage = present === '' || packageLine(present) === packageLine(source.text);
  const outside =
    isInPackage || tested.namespace === null ? [] : [`import ${tested.namespace}.${tested.holders[0] ?? ''};`];
  const statics = imports.filter((line) => line.startsWith('import static '));
  return {
    newFile: [
      ...(tested.namespace === null ? [] : [`package ${tested.namespace};`, '']),
      ...statics,
      ...(statics.length > 0 ? [''] : []),
      ...imports.slice(statics.length),
      '',
      `${access}class ${stemOf(target.path)} {`,
      ...indented(members, step),
      '}',
      '',
    ].join('\n'),
    imports: [...imports, ...outside].filter((line) => !present.includes(line)),
    importLine: /^(?:package|import)\b.*;\s*$/,
    addition: [...indented(members, step), ''].join('\n'),
    additionAt: endOfLastClass,
  };
}

function bodyOf({ tested, doubt }: StubRequest, names: StubNames, isActualFirst: boolean): readonly string[] {
  const comment = doubtComment(doubt);
  const type = tested.holders.join('.');
  const call = callOf(tested, names);
  const left = `${LEFT.start}unwritten("${wordsForResult(tested)}")${LEFT.end}`;
  const declared = [
    ...(comment === null ? [] : [`// ${comment}`]),
    ...(tested.kind === 'method' ? [`${type} ${names.instance} = unwritten("${aTypeOf(tested)}");`] : []),
    ...names.arguments.map(({ name, parameter }) => `${parameter.type ?? 'Object'} ${name} = unwritten("${name}");`),
  ];
  if (tested.resultCount === 0) return [...declared, `${call};`, `${left};`];
  const compared = isActualFirst ? `${call}, ${names.expected}` : `${names.expected}, ${call}`;
  return [...declared, `Object ${names.expected} = ${left};`, `assertEquals(${compared});`];
}

function callOf({ kind, name, holders }: StubRequest['tested'], { arguments: given, instance }: StubNames): string {
  const list = given.map((each) => each.name).join(', ');
  if (kind === 'constructor') return `new ${holders.join('.')}(${list})`;
  return `${kind === 'method' ? instance : holders.join('.')}.${name}(${list})`;
}

/** The source's own imports of the types that a test has to name. */
function importsOfTypes(text: string, parameters: StubRequest['tested']['parameters']): readonly string[] {
  const named = new Set(parameters.flatMap(({ type }) => type?.match(/\w+/g) ?? []));
  return Array.from(text.matchAll(/^import [\w.]+\.(\w+);/gm))
    .filter(([, last = '']) => named.has(last))
    .map(([line]) => line);
}

function packageLine(text: string): string {
  return /^\s*package\s+([\w.]+)/m.exec(text)?.[1] ?? '';
}
