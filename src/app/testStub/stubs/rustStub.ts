import { doubtComment, doubtWords } from '../doubtInWords.ts';
import { newName, snakeCase } from '../identifiers.ts';
import { indented, indentOf } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** A stub for Rust, in the `mod tests` of the file itself. */
export function rustStub({ source, target, tested, doubt }: StubRequest): WrittenStub {
  const present = target.text ?? '';
  const step = indentOf([source.text], '    ');
  const names = stubNames(tested, [...reservedWords('rust')], snakeCase);
  const comment = doubtComment(doubt);
  const body = [
    ...(comment === null ? [] : [`// ${comment}`]),
    ...(tested.kind === 'method'
      ? [`let ${names.instance}: ${tested.holders.join('::')} = todo!("write ${aTypeOf(tested)}");`]
      : []),
    ...names.arguments.map(({ name }) => `let ${name} = todo!("write ${name}");`),
    // Nothing else than what is compared could give an unwritten value its type, so all of the comparison is left.
    `let ${names.result} = ${callOf(tested, names)};`,
    `${LEFT.start}todo!("write ${wordsForResult(tested)}: assert_eq!(${names.result}, …)")${LEFT.end};`,
  ];
  const name = newName(snakeCase([tested.name, ...doubtWords(doubt)]), bodyOfTests(present));
  const test = [
    '#[test]',
    '#[allow(unreachable_code, unused_variables, unused_mut, clippy::diverging_sub_expression)]',
    `fn ${name}() {`,
    ...indented(body, step),
    '}',
  ];
  const module = ['#[cfg(test)]', 'mod tests {', `${step}use super::*;`, '', ...indented(test, step), '}', ''];
  const place = endOfTests(present);
  return {
    newFile: module.join('\n'),
    imports: [],
    importLine: /^$/,
    addition: place === null ? module.join('\n') : [...indented(test, step), ''].join('\n'),
    additionAt: (text) => endOfTests(text) ?? text.length,
  };
}

const TESTS = /^([ \t]*)(?:pub(?:\([a-z]+\))? )?mod tests? \{/m;

/** Where the module of tests closes, at the beginning of that line; null where there is none. */
function endOfTests(text: string): number | null {
  const module = TESTS.exec(text);
  if (module === null) return null;
  const closing = new RegExp(`^${module[1] ?? ''}\\}`, 'm').exec(text.slice(module.index));
  return closing === null ? null : module.index + closing.index;
}

function bodyOfTests(text: string): string {
  const module = TESTS.exec(text);
  return module === null ? '' : text.slice(module.index);
}

function callOf({ kind, name, holders }: StubRequest['tested'], { arguments: given, instance }: StubNames): string {
  const list = given.map((each) => each.name).join(', ');
  if (kind === 'method') return `${instance}.${name}(${list})`;
  return `${[...holders, name].join('::')}(${list})`;
}
