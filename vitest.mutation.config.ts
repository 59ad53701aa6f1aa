import { defineConfig } from 'vitest/config'

// The tests that mutants of the domain are held against: pure and quick, without a process or a server. Files of one
// run share their modules, the official geography above all, which takes 0.3 s to read.
// oxlint-disable-next-line no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts', 'test/config/schema.test.ts', 'test/adopt/elsewhere.test.ts'],
    // A parser that takes a millisecond a value; bases of hundreds of records, compared in every order: each mutant
    // would wait for them.
    exclude: ['test/domain/**/*.oracle.test.ts', 'test/domain/duplicates/duplicate-index.property.test.ts'],
    isolate: false,
    testTimeout: 120_000,
  },
})
