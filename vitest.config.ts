import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.spec.ts', 'test/cli/**/*.spec.ts'],
    testTimeout: 30_000,
  },
});
