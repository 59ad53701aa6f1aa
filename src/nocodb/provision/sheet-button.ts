import type { Columns } from '../../config/columns-file.ts'
import type { MetaClient } from '../meta-client.ts'
import { MARK } from '../meta-model.ts'
import type { CurrentColumn, CurrentTable } from '../meta-model.ts'
import { hideNewColumns } from './arrange.ts'
import { named } from './grid-columns.ts'
import { newName } from './new-name.ts'

/** A button that opens a page of the service; `formula` gives its address, in NocoDB's own language. */
export type DesiredSheet = {
  readonly table: string
  readonly title: string
  readonly description: string
  readonly formula: string
}

/** How the button stands: it may be missing, or lead elsewhere (the service has moved). */
export type SheetState = 'present' | 'absent' | 'elsewhere' | 'taken'

/** The button of each EPCI that opens its sheet at `publicUrl`/epcis/{siren}. */
export function desiredSheet(columns: Columns, publicUrl: string): DesiredSheet {
  const address = publicUrl.replace(/\/*$/, '').replaceAll('"', '%22')
  const siren = named(columns, 'epcis', 'siren').title
  return {
    table: columns.epcis.title,
    ...named(columns, 'epcis', 'sheet'),
    formula: `CONCAT("${address}/epcis/",{${siren}})`,
  }
}

/** Held against the column of that title. */
export function sheetState(found: CurrentColumn | undefined, { formula }: DesiredSheet): SheetState {
  if (found === undefined) return 'absent'
  if (found.uidt !== 'Button' || found.stage === null) return 'taken'
  return found.formula === formula ? 'present' : 'elsewhere'
}

/** Makes the button, or leads the one that is there to where the service is. v3 makes one that shows nothing (0.301.3). */
export async function setSheet(meta: MetaClient, table: CurrentTable, sheet: DesiredSheet): Promise<void> {
  const { title, description, formula } = sheet
  const found = table.columns.find((column) => column.title === title)
  const look = { type: 'url', label: title, color: 'brand', theme: 'light', icon: 'ncExternalLink' }
  const body = { title, uidt: 'Button', ...look, formula_raw: formula, formula }
  if (found === undefined) {
    const column_name = newName(title, new Set(table.columns.map(({ name }) => name)))
    const made = { ...body, column_name, description, meta: { [MARK]: 'done' } }
    await meta.createColumn(table.id, made)
    return hideNewColumns(meta, table)
  }
  await meta.changeColumn(found.id, () => body)
}
