import type { Columns } from '../../config/columns-file.ts'
import type { ViewWords } from '../../config/views-file.ts'
import type { Base } from '../base.ts'
import { ROW_ID } from '../cells.ts'
import type { Row, RowId } from '../cells.ts'
import { sirenOf } from '../epci-identity.ts'
import { readRows } from '../rows.ts'
import {
  epciInvitationsView,
  epciProposalsView,
  epciView,
  officerView,
  referentProposalsView,
} from './desired-views.ts'
import type { DesiredView } from './desired-views.ts'

/** The names that the views of people are made with. */
export type ViewFamilies = { readonly columns: Columns; readonly words: ViewWords }

/** A référent and the list of their EPCI; `address` is what stands beside their name now. */
export type ReferentList = {
  readonly id: RowId
  readonly view: Pick<DesiredView, 'key' | 'title'>
  readonly address: string | null
}

/** The views that follow from rows, and whose référent each list is. */
export type FamilyViews = {
  readonly views: readonly DesiredView[]
  readonly referents: readonly ReferentList[]
}

/** One list for each EPCI that has référents, those of the proposals to it and to each référent, one for each chargé·e de déploiement; none in a base without the tables. */
export async function familyViews(base: Base, { columns, words }: ViewFamilies): Promise<FamilyViews> {
  const [epcis, referents] = await Promise.all([
    readTable(base, columns.epcis.title, [
      columns.epcis.columns.name.title,
      columns.epcis.columns.deploymentOfficer.title,
      columns.epcis.columns.siren.title,
    ]),
    readTable(base, columns.referents.title, [
      columns.referents.columns.epci.title,
      columns.referents.columns.name.title,
      columns.referents.columns.view.title,
    ]),
  ])
  const sirens = new Map(
    epcis.map((row) => [row[ROW_ID], sirenOf(row[columns.epcis.columns.siren.title] ?? null)]),
  )
  const names = new Map(epcis.map((row) => [row[ROW_ID], text(row, columns.epcis.columns.name.title)]))
  const views = new Map<string, DesiredView>()
  const people = new Map<string, { readonly id: RowId; readonly sirens: string[] }>()
  const lists = referents.flatMap((row): ReferentList[] => {
    const epci = row[columns.referents.columns.epci.title]
    const name = typeof epci === 'number' ? (names.get(epci) ?? null) : null
    if (name === null) return []
    const view = epciView(columns, words, name)
    views.set(view.key, view)
    const siren = sirens.get(epci as RowId) ?? null
    for (const viewOf of siren === null ? [] : [epciProposalsView, epciInvitationsView]) {
      const other = viewOf(columns, words, { name, siren: siren ?? '' })
      if (other !== null) views.set(other.key, other)
    }
    const person = text(row, columns.referents.columns.name.title)?.trim()
    if (person !== undefined && siren !== null) {
      const known = people.get(person) ?? { id: row[ROW_ID], sirens: [] }
      if (!known.sirens.includes(siren)) known.sirens.push(siren)
      people.set(person, known)
    }
    const { key, title } = view
    return [
      { id: row[ROW_ID], view: { key, title }, address: text(row, columns.referents.columns.view.title) },
    ]
  })
  for (const [name, theirs] of people) {
    const view = referentProposalsView(columns, words, { name, ...theirs })
    if (view !== null) views.set(view.key, view)
  }
  const officers = epcis.map((row) => text(row, columns.epcis.columns.deploymentOfficer.title))
  const followed = [...new Set(officers.filter((name) => name !== null))].sort(byName)
  const sorted = [...views.values()].sort((one, other) => byName(one.title, other.title))
  return {
    views: [...sorted, ...followed.map((name) => officerView(columns, words, name))],
    referents: lists,
  }
}

/** The rows of a table, as far as it is there: a column that is missing is empty. */
async function readTable(base: Base, title: string, columns: readonly string[]): Promise<Row[]> {
  const table = base.tables.get(title)
  if (table === undefined) return []
  const rows: Row[] = []
  const present = columns.filter((one) => table.columns.has(one))
  for await (const page of readRows(base, table, { columns: present })) rows.push(...page)
  return rows
}

function text(row: Row, title: string): string | null {
  const cell = row[title]
  return typeof cell === 'string' && cell.trim() !== '' ? cell : null
}

function byName(one: string, other: string): number {
  return one.localeCompare(other, 'fr')
}
