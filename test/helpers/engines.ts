import { describe, inject } from 'vitest'
import type { RealNocodb } from './real-nocodb.ts'

export type Engine = 'PostgreSQL' | 'SQLite'

/** Runs the same tests on a NocoDB over each engine; SQLite is skipped, saying why, where it is not there. */
export function describeEngines(title: string, tests: (nocodb: RealNocodb, engine: Engine) => void): void {
  describeProduction(title, tests, true)
}

/**
 * Runs tests on PostgreSQL, as in production: those whose calls to NocoDB are all made by others that run on each engine.
 * With TEST_ENGINES=postgres,sqlite they run on both.
 */
export function describeProduction(
  title: string,
  tests: (nocodb: RealNocodb, engine: Engine) => void,
  everywhere = process.env['TEST_ENGINES']?.includes('sqlite') === true,
): void {
  describe(`${title} (NocoDB on PostgreSQL)`, () => tests(inject('postgresNocodb'), 'PostgreSQL'))
  if (!everywhere) return
  const sqlite = inject('sqliteNocodb')
  if (sqlite) describe(`${title} (NocoDB on SQLite)`, () => tests(sqlite, 'SQLite'))
  else
    describe.skip(`${title} (NocoDB on SQLite): ${inject('sqliteSkipped')}`, () =>
      tests(inject('postgresNocodb'), 'SQLite'))
}
