import { proposedTitles, sameRows, tellingColumns } from '../domain/adoption/same-rows.ts'
import type { TableProposal } from '../domain/adoption/propose.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { RowsOf } from './adopt-ask.ts'
import { shownTitle } from './shown-title.ts'

/** A table of theirs, and the titles of its columns by the keys of ours. */
type Listed = { readonly title: string; readonly columns: ReadonlyMap<string, string> }

/** Why a table may be another list of the same places: « 41 fiches sur 52 sont aussi dans « Lieux » »; null: it is not. */
export async function sameRowsText(
  table: Listed,
  other: Listed,
  rowsOf: RowsOf,
  { evidence }: AdoptionRules,
): Promise<string | null> {
  const [own, theirs] = tellingColumns(table.columns, other.columns)
  const { rows, of } = sameRows(await rowsOf(table.title, own), await rowsOf(other.title, theirs))
  if (of === 0 || rows < evidence.repeated * of) return null
  return typeset(
    `${counted(rows, 'fiche')} sur ${of} ${rows < 2 ? 'est' : 'sont'} aussi dans « ${shownTitle(other.title)} » (même SIRET, ou mêmes nom et commune)`,
  )
}

/** A proposal as a table to be compared. */
export function listed({ columns }: Pick<TableProposal, 'columns'>, title: string): Listed {
  return { title, columns: proposedTitles({ columns }) }
}
