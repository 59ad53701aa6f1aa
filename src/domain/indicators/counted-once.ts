import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import type { DuplicateIndex, DuplicatePair } from '../duplicates/duplicate-index.ts'
import { mentions } from '../duplicates/mention.ts'
import type { Steps } from '../steps.ts'
import type { EpciCounting, EpciIndicators, EpciTally, Reading } from './tally.ts'

/** Gathers the records of one EPCI, in whatever order; tells its indicators once all are in. */
export type OnceTally = {
  add(actor: Actor, assessment: ActorAssessment): void
  /** Once only. */
  indicators(): Steps<EpciIndicators>
}

/**
 * Counts the records of one EPCI that may be one place once (DOMAIN.md section 1): of those that pairs join, the most
 * complete one stands for all. Pairs are looked for among the records that are added; a person's « Pas un doublon de » parts a pair for good. Nothing is merged.
 */
export function countedOnce({ read, tally }: EpciCounting, index: DuplicateIndex): OnceTally {
  const gathered: Gathered[] = [] // by their places: two rows of a file may have one id
  const words = new Map<string, string>()
  return {
    add(actor, assessment) {
      const place = String(gathered.length)
      gathered.push({ id: actor.id, reading: read(actor, assessment) })
      if (actor.notDuplicateOf != null) words.set(place, actor.notDuplicateOf)
      index.add({ ...actor, id: place })
    },
    *indicators() {
      const { pairs, records } = yield* index.find()
      const names = (place: string) => [
        gathered[Number(place)]?.id ?? null,
        records.get(place)?.identifier ?? null,
      ]
      const told = pairs.filter((pair) => !isDenied(pair, words, names))
      return sumOnce(
        tally(),
        gathered,
        told.map(({ one, other }) => [Number(one), Number(other)]),
      )
    },
  }
}

/** The indicators of these records; of those that pairs (their places in the list) join, the most complete one stands for all. */
export function sumOnce(
  counted: EpciTally,
  gathered: readonly Gathered[],
  pairs: readonly (readonly [number, number])[],
): EpciIndicators {
  const left = leftOut(pairs, gathered)
  for (const [place, { reading }] of gathered.entries()) if (!left.has(place)) counted.add(reading)
  return { ...counted.indicators(), records: gathered.length }
}

/** A record of the list. */
export type Gathered = { readonly id: string; readonly reading: Reading }
type Pair = Pick<DuplicatePair, 'one' | 'other'>

/**
 * Whether a person said of either record that the other, by any of its names, is another place. `names` are those of a
 * record where another one speaks of it.
 */
export function isDenied(
  { one, other }: Pair,
  words: ReadonlyMap<string, string>,
  names: (record: string, speaker: string) => readonly (string | null)[],
): boolean {
  const denies = (own: string, another: string) => {
    const word = words.get(own)
    return word !== undefined && mentions(word, names(another, own))
  }
  return denies(one, other) || denies(other, one)
}

/** The places for which another stands: of each group that pairs join, all but the most complete one. */
function leftOut(
  pairs: readonly (readonly [number, number])[],
  gathered: readonly Gathered[],
): ReadonlySet<number> {
  const leaders = new Map<number, number>()
  const leaderOf = (place: number): number => {
    let at = place
    for (let next = leaders.get(at); next !== undefined; next = leaders.get(at)) at = next
    return at
  }
  for (const [one, other] of pairs) {
    const [a, b] = [leaderOf(one), leaderOf(other)]
    if (a === b) continue
    if (isFuller(gathered[a]!, gathered[b]!)) leaders.set(b, a)
    else leaders.set(a, b)
  }
  return new Set(leaders.keys())
}

/** Whether the first says more than the second; of equals any order does, as long as it is not that of the records. */
function isFuller(one: Gathered, other: Gathered): boolean {
  const rank = ({ reading }: Gathered) => [
    Number(reading.prefilled),
    Number(reading.publishable),
    reading.completeness,
  ]
  const [first, second] = [rank(one), rank(other)]
  const at = first.findIndex((value, index) => value !== second[index])
  if (at >= 0) return first[at]! > second[at]!
  return one.id === other.id ? JSON.stringify(one) < JSON.stringify(other) : one.id < other.id
}
