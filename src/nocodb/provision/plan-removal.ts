import { counted, typeset } from '../../domain/typography.ts'
import type { Http } from '../http.ts'
import type { MetaClient } from '../meta-client.ts'
import type { CurrentColumn, CurrentTable } from '../meta-model.ts'
import { readOwnWebhooks } from './current-webhooks.ts'
import { countWhere, filledCount } from './filled.ts'
import type { LinkedActors, OwnCells, OwnWrites } from './own-writes.ts'
import type { PeopleUses } from './people-uses.ts'
import type { Provisioned } from './provisioned.ts'

/** Where people write; `ours`: the only word there that is the service's own, which does not count. */
export type HumanColumn = { readonly column: CurrentColumn; readonly ours: string | null }

/** One thing to take away; `summary` says it in French. */
export type Removal = { readonly summary: string } & (
  | { readonly kind: 'delete-webhook' | 'delete-view'; readonly id: string }
  | {
      readonly kind: 'delete-table'
      readonly table: string
      readonly human: readonly HumanColumn[]
      /** The condition of rows that people added by a name alone; null: there can be none. */
      readonly typed: string | null
    }
  | {
      readonly kind: 'delete-column'
      readonly table: string
      readonly column: CurrentColumn
      readonly written: boolean
    }
  | {
      readonly kind: 'delete-options'
      readonly table: string
      readonly column: string
      readonly titles: readonly string[]
    }
  | { readonly kind: 'release-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'empty-links'; readonly links: LinkedActors }
  | { readonly kind: 'empty-cells'; readonly cells: OwnCells }
  | { readonly kind: 'delete-rows' }
)

/** Something that Portrea made and that stays, with the reason in French. */
export type Kept = { readonly what: string; readonly reason: string }

export type RemovalPlan = { readonly removals: readonly Removal[]; readonly kept: readonly Kept[] }

export type RemovalFacts = {
  readonly http: Http
  readonly meta: MetaClient
  readonly schema: readonly CurrentTable[]
  readonly made: Provisioned
  readonly uses: PeopleUses
  /** What Portrea wrote in people's places, and nobody touched since: it goes first. */
  readonly own: OwnWrites
  /** Whether the service alone writes to a column, by `table.column`. */
  readonly isWritten: (place: string) => boolean
}

/**
 * What can go and what must stay. Only what Portrea made goes, and of that nothing in which people wrote, and nothing
 * that something of theirs rests upon.
 */
export async function planRemoval(facts: RemovalFacts): Promise<RemovalPlan> {
  const removals: Removal[] = ownRemovals(facts.own)
  const kept: Kept[] = []
  const whole: Removal[] = []
  const parts: Removal[] = []
  for (const table of facts.schema) {
    for (const { id, title } of await readOwnWebhooks(facts.meta, table.id))
      removals.push({
        kind: 'delete-webhook',
        id,
        summary: typeset(`Webhook « ${title} » de « ${table.title} »`),
      })
    const stay = await judgeTable(table, facts)
    if (stay === null) whole.push(await tableRemoval(table, facts))
    else {
      if (facts.made.tables.has(table.id))
        kept.push({ what: typeset(`Table « ${table.title} »`), reason: typeset(stay) })
      for (const view of table.views)
        if (facts.made.views.has(view.id))
          removals.push({
            kind: 'delete-view',
            id: view.id,
            summary: typeset(`Vue « ${view.title} » de « ${table.title} »`),
          })
      await judgeColumns(table, facts, parts, kept)
    }
  }
  const gone = new Set(whole.map((one) => (one.kind === 'delete-table' ? one.table : '')))
  const left = parts.filter((one) => !leadsTo(one, gone))
  return { removals: [...removals, ...whole, ...left], kept }
}

function ownRemovals({ linked, cells, epcis }: OwnWrites): Removal[] {
  const removals: Removal[] = linked.flatMap((one) =>
    one.links.length === 0
      ? []
      : [
          {
            kind: 'empty-links',
            links: one,
            summary: typeset(
              `Vider « ${one.title} » dans ${counted(one.links.length, 'ligne')} de « ${one.table} » : Portrea les avait rattachées, personne n'y a touché`,
            ),
          },
        ],
  )
  for (const one of cells.filter(({ value }) => value === null))
    removals.push({
      ...{ kind: 'empty-cells', cells: one },
      summary: typeset(
        `Vider « ${one.title} » dans ${counted(one.rows.length, 'ligne')} de « ${one.table} » : Portrea l'avait proposé, personne n'y a touché`,
      ),
    })
  if (epcis.length > 0)
    removals.push({
      kind: 'delete-rows',
      summary: typeset(
        `${counted(epcis.length, 'EPCI ajouté', 'EPCI ajoutés')} par \`adopt --link-epcis\`, que personne n'a ${epcis.length < 2 ? 'complété' : 'complétés'}`,
      ),
    })
  return removals
}

/** How many rows hold something of a person's in a column. */
async function filledByPeople({ http, own }: RemovalFacts, table: CurrentTable, column: CurrentColumn) {
  return (await filledCount(http, table.id, column)) - (own.filled.get(column.id) ?? 0)
}

/** A link to a table that goes, goes with it. */
function leadsTo(removal: Removal, gone: ReadonlySet<string>): boolean {
  return removal.kind === 'delete-column' && gone.has(removal.column.relation?.table ?? '')
}

/** Why a table stays; null: it goes, with all that it holds. */
async function judgeTable(table: CurrentTable, facts: RemovalFacts): Promise<string | null> {
  const { made, uses } = facts
  if (!made.tables.has(table.id)) return 'elle est à vous'
  const own = ownColumns(table)
  const foreign = own.find(({ id }) => !made.columns.has(id))
  if (foreign !== undefined) return `elle a une colonne à vous, « ${foreign.title} »`
  const view = table.views.slice(1).find(({ id }) => !made.views.has(id))
  if (view !== undefined) return `elle a une vue à vous, « ${view.title} »`
  for (const column of own) {
    const use = uses.of(column.id)
    if (use !== null) return `${use} s'appuie sur « ${column.title} »`
  }
  for (const column of humanColumns(table, facts)) {
    const count = await filledByPeople(facts, table, column)
    if (count > 0) return `${counted(count, 'ligne')} où « ${column.title} » est rempli`
  }
  const typed = typedRows(table, facts)
  const added = typed === null ? 0 : await countWhere(facts.http, table.id, typed)
  return added === 0 ? null : counted(added, 'ligne ajoutée à la main', 'lignes ajoutées à la main')
}

/** Invitations of no record, with a name: the service names only those of records. */
function typedRows(table: CurrentTable, { made }: RemovalFacts): string | null {
  const at = (place: string) => table.columns.find(({ id }) => made.columns.get(id) === place)?.id
  const [actor, record] = [at('invitations.actor'), at('invitations.recordId')]
  return actor === undefined || record === undefined ? null : `(${actor},notblank)~and(${record},blank)`
}

async function tableRemoval(table: CurrentTable, facts: RemovalFacts): Promise<Removal> {
  const rows = await countWhere(facts.http, table.id, null)
  const what = rows === 0 ? 'vide' : `${counted(rows, 'ligne')} de Portrea`
  const summary = typeset(`Table « ${table.title} » (${what})`)
  return {
    kind: 'delete-table',
    table: table.id,
    human: ofPeople(table, facts),
    typed: typedRows(table, facts),
    summary,
  }
}

function ofPeople(table: CurrentTable, facts: RemovalFacts): HumanColumn[] {
  return humanColumns(table, facts).map((column) => {
    const own = facts.own.cells.find(({ table: of, title }) => of === table.title && title === column.title)
    return { column, ours: own?.value ?? null }
  })
}

async function judgeColumns(
  table: CurrentTable,
  facts: RemovalFacts,
  parts: Removal[],
  kept: Kept[],
): Promise<void> {
  const { made, http } = facts
  for (const column of table.columns) {
    const place = made.columns.get(column.id)
    const named = `« ${column.title} » de « ${table.title} »`
    if (place !== undefined && !isList(column)) {
      const reason = await whyStays(table, column, facts)
      const written = facts.isWritten(place)
      if (reason !== null) kept.push({ what: typeset(`Colonne ${named}`), reason: typeset(reason) })
      else
        parts.push({
          kind: 'delete-column',
          table: table.id,
          column,
          written,
          summary: typeset(`Colonne ${named}`),
        })
    }
    if (made.taken.has(column.id))
      parts.push({
        ...{ kind: 'release-column', table: table.id, column: column.id },
        summary: typeset(`Rendre la colonne ${named} : elle est à vous, ses cases restent telles quelles`),
      })
    const unused = place === undefined ? await unusedOptions(http, table, column, made) : []
    if (unused.length > 0)
      parts.push({
        ...{ kind: 'delete-options', table: table.id, column: column.id, titles: unused },
        summary: typeset(`Choix ajoutés à ${named} et que personne n'emploie : ${unused.join(', ')}`),
      })
  }
}

/** Why a column that Portrea made stays; null: it goes. */
async function whyStays(
  table: CurrentTable,
  column: CurrentColumn,
  facts: RemovalFacts,
): Promise<string | null> {
  const { uses, made, isWritten } = facts
  if (uses.namesRows(column.id)) return 'elle nomme les lignes de la table'
  const use = uses.of(column.id)
  if (use !== null) return `${use} s'appuie sur elle`
  if (isWritten(made.columns.get(column.id) ?? '')) return null
  if (column.uidt === 'Button') return null
  const count = await filledByPeople(facts, table, column)
  return count === 0 ? null : `remplie dans ${counted(count, 'ligne')}`
}

/** Of the choices added to a select of somebody's, those that no row holds. */
async function unusedOptions(
  http: Http,
  table: CurrentTable,
  column: CurrentColumn,
  made: Provisioned,
): Promise<string[]> {
  const unused: string[] = []
  for (const title of made.options.get(column.id) ?? []) {
    // A comma or a parenthesis would be read as the grammar of `where`: who holds such a choice cannot be told.
    if (/[,()~]/u.test(title) || !column.options.some((option) => option.title === title)) continue
    if ((await countWhere(http, table.id, `(${column.id},anyof,${title})`)) === 0) unused.push(title)
  }
  return unused
}

const SYSTEM = ['ID', 'CreatedTime', 'LastModifiedTime', 'CreatedBy', 'LastModifiedBy', 'Order', 'ForeignKey']

function ownColumns({ columns }: CurrentTable): CurrentColumn[] {
  return columns.filter(({ uidt }) => !SYSTEM.includes(uidt))
}

/** Where people write; of a link, the side that each row has, for the other tells the same. */
function humanColumns(table: CurrentTable, { made, isWritten }: RemovalFacts): CurrentColumn[] {
  return ownColumns(table).filter((column) => {
    const place = made.columns.get(column.id)
    return place !== undefined && !isWritten(place) && !isList(column) && column.uidt !== 'Button'
  })
}

/** The side of a link that lists many rows: it goes with the other one. */
function isList({ relation }: CurrentColumn): boolean {
  return relation !== null && !['bt', 'oo', 'mo'].includes(relation.type)
}
