import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { openLedger, type LedgerOptions } from '../../../src/ledger/openLedger.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** Opens a ledger, which is closed when the test ends; a new one unless a path is given. */
export async function temporaryLedger(
  path = join(temporaryFolder(), 'ledger.sqlite'),
  options: LedgerOptions = {},
): Promise<Ledger & { readonly path: string }> {
  const ledger = await openLedger(path, options);
  onTestFinished(() => {
    ledger.close();
  });
  return { ...ledger, path };
}
