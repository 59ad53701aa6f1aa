import type { BrakeReason } from '../domain/brake.ts'
import type { RowId } from '../nocodb/cells.ts'
import type { Territories } from '../nocodb/read-territories.ts'
import { compileCensus } from './census.ts'
import type { CompiledCensus, Contribution } from './census.ts'
import type { SyncParts } from './parts.ts'

/**
 * What this process has read, so that an edit of one record does not make it read again the hundreds beside it. It is
 * never believed: a contribution counts only while the store, which all replicas share, remembers that very state of the
 * record; and each EPCI is read whole again now and then.
 */
export type LiveMemory = {
  /** The contributions of an EPCI on `day`, by id of record; null: it is to be read whole. */
  records(siren: string, day: string): ReadonlyMap<RowId, Contribution> | null
  /** Keeps an EPCI that was read whole. */
  keep(siren: string, day: string, records: Map<RowId, Contribution>): void
  /** Keeps one record, where its EPCI is known. */
  put(id: RowId, day: string, contribution: Contribution): void
  /** One of these EPCI that was not read whole on `day`, nor told here before; null: all were. */
  cold(sirens: Iterable<string>, day: string): string | null
  /** What people declare, read at most TERRITORIES_MS ago; null: it is to be read. */
  territories(): Territories | null
  /** The rules, compiled once a day. */
  compiled(today: string): CompiledCensus
  keepTerritories(territories: Territories): void
  forget(): void
}

/** Live work: that of a run, and the memory of this process. */
export type LiveSync = SyncParts & {
  readonly memory: LiveMemory
  /** The base looks wrong: a whole run is to look at it, and tell. */
  readonly suspect: (reasons: readonly BrakeReason[]) => void
}

/** Whoever declares something new of an EPCI asks for a fresh reading: this is for the names and counts of the others. */
const TERRITORIES_MS = 10_000
/** A record of 2 or 3 kB: so many are some 50 MB. */
const MOST_RECORDS = 20_000

/** @param wholeMs how long an EPCI may go on without being read whole */
export function liveMemory(parts: Pick<SyncParts, 'rules' | 'geography'>, wholeMs: number): LiveMemory {
  const epcis = new Map<
    string,
    { readonly day: string; readonly at: number; readonly records: Map<RowId, Contribution> }
  >()
  const whole = readOnce()
  let count = 0
  let rules: { readonly today: string; readonly compiled: CompiledCensus } | null = null
  let declared: { readonly at: number; readonly territories: Territories } | null = null
  const drop = (siren: string) => {
    count -= epcis.get(siren)?.records.size ?? 0
    epcis.delete(siren)
  }
  return {
    records(siren, day) {
      const known = epcis.get(siren)
      if (known === undefined) return null
      if (known.day === day && performance.now() - known.at < wholeMs) {
        epcis.delete(siren) // the last used is the last to go
        epcis.set(siren, known)
        return known.records
      }
      drop(siren)
      return null
    },
    keep(siren, day, records) {
      drop(siren)
      whole.note(siren, day)
      epcis.set(siren, { day, at: performance.now(), records })
      count += records.size
      for (const oldest of epcis.keys()) {
        if (count <= MOST_RECORDS) break
        drop(oldest)
      }
    },
    cold: whole.cold,
    put(id, day, contribution) {
      const known = epcis.get(contribution.assessment.epci ?? '')
      if (known === undefined || known.day !== day) return
      if (!known.records.has(id)) count += 1
      known.records.set(id, contribution)
    },
    territories: () =>
      declared !== null && performance.now() - declared.at < TERRITORIES_MS ? declared.territories : null,
    compiled(today) {
      if (rules?.today !== today) rules = { today, compiled: compileCensus({ ...parts, today }) }
      return rules.compiled
    },
    keepTerritories(territories) {
      declared = { at: performance.now(), territories }
    },
    forget() {
      epcis.clear()
      whole.forget()
      count = 0
      declared = null
    },
  }
}

/** Which EPCI were read whole, or are about to be, on which day. */
function readOnce(): Pick<LiveMemory, 'cold' | 'forget'> & { note(siren: string, day: string): void } {
  const read = new Set<string>()
  return {
    note: (siren, day) => void read.add(`${day} ${siren}`),
    cold(sirens, day) {
      for (const siren of sirens) {
        const key = `${day} ${siren}`
        if (read.has(key)) continue
        read.add(key)
        return siren
      }
      return null
    },
    forget: () => read.clear(),
  }
}
