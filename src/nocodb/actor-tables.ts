import { hash } from 'node:crypto'
import type { Columns } from '../config/columns-file.ts'
import type { ActorNames, NamedActors } from '../config/other-actors.ts'
import { fitsInPart, PARTS, partOf, recordId, rowOf } from '../domain/record-id.ts'
import type { RecordId } from '../domain/record-id.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import type { Table } from './schema.ts'

/** One of the tables of actors of a base. */
export type ActorTable = {
  readonly title: string
  readonly names: ActorNames
  readonly table: Table
  /** What tells its records from those of the others; 0: the first one. */
  readonly part: number
  /** The record that one of its rows is. Throws SCHEMA_MISMATCH where its number cannot stand beside the part. */
  readonly idOf: (row: RowId) => RecordId
}

/** The tables of actors of a base, in the order of their records: they are one census. */
export type ActorTables = {
  readonly tables: readonly ActorTable[]
  /** The table of a record; undefined: it is none of them any more. */
  readonly of: (id: RecordId) => ActorTable | undefined
  /** The row of a record in its table. */
  readonly rowOf: (id: RecordId) => RowId
}

/** Those that config/columns.yaml names. Throws SCHEMA_MISMATCH where one is not there. */
export function actorTables(base: Base, columns: Columns): ActorTables {
  const others = columns.otherActors.map((named) => partedTable(base, named))
  const alone = others.length === 0
  const first = actorTable(base, columns.actors, 0, alone)
  const tables = [first, ...others.toSorted((one, other) => one.part - other.part)]
  assertApart(tables)
  if (alone) return { tables, of: () => first, rowOf: (id) => id }
  const byPart = new Map(tables.map((table) => [table.part, table]))
  return { tables, of: (id) => byPart.get(partOf(id)), rowOf }
}

/** By the table's own id: neither another title nor another order in config/columns.yaml makes other records of its rows. */
export function partOfTable(tableId: string): number {
  return 1 + (Number.parseInt(hash('sha256', tableId, 'hex').slice(0, 12), 16) % (PARTS - 1))
}

function partedTable(base: Base, named: NamedActors): ActorTable {
  return actorTable(base, named, partOfTable(base.table(named.title).id), false)
}

function actorTable(base: Base, { title, columns }: NamedActors, part: number, alone: boolean): ActorTable {
  const idOf = (row: RowId) => {
    if (alone) return row
    if (!fitsInPart(row)) throw outOfRange(title, row)
    return recordId(part, row)
  }
  return { title, names: columns, table: base.table(title), part, idOf }
}

/** Records grouped by the table that they are in; those of a table that is none of them any more are left out. */
export function byTable<One>(
  { tables, of }: ActorTables,
  records: Iterable<One>,
  idOf: (one: One) => RecordId,
): readonly (readonly [ActorTable, readonly One[]])[] {
  const groups = Map.groupBy(records, (one) => of(idOf(one)))
  return tables.flatMap((table) => {
    const own = groups.get(table)
    return own === undefined ? [] : [[table, own] as const]
  })
}

function assertApart(tables: readonly ActorTable[]): void {
  const [, twin] = tables.filter(({ part }) => tables.filter((other) => other.part === part).length > 1)
  if (twin === undefined) return
  throw new PortreaError(
    'SCHEMA_MISMATCH',
    typeset(
      `Les fiches de « ${twin.title} » ne se distinguent pas de celles d'une autre table d'acteurs : leurs identifiants dans NocoDB donnent le même numéro. Dupliquez l'une des deux tables dans NocoDB, et nommez la copie dans config/columns.yaml.`,
    ),
  )
}

function outOfRange(title: string, row: RowId): PortreaError {
  return new PortreaError(
    'SCHEMA_MISMATCH',
    typeset(
      `La ligne ${row} de « ${title} » a un numéro négatif ou trop grand pour compter avec d'autres tables d'acteurs : donnez à la table une clé faite par NocoDB.`,
    ),
  )
}
