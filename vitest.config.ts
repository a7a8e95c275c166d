import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What starts programs of its own, measures its process, or changes it: each file has a worker to itself. */
const APART = ['test/cli/**/*.spec.ts', 'test/unit/engines/**/*.spec.ts', 'test/unit/package/**/*.spec.ts'];

/** One more than there are cores: some file always waits for a clock, a disk or another process. */
const MAX_WORKERS = availableParallelism() + 1;

export default defineConfig({
  test: {
    projects: [
      {
        // Most files are over in less time than a fresh worker takes to load what they import.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.spec.ts'],
          exclude: APART,
          isolate: false,
          testTimeout: 30_000,
          maxWorkers: MAX_WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'apart',
          include: APART,
          testTimeout: 30_000,
          maxWorkers: MAX_WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // A VS Code and a browser take most of two cores: these run after all others, two files at a time. Three are faster, but then
        // now and then one waits longer for the others than it has patience.
        test: {
          name: 'ui',
          include: ['test/ui/**/*.spec.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
