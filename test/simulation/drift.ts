/**
 * How often the drift alarm is false, and how soon it comes: simulated histories whose commits share their fate. While the
 * model is calibrated at most the level of the histories may raise it, looked at after every commit of a thousand; so may
 * at most the level and 1.645 standard errors of these runs. Then the truth drifts. Seeded.
 *
 *     node test/simulation/drift.ts [RUNS]        1,000 runs of the calibrated model, 150 of each drift, unless told
 */
import { CALIBRATED, DRIFTS, LEVEL, studyDrift, WAYS } from './driftStudy.ts';

const runs = Number(process.argv[2] ?? 1000);
const most = LEVEL + 1.645 * Math.sqrt((LEVEL * (1 - LEVEL)) / runs);
console.log(`False alarms in ${runs} runs of 1000 commits, level ${LEVEL}: at most ${most.toFixed(4)}.\n`);
let kept = true;
for (const intraclass of [0.29, 1]) {
  for (const way of WAYS) {
    const { alarmed } = studyDrift(CALIBRATED, way, intraclass, { runs, before: 1000, commits: 1000, seed: 1 });
    if (way === WAYS[0]) kept &&= alarmed <= most;
    console.log(
      `${way.padEnd(20)} intraclass correlation ${String(intraclass).padEnd(6)} ${alarmed.toFixed(4)} ${alarmed <= most ? 'kept' : 'NOT kept'}`,
    );
  }
}
console.log(`\n${kept ? 'Kept' : 'NOT KEPT'} by the mean over regions, which Candor takes.`);

const driftRuns = Math.ceil(runs * 0.15);
console.log(`\nCommits after the drift until the alarm: quartiles of ${driftRuns} runs; '-': not within 1000\n`);
console.log(`${' '.repeat(24)}after 200 calibrated commits    after 1000`);
for (const [index, drift] of DRIFTS.entries()) {
  const cells = [200, 1000].map((before) => {
    const size = { runs: driftRuns, before, commits: before + 1000, seed: index + 2 };
    return studyDrift(drift, WAYS[0], 0.29, size)
      .delays.map((delay) => String(delay ?? '-').padStart(6))
      .join('');
  });
  console.log(drift.name.padEnd(24) + cells.join(' '.repeat(10)));
}
if (!kept) process.exitCode = 1;
