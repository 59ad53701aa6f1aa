import { EPCI_INVITATIONS } from '../../columns/invitation-views.ts'
import { EPCI_PROPOSALS, REFERENT_PROPOSALS } from '../../columns/proposal-views.ts'
import type { ColumnKey, TableKey } from '../../columns/tables.ts'
import { EPCI_LIST, FORM_KEYS, FORMS, OFFICER_LIST, VIEW_KEYS, VIEWS } from '../../columns/views.ts'
import type {
  GridDefinition,
  RowFilter,
  RowHeight,
  Total,
  ViewDefinition,
} from '../../columns/view-definition.ts'
import type { ViewKey } from '../../columns/views.ts'
import type { Columns } from '../../config/columns-file.ts'
import type { FormWords, ViewWords } from '../../config/views-file.ts'
import { typeset } from '../../domain/typography.ts'
import type { RowId } from '../cells.ts'
import { columnNamed, gridColumn, isMapped, named, optionCount } from './grid-columns.ts'
import type { GridColumn } from './grid-columns.ts'

/** One condition on a column, as NocoDB writes it. */
export type DesiredCondition = {
  readonly title: string
  readonly operator: 'notblank' | 'blank' | 'eq' | 'anyof'
  readonly value: string | null
}

/** One question of a form; `list` shows the options of a select one below the other. */
export type DesiredQuestion = {
  readonly title: string
  readonly question: string
  readonly help: string
  readonly required: boolean
  readonly list: boolean
}

/** A view of `table`; `key` says which of ours it is. Tables and columns by title; `rows`: any of these, each all of its conditions. */
export type DesiredView = {
  readonly key: string
  readonly table: string
  readonly title: string
  readonly description: string
  readonly rows: readonly (readonly DesiredCondition[])[]
  readonly sorts: readonly { readonly title: string; readonly direction: 'asc' | 'desc' }[]
} & (
  | {
      readonly kind: 'grid'
      readonly columns: readonly GridColumn[]
      readonly groups: readonly string[]
      readonly rowHeight: RowHeight
    }
  | { readonly kind: 'kanban' | 'calendar'; readonly by: string; readonly columns: readonly string[] }
  | {
      readonly kind: 'form'
      readonly heading: string
      readonly subheading: string
      readonly thanks: string
      readonly questions: readonly DesiredQuestion[]
    }
)

/** The views and forms that every base has, under its names. */
export function desiredViews(columns: Columns, words: ViewWords): DesiredView[] {
  const views = VIEW_KEYS.flatMap((key) => {
    const own = (words.views as Readonly<Partial<Record<ViewKey, Words>>>)[key]
    return own === undefined ? [] : [desiredView(columns, VIEWS[key], own, key)]
  })
  const forms = FORM_KEYS.map((key) => desiredForm(columns, FORMS[key].table, words.forms[key], key))
  return [...views, ...forms]
}

/** The list of one EPCI, for its référents. The Community Edition knows no filter by the current user. */
export function epciView(columns: Columns, words: ViewWords, epci: string): DesiredView {
  const view = desiredView(columns, EPCI_LIST, filled(words.perEpci, '{epci}', epci), `perEpci ${epci}`)
  const { title } = columns.actors.columns.epci
  return { ...view, rows: [[{ title, operator: 'eq', value: epci }]] }
}

/** The proposals of one EPCI, for its référents; null: the Hub's config/views.yaml has no words for such a list. */
export function epciProposalsView(
  columns: Columns,
  words: ViewWords,
  { name, siren }: { readonly name: string; readonly siren: string },
): DesiredView | null {
  if (words.perEpciProposals === undefined) return null
  const own = filled(words.perEpciProposals, '{epci}', name)
  const view = desiredView(columns, EPCI_PROPOSALS, own, `perEpciProposals ${siren}`)
  const { title } = columns.proposals.columns.siren
  return { ...view, rows: view.rows.map((all) => [...all, { title, operator: 'eq', value: siren }]) }
}

/**
 * The proposals of the EPCI of one référent, by their name; null: the Hub's config/views.yaml has no words for such a list.
 * @param id a row of the référent, which the list is known by: the service keeps no name
 */
export function referentProposalsView(
  columns: Columns,
  words: ViewWords,
  { id, name, sirens }: { readonly id: RowId; readonly name: string; readonly sirens: readonly string[] },
): DesiredView | null {
  if (words.perReferentProposals === undefined) return null
  const own = filled(words.perReferentProposals, '{nom}', name)
  const view = desiredView(columns, REFERENT_PROPOSALS, own, `perReferentProposals ${id}`)
  const { title } = columns.proposals.columns.siren
  const rows = sirens.flatMap((value) =>
    view.rows.map((all) => [...all, { title, operator: 'eq' as const, value }]),
  )
  return { ...view, rows }
}

