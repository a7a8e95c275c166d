import { describe, expect, it } from 'vitest';
import { failureCount } from '../../../src/audit/failureCount.ts';
import { CandorError } from '../../../src/core/candorError.ts';

const ONE = new CandorError('engine-failed', 'This text is too long.');
const DOWN = new CandorError('engine-failed', 'The server is down.');

describe('failureCount', () => {
  it('gives up after ten in a row, with what went wrong then', () => {
    const failures = failureCount(1000);
    failures.add(ONE);
    failures.end(true);
    failures.end(false);
    for (let at = 0; at < 10; at++) failures.add(DOWN);
    for (let at = 0; at < 9; at++) failures.end(true);
    expect(() => {
      failures.end(true);
    }).toThrow(DOWN);
  });

  it('goes on for ever where one of ten goes well', () => {
    const failures = failureCount(1000);
    for (let at = 0; at < 1000; at++) {
      failures.add(ONE);
      failures.end(at % 10 !== 9);
    }
  });

  it('gives up where all of a few failed', () => {
    const failures = failureCount(2);
    failures.add(ONE);
    failures.end(true);
    expect(() => {
      failures.end(true);
    }).toThrow(ONE);
  });
});
