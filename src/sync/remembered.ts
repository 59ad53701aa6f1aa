import type { CrossFacts } from '../domain/completeness/cross-facts.ts'
import type { Keyed } from '../nocodb/http.ts'
import type { ActorRow } from '../nocodb/read-actors.ts'
import type { KeptFacts, KnownRecord } from '../store/records.ts'

/** What the store is to remember of a record. */
export type Remembered = KnownRecord & { readonly id: number }

/** A record remembered before `filled` was kept waits for the whole run: live work has nothing new to learn of it. */
export function remember(
  { id, fingerprint, filled }: ActorRow,
  known: KnownRecord | undefined,
  seen: Pick<KnownRecord, 'epci' | 'changedOn' | 'linked' | 'cross'> & { readonly whole: boolean },
  into: Remembered[],
): void {
  const { epci, changedOn, linked, whole, cross } = seen
  if (known?.fingerprint === fingerprint && known.epci === epci && known.changedOn === changedOn)
    if (known.linked === linked && (known.filled !== null || !whole) && sameFacts(known, cross, whole)) return
  into.push({ id, epci, fingerprint, changedOn, filled, linked, ...(cross === undefined ? {} : { cross }) })
}

/** Facts that were not kept yet wait for the whole run, as above. */
function sameFacts({ cross: known }: KnownRecord, cross: KeptFacts | undefined, whole: boolean): boolean {
  if (cross === undefined) return true
  if (known === undefined) return !whole
  return (Object.keys(cross) as (keyof KeptFacts)[]).every((fact) => cross[fact] === known[fact])
}

/** The facts of a record as they are kept. */
export function factsKeeper(keyed: Keyed | undefined): (facts: CrossFacts) => KeptFacts | undefined {
  if (keyed === undefined) return () => undefined
  return ({ epci: _, phone, pivot, ...facts }) => ({
    ...facts,
    phone: phone === 0 ? 0 : keyed(String(phone)),
    pivot: pivot === 0 ? 0 : keyed(String(pivot)),
  })
}
