import { defineConfig } from 'vitest/config';

/** The SDK from its sources, as the web's build takes it. */
const fromSources = {
  resolve: {
    alias: [
      { find: /^@postroad\/sdk$/, replacement: `${import.meta.dirname}/sdk/src/index.ts` },
      {
        find: /^@postroad\/sdk\/operations$/,
        replacement: `${import.meta.dirname}/sdk/src/operations.gen.ts`,
      },
    ],
  },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...fromSources,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            '**/dist/**',
            '**/*.int.test.ts',
            '**/*.browser.test.ts',
            'test/scenarios/**',
            'test/rigs/**',
          ],
          // A busy machine is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['**/*.int.test.ts', 'test/scenarios/**/*.test.ts', 'test/rigs/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['./test/setup/cluster.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        ...fromSources,
        test: {
          name: 'browser',
          include: ['web/test/**/*.browser.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['./test/setup/cluster.ts', './web/test/build.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
