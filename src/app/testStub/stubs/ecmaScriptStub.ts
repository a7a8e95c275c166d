import { doubtComment, doubtTitle, inQuotes } from '../doubtInWords.ts';
import { camelCase } from '../identifiers.ts';
import { extensionOf, folderOf, relativePath } from '../paths.ts';
import { countIn, endOf, indented, indentOf } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type ProjectFile, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** How the project writes JavaScript. */
interface Style {
  readonly quote: '"' | "'";
  /** What ends a statement. */
  readonly end: ';' | '';
  readonly step: string;
  readonly isCommonJs: boolean;
  readonly isTyped: boolean;
  /** The function that declares a test. */
  readonly declare: 'it' | 'test';
}

/** Where the names of a framework come from, and how it compares; null for what it has as globals. */
interface Words {
  readonly from: string | null;
  readonly names: readonly string[];
  readonly compare: (result: string, expected: string) => string;
  /** Further lines that it needs, from which module and under what name. */
  readonly asserts: { readonly from: string; readonly name: string; readonly isDefault: boolean } | null;
}

/** A stub for the frameworks of JavaScript and TypeScript. */
export function ecmaScriptStub(request: StubRequest): WrittenStub {
  const { framework, tested, doubt } = request;
  const style = styleOf(request);
  const words = wordsFor(request, style);
  const names = stubNames(tested, ['expect', 'assert', 't', 'unwritten', ...reservedWords('typescript')], camelCase);
  const { quote, end, step } = style;
  const text = (words: string): string => inQuotes(words, quote);
  const left = `${LEFT.start}unwritten(${text(wordsForResult(tested))})${LEFT.end}`;
  const comment = doubtComment(doubt);
  const isMethod = tested.kind === 'method';
  const type = style.isTyped && isMethod ? `: ${tested.holders.at(-1) ?? ''}` : '';
  const body = [
    ...(comment === null ? [] : [`// ${comment}`]),
    ...(isMethod ? [`const ${names.instance}${type} = unwritten(${text(aTypeOf(tested))})${end}`] : []),
    ...names.arguments.map(({ name }) => `const ${name} = unwritten(${text(name)})${end}`),
    `const ${names.expected} = ${left}${end}`,
    `const ${names.result} = ${tested.isAsync ? 'await ' : ''}${callOf(request, names)}${end}`,
    `${words.compare(names.result, names.expected)}${end}`,
  ];
  const parameters = framework === 'ava' ? '(t)' : '()';
  const test = [
    `${style.declare}(${text(doubtTitle(tested.name, doubt))}, ${tested.isAsync ? 'async ' : ''}${parameters} => {`,
    ...indented(body, step),
    `})${end}`,
  ];
  const helper = [
    `function unwritten(what${style.isTyped ? ': string' : ''})${style.isTyped ? ': never' : ''} {`,
    `${step}throw new Error(\`Not written yet: \${what}.\`)${end}`,
    '}',
  ];
  const present = request.target.text ?? '';
  const hasHelper = /\bfunction unwritten\b/.test(present);
  const imports = importsOf(request, style, words);
  return {
    newFile: [...imports, '', ...test, '', ...helper, ''].join('\n'),
    imports: imports.filter((line) => !present.includes(line)),
    importLine: /^(?:import\b.*|\} from .*|(?:const|let|var) .*=\s*require\(.*)$/,
    addition: [...test, ...(hasHelper ? [] : ['', ...helper]), ''].join('\n'),
    additionAt: endOf,
  };
}

