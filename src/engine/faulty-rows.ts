import type { Columns } from '../config/columns-file.ts'
import { tellsFaultyRow } from '../domain/epci-rows.ts'
import { assertUnmoved } from '../nocodb/drift.ts'
import { linkedActors } from '../nocodb/read-actors.ts'
import type { EpciRow, DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { changeOf, FIGURE_KEYS } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import { declaredRowCounts } from './base-counts.ts'
import { enqueueRecords } from './enqueue-records.ts'
import { brakeSays } from './live-brake.ts'
import type { LiveSync } from './live-memory.ts'
import { orphanNotes } from './orphans.ts'
import type { SyncContext } from './sync-context.ts'

/**
 * Of the rows of the table EPCI for which nothing is computed: why, told in the row itself, in the place of figures that
 * may be of another EPCI; once it is mended, nothing of it.
 */
function faultyRowChanges(columns: Columns, { epcis }: Pick<DeclaredRows, 'epcis'>): Change[] {
  const first = new Map<string, EpciRow>()
  for (const row of [...epcis].sort((one, other) => one.id - other.id))
    if (row.siren !== null && !first.has(row.siren)) first.set(row.siren, row)
  const { columns: names } = columns.epcis
  const why = names.why.title
  const none = Object.fromEntries(FIGURE_KEYS.map((key) => [names[key].title, null]))
  return epcis.flatMap(({ id, siren, fault, row }): Change[] => {
    if (fault !== null) return [changeOf(row, { ...none, [why]: fault })].filter((one) => one !== null)
    const computed = siren !== null && first.get(siren)?.id === id
    const cell = row[why]
    const stale = !computed && typeof cell === 'string' && tellsFaultyRow(cell)
    return stale ? [{ id, cells: { [why]: null } }] : []
  })
}

/** What is to be written to rows that count for no EPCI: those of the EPCI table, and the diagnostics. */
export type Uncounted = { readonly rows: readonly Change[]; readonly notes: readonly Change[] }

/** Of some EPCI alone, nothing is told of the others. */
export const NOTHING_UNCOUNTED: Uncounted = { rows: [], notes: [] }

/** Of the whole base. */
export function uncountedChanges(columns: Columns, declaredRows: DeclaredRows): Uncounted {
  return { rows: faultyRowChanges(columns, declaredRows), notes: orphanNotes(columns, declaredRows) }
}

/**
 * Tells it between two runs, in those rows and in the diagnostics that count for no EPCI, and has the records linked to
 * them looked at again; not of a base whose figures wait for a person, or which so many rows left at once (a SIREN dragged
 * down its column) that a run is to look at it first.
 */
export async function tellUncounted(
  parts: SyncContext & Pick<Partial<LiveSync>, 'memory' | 'suspect'>,
  declaredRows: DeclaredRows,
): Promise<void> {
  const { base, columns, memory } = parts
  const { rows: changes, notes } = uncountedChanges(columns, declaredRows)
  if (changes.length + notes.length === 0) return
  if ((await brakeSays(parts, async () => declaredRowCounts(columns, declaredRows))) !== null) return
  const tables = [columns.diagnostics.title, columns.epcis.title] as const
  await assertUnmoved(base, tables)
  const told = await writeRows(base, base.table(tables[0]), notes)
  const emptied = await writeRows(base, base.table(tables[1]), changes)
  for (const one of [...told.refused, ...emptied.refused])
    base.log.warn(one, 'live: NocoDB refuses what is told of a row that counts for no EPCI')
  if (changes.length === 0) return
  memory?.keepDeclaredRows(declaredRows)
  const rows = changes.map(({ id }) => id)
  await enqueueRecords(parts, await linkedActors(base, columns, rows))
}
