import { defineConfig } from 'vitest/config';

/** `--mode screenshots` takes the pictures of docs/images instead of testing. */
// biome-ignore lint/style/noDefaultExport: vitest reads it so
export default defineConfig(({ mode }) => ({
  test: {
    dir: import.meta.dirname,
    include: [mode === 'screenshots' ? 'screenshots.ts' : '*.e2e.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    pool: 'forks',
    fileParallelism: false,
  },
}));
