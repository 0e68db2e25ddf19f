import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/setup/longest-first.ts';
import { transpiledPath, transpiledSource } from './test/setup/transpiled-source.ts';

/** They start processes: the built programs, and PostgreSQL. `npm run test:processes` runs them. */
const processTests = 'test/**/*.process.test.ts';

const shared = {
  globalSetup: 'test/setup/share.ts',
  // Days on a fake clock over a real database: a busy machine takes several times as long.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'forks',
  // Modules are loaded once for each worker, not for each file: no test may leave anything behind.
  isolate: false,
  server: { deps: { external: [transpiledPath] } },
  execArgv: ['--enable-source-maps'],
} satisfies Partial<TestProjectInlineConfiguration['test']>;

/** One for both, so that one run makes it once. */
const plugins = [transpiledSource()];

export default defineConfig({
  test: {
    // Hardly any test waits, and each worker loads all modules by itself: as many as there are usually cores.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins,
        test: {
          ...shared,
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, processTests, 'test/e2e/**', 'test/bench/**'],
        },
      },
      {
        plugins,
        test: { ...shared, name: 'processes', include: [processTests] },
      },
    ],
  },
});
