import type { Columns } from '../../config/columns-file.ts'
import type { ActorFields } from '../../domain/actor.ts'
import type { FieldName } from '../../domain/fields.ts'
import { readFields } from '../../domain/reading/read-fields.ts'
import { fieldReadings } from '../actor-fields.ts'
import type { Base } from '../base.ts'
import { ROW_ID } from '../cells.ts'
import type { Cell, RowId } from '../cells.ts'
import { readTrace } from '../epci-trace.ts'
import type { EpciTrace } from '../epci-trace.ts'
import { readRows } from '../rows.ts'

/** A record that is linked to no EPCI: where it says that it is. */
export type UnlinkedActor = {
  readonly id: RowId
  readonly fields: ActorFields
  readonly text: string | null
  /** What the service noted of its link before. */
  readonly trace: EpciTrace | null
}

/** How many records there are, and those without a link; `textColumn` is the title of the one that names the EPCI. */
export async function readUnlinkedActors(
  base: Base,
  columns: Columns,
  textColumn: string | null,
): Promise<{ readonly all: number; readonly unlinked: readonly UnlinkedActor[] }> {
  const { epci, epciTrace } = columns.actors.columns
  const table = base.table(columns.actors.title)
  const { commune, code_postal: postal, code_insee: insee } = fieldReadings(columns.actors.columns, table)
  const places = [commune, postal, insee].flatMap(({ titles }) => titles)
  const traces = [epciTrace.title].filter((title) => table.columns.has(title))
  const own = [epci.title, ...places, ...traces]
  const titles = textColumn === null ? own : [...own, textColumn]
  const unlinked: UnlinkedActor[] = []
  let all = 0
  for await (const page of readRows(base, table, { columns: titles })) {
    all += page.length
    for (const row of page) {
      if (typeof row[epci.title] === 'number') continue
      const cells: Partial<Record<FieldName, string | null>> = {
        commune: commune.read(row),
        code_postal: postal.read(row),
        code_insee: insee.read(row),
      }
      const { fields } = readFields((field) => cells[field] ?? null)
      unlinked.push({
        ...{ id: row[ROW_ID], fields, text: textColumn === null ? null : text(row[textColumn]) },
        trace: traces.length === 0 ? null : readTrace(row[traces[0]!]),
      })
    }
  }
  return { all, unlinked }
}

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined || String(cell).trim() === '' ? null : String(cell)
}
