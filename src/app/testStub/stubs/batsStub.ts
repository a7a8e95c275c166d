import { doubtComment, doubtWords } from '../doubtInWords.ts';
import { newName, snakeCase } from '../identifiers.ts';
import { folderOf, relativePath } from '../paths.ts';
import { endOf } from '../projectStyle.ts';
import { wordsForResult } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** A stub for Bats, as a function with the comment that makes it a test: so the file stays plain Bash. */
export function batsStub({ source, target, tested, doubt }: StubRequest): WrittenStub {
  const present = target.text ?? '';
  const comment = doubtComment(doubt);
  const name = newName(snakeCase([tested.name.replaceAll(/\W/g, '_'), 'gives', ...doubtWords(doubt)]), present);
  const path = relativePath(folderOf(target.path), source.path).replace(/^\.\//, '');
  const test = [
    `${name}() { #@test`,
    `  source "$BATS_TEST_DIRNAME/${path}"`,
    ...(comment === null ? [] : [`  # ${comment}`]),
    `  expected=${LEFT.start}$(unwritten "${wordsForResult(tested)}")${LEFT.end}`,
    `  run ${tested.name}`,
    '  [ "$output" = "$expected" ]',
    '}',
    '',
  ];
  const helper = ['unwritten() {', '  echo "Not written yet: $1." >&2', '  return 1', '}', ''];
  const hasHelper = /^unwritten\(\)/m.test(present);
  return {
    newFile: ['#!/usr/bin/env bats', '', ...test, ...helper].join('\n'),
    imports: [],
    importLine: /^$/,
    addition: [...test, ...(hasHelper ? [] : helper)].join('\n'),
    additionAt: endOf,
  };
}
