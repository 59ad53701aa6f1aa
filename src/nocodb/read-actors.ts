import { hash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Columns } from '../config/columns-file.ts'
import type { Actor, ActorFields } from '../domain/actor.ts'
import { FIELDS } from '../domain/fields.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Base } from './base.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { readRows } from './rows.ts'

/** One row of the table Acteurs. */
export type ActorRow = {
  readonly id: RowId
  /** As the domain sees it; its `changedOn` is only a first guess (see `firstSeenOn`). */
  readonly actor: Actor
  /** Over what people wrote, EPCI link included: it moves when, and only when, a person changed something. */
  readonly fingerprint: string
  /** The day of NocoDB's own « updated at », else « created at » ('YYYY-MM-DD'); the service's writes move the first. */
  readonly touchedOn: string | null
  readonly row: Row
}

/** Written by people beside the 32 fields; part of the fingerprint. */
const HUMAN = ['step', 'lastContact', 'referent', 'verified', 'notDuplicateOf', 'doNotPublish'] as const
const WRITTEN = ['completeness', 'toComplete', 'anomalies', 'possibleDuplicates', 'freshness'] as const

/**
 * Every actor row, in the order of its id, a page at a time: only the columns that are needed.
 * @param sirenOf the SIREN of each row of the table EPCI, to read the link; where it is still being read, the pages of
 * actors are asked for meanwhile
 * @param ids only these rows, as far as they are still there; a few hundred at most, for they go into the address
 */
export async function* readActors(
  base: Base,
  { actors }: Columns,
  sirenOf: ReadonlyMap<RowId, string> | Promise<ReadonlyMap<RowId, string>>,
  ids?: readonly RowId[],
): AsyncGenerator<ActorRow[]> {
  const title = (key: keyof typeof actors.columns) => actors.columns[key].title
  const human = [...FIELDS, 'epci', ...HUMAN] as const
  const asked = [...human, ...WRITTEN].map(title)
  const table = base.table(actors.title)
  let known: ReturnType<typeof rowReader> | undefined
  const stamps = ['UpdatedAt', 'CreatedAt'].filter((name) => table.columns.has(name))
  const query = {
    columns: [...asked, ...stamps],
    ...(ids === undefined ? {} : { where: `(Id,in,${ids.join()})` }),
  }
  for await (const page of readRows(base, table, query)) {
    const toRow = (known ??= rowReader(title, human.map(title), await sirenOf))
    await turn() // The next requests leave before this page is worked on: the server is never idle.
    yield page.map(toRow)
  }
}

type Title = (key: FieldName | 'epci' | (typeof HUMAN)[number] | (typeof WRITTEN)[number]) => string

function rowReader(
  title: Title,
  human: readonly string[],
  sirenOf: ReadonlyMap<RowId, string>,
): (row: Row) => ActorRow {
  const fields = FIELDS.map((field) => [field, title(field)] as const)
  const epci = title('epci')
  const [step, lastContact, verified] = [title('step'), title('lastContact'), title('verified')]
  return (row) => {
    const linked = row[epci]
    const actor: Actor = {
      id: String(row.Id),
      fields: fieldsOf(row, fields),
      linkedEpci: typeof linked === 'number' ? (sirenOf.get(linked) ?? null) : null,
      contactedOn: dayOf(row[lastContact]),
      step: text(row[step]),
      verified: codes(row[verified]),
      changedOn: null,
    }
    const touchedOn = dayOf(row['UpdatedAt'] ?? row['CreatedAt'])
    return { id: row.Id, actor, fingerprint: fingerprint(row, human), touchedOn, row }
  }
}

function fieldsOf(row: Row, fields: readonly (readonly [FieldName, string])[]): ActorFields {
  const values: Partial<Record<FieldName, string | null>> = {}
  for (const [field, title] of fields) values[field] = text(row[title])
  return values as ActorFields
}

function fingerprint(row: Row, titles: readonly string[]): string {
  let all = ''
  for (const title of titles) all += `${row[title] ?? ''}\u001f`
  return hash('sha1', all, 'hex').slice(0, 32)
}

function codes(cell: Cell | undefined): string[] {
  return typeof cell === 'string' ? cell.split(/[|,;\s]+/).filter((code) => code !== '') : []
}

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell)
}
