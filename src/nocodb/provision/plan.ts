import type { Option } from '../../columns/kinds.ts'
import { typeset } from '../../domain/typography.ts'
import type { CurrentColumn, CurrentTable } from '../meta-model.ts'
import { accepts } from './accepted-types.ts'
import { findView } from './current-schema.ts'
import type { DesiredColumn, DesiredLink, DesiredSchema, DesiredTable } from './desired-schema.ts'
import type { DesiredView } from './desired-views.ts'
import type { DesiredButton, DesiredWebhook } from './desired-webhooks.ts'
import { sheetState } from './sheet-button.ts'
import type { DesiredSheet } from './sheet-button.ts'
import type { ReferentList } from './view-families.ts'

/** One thing to do; `summary` says it in one French line. Each can be done again without harm. */
export type Step = { readonly summary: string } & (
  | { readonly kind: 'create-table'; readonly table: DesiredTable }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: DesiredColumn }
  | {
      readonly kind: 'add-options'
      readonly table: string
      readonly column: string
      readonly options: readonly Option[]
    }
  | {
      readonly kind: 'adopt-column'
      readonly table: string
      readonly column: string
      /** `table.column` of config/columns.yaml. */
      readonly key: string
    }
  | { readonly kind: 'add-link'; readonly link: DesiredLink }
  | { readonly kind: 'arrange-table'; readonly table: DesiredTable }
  | { readonly kind: 'create-view'; readonly view: DesiredView }
  | { readonly kind: 'set-webhook'; readonly webhook: DesiredWebhook }
  | { readonly kind: 'set-button'; readonly button: DesiredButton }
  | { readonly kind: 'set-sheet'; readonly sheet: DesiredSheet }
  | { readonly kind: 'link-referents'; readonly referents: readonly ReferentList[] }
)

/** The steps from what is to what should be, and what stands in their way (nothing may be done while there is one). */
export type Plan = { readonly steps: readonly Step[]; readonly conflicts: readonly string[] }

/** What a base lacks. Nothing is ever deleted or renamed; what people made is left as it is. */
export function plan(current: readonly CurrentTable[], desired: DesiredSchema): Plan {
  const tables = new Map(current.map((table) => [table.title, table]))
  const conflicts: string[] = []
  const steps: Step[] = []
  for (const table of desired.tables) {
    const found = tables.get(table.title)
    if (found === undefined) steps.push(createTable(table))
    else for (const column of table.columns) planColumn(found, table, column, steps, conflicts)
  }
  for (const link of desired.links) planLink(tables, link, steps, conflicts)
  if (desired.sheet !== null) planSheet(tables.get(desired.sheet.table), desired.sheet, steps, conflicts)
  for (const table of desired.tables) planGrid(tables.get(table.title), table, steps)
  for (const view of desired.views) planView(tables.get(view.table), view, steps)
  return { steps, conflicts }
}

function createTable(table: DesiredTable): Step {
  const count = table.columns.length
  const summary = typeset(`Créer la table « ${table.title} » (${count} colonne${count > 1 ? 's' : ''})`)
  return { kind: 'create-table', table, summary }
}

function planColumn(
  table: CurrentTable,
  own: DesiredTable,
  column: DesiredColumn,
  steps: Step[],
  conflicts: string[],
): void {
  const found = table.columns.find(({ title }) => title === column.title)
  if (found === undefined) {
    const summary = typeset(`Ajouter la colonne « ${column.title} » à « ${table.title} »`)
    steps.push({ kind: 'add-column', table: table.title, column, summary })
    return
  }
  if (!accepts(column, found.uidt)) {
    conflicts.push(mismatch(table, found, `Portrea y attend ${column.uidt}`))
    return
  }
  if (column.role === 'written' && found.stage === null) {
    const summary = typeset(`Confier à Portrea la colonne vide « ${column.title} » de « ${table.title} »`)
    const key = `${own.key}.${own.keys.get(column.title) ?? column.title}`
    steps.push({ kind: 'adopt-column', table: table.title, column: column.title, key, summary })
  }
  // The national lists are long, and only read: somebody's own select keeps the choices that they made for it.
  const theirs = column.standard && found.stage === null
  const options = isSelect(found) && !theirs ? lacking(found, column.options) : []
  if (options.length === 0) return
  const list = options.map(({ title }) => `« ${title} »`).join(', ')
  const summary = typeset(`Ajouter à « ${column.title} » de « ${table.title} » les choix ${list}`)
  steps.push({ kind: 'add-options', table: table.title, column: column.title, options, summary })
}

function isSelect({ uidt }: CurrentColumn): boolean {
  return uidt === 'SingleSelect' || uidt === 'MultiSelect'
}

/** The options that a select has not yet, by title. */
export function lacking(column: CurrentColumn, options: readonly Option[]): Option[] {
  const present = new Set(column.options.map(({ title }) => title))
  return options.filter(({ title }) => !present.has(title))
}

