import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    // Days on a fake clock over a real database: a busy machine takes several times as long.
    testTimeout: 60_000,
    pool: 'forks',
    // Tests of processes mostly wait: two at once even where there are two cores.
    maxWorkers: 2,
  },
});
