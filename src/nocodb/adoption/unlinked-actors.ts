import type { Columns } from '../../config/columns-file.ts'
import type { ActorFields } from '../../domain/actor.ts'
import type { FieldName } from '../../domain/fields.ts'
import { readFields } from '../../domain/reading/read-fields.ts'
import type { Base } from '../base.ts'
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
  { actors }: Columns,
  textColumn: string | null,
): Promise<{ readonly all: number; readonly unlinked: readonly UnlinkedActor[] }> {
  const { commune, code_postal: postal, code_insee: insee, epci } = actors.columns
  const table = base.table(actors.title)
  const traces = [actors.columns.epciTrace.title].filter((title) => table.columns.has(title))
  const titles = [epci.title, commune.title, postal.title, insee.title, ...traces]
  const columns = textColumn === null ? titles : [...titles, textColumn]
  const unlinked: UnlinkedActor[] = []
  let all = 0
  for await (const page of readRows(base, table, { columns })) {
    all += page.length
    for (const row of page) {
      if (typeof row[epci.title] === 'number') continue
      const cells: Partial<Record<FieldName, string | null>> = {
        commune: text(row[commune.title]),
        code_postal: text(row[postal.title]),
        code_insee: text(row[insee.title]),
      }
      const { fields } = readFields((field) => cells[field] ?? null)
      unlinked.push({
        ...{ id: row.Id, fields, text: textColumn === null ? null : text(row[textColumn]) },
        trace: traces.length === 0 ? null : readTrace(row[traces[0]!]),
      })
    }
  }
  return { all, unlinked }
}

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined || String(cell).trim() === '' ? null : String(cell)
}
