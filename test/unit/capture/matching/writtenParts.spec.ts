import { expect, it } from 'vitest';
import { writtenParts } from '../../../../src/capture/matching/writtenParts.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { someGeneration } from './someGeneration.ts';

function writtenIn(text: string, kind: 'content' | 'tool-call' = 'content'): readonly string[] {
  const generation = { ...someGeneration('g', text, randomNumbers(1)), kind };
  return writtenParts(generation).map(({ start, end }) => text.slice(start, end));
}

it.each([
  ['code', 'a();\n\nb();', ['a();\n\nb();']],
  ['nothing', '', []],
  ['an answer', 'Here:\n```ts\na();\n```\nand\n~~~\nb();\n~~~\nBye.', ['a();\n', 'b();\n']],
  ['an answer that was cut off', 'Here:\n```ts\na();\nb(', ['a();\nb(']],
  ['a diff in a fence', '```diff\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n c\n-d\n+a();\n+\n```\n', ['a();\n', '\n']],
  ['a diff without a fence', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-d\n+a();\n', ['--- a/x\n+++ b/x\n', 'a();\n']],
  ['a patch', '*** Begin Patch\n*** Add File: x\n+a();\n*** End Patch\n', ['a();\n']],
  ['a block', '<<<<<<< SEARCH\nd();\n=======\na();\n>>>>>>> REPLACE\n', ['a();\n']],
  ['a block in a fence', 'So:\n```\n<<<<<<< SEARCH\nd();\n=======\na();\n>>>>>>> REPLACE\n```\nBye.', ['a();\n']],
  [
    'a block beside a fence',
    '```\nb();\n```\n------- SEARCH\nd();\n=======\na();\n+++++++ REPLACE\n',
    ['b();\n', 'a();\n'],
  ],
  [
    'a fence behind a block',
    '```\nb();\n```\n<<<<<<< SEARCH\n=======\na();\n>>>>>>> REPLACE\nand\n```\nc();\n```',
    ['b();\n', 'a();\n', 'c();\n'],
  ],
  ['a fence behind a diff', '@@ -1 +1 @@\n+a();\n```\nb();\n```\n', ['a();\n', 'b();\n']],
])('reads what may come to stand in a document out of %s', (_, text, parts) => {
  expect(writtenIn(text)).toEqual(parts);
});

it('takes a Markdown file that a tool writes as it is', () => {
  const text = '# Title\n\n```ts\na();\n```\n';
  expect(writtenIn(text, 'tool-call')).toEqual([text]);
});
