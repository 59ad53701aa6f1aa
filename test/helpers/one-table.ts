import { recordNames } from '../../src/nocodb/record-names.ts'
import type { ActorTable } from '../../src/nocodb/actor-tables.ts'

const ONLY = { part: 0 } as ActorTable

/** What records are called where there is one table of actors. */
export const ONE_TABLE = recordNames({ tables: [ONLY], of: () => ONLY, rowOf: (id) => id })
