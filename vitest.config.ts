import { defineConfig } from 'vitest/config'

const REAL = ['test/**/*.real.test.ts', 'test/real/**/*.test.ts']

// oxlint-disable-next-line no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: REAL,
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
