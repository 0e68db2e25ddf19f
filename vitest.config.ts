import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait for processes: while they do, the others run beside them. */
const waiting = /\/test\/(?:e2e-process|processes|doors|cli)\//u;

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const [first, second] = [true, false].map((waits) =>
      sorted.filter(({ moduleId }) => waiting.test(moduleId) === waits),
    );
    return [...(first ?? []), ...(second ?? [])];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    globalSetup: ['test/setup/share.ts'],
    // Days on a fake clock over a real database: a busy machine takes several times as long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Modules are loaded once for each worker, not for each file: no test may leave anything behind.
    isolate: false,
    // Tests of processes mostly wait: one more at once than there are usually cores.
    maxWorkers: 3,
    sequence: { sequencer: WaitingFirst },
  },
});
