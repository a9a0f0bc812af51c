import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/setup/long-first.ts';

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

/** The browser tests need Debian's Chromium, or the one that POSTROAD_CHROMIUM names; CI installs it. */
const hasChromium = existsSync(process.env.POSTROAD_CHROMIUM ?? '/usr/bin/chromium');
const skipsBrowser = !hasChromium && process.argv.includes('browser');
if (skipsBrowser)
  process.stderr.write(
    'SKIPPED, NOT PROVED: the screens, because there is no Chromium. Install it (Debian: apt-get install chromium).\n',
  );

export default defineConfig({
  test: {
    passWithNoTests: skipsBrowser,
    sequence: { sequencer: LongFirst },
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
          // One for each core of the smallest machine; Vitest's own choice would leave one of two idle.
          maxWorkers: 2,
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
          include: hasChromium ? ['web/test/**/*.browser.test.ts'] : [],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['./test/setup/cluster.ts', './web/test/build.ts'],
          testTimeout: 120_000,
          // What a click sets off is seen when the network has done it: a busy machine is no failure.
          expect: { poll: { timeout: 15_000 } },
          hookTimeout: 180_000,
          maxWorkers: 2,
          maxConcurrency: 4,
        },
      },
    ],
  },
});
