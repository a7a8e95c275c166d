import { describe, expect, it } from 'vitest';
import { readAuditOptions } from '../../../src/cli/readAuditOptions.ts';

describe('readAuditOptions', () => {
  it.each([
    [[], { kind: 'everything' }],
    [['--diff'], { kind: 'diff', since: 'HEAD' }],
    [['--diff=main', 'src'], { kind: 'diff', since: 'main' }],
    [['--staged'], { kind: 'staged' }],
    [['--patch=-'], { kind: 'patch', file: '-' }],
    [['--ai-written'], { kind: 'aiWritten' }],
    [['--', '--diff'], { kind: 'everything' }],
  ])('takes %j as what is judged', (args, scope) => {
    expect(readAuditOptions(args).scope).toEqual(scope);
  });

  it('takes several patterns of what is left out', () => {
    expect(readAuditOptions([]).exclude).toEqual([]);
    expect(readAuditOptions(['--exclude=*.snap', '--exclude', '/docs/']).exclude).toEqual(['*.snap', '/docs/']);
  });

  it.each([
    ['0', 0],
    ['1', 1],
    ['.5', 0.5],
    ['0.85', 0.85],
  ])('takes --fail-under=%s', (text, leastChance) => {
    expect(readAuditOptions([`--fail-under=${text}`, '--fail-on=doubt']).gates).toEqual({
      leastChance,
      failsOnDoubt: true,
    });
  });

  it('has links end where the path begins, with nothing that ends a link', () => {
    const base = (address: string): string =>
      readAuditOptions(['--format=markdown', `--link-base=${address}`]).linkBase;
    expect(base('https://example.org/o/n/blob/1')).toBe('https://example.org/o/n/blob/1/');
    expect(base('https://example.org/a b)/')).toBe('https://example.org/a%20b%29/');
  });

  it.each([
    [['--diff', '--staged'], '--diff, --staged, --patch and --ai-written'],
    [['--staged', '--patch=x'], '--diff, --staged, --patch and --ai-written'],
    [['--ai-written', '--diff=main'], '--diff, --staged, --patch and --ai-written'],
    [['--fail-under=80'], '--fail-under=80'],
    [['--fail-under=-1'], '--fail-under=-1'],
    [['--fail-under='], '--fail-under='],
    [['--fail-under=1e-1'], '--fail-under=1e-1'],
    [['--fail-on=check'], '--fail-on=check'],
    [['--format=html5'], 'text, json, markdown, sarif or html'],
    [['--link-base=https://x'], '--link-base is for Markdown'],
    [['--format=markdown', '--link-base=javascript:x'], 'https://'],
  ])('refuses %j', (args, words) => {
    expect(() => readAuditOptions(args)).toThrow(
      expect.objectContaining({ reason: 'bad-call', message: expect.stringContaining(words) as string }) as Error,
    );
  });
});
