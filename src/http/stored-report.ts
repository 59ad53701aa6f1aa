import type { EpciReport } from '../domain/epci-report.ts'
import type { Store } from '../store/database.ts'
import { listVersions, reportsOf } from '../store/reports.ts'
import type { StoredReport } from '../store/reports.ts'

/** What the domain computed and the sync stored; null: an older Portrea wrote it, and the next sync writes it again. */
export function reportOf({ report }: StoredReport): EpciReport | null {
  const { actualDays, atChoice, conditions, method, prefill, recommendation, typology, shares } =
    report as Partial<EpciReport>
  const parts = [
    ...[actualDays, atChoice, conditions, method, typology, shares],
    ...[recommendation?.sensitivity, prefill?.consolidation, prefill?.listed],
  ]
  const whole = parts.every((part) => part !== undefined)
  return whole ? (report as EpciReport) : null
}

type Parsed = { readonly version: string; readonly report: EpciReport | null }

/** Those read before, as long as they are what the store holds: of a thousand EPCI most are the same from page to page. */
const read = new WeakMap<Store, ReadonlyMap<string, Parsed>>()

/** The last report of every EPCI, in the order of the SIREN. */
export async function reports(store: Store): Promise<EpciReport[]> {
  const before = read.get(store) ?? new Map<string, Parsed>()
  const versions = await listVersions(store)
  const changed = versions.flatMap(({ siren, version }) =>
    before.get(siren)?.version === version ? [] : siren,
  )
  const fresh = new Map((await reportsOf(store, changed)).map((stored) => [stored.siren, reportOf(stored)]))
  const now = new Map(
    versions.map(({ siren, version }) => {
      const known = fresh.has(siren) ? { version, report: fresh.get(siren)! } : before.get(siren)
      return [siren, known ?? { version: '', report: null }] // gone between the two readings
    }),
  )
  read.set(store, now)
  return [...now.values()].flatMap(({ report }) => report ?? [])
}
