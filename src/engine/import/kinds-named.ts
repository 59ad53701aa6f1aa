import { standardValues } from '../../domain/indicators/standard-values.ts'
import { parisDay } from '../../domain/days.ts'
import { listComputed } from '../../store/computed.ts'
import { saveSourceCounts } from '../../store/source-counts.ts'
import { markEpcis } from '../stale-epcis.ts'
import type { SyncContext } from '../sync-context.ts'

/** How many places of each kind a source names in each EPCI. */
export type KindsNamed = {
  /** One more place; `typologie` as the source writes it: of several kinds it counts for the first. */
  add(siren: string, typologie: string | null): void
  /** Keeps them in place of those of the last reading; what is expected of the EPCI of the base follows. */
  keep(source: { readonly name: string; readonly title: string }): Promise<void>
}

/** Counts them: codes and figures, no text of a record. */
export function kindsNamed(parts: SyncContext): KindsNamed {
  const { base, store, rules, now } = parts
  const values = standardValues('typologie', rules.completeness)
  const counts = new Map<string, Map<string, number>>()
  return {
    add(siren, typologie) {
      const kind = values(typologie).find(({ value }) => value !== null)?.value ?? ''
      const its = counts.get(siren) ?? new Map<string, number>()
      counts.set(siren, its.set(kind, (its.get(kind) ?? 0) + 1))
    },
    async keep({ name, title }) {
      const rows = [...counts].flatMap(([siren, its]) =>
        [...its].map(([kind, records]) => ({ siren, kind, records })),
      )
      await saveSourceCounts(store, base.id, { source: name, title, readOn: parisDay(now()) }, rows)
      const known = await listComputed(store, base.id)
      const here = [...known.keys()].filter((siren) => rows.length === 0 || counts.has(siren))
      await markEpcis(parts, here, 'update', known)
    },
  }
}
