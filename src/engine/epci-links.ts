import type { Columns } from '../config/columns-file.ts'
import { epciNamer } from '../domain/completeness/named-epci.ts'
import type { NamedEpci } from '../domain/completeness/named-epci.ts'
import type { ActorFields } from '../domain/actor.ts'
import type { Geography } from '../domain/geography.ts'
import type { RowId } from '../nocodb/cells.ts'
import { traceText } from '../nocodb/epci-trace.ts'
import type { LinkToFill } from '../nocodb/group-writes.ts'
import type { ActorRow } from '../nocodb/actor-rows.ts'
import { linkOf } from '../nocodb/actor-rows.ts'
import type { EpciSirens } from '../nocodb/epci-identity.ts'
import type { RecordState } from '../store/record-rows.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'
import type { SyncContext } from './sync-context.ts'

/** What becomes of the link of a record to its EPCI; `why` says in French why an empty one cannot be filled. */
export type EpciLink =
  | { readonly kind: 'linked' }
  | { readonly kind: 'fill'; readonly link: LinkToFill }
  | { readonly kind: 'left'; readonly why: string | null }

/** Says it of each record, and what the store is to remember of its link. */
export type EpciLinks = (
  row: ActorRow,
  known: RecordState | undefined,
) => { readonly link: EpciLink; readonly linked: RecordState['linked'] }

type Means = {
  readonly columns: Columns
  readonly geography: Geography
  readonly sirens: EpciSirens
  /** Whether links are filled at all, in tables that have a place for their trace. */
  readonly enabled: boolean
  /** Whether the store has seen every record of the base once: one that it does not know is new then. */
  readonly seenAll: boolean
  readonly named: (fields: ActorFields) => NamedEpci
}

/**
 * An empty link is filled once, where the place of the record names one EPCI and the base has just one row of it. Who
 * empties it has the last word: the trace beside the record says that it was filled, the store that it was linked. A
 * store that was lost cannot say so any more: a record that was assessed before then keeps what it has, and nobody is said
 * to have taken its link away.
 */
export function epciLinks(means: Means): EpciLinks {
  const { sirens, seenAll } = means
  const rowsOf = Map.groupBy(sirens.of.keys(), (row) => sirens.of.get(row)!)
  const fill = filler(means, rowsOf)
  return (row, known) => {
    if (linkOf(row) !== null) return { link: { kind: 'linked' }, linked: true }
    if (emptied(row, known, sirens, rowsOf))
      return { link: { kind: 'left', why: 'retiré à la main' }, linked: 'emptied' }
    const link = fill(row)
    const lost =
      known === undefined && !seenAll && (row.row[row.from.names.completeness.title] ?? null) !== null
    if (!lost && known?.linked !== 'unsure') return { link, linked: false }
    return { link: link.kind === 'fill' ? { kind: 'left', why: null } : link, linked: 'unsure' }
  }
}

/** Whether somebody took the link away; where its EPCI itself left the base, the link went with it, and nobody chose. */
function emptied(
  { trace }: ActorRow,
  known: RecordState | undefined,
  sirens: EpciSirens,
  rowsOf: ReadonlyMap<string, readonly RowId[]>,
): boolean {
  if (trace !== null) {
    const there = trace.row !== null && (sirens.of.has(trace.row) || sirens.wrong.has(trace.row))
    return trace.row === null || (trace.sure && there)
  }
  if (known === undefined || known.linked === null) return false
  if (known.linked !== true) return known.linked === 'emptied'
  const row = Number.parseInt(known.via ?? '', 10) // of an older store: NaN
  if (Number.isNaN(row)) return known.epci !== null && rowsOf.has(known.epci)
  return sirens.of.has(row) || sirens.wrong.has(row)
}

function filler(
  { columns, geography, enabled, named }: Means,
  rowsOf: ReadonlyMap<string, readonly RowId[]>,
): (row: ActorRow) => EpciLink {
  const table = columns.epcis.title
  return ({ actor, from }) => {
    const { epci, epciTrace } = from.names
    const found = named(actor.fields)
    if (found.siren === null) return { kind: 'left', why: found.why === 'nothing' ? null : CONTRADICTION }
    const name = geography.epci(found.siren)?.name ?? found.siren
    const [target, second] = rowsOf.get(found.siren) ?? []
    if (target === undefined) return { kind: 'left', why: `${name} n'a pas de ligne dans « ${table} »` }
    if (second !== undefined) return { kind: 'left', why: `${name} a deux lignes dans « ${table} »` }
    if (!enabled || !from.table.columns.has(epciTrace.title)) return { kind: 'left', why: null }
    const trace = { title: epciTrace.title, text: traceText(name, target) }
    return { kind: 'fill', link: { title: epci.title, target, trace } }
  }
}

const CONTRADICTION = 'la commune et ses codes se contredisent'

/** How far the links of a base were seen. */
const WATERMARK = 'links'

/** What `epciLinks` needs of the base and the store; the names of places are compared anew only where they change. */
export async function linkMeans({
  base,
  columns,
  geography,
  store,
}: Pick<SyncContext, 'base' | 'columns' | 'geography' | 'store'>): Promise<Omit<Means, 'sirens'>> {
  return {
    ...{ columns, geography, named: namer(geography) },
    enabled: base.settings.linkEpcis,
    seenAll: (await readWatermark(store, base.id, WATERMARK)) !== null,
  }
}

/** A whole run saw every record: from now on the store vouches for what it does not know. */
export async function keepSeenAll({ base, store }: SyncContext, at: Date): Promise<void> {
  await saveWatermark(store, base.id, WATERMARK, at.toISOString())
}

const namers = new WeakMap<Geography, Means['named']>()

function namer(geography: Geography): Means['named'] {
  const known = namers.get(geography)
  if (known !== undefined) return known
  const made = epciNamer(geography)
  namers.set(geography, made)
  return made
}
