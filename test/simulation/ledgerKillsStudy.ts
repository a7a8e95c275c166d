import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openLedger } from '../../src/ledger/openLedger.ts';

const WRITER = fileURLToPath(new URL('ledgerWriter.ts', import.meta.url));

/** A writer is killed so long after it began to open the ledger, at most. */
const LONGEST_LIFE_MS = 200;

export interface Killed {
  readonly kills: number;
  readonly acknowledgedAssessments: number;
  readonly acknowledgedOutcomes: number;
  /** Acknowledged, and not in the ledger afterwards. */
  readonly lost: readonly string[];
  /** What `PRAGMA integrity_check` said other than `ok`, and ledgers that were set aside as damaged. */
  readonly damages: readonly string[];
}

/** A writer, and what it has acknowledged. Its lines go to a file, which outlives it whole. */
export interface Writer {
  readonly process: ChildProcess;
  acknowledged(): readonly Acknowledged[];
}

interface Acknowledged {
  readonly assessment?: string;
  readonly outcome?: string;
  readonly retainedShare?: number;
  readonly isSetAside?: true;
}

export function startWriter(folder: string, name: string, most = Infinity): Writer {
  const lines = join(folder, `${name}.jsonl`);
  const output = openSync(lines, 'a');
  const args = [WRITER, join(folder, 'ledger.sqlite'), name, String(most)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  return {
    process: child,
    acknowledged: () =>
      readFileSync(lines, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Acknowledged),
  };
}

/**
 * Kills two writers of one ledger at random moments, each again and again while the other goes on, and looks after each kill
 * whether the file is whole and what was acknowledged is there.
 *
 * @param folder that is empty
 */
export async function killWriters(folder: string, kills: number, uniform: () => number): Promise<Killed> {
  const path = join(folder, 'ledger.sqlite');
  const writers: Writer[] = [];
  const damages: string[] = [];

  async function lane(name: string, laneKills: number): Promise<void> {
    for (let kill = 0; kill < laneKills; kill++) {
      const writer = startWriter(folder, `${name}${kill}`);
      writers.push(writer);
      const ended = once(writer.process, 'exit');
      while (writer.acknowledged().length === 0) await sleep(1);
      await sleep(uniform() * LONGEST_LIFE_MS);
      writer.process.kill('SIGKILL');
      await ended;
      if (writer.process.signalCode !== 'SIGKILL') damages.push(`${name}${kill} ended by itself`);
      damages.push(...integrity(path), ...(await lostOf(path, [writer])));
    }
  }

  await Promise.all([lane('a', Math.ceil(kills / 2)), lane('b', Math.floor(kills / 2))]);
  const acknowledged = writers.flatMap((writer) => writer.acknowledged());
  return {
    kills: writers.length,
    acknowledgedAssessments: acknowledged.filter(({ assessment }) => assessment !== undefined).length,
    acknowledgedOutcomes: acknowledged.filter(({ outcome }) => outcome !== undefined).length,
    lost: await lostOf(path, writers),
    damages: [
      ...damages,
      ...integrity(path),
      ...acknowledged.filter(({ isSetAside }) => isSetAside).map(() => 'a writer set the ledger aside'),
    ],
  };
}

/** A kill may come before there is a table to check: that is whole as well. */
function integrity(path: string): readonly string[] {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    const rows = database.prepare('PRAGMA integrity_check').all();
    return rows.map((row) => String(row.integrity_check)).filter((said) => said !== 'ok');
  } finally {
    database.close();
  }
}

/** What writers have acknowledged and the ledger does not have. A later outcome than the last acknowledged one may be there. */
async function lostOf(path: string, writers: readonly Writer[]): Promise<readonly string[]> {
  const ledger = await openLedger(path);
  try {
    const held = new Map(
      ledger.assessmentsSince('some workspace', 0).map(({ assessment, outcomes }) => [assessment.id, outcomes]),
    );
    return writers
      .flatMap((writer) => writer.acknowledged())
      .flatMap(({ assessment, outcome, retainedShare = 0 }) => {
        if (assessment !== undefined) return held.has(assessment) ? [] : [`assessment ${assessment}`];
        if (outcome === undefined) return [];
        const kept = held.get(outcome)?.[0]?.retainedShare ?? -1;
        return kept >= retainedShare ? [] : [`outcome ${outcome}`];
      });
  } finally {
    ledger.close();
  }
}
