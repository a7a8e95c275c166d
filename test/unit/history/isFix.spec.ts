import { describe, expect, it } from 'vitest';
import { isFix } from '../../../src/history/isFix.ts';

describe('a message that says that something is fixed', () => {
  it.each([
    'Fix the total of an empty cart',
    'Fixes #12',
    'fixed: cart loses items',
    'fix(cart): count items once',
    'fix!: refuse negative amounts',
    '🐛 fix: round half to even',
    'Fixing the login loop',
    'Bug 1234: cart loses items',
    'Bugfix in the parser',
    'hotfix: disable the cache',
    'Regression in 2.1: sort is unstable',
    'Revert "Add a cache"',
    'Reverted the cache',
    'Crash on start without a network',
    'Do not crash on an empty file',
    'Incorrect offset after a tab',
    'Offsets were wrong after a tab',
    'Uploads are broken on Windows',
    'Handle null, which was wrongly refused (#99)',
  ])('%s', (message) => {
    expect(isFix(message)).toBe(true);
  });

  it.each([
    'Add a cart',
    'Prefix all names',
    'Add fixtures',
    'Use a fixed width',
    'Use fixed-point numbers',
    'docs: fix a broken link',
    'test: fix the cart test',
    'ci: fix the build on Windows',
    'chore: fix lint',
    'fix(docs): name the option',
    'fix(deps): update parser',
    'fix(lint): unused import',
    'Fix typo',
    'Fix a typo in the README',
    'fix: typos',
    'Fix lint errors',
    'fix formatting',
    'Fix flaky tests',
    'Fix the failing unit tests',
    'Fix CI',
    'Fix some mypy warnings',
    'fix type errors',
    'Fix merge conflicts',
    'Merge branch "fix/cart" into main',
    "Merge branch 'hotfix'",
    'Debugging guide',
    'Add a note\n\nFixes the total of an empty cart',
    '',
  ])('not %s', (message) => {
    expect(isFix(message)).toBe(false);
  });
});
