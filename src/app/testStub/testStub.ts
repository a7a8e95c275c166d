import { CandorError } from '../../core/candorError.ts';
import { batsStub } from './stubs/batsStub.ts';
import { cppStub } from './stubs/cppStub.ts';
import { csharpStub } from './stubs/csharpStub.ts';
import { ecmaScriptStub } from './stubs/ecmaScriptStub.ts';
import { goStub } from './stubs/goStub.ts';
import { javaStub } from './stubs/javaStub.ts';
import { phpStub } from './stubs/phpStub.ts';
import { pythonStub } from './stubs/pythonStub.ts';
import { rubyStub } from './stubs/rubyStub.ts';
import { rustStub } from './stubs/rustStub.ts';
import { scalaStub } from './stubs/scalaStub.ts';
import { LEFT, type StubRequest, type WrittenStub } from './stubRequest.ts';

/** The stub of a test, as it goes into a file. */
export interface TestStub {
  /** Texts and where they go in the file as it is, in UTF-16 units and in order; a new file has one, at its beginning. */
  readonly insertions: readonly { readonly offset: number; readonly text: string }[];
  /** What is left to write, as a stretch of the file with the insertions in it. */
  readonly left: { readonly start: number; readonly end: number };
}

/**
 * Writes the stub of a test: one test that calls the function, whose arguments and expected result are still to be written. Until they
 * are it fails and says so; it holds no value that nobody chose.
 *
 * @throws CandorError `unsupported` where the file of the tests has no place for another one
 */
export function testStub(request: StubRequest): TestStub {
  const written = writtenStub(request);
  const { path, text } = request.target;
  if (text === null || text.trim() === '') return put(text ?? '', [{ offset: 0, text: written.newFile }]);
  const end = written.additionAt(text);
  if (end === null) {
    const message = `${path} has no class that a test could go into. Write one, or move the file away, and ask again.`;
    throw new CandorError('unsupported', message);
  }
  const imports = written.imports.map((line) => `${line}\n`).join('');
  const below = importsAt(text, written.importLine);
  const isLineEnded = end === 0 || text[end - 1] === '\n';
  const addition = { offset: end, text: (isLineEnded ? '' : '\n') + blankLineBefore(text, end) + written.addition };
  if (imports === '') return put(text, [addition]);
  const isFirst = below === 0 || text[below - 1] === '\n';
  return put(text, [{ offset: below, text: (isFirst ? '' : '\n') + imports }, addition]);
}

function writtenStub(request: StubRequest): WrittenStub {
  switch (request.framework) {
    case 'vitest':
    case 'jest':
    case 'ava':
    case 'bun':
    case 'nodeTest':
    case 'jasmine':
    case 'mocha':
      return ecmaScriptStub(request);
    case 'pytest':
    case 'unittest':
      return pythonStub(request);
    case 'goTest':
      return goStub(request);
    case 'rustTest':
      return rustStub(request);
    case 'junit5':
    case 'junit4':
    case 'testng':
      return javaStub(request, request.framework);
    case 'xunit':
    case 'nunit':
    case 'mstest':
      return csharpStub(request, request.framework);
    case 'rspec':
    case 'minitest':
      return rubyStub(request);
    case 'phpunit':
    case 'pest':
      return phpStub(request);
    case 'gtest':
    case 'catch2':
    case 'doctest':
      return cppStub(request, request.framework);
    case 'munit':
    case 'scalatest':
      return scalaStub(request);
    case 'bats':
      return batsStub(request);
  }
}

/** What comes after the imports of a file, in every language. */
const CODE = /^(?:function|class|def|describe|test|it|func|public|type|var|TEST)\b/;

/** Below the last line that is like an import, or ends one of several lines; at the beginning where there is none. */
function importsAt(text: string, importLine: RegExp): number {
  let [at, place, isOpen] = [0, 0, false];
  for (const line of text.split('\n')) {
    const next = Math.min(text.length, at + line.length + 1);
    if (isOpen) {
      isOpen = !/^\s*[)}]/.test(line);
      if (!isOpen) place = next;
    } else if (importLine.test(line.trimEnd())) {
      isOpen = /[({]$/.test(line.trimEnd());
      if (!isOpen) place = next;
    } else if (CODE.test(line)) break;
    at = next;
  }
  return place;
}

/** A blank line between what is there and what comes, where neither has one. */
function blankLineBefore(text: string, end: number): string {
  const before = text.slice(0, end).replaceAll('\r', '');
  return before === '' || before.endsWith('\n\n') ? '' : '\n';
}

/** Puts texts into a file in its own line ends, and takes out the marks of what is left. */
function put(file: string, insertions: TestStub['insertions']): TestStub {
  const ends = file.includes('\r\n') ? '\r\n' : '\n';
  const marked = insertions.map(({ offset, text }) => ({ offset, text: text.replaceAll('\n', ends) }));
  let [before, start, end] = [0, 0, 0];
  const plain = marked.map(({ offset, text }) => {
    const from = text.indexOf(LEFT.start);
    if (from >= 0) [start, end] = [offset + before + from, offset + before + text.indexOf(LEFT.end) - 1];
    const without = text.replace(LEFT.start, '').replace(LEFT.end, '');
    before += without.length;
    return { offset, text: without };
  });
  return { insertions: plain, left: { start, end } };
}
