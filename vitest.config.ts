import { defineConfig } from 'vitest/config';

/** What needs the built programs or PostgreSQL, which the whole run shares. */
const programs = [
  'test/processes/**/*.test.ts',
  'test/e2e-process/**/*.test.ts',
  'test/doors/**/*.test.ts',
  'test/cli/*.test.ts',
  'test/simulator/cli.test.ts',
  'test/store/{backup,kill,postgres}.test.ts',
  'test/store/sql/unreadable-rows.test.ts',
  'test/app/store-down.test.ts',
];

export default defineConfig({
  test: {
    // Many of the tests of processes wait: more at once than there are cores.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'programs',
          include: programs,
          globalSetup: ['test/setup/programs.ts', 'test/setup/postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          isolate: false,
        },
      },
      {
        test: {
          name: 'units',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/bench/**', ...programs],
          testTimeout: 60_000,
          pool: 'forks',
          isolate: false,
        },
      },
    ],
  },
});
