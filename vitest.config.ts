import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const REAL = ['test/**/*.real.test.ts', 'test/real/**/*.test.ts']

// oxlint-disable-next-line no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    // vitest leaves a core free, which is one of the two that a small machine has; these tests mostly wait for a server.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: REAL,
          // Files share the modules that they load: half of the time of the many small ones was loading them again.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The same tests need one NocoDB, started once for all; each file makes a base of its own.
        test: {
          name: 'real',
          include: REAL,
          globalSetup: 'test/helpers/real-nocodb.ts',
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