function styleOf({ source, target, tests, packageJson, framework }: StubRequest): Style {
  const written = target.text === null ? tests : [{ path: target.path, text: target.text }];
  const texts = written.map(({ text }) => text);
  const imports = countIn(written, /^import\b/gm);
  const requires = countIn(written, /\brequire\(/g);
  const isTyped = /^[cm]?tsx?$/.test(extensionOf(target.path));
  const isModule =
    /"type"\s*:\s*"module"/.test(packageJson ?? '') || /\b(?:import|export)\b[^\n]*['"{]/.test(source.text);
  const isCommonJs =
    imports + requires > 0 ? requires > imports : !isTyped && !isModule && extensionOf(target.path) !== 'mjs';
  const tested = countIn(written, /^\s*test\(/gm);
  const its = countIn(written, /^\s*it\(/gm);
  const usesTest =
    framework === 'ava' || (tested === its ? ['nodeTest', 'jest', 'bun'].includes(framework) : tested > its);
  return {
    quote: countIn(written, /"[^"'\n]*"/g) > countIn(written, /'[^"'\n]*'/g) ? '"' : "'",
    end: countIn(written, /[\w)\]'"`]$/gm) > 2 * countIn(written, /;$/gm) ? '' : ';',
    step: indentOf([...texts, source.text], '  '),
    isCommonJs: isCommonJs || extensionOf(target.path) === 'cjs',
    isTyped,
    declare: usesTest && framework !== 'mocha' && framework !== 'jasmine' ? 'test' : 'it',
  };
}

function wordsFor(request: StubRequest, { declare }: Style): Words {
  const jestLike = {
    names: [declare, 'expect'],
    compare: (result: string, expected: string): string => `expect(${result}).toEqual(${expected})`,
    asserts: null,
  };
  const node = { from: 'node:assert/strict', name: 'assert', isDefault: true };
  const equal = (result: string, expected: string): string => `assert.deepEqual(${result}, ${expected})`;
  switch (request.framework) {
    case 'vitest':
      return { from: usesGlobals(request, /['"]vitest['"]/) ? null : 'vitest', ...jestLike };
    case 'jest':
      return { from: countIn(request.tests, /['"]@jest\/globals['"]/g) > 0 ? '@jest/globals' : null, ...jestLike };
    case 'bun':
      return { from: 'bun:test', ...jestLike };
    case 'ava':
      return {
        from: null,
        names: [],
        compare: (result, expected) => `t.deepEqual(${result}, ${expected})`,
        asserts: { from: 'ava', name: 'test', isDefault: true },
      };
    case 'mocha':
      return countIn(request.tests, /['"]chai['"]/g) > 0
        ? {
            from: null,
            names: [],
            compare: (result, expected) => `expect(${result}).to.deep.equal(${expected})`,
            asserts: { from: 'chai', name: 'expect', isDefault: false },
          }
        : { from: null, names: [], compare: equal, asserts: node };
    case 'nodeTest':
      return { from: 'node:test', names: [declare], compare: equal, asserts: node };
    default:
      return { from: null, ...jestLike };
  }
}

/** Whether the project's tests take a framework's names without an import. */
function usesGlobals({ tests }: StubRequest, imported: RegExp): boolean {
  return tests.length > 0 && tests.every(({ text }) => !imported.test(text) && /\bexpect\(/.test(text));
}

function importsOf(request: StubRequest, style: Style, words: Words): readonly string[] {
  const present = request.target.text ?? '';
  const missing = words.names.filter((name) => !isBound(present, name));
  const { asserts } = words;
  return [
    ...(asserts === null || isBound(present, asserts.name)
      ? []
      : [importLine(style, asserts.isDefault ? asserts.name : `{ ${asserts.name} }`, asserts.from)]),
    ...(words.from === null || missing.length === 0
      ? []
      : [importLine(style, `{ ${missing.toSorted().join(', ')} }`, words.from)]),
    ...sourceImport(request, style),
  ];
}

/** Whether an import of a text, or a `require`, binds a name. */
function isBound(text: string, name: string): boolean {
  return new RegExp(`^(?:import|const|let|var)\\b[^;=]*\\b${name}\\b[^;]*(?:\\bfrom\\b|\\brequire\\b)`, 'm').test(text);
}

function sourceImport(request: StubRequest, style: Style): readonly string[] {
  const { tested, target } = request;
  const name = tested.holders[0] ?? tested.name;
  if (isBound(target.text ?? '', name)) return [];
  return [importLine(style, tested.exported === 'default' ? name : `{ ${name} }`, specifierOf(request, style))];
}

function importLine({ quote, end, isCommonJs }: Style, names: string, from: string): string {
  const module = `${quote}${from}${quote}`;
  return isCommonJs ? `const ${names} = require(${module})${end}` : `import ${names} from ${module}${end}`;
}

/** How the test names the module of the source: with the ending that other tests give theirs, or that the settings ask for. */
function specifierOf(
  { source, target, tests, tsconfig, framework }: StubRequest,
  { isCommonJs, isTyped }: Style,
): string {
  const path = relativePath(folderOf(target.path), source.path);
  const own = extensionOf(source.path);
  const ending = endingOfImports(tests) ?? usualEnding();
  const bare = path.slice(0, -own.length - 1);
  return ending === '' ? bare : `${bare}.${ending === 'own' ? own : compiled(own)}`;

  function usualEnding(): 'own' | 'compiled' | '' {
    const settings = tsconfig ?? '';
    if (isCommonJs) return /^[cm]/.test(own) ? 'own' : '';
    if (!isTyped || !/^[cm]?tsx?$/.test(own)) return 'own';
    if (/"allowImportingTsExtensions"\s*:\s*true/.test(settings)) return 'own';
    if (/"module(?:Resolution)?"\s*:\s*"node(?:16|18|20|next)"/i.test(settings)) return 'compiled';
    // Node runs the types away, and finds a module by its whole name alone.
    return framework === 'nodeTest' ? 'own' : '';
  }
}

function endingOfImports(tests: readonly ProjectFile[]): 'own' | 'compiled' | '' | null {
  const votes = { own: 0, compiled: 0, '': 0 };
  for (const { path, text } of tests) {
    const isTyped = /^[cm]?tsx?$/.test(extensionOf(path));
    for (const [, module = ''] of text.matchAll(/(?:from|require\()\s*['"](\.[^'"]*)['"]/g)) {
      const ending = /\.([cm]?[jt]sx?)$/.exec(module)?.[1];
      votes[ending === undefined ? '' : isTyped && ending.includes('js') ? 'compiled' : 'own']++;
    }
  }
  const most = Math.max(votes.own, votes.compiled, votes['']);
  if (most === 0) return null;
  return votes.own === most ? 'own' : votes.compiled === most ? 'compiled' : '';
}

/** What TypeScript makes of a file, by its ending. */
function compiled(ending: string): string {
  return ending.replace('tsx', 'js').replace('ts', 'js');
}

function callOf({ tested }: StubRequest, { arguments: given, instance }: StubNames): string {
  const { kind, holders, name, isProperty } = tested;
  const list = given.map(({ name: each, parameter }) => (parameter.kind === 'rest' ? `...${each}` : each)).join(', ');
  const type = holders.at(-1) ?? '';
  if (kind === 'constructor') return `new ${type}(${list})`;
  if (isProperty) return `${instance}.${name}`;
  const on = kind === 'free' ? '' : `${kind === 'static' ? type : instance}.`;
  return `${on}${name}(${list})`;
}
