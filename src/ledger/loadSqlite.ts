import { CandorError } from '../core/candorError.ts';

type Sqlite = typeof import('node:sqlite');

/**
 * Node's own SQLite. Some versions of Node warn of it on standard error as it is loaded, which tells the user nothing that he could
 * act on: that one warning is held back, and no other.
 *
 * @param builtin how a module of the runtime is had, synchronously: nothing else can warn meanwhile
 * @throws CandorError `unsupported` where the runtime has none
 */
export function loadSqlite(builtin: () => Sqlite | undefined = () => process.getBuiltinModule('node:sqlite')): Sqlite {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back as it was
  const emitWarning = process.emitWarning;
  process.emitWarning = new Proxy(emitWarning, {
    apply(target, self, details: unknown[]) {
      if (!isAboutSqlite(details)) Reflect.apply(target, self, details);
    },
  });
  try {
    const sqlite = builtin();
    if (sqlite !== undefined) return sqlite;
  } finally {
    process.emitWarning = emitWarning;
  }
  const message =
    'This runtime has no SQLite, so nothing is learned from what becomes of code, while all else works. Update it.';
  throw new CandorError('unsupported', message);
}

function isAboutSqlite([warning, type]: readonly unknown[]): boolean {
  return type === 'ExperimentalWarning' && typeof warning === 'string' && warning.startsWith('SQLite ');
}
