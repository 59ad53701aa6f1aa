import { placeFinder } from '../../domain/completeness/place.ts'
import type { Actor } from '../../domain/actor.ts'
import type { RecordId } from '../../domain/record-id.ts'
import { actorTables } from '../../nocodb/actor-tables.ts'
import type { ActorTables } from '../../nocodb/actor-tables.ts'
import { readSirens } from '../../nocodb/epci-identity.ts'
import { isKeptBack } from '../../nocodb/kept-back.ts'
import { readActors } from '../../nocodb/read-actors.ts'
import { recordNames } from '../../nocodb/record-names.ts'
import type { SyncContext } from '../sync-context.ts'

/** The records of the base that a source is held against. */
export type ImportBase = {
  readonly actors: ReadonlyMap<string, Actor>
  /** Those in which « Ne pas publier » keeps the record back. */
  readonly keptBack: ReadonlySet<string>
  readonly tables: ActorTables
  /** « Médiathèque (fiche n° 12) » */
  shown(record: string): string
  epciOf(actor: Actor): { readonly siren: string; readonly name: string } | null
}

/** Reads them, once. */
export async function readImportBase(parts: SyncContext): Promise<ImportBase> {
  const { base, columns, geography } = parts
  const actors = new Map<string, Actor>()
  const keptBack = new Set<string>()
  for await (const page of readActors(base, columns, readSirens(base, columns, geography)))
    for (const one of page) {
      actors.set(one.actor.id, one.actor)
      if (isKeptBack(one)) keptBack.add(one.actor.id)
    }
  return importBaseOf(parts, actorTables(base, columns), actors, keptBack)
}

/** The same of records that were read. */
export function importBaseOf(
  { geography }: Pick<SyncContext, 'geography'>,
  tables: ActorTables,
  actors: ReadonlyMap<string, Actor>,
  keptBack: ReadonlySet<string> = new Set(),
): ImportBase {
  const placeOf = placeFinder(geography)
  return {
    ...{ actors, keptBack },
    tables,
    shown: (record) => shownRecord(tables, Number(record), actors.get(record)?.fields.nom ?? null),
    epciOf(actor) {
      const siren = placeOf(actor).epci
      return siren === null ? null : { siren, name: geography.epci(siren)?.name ?? siren }
    },
  }
}

/** How people know a record. */
export function shownRecord(tables: ActorTables, id: RecordId, name: string | null): string {
  const first = tables.tables[0]
  const number = recordNames(tables).shown(id, first?.idOf(0) ?? 0)
  return name === null ? number : `${name} (${number})`
}
