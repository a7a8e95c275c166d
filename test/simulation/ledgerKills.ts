/**
 * Kills processes that write to one ledger at random moments (`kill -9`), and counts what is lost or damaged. A new ledger is
 * begun every 25 kills, so that its making is hit as well.
 *
 *     node test/simulation/ledgerKills.ts [KILLS]        500, unless told
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../src/core/seededRandom.ts';
import { killWriters, type Killed } from './ledgerKillsStudy.ts';

const KILLS_PER_LEDGER = 25;

const kills = Number(process.argv[2] ?? 500);
const { uniform } = seededRandom(1);
const rounds: Killed[] = [];
for (let done = 0; done < kills; done += KILLS_PER_LEDGER) {
  const folder = mkdtempSync(join(tmpdir(), 'candor-kills-'));
  rounds.push(await killWriters(folder, Math.min(KILLS_PER_LEDGER, kills - done), uniform));
  rmSync(folder, { recursive: true });
}
const sum = (count: (round: Killed) => number): number => rounds.reduce((total, round) => total + count(round), 0);
console.log(`kills                     ${sum((round) => round.kills)}`);
console.log(`acknowledged assessments  ${sum((round) => round.acknowledgedAssessments)}`);
console.log(`acknowledged outcomes     ${sum((round) => round.acknowledgedOutcomes)}`);
console.log(`lost                      ${sum((round) => round.lost.length)}`);
console.log(`damages                   ${sum((round) => round.damages.length)}`);
for (const { lost, damages } of rounds) for (const what of [...lost, ...damages]) console.log(what);
if (sum(({ lost, damages }) => lost.length + damages.length) > 0) process.exitCode = 1;