function planLink(
  tables: ReadonlyMap<string, CurrentTable>,
  link: DesiredLink,
  steps: Step[],
  conflicts: string[],
): void {
  const state = linkState(tables.get(link.parent), tables.get(link.child), link)
  if (state.kind === 'conflict') conflicts.push(state.sentence)
  if (state.kind === 'absent' || state.kind === 'unnamed') {
    const summary = typeset(`Relier « ${link.child} » à « ${link.parent} » (« ${link.childTitle} »)`)
    steps.push({ kind: 'add-link', link, summary })
  }
}

/** How far a link is: `unnamed` when it stands, and its child's side has still the name that NocoDB gave it. */
export type LinkState =
  | { readonly kind: 'present' | 'absent' }
  | { readonly kind: 'unnamed'; readonly child: CurrentColumn; readonly parent: CurrentColumn }
  | { readonly kind: 'conflict'; readonly sentence: string }

export function linkState(
  parent: CurrentTable | undefined,
  child: CurrentTable | undefined,
  link: DesiredLink,
): LinkState {
  const below = child?.columns.find(({ title }) => title === link.childTitle)
  const above = parent?.columns.find(({ title }) => title === link.title)
  if (child !== undefined && below !== undefined) {
    if (below.relation?.table !== parent?.id || !['bt', 'oo', 'mo'].includes(below.relation?.type ?? ''))
      return conflict(
        child,
        below,
        `Portrea y attend un lien de chaque ligne vers une ligne de « ${link.parent} »`,
      )
    // NocoDB may give it the very name that is wanted: that it was begun here tells that it is not whole.
    const broken = above?.stage === 'begun' && isOtherSide(below, above, parent!)
    return broken ? { kind: 'unnamed', child: below, parent: above } : { kind: 'present' }
  }
  if (parent === undefined || above === undefined) return { kind: 'absent' }
  const other = child?.columns.find((column) => isOtherSide(column, above, parent))
  if (child === undefined || other === undefined || above.relation?.table !== child.id)
    return conflict(parent, above, `Portrea y attend la liste des lignes de « ${link.child} »`)
  if (other.description === '' && /^\d*$/.test(other.title.replace(parent.title, '')))
    return { kind: 'unnamed', child: other, parent: above }
  return conflict(
    child,
    other,
    `elle mène déjà à « ${link.parent} », et Portrea attend « ${link.childTitle} »`,
  )
}

function isOtherSide(column: CurrentColumn, above: CurrentColumn, parent: CurrentTable): boolean {
  return column.relation?.table === parent.id && column.relation.key === above.relation?.key
}

function conflict(table: CurrentTable, column: CurrentColumn, expected: string): LinkState {
  return { kind: 'conflict', sentence: mismatch(table, column, expected) }
}

function mismatch(table: CurrentTable, column: CurrentColumn, expected: string): string {
  return typeset(
    `La colonne « ${column.title} » de « ${table.title} » est de type ${column.uidt} ; ${expected}. Donnez à Portrea un autre nom pour elle dans config/columns.yaml, ou changez-la dans NocoDB.`,
  )
}

/** Only the first grid of a table that provision made: people's own stays as they left it. */
function planGrid(found: CurrentTable | undefined, table: DesiredTable, steps: Step[]): void {
  if (found !== undefined && found.stage !== 'begun') return
  const summary = typeset(`Mettre en ordre la première vue de « ${table.title} »`)
  steps.push({ kind: 'arrange-table', table, summary })
}

function planSheet(
  table: CurrentTable | undefined,
  sheet: DesiredSheet,
  steps: Step[],
  conflicts: string[],
): void {
  const found = table?.columns.find(({ title }) => title === sheet.title)
  const state = sheetState(found, sheet)
  if (table !== undefined && found !== undefined && state === 'taken')
    conflicts.push(mismatch(table, found, 'Portrea y place un bouton à lui'))
  if (state === 'present' || state === 'taken') return
  const gesture = state === 'absent' ? 'Ajouter le bouton' : "Corriger l'adresse du bouton"
  const summary = typeset(`${gesture} « ${sheet.title} » de « ${sheet.table} »`)
  steps.push({ kind: 'set-sheet', sheet, summary })
}

const KINDS: Readonly<Record<DesiredView['kind'], string>> = {
  grid: 'la vue',
  kanban: 'le kanban',
  calendar: 'le calendrier',
  form: 'le formulaire',
}

function planView(table: CurrentTable | undefined, view: DesiredView, steps: Step[]): void {
  const found = findView(table, view)
  if (found !== undefined && found.stage !== 'begun') return
  const summary = typeset(`Créer ${KINDS[view.kind]} « ${view.title} » de « ${view.table} »`)
  steps.push({ kind: 'create-view', view, summary })
}
