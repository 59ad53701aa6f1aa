import { INVITATIONS } from '../columns/invitations.ts'
import { accepts, isReadable, keepsValues } from './provision/accepted-types.ts'
import type { DesiredColumn, DesiredLink, DesiredSchema, DesiredTable } from './provision/desired-schema.ts'
import type { Drift } from './drift.ts'
import { numberKey, rowKey } from './row-key.ts'
import type { Column, Table } from './schema.ts'

/** What a table or a column was when all fitted last: its id and type in NocoDB, and how config/columns.yaml called it. */
export type KnownThing = {
  readonly id: string
  readonly title: string
  readonly type: string
  /** Of a table: what NocoDB called its key, by which webhooks name its rows. */
  readonly rowKey?: string
}

/** By key of config/columns.yaml: `actors`, `actors.nom`. */
export type Known = Readonly<Record<string, KnownThing>>

/** A table (`column` null) or column that people call otherwise in NocoDB than config/columns.yaml does: `now`. */
export type Renamed = {
  readonly id: string
  /** Of config/columns.yaml: `actors`, `actors.nom`. */
  readonly key: string
  readonly table: string
  readonly column: string | null
  readonly now: string
}

/** The tables of a base under the names of config/columns.yaml. */
export type Named = {
  readonly tables: readonly Table[]
  /** Followed by their ids. */
  readonly renamed: readonly Renamed[]
  /** Where the base does not fit; while there is one, nothing may be computed from it. */
  readonly drifts: readonly Drift[]
  /** What is to be remembered of it, once there is no drift. */
  readonly known: Known
}

/** The places of what was renamed since, by id, even where something else bears its name by now. */
export function formerPlaces({
  renamed,
  drifts,
}: Pick<Named, 'renamed' | 'drifts'>): ReadonlyMap<string, string> {
  const taken = drifts.flatMap((drift) => (drift.kind === 'taken' ? [drift] : []))
  return new Map([...renamed, ...taken].map(({ id, key }) => [id, key]))
}

/**
 * Finds every table and column of ours. One that was known under the title that config/columns.yaml still gives is
 * followed by its id, whatever people call it now; else its title tells which it is.
 * @param made id → key of what Portrea made there, for what the store does not know
 */
export function nameTables(
  tables: readonly Table[],
  desired: DesiredSchema,
  known: Known,
  made: ReadonlyMap<string, string>,
): Named {
  const there = new Set(tables.map(({ id }) => id))
  const looking: Looking = { known, made, there, renamed: [], drifts: [], remembered: { ...known } }
  const ids = new Map<string, string>()
  const found = desired.tables.flatMap((wanted) => {
    const table = find(looking, tables, { key: wanted.key, title: wanted.title, table: wanted.title })
    if (table === undefined) return []
    ids.set(wanted.title, table.id)
    return [{ table, wanted }]
  })
  const named = new Map(
    found.map(({ table, wanted }) => [table.id, underOurNames(looking, table, wanted, desired.links, ids)]),
  )
  return {
    tables: tables.map((table) => named.get(table.id) ?? table),
    renamed: looking.renamed,
    drifts: looking.drifts,
    known: looking.remembered,
  }
}

type Looking = {
  readonly known: Known
  readonly made: ReadonlyMap<string, string>
  /** Ids of the tables of the base. */
  readonly there: ReadonlySet<string>
  readonly renamed: Renamed[]
  readonly drifts: Drift[]
  readonly remembered: Record<string, KnownThing>
}

type Place = {
  readonly key: string
  readonly title: string
  readonly table: string
  readonly column?: string
}
type Thing = { readonly id: string; readonly title: string }

/** The table or column of that place, or undefined: what stands in the way is noted. */
function find<T extends Thing>(
  { known, made, renamed, drifts, remembered }: Looking,
  things: readonly T[],
  { key, title, table, column }: Place,
): T | undefined {
  const titled = things.find((one) => one.title === title)
  // Under another title of config/columns.yaml, it was another choice: what bears the new one counts, where there is one.
  const before = known[key]?.title === title || titled === undefined ? known[key] : undefined
  const former =
    things.find(({ id }) => id === before?.id) ??
    (titled === undefined ? things.find(({ id }) => made.get(id) === key) : undefined)
  const place = { table, column: column ?? null }
  if (former !== undefined && former.title !== title) {
    if (titled !== undefined) {
      drifts.push({ kind: 'taken', id: former.id, key, ...place, now: former.title })
      return undefined
    }
    renamed.push({ id: former.id, key, ...place, now: former.title })
  }
  const found = former ?? titled
  if (found === undefined && isNeeded(key))
    drifts.push({ kind: 'missing', ...place, known: before !== undefined })
  if (found !== undefined)
    remembered[key] = {
      ...{ id: found.id, title, type: 'uidt' in found ? String(found.uidt) : '' },
      ...('keys' in found ? keyOf(found as unknown as Table) : {}),
    }
  return found
}

function keyOf(table: Table): Pick<KnownThing, 'rowKey'> {
  const key = rowKey(table)
  return key === null ? {} : { rowKey: key.wire }
}

