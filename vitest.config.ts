import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.spec.ts', 'test/cli/**/*.spec.ts'],
    testTimeout: 30_000,
    // Left to itself vitest keeps one core free, which is half of a small machine.
    maxWorkers: availableParallelism(),
  },
});