/** Whom to invite in one EPCI, for its référents; null: the Hub's config/views.yaml has no words for such a list. */
export function epciInvitationsView(
  columns: Columns,
  words: ViewWords,
  { name, siren }: { readonly name: string; readonly siren: string },
): DesiredView | null {
  if (words.perEpciInvitations === undefined) return null
  const own = filled(words.perEpciInvitations, '{epci}', name)
  const view = desiredView(columns, EPCI_INVITATIONS, own, `perEpciInvitations ${siren}`)
  const { title } = columns.invitations.columns.siren
  return { ...view, rows: view.rows.map((all) => [...all, { title, operator: 'eq', value: siren }]) }
}

/** The EPCI that one person of the Hub follows. */
export function officerView(columns: Columns, words: ViewWords, officer: string): DesiredView {
  const named = filled(words.perOfficer, '{nom}', officer)
  const view = desiredView(columns, OFFICER_LIST, named, `perOfficer ${officer}`)
  const { title } = columns.epcis.columns.deploymentOfficer
  return { ...view, rows: [[{ title, operator: 'eq', value: officer }]] }
}

type Words = { readonly title: string; readonly description: string }

/** What people wrote stays as they wrote it: only the words around it are set in French typography. */
function filled({ title, description }: Words, placeholder: string, value: string): Words {
  const fill = (text: string) => typeset(text).replaceAll(placeholder, value)
  return { title: fill(title), description: fill(description) }
}

function desiredView(columns: Columns, view: ViewDefinition, words: Words, key: string): DesiredView {
  const { table, rows = [], sorts = [] } = view
  const title = (key: string) => named(columns, table, key).title
  const there = <Key extends string>(keys: readonly Key[]) =>
    keys.filter((key) => !isMapped(columns, table, key))
  const common = {
    key,
    table: columns[table].title,
    title: words.title,
    description: typeset(words.description),
    rows: filterOf(rows, title, (key, values) => inTheirWords(columns, table, key, values)),
    sorts: sorts
      .filter(([key]) => !isMapped(columns, table, key))
      .map(([key, direction]) => ({ title: title(key), direction })),
  }
  if (view.kind !== 'grid')
    return { ...common, kind: view.kind, by: title(view.by), columns: there(view.columns).map(title) }
  return {
    ...common,
    kind: 'grid',
    columns: there(view.columns).map((key) => viewColumn(columns, view, key)),
    groups: there(view.groups ?? []).map(title),
    rowHeight: view.rowHeight,
  }
}

function viewColumn(columns: Columns, view: GridDefinition, key: ColumnKey): GridColumn {
  const widths: Readonly<Partial<Record<string, number>>> = view.widths ?? {}
  const totals: Readonly<Partial<Record<string, Total>>> = view.totals ?? {}
  const column = gridColumn(columns, view.table, key)
  return { ...column, width: widths[key] ?? column.width, total: totals[key] ?? null }
}

/** The words of a Hub's own that mean one of these values are looked for too. */
function inTheirWords(
  columns: Columns,
  table: TableKey,
  key: string,
  values: readonly string[],
): readonly string[] {
  const words = Object.entries(columnNamed(columns, table, key)?.words ?? {})
  return [...values, ...words.flatMap(([word, meaning]) => (values.includes(meaning) ? [word] : []))]
}

function filterOf(
  rows: RowFilter,
  title: (key: string) => string,
  worded: (key: string, values: readonly string[]) => readonly string[],
): DesiredView['rows'] {
  return rows.map((conditions) =>
    conditions.map((condition) => {
      const of = title(condition.column)
      switch (condition.is) {
        case 'filled':
          return { title: of, operator: 'notblank', value: null }
        case 'empty':
          return { title: of, operator: 'blank', value: null }
        case 'unlinked':
          return { title: of, operator: 'eq', value: '0' }
        case 'oneOf':
          return { title: of, operator: 'anyof', value: worded(condition.column, condition.values).join(',') }
      }
    }),
  )
}

/** More options than this would fill the screen: they open on a click. */
const LISTED = 5

function desiredForm(columns: Columns, table: TableKey, form: FormWords, key: string): DesiredView {
  const own = Object.entries(form.questions).filter(([column]) => !isMapped(columns, table, column))
  const questions = own.map(([column, asked]) => {
    const { title, description } = named(columns, table, column)
    const options = optionCount(table, column)
    return {
      title,
      question: asked?.question === undefined ? title : typeset(asked.question),
      help: asked?.help === undefined ? description : typeset(asked.help),
      required: asked?.required ?? false,
      list: options > 0 && options <= LISTED,
    }
  })
  const { title, description, heading, subheading, thanks } = form
  return {
    ...{ kind: 'form', key, table: columns[table].title, title, description: typeset(description) },
    ...{ heading: typeset(heading), subheading: typeset(subheading), thanks: typeset(thanks) },
    ...{ questions, rows: [], sorts: [] },
  }
}