/** The same table with our titles; the foreign keys and other ends of its links go with them. */
function underOurNames(
  looking: Looking,
  table: Table,
  wanted: DesiredTable,
  links: readonly DesiredLink[],
  ids: ReadonlyMap<string, string>,
): Table {
  const columns = [...table.columns.values()]
  const ours = new Map<string, string>()
  for (const [title, key] of wanted.keys) {
    const place = { key: `${wanted.key}.${key}`, title, table: wanted.title, column: title }
    const column = find(looking, columns, place)
    if (column === undefined) continue
    ours.set(column.wire, title)
    if (!isNeeded(place.key)) continue
    const own = wanted.columns.find((one) => one.title === title)
    const link = links.find(({ child, childTitle }) => child === wanted.title && childTitle === title)
    if (own !== undefined) looking.drifts.push(...columnFaults(looking, place, own, column))
    else if (link !== undefined && !leadsTo(column, ids.get(link.parent)))
      looking.drifts.push({ kind: 'link', table: wanted.title, column: title, parent: link.parent })
  }
  for (const [key, title] of wanted.sources) {
    const place = { key: `${wanted.key}.${key}`, title, table: wanted.title, column: title }
    const column = find(looking, columns, place)
    if (column === undefined) continue
    ours.set(column.wire, title)
    looking.drifts.push(...sourceFaults(looking, wanted.title, title, column))
  }
  if (isNeeded(wanted.key) && table.keys !== null && numberKey({ keys: table.keys }) === null)
    looking.drifts.push({ kind: 'key', table: wanted.title, keys: (table.keys ?? []).map(nameAndType) })
  const our = (title: string) => ours.get(title) ?? title
  return {
    ...table,
    title: wanted.title,
    columns: new Map(columns.map((column) => [our(column.title), { ...column, title: our(column.title) }])),
    foreignKeys: new Map([...table.foreignKeys].map(([title, key]) => [our(title), key])),
    inverses: new Map([...table.inverses].map(([title, end]) => [our(title), end])),
  }
}

/** What nobody can read a text in: a button, a link that leads out of the base. */
function sourceFaults({ there }: Looking, table: string, column: string, found: Column): Drift[] {
  const leadsOut = found.relatedTableId !== null && !there.has(found.relatedTableId)
  if (isReadable(found.uidt) && !leadsOut) return []
  const type = leadsOut ? 'lien vers une autre base' : found.uidt
  return [{ kind: 'type', table, column, found: type, expected: 'SingleLineText' }]
}

/** What its type and choices cannot give or hold. */
function columnFaults(looking: Looking, { key, table }: Place, own: DesiredColumn, column: Column): Drift[] {
  const place = { table, column: own.title, found: column.uidt }
  const before = looking.known[key]
  if (own.standard && accepts(own, column.uidt)) {
    const [unread] = sourceFaults(looking, table, own.title, column)
    if (unread !== undefined) return [unread]
  }
  if (!accepts(own, column.uidt)) return [{ kind: 'type', ...place, expected: before?.type || own.uidt }]
  if (before?.id === column.id && !keepsValues(before.type, column.uidt))
    return [{ kind: 'retyped', ...place, before: before.type }]
  if (own.standard || !isSelect(column) || !needsChoices(key)) return []
  const titles = own.options.map(({ title }) => title)
  const options = titles.filter((title) => !column.options.includes(title))
  const others = column.options.filter((title) => !titles.includes(title))
  return options.length === 0 ? [] : [{ kind: 'options', table, column: own.title, options, others }]
}

function isSelect({ kind }: Column): boolean {
  return kind === 'select' || kind === 'multiselect'
}

function leadsTo({ kind, relatedTableId }: Column, parent: string | undefined): boolean {
  return kind === 'link' && (parent === undefined || relatedTableId === parent)
}

function nameAndType({ wire, uidt }: Column): string {
  return `« ${wire} » (${uidt})`
}

/** Tables that no figure is read from or written to. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['participants'])
/** Tables that a base may do without: where one is there, so are its columns. */
const OPTIONAL: ReadonlySet<string> = new Set(['officers', 'proposals', 'invitations'])

/** Columns that people keep for themselves, or that are read from their other end: without them every figure is the same. */
const BESIDE: ReadonlySet<string> = new Set([
  ...['departments', 'deploymentOfficer', 'sheet', 'recalculate'].map((key) => `epcis.${key}`),
  ...['actors', 'diagnostics', 'days', 'referents'].map((key) => `epcis.${key}`),
  ...['author', 'remark'].map((key) => `diagnostics.${key}`),
  ...['name', 'place', 'participants', 'makeGroups', 'groupsMade'].map((key) => `days.${key}`),
  ...['view', 'organisation', 'email', 'phone'].map((key) => `referents.${key}`),
  ...['conditions.remark', 'proposals.remark', 'proposals.accept', 'proposals.sameAs', 'proposals.open'],
  ...['officers.email', 'officers.remark'],
  // Without one that they need, nothing is read of them nor written there: `invitationTable`.
  ...Object.keys(INVITATIONS).map((key) => `invitations.${key}`),
])

/** Whether a run reads or writes it; `key` is that of a table, or `table.column`. */
export function isNeeded(key: string): boolean {
  const [table = ''] = key.split('.')
  return !LEFT_ALONE.has(table) && !BESIDE.has(key) && !OPTIONAL.has(key)
}

/** Whether a choice that is missing would leave a wrong figure; the trace of a run is written without it. */
export function needsChoices(key: string): boolean {
  return isNeeded(key) && !key.startsWith('syncs.')
}
