import { recordReference } from '../domain/duplicates/mention.ts'
import type { RecordId } from '../domain/record-id.ts'
import type { ActorTables } from './actor-tables.ts'

/** What people call records by their numbers, where there may be several tables of actors. */
export type RecordNames = {
  /** By what a word of the second record may name the first one (« Pas un doublon de »). */
  readonly references: (id: RecordId, speaker: RecordId) => readonly string[]
  /** « fiche n° 12 », and of which table where the one who reads it stands in another. */
  readonly shown: (id: RecordId, reader: RecordId) => string
  /** Its table, where the one who reads it stands in another; null: the same. */
  readonly elsewhere: (id: RecordId, reader: RecordId) => string | null
}

/** Those of these tables. */
export function recordNames({ tables, of, rowOf }: ActorTables): RecordNames {
  const alone = tables.length === 1
  const elsewhere = (id: RecordId, reader: RecordId) => {
    const table = of(id)
    return table === undefined || table === of(reader) ? null : table.title
  }
  return {
    references(id, speaker) {
      if (alone) return [String(id)]
      const here = elsewhere(id, speaker) === null
      return [recordReference(id), ...(here ? [String(rowOf(id))] : [])]
    },
    shown(id, reader) {
      const title = elsewhere(id, reader)
      return `fiche n° ${rowOf(id)}${title === null ? '' : ` de « ${title} »`}`
    },
    elsewhere,
  }
}
