import type { Columns } from '../../config/columns-file.ts'
import type { ActorFields } from '../../domain/actor.ts'
import type { FieldName } from '../../domain/fields.ts'
import type { RecordId } from '../../domain/record-id.ts'
import { readFields } from '../../domain/reading/read-fields.ts'
import { frenchList, typeset } from '../../domain/typography.ts'
import { PortreaError } from '../../errors.ts'
import { fieldReadings } from '../actor-fields.ts'
import { actorTables } from '../actor-tables.ts'
import type { ActorTable } from '../actor-tables.ts'
import type { Base } from '../base.ts'
import { ROW_ID } from '../cells.ts'
import type { Cell } from '../cells.ts'
import { readTrace } from '../epci-trace.ts'
import type { EpciTrace } from '../epci-trace.ts'
import { readRows } from '../rows.ts'

/** A record that is linked to no EPCI: where it says that it is. */
export type UnlinkedActor = {
  readonly id: RecordId
  readonly fields: ActorFields
  readonly text: string | null
  /** What the service noted of its link before. */
  readonly trace: EpciTrace | null
}

/**
 * How many records there are in all tables of actors, and those without a link.
 * @param textColumns titles of columns that name the EPCI: of each table the first that it has. Throws SCHEMA_MISMATCH
 * where no table has one of them.
 */
export async function readUnlinkedActors(
  base: Base,
  columns: Columns,
  textColumns: readonly string[],
): Promise<{ readonly all: number; readonly unlinked: readonly UnlinkedActor[] }> {
  const { tables } = actorTables(base, columns)
  const missing = textColumns.filter((title) => tables.every(({ table }) => !table.columns.has(title)))
  if (missing.length > 0) throw notThere(missing, tables)
  const unlinked: UnlinkedActor[] = []
  let all = 0
  for (const from of tables) {
    const text = textColumns.find((title) => from.table.columns.has(title)) ?? null
    for await (const page of unlinkedIn(base, from, text)) {
      all += page.rows
      unlinked.push(...page.unlinked)
    }
  }
  return { all, unlinked }
}

async function* unlinkedIn(base: Base, { table, names, idOf }: ActorTable, textColumn: string | null) {
  const { epci, epciTrace } = names
  const { commune, code_postal: postal, code_insee: insee } = fieldReadings(names, table)
  const places = [commune, postal, insee].flatMap(({ titles }) => titles)
  const traces = [epciTrace.title].filter((title) => table.columns.has(title))
  const own = [epci.title, ...places, ...traces]
  const titles = textColumn === null ? own : [...own, textColumn]
  for await (const page of readRows(base, table, { columns: titles })) {
    const unlinked: UnlinkedActor[] = []
    for (const row of page) {
      if (typeof row[epci.title] === 'number') continue
      const cells: Partial<Record<FieldName, string | null>> = {
        commune: commune.read(row),
        code_postal: postal.read(row),
        code_insee: insee.read(row),
      }
      const { fields } = readFields((field) => cells[field] ?? null)
      unlinked.push({
        ...{ id: idOf(row[ROW_ID]), fields, text: textColumn === null ? null : text(row[textColumn]) },
        trace: traces.length === 0 ? null : readTrace(row[traces[0]!]),
      })
    }
    yield { rows: page.length, unlinked }
  }
}

function notThere(missing: readonly string[], tables: readonly ActorTable[]): PortreaError {
  const quoted = (titles: readonly string[]) => frenchList(titles.map((title) => `« ${title} »`))
  const where = tables.length < 2 ? 'n’est pas une colonne de' : 'n’est une colonne d’aucune de ces tables :'
  return new PortreaError(
    'SCHEMA_MISMATCH',
    typeset(
      `${quoted(missing)} ${where} ${quoted(tables.map(({ title }) => title))} ; donnez le titre de la colonne qui nomme l'EPCI, tel qu'il est dans NocoDB.`,
    ),
  )
}

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined || String(cell).trim() === '' ? null : String(cell)
}
