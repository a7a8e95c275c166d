import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { committedText } from '../../../src/history/committedText.ts';
import { lastHeadMove } from '../../../src/history/headMove.ts';
import { openRepository } from '../../../src/history/openRepository.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const HASH = '0123456789abcdef0123456789abcdef01234567';

function entry(message: string): string {
  return `${'0'.repeat(40)} ${HASH} A Name <a@b.c> 1732000000 +0100\t${message}\n`;
}

describe('lastHeadMove', () => {
  it.each([
    ['commit: Say more', 'commit'],
    ['commit (initial): Begin', 'commit'],
    ['commit (amend): Say more', 'commit'],
    ['commit (merge): Merge branch x', 'other'],
    ['checkout: moving from main to x', 'checkout'],
    ['reset: moving to HEAD~1', 'checkout'],
    ['pull: Fast-forward', 'checkout'],
    ['merge x: Fast-forward', 'checkout'],
    ['rebase (finish): returning to refs/heads/main', 'checkout'],
    ['something else', 'other'],
  ])('takes "%s" for a %s', (message, move) => {
    expect(lastHeadMove(entry('commit: before') + entry(message))).toEqual({ commit: HASH, move });
  });

  it('finds nothing in an empty or a broken log', () => {
    expect(lastHeadMove('')).toBeNull();
    expect(lastHeadMove('no log at all')).toBeNull();
  });

  it('reads what git writes, and the committed text beside the working one', async () => {
    const folder = temporaryFolder();
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], { cwd: folder, stdio: 'ignore' });
    };
    const last = (): string | undefined => lastHeadMove(readFileSync(join(folder, '.git/logs/HEAD'), 'utf8'))?.move;
    git('init', '-b', 'main');
    writeFileSync(join(folder, 'a.txt'), 'one\n');
    git('add', '.');
    git('commit', '-m', 'first');
    expect(last()).toBe('commit');
    writeFileSync(join(folder, 'a.txt'), 'two\n');
    const repository = await openRepository(folder);
    expect(await committedText(repository, 'a.txt')).toBe('one\n');
    expect(await committedText(repository, 'none.txt')).toBeNull();
    git('checkout', '-b', 'other');
    expect(last()).toBe('checkout');
  });
});
