import { partOfTable } from '../nocodb/actor-tables.ts'
import { lostFrom, otherPart, turnedTooMany } from '../domain/brake.ts'
import type { BaseCounts, BrakeReason, Turned } from '../domain/brake.ts'
import type { Titles } from '../domain/brake-sentences.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { BrakeMemory, HeldBase } from '../store/brake.ts'
import { listComputed } from '../store/computed.ts'
import { lastRecommended } from '../store/history.ts'
import type { SyncContext } from './sync-context.ts'

/** What the brake says of a reading; with reasons, the run writes nothing. */
export type Verdict = {
  readonly reasons: readonly BrakeReason[]
  /** Why a base that was held is no more. */
  readonly released: 'accepted' | 'mended' | null
}

/** What a run is about to make of a base. */
type Read = {
  readonly counts: BaseCounts
  readonly reports: readonly Pick<EpciReport, 'siren' | 'recommendation'>[]
  readonly inputs: ReadonlyMap<string, string>
}

/**
 * Holds what was read against what the last whole run saw, before anything is written; nothing is held at first sight.
 * A person who accepts lets one run through, and only what they could see: where a held run had told of something, what
 * has grown worse since is held again.
 */
export async function judge(
  parts: SyncContext,
  { seen, held }: BrakeMemory,
  read: Read,
  accept: boolean,
): Promise<Verdict> {
  if (seen === null) return { reasons: [], released: null }
  const turned = await turnedOf(parts, read)
  const reasons = [...lostFrom(seen, read.counts, parts.brake), ...turnedTooMany(turned, parts.brake)]
  if (reasons.length === 0) return { reasons, released: held === null ? null : 'mended' }
  if (!accept) return { reasons, released: null }
  const worse = held === null ? [] : worseThan(parts, held, read, turned)
  return worse.length === 0 ? { reasons: [], released: 'accepted' } : { reasons: worse, released: null }
}

/** What tables and columns are called in this base; one of actors that config/columns.yaml names no more, as NocoDB does. */
export function titlesOf({ base, columns: { otherActors, ...columns } }: SyncContext): Titles {
  const others: ReadonlyMap<number, Named> = new Map(
    [...base.tables.values()].map(({ id, title }) => [
      partOfTable(id),
      otherActors.find((one) => one.title === title) ?? { title, columns: {} },
    ]),
  )
  const tables: Readonly<Record<string, Named>> = columns
  return (key, column) => {
    const part = otherPart(key)
    const table = part === null ? tables[key] : (others.get(part) ?? LEFT)
    return (column === null ? table?.title : table?.columns[column]?.title) ?? column ?? key
  }
}

type Named = {
  readonly title: string
  readonly columns: Readonly<Partial<Record<string, { readonly title: string }>>>
}
const LEFT: Named = { title: "Une table d'acteurs", columns: {} }

function worseThan(
  { brake }: SyncContext,
  held: HeldBase,
  { counts }: Read,
  { epcis, turned }: Turned,
): BrakeReason[] {
  const before = held.reasons.find(({ code }) => code === 'recommendations.turned')
  const known = before?.code === 'recommendations.turned' ? before.turned : 0
  return [...lostFrom(held.seen, counts, brake), ...turnedTooMany({ epcis, turned: turned - known }, brake)]
}

/** EPCI of which people declare what they declared, by the same rules, and which would be recommended something else. */
async function turnedOf({ store, base }: SyncContext, { reports, inputs }: Read): Promise<Turned> {
  const [computed, former] = await Promise.all([listComputed(store, base.id), lastRecommended(store)])
  const turned = reports.filter(({ siren, recommendation: { recommended } }) => {
    const before = former.get(siren) ?? null
    return before !== null && before !== recommended && computed.get(siren)?.inputs === inputs.get(siren)
  })
  return { epcis: computed.size, turned: turned.length }
}
