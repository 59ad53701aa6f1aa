import type { Comparable } from '../domain/duplicates/duplicate-index.ts'
import { isDenied } from '../domain/indicators/counted-once.ts'
import type { RecordNames } from '../nocodb/record-names.ts'
import type { StoredPair } from '../store/duplicates.ts'
import type { DayRules } from './day-rules.ts'
import type { RecordView } from './record-view.ts'

/** A record as it is held against others as a place, and a person's word on it (« Pas un doublon de »). */
export type ComparedRecord = { readonly comparable: Comparable; readonly word: string | null }

type Parts = {
  readonly view: RecordView
  readonly day: DayRules
  readonly called: RecordNames
  /** More records than this under one key are not compared with one another. */
  readonly crowd: number
  /** Those of these ids that have a name, as they are in the base now. */
  readonly read: (ids: readonly number[]) => Promise<ReadonlyMap<number, ComparedRecord>>
}

/**
 * Which records may be one place once these have changed (null: gone, or without a name): only pairs with a changed record
 * are compared, and those of a key that too many bear now, or no longer do. The view learns keys and pairs; answers the
 * others whose pairs, or whose twins' names, may be told otherwise.
 */
export async function crossPairs(
  { view, day, called, crowd, read }: Parts,
  changed: ReadonlyMap<number, ComparedRecord | null>,
): Promise<ReadonlySet<number>> {
  const ids = [...changed.keys()]
  if (ids.length === 0) return new Set()
  const former = await view.keysOf(ids)
  const keys = [...new Set(ids.flatMap((id) => [...(former.get(id) ?? []), ...keysOf(changed.get(id))]))]
  const before = await view.bearers(keys)
  for (const [id, record] of changed) view.setKeys(id, keysOf(record))
  const after = await view.bearers(keys)
  const crowded = (counts: ReadonlyMap<number, number>) => (key: number) => (counts.get(key) ?? 0) > crowd
  const turned = keys.filter((key) => crowded(before)(key) !== crowded(after)(key))
  const others = [...(await view.under(turned)).values()].flat().filter((id) => !changed.has(id))
  const looked = new Map(changed)
  for (const [id, record] of await read([...new Set(others)])) looked.set(id, record)
  const met = await candidates(view, looked, crowd)
  const unread = [...new Set([...met.values()].flatMap((own) => [...own]))].filter((id) => !looked.has(id))
  const known = new Map([...looked, ...(await read(unread))])
  const pairs = pairsAmong({ day, called }, met, known)
  const partners = new Set<number>()
  const all = [...looked.keys()]
  for (const { one, other } of [...(await view.pairsOf(all)), ...pairs])
    for (const id of [one, other]) if (!changed.has(id)) partners.add(id)
  view.setPairs(all, pairs)
  return partners
}

function keysOf(record: ComparedRecord | null | undefined): readonly number[] {
  return record?.comparable.keys ?? []
}

/** Whom each of these records meets under a key that not too many bear. */
async function candidates(
  view: RecordView,
  records: ReadonlyMap<number, ComparedRecord | null>,
  crowd: number,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const keys = [...new Set([...records.values()].flatMap((record) => [...keysOf(record)]))]
  const counts = await view.bearers(keys)
  const few = keys.filter((key) => (counts.get(key) ?? 0) <= crowd)
  const under = await view.under(few)
  return new Map(
    [...records].map(([id, record]) => {
      const met = new Set(keysOf(record).flatMap((key) => under.get(key) ?? []))
      met.delete(id)
      return [id, met]
    }),
  )
}

function pairsAmong(
  { day: { pairing }, called }: Pick<Parts, 'day' | 'called'>,
  met: ReadonlyMap<number, ReadonlySet<number>>,
  known: ReadonlyMap<number, ComparedRecord | null>,
): StoredPair[] {
  const words = new Map<string, string>()
  for (const [id, record] of known) if (record?.word != null) words.set(String(id), record.word)
  const names = (id: string, speaker: string) => {
    const record = known.get(Number(id))
    const identifier = record == null ? null : pairing.named(record.comparable).identifier
    return [...called.references(Number(id), Number(speaker)), identifier]
  }
  const pairs = new Map<string, StoredPair>()
  for (const [id, others] of met)
    for (const other of others) {
      const [one, two] = [known.get(Math.min(id, other)), known.get(Math.max(id, other))]
      const key = `${Math.min(id, other)} ${Math.max(id, other)}`
      if (one == null || two == null || pairs.has(key)) continue
      const found = pairing.pairOf(one.comparable, two.comparable)
      if (found === null) continue
      const { score, reason } = found
      const denied = isDenied(found, words, names)
      pairs.set(key, { one: Math.min(id, other), other: Math.max(id, other), score, reason, denied })
    }
  return [...pairs.values()]
}
