import { readDeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { RowId } from '../nocodb/cells.ts'
import { listComputed } from '../store/computed.ts'
import type { Computed } from '../store/computed.ts'
import { enqueue, FIGURES } from '../store/inbox.ts'
import { dissolvedEpcis } from './dissolved-epcis.ts'
import { distinctEpcis } from './assess-epcis.ts'
import { tellUncounted } from './faulty-rows.ts'
import { declaredInputs } from './declared-inputs.ts'
import type { LiveSync } from './live-memory.ts'
import type { SyncContext } from './sync-context.ts'
import { issueLog } from './data-issues.ts'
import { importsOf } from './epci-prefill.ts'

/** The figures of one EPCI are written at most once in this span. */
export const PACE_MS = 1000

/**
 * Compares what people declare of every EPCI with what its figures were computed from, and marks those that differ: a
 * new answer, a changed journée or référent, an EPCI that came, left, or changed its SIREN. Four small readings.
 * @param told rows of the table EPCI to mark in any case
 */
export async function markStaleEpcis(
  parts: SyncContext & Pick<Partial<LiveSync>, 'memory' | 'suspect'>,
  told: ReadonlySet<RowId> = new Set(),
): Promise<number> {
  const { base, columns, rules, geography, store } = parts
  const declaredRows = await readDeclaredRows(base, columns, geography)
  await tellUncounted(parts, declaredRows)
  const imports = await importsOf(parts)
  const epcis = distinctEpcis(declaredRows, geography, issueLog(), dissolvedEpcis(geography))
  const inputs = declaredInputs(declaredRows, epcis, { rules: rules.fingerprint, ...imports })
  const computed = await listComputed(store, base.id)
  const changed = [...epcis.keys()].filter((siren) => computed.get(siren)?.inputs !== inputs.get(siren))
  const asked = declaredRows.epcis.flatMap(({ id, siren }) => (siren !== null && told.has(id) ? [siren] : []))
  const gone = [...computed.keys()].filter((siren) => !epcis.has(siren))
  const stale = [...new Set([...changed, ...asked, ...gone])]
  await markEpcis(parts, stale, 'trigger', computed)
  return stale.length
}

/**
 * Marks the figures of these EPCI: due at once, or, where they were just computed, when PACE_MS have passed.
 * @param event 'trigger': all of it is to be read again, whatever is remembered
 */
export async function markEpcis(
  { base, store, now }: SyncContext,
  sirens: readonly string[],
  event: 'update' | 'trigger',
  known?: ReadonlyMap<string, Computed>,
): Promise<void> {
  if (sirens.length === 0) return
  const computed = known ?? (await listComputed(store, base.id))
  const at = now()
  const jobs = sirens.map((siren) => {
    const last = Date.parse(computed.get(siren)?.computedAt ?? '')
    const due = last <= at.getTime() ? { notBefore: new Date(last + PACE_MS) } : {}
    return { base: base.id, about: FIGURES, record: siren, event, ...due } as const
  })
  await enqueue(store, jobs, at)
}
