import { describe, expect, it } from 'vitest';
import { toldWaitMs } from '../../../../src/engines/openai/toldWaitMs.ts';

const NOW = Date.parse('Sun, 06 Nov 1994 08:49:37 GMT');

describe('toldWaitMs', () => {
  it.each([
    ['seconds', { 'retry-after': '2' }, 2000],
    ['nothing to wait for', { 'retry-after': '0' }, 0],
    ['longer than anybody lives', { 'retry-after': '99999999999' }, 99_999_999_999_000],
    ['a date', { 'retry-after': 'Sun, 06 Nov 1994 08:50:07 GMT' }, 30_000],
    ['a date of old', { 'retry-after': 'Sunday, 06-Nov-94 08:50:07 GMT' }, 30_000],
    ['a date that is over', { 'retry-after': 'Sun, 06 Nov 1994 08:00:00 GMT' }, 0],
    ['milliseconds, which say more', { 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    ['a reset', { 'x-ratelimit-reset-requests': '1s' }, 1000],
    ['the longer reset', { 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-reset-tokens': '6m0s' }, 360_000],
    [
      'the reset of what is spent',
      {
        'x-ratelimit-reset-requests': '20ms',
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-tokens': '6m0s',
        'x-ratelimit-remaining-tokens': '149984',
      },
      20,
    ],
    ['all units', { 'x-ratelimit-reset-tokens': '1d1h2m3.5s' }, 86_400_000 + 3_600_000 + 120_000 + 3500],
    ['a bare reset', { 'x-ratelimit-reset-tokens': '7' }, 7000],
    ['nothing', {}, null],
    ['a number that is none', { 'retry-after': '1e9' }, null],
    ['a number below 0', { 'retry-after': '-1' }, null],
    ['a word', { 'retry-after': 'soon' }, null],
    ['a duration with a rest', { 'x-ratelimit-reset-tokens': '6m0s or so' }, null],
  ])('reads %s', (_, headers, wait) => {
    expect(toldWaitMs(new Headers(Object.entries(headers)), NOW)).toBe(wait);
  });
});
