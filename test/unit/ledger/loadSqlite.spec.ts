import * as sqlite from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadSqlite } from '../../../src/ledger/loadSqlite.ts';

test('holds back the warning of SQLite, and no other', () => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
  onTestFinished(() => {
    emitWarning.mockRestore();
  });
  const before = process.emitWarning.bind(null);
  const warn = (): void => {
    process.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
  };
  const loaded = loadSqlite(() => {
    warn();
    process.emitWarning('Something else', 'ExperimentalWarning');
    return sqlite;
  });
  expect(loaded).toBe(sqlite);
  expect(emitWarning.mock.calls).toEqual([['Something else', 'ExperimentalWarning']]);
  warn();
  expect(emitWarning).toHaveBeenCalledTimes(2);
  expect(before).toBeDefined();
});

test('says what a runtime without SQLite cannot do', () => {
  expect(() => loadSqlite(() => undefined)).toThrow(expect.objectContaining({ reason: 'unsupported' }));
});
