import type { Candidate, Match } from './match.ts'
import type { Likely } from './places.ts'

/** A source record and the records of the base that it may be. */
export type Claimant = {
  readonly record: { readonly key: string }
  /** The best first. */
  readonly candidates: readonly Likely[]
}

type Same = Candidate & { readonly kind: 'same'; readonly twinOf?: string }
/** A match without its differences. */
export type Assigned = Exclude<Match, { readonly kind: 'same' }> | Same

type Setting<One> = {
  /** Two pairs whose points differ by less are a tie. */
  readonly margin: number
  /** Whether two records of the source are one place. */
  readonly oneSource: (one: One, other: One) => boolean
  /** Whether two records of the base are one place. */
  readonly oneRecord: (one: string, other: string) => boolean
}

/**
 * One to one: pairs are taken from the best on, as long as both are free. A record of the base goes to a second record of
 * the source only where the two are one place. Where another free pair is as good but for less than the margin, the one
 * that an earlier run found is taken, else neither. The order of the records changes nothing but between equals that are one place.
 */
export function assigned<One extends Claimant>(
  claimants: readonly One[],
  setting: Setting<One>,
): readonly Assigned[] {
  const pairs = claimants
    .flatMap((one, at) => one.candidates.map((candidate) => ({ at, candidate })))
    .filter(({ candidate }) => candidate.sure)
    .toSorted((one, other) => rank(other.candidate, setting) - rank(one.candidate, setting))
  const taken = new Map<string, number>()
  const given = new Map<number, Same>()
  const undecided = new Set<number>()
  const { tornBetween, disputed } = rivalry(claimants, pairs, { taken, given }, setting)
  for (const pair of pairs) {
    const { at, candidate } = pair
    if (given.has(at) || undecided.has(at)) continue
    const owner = taken.get(candidate.record)
    if (owner !== undefined) {
      if (setting.oneSource(claimants[at]!, claimants[owner]!))
        given.set(at, { kind: 'same', ...shown(candidate), twinOf: claimants[owner]!.record.key })
    } else if (tornBetween(pair) || disputed(pair)) undecided.add(at)
    else {
      taken.set(candidate.record, at)
      given.set(at, { kind: 'same', ...shown(candidate) })
    }
  }
  return claimants.map(({ candidates }, at) => given.get(at) ?? unsure(candidates))
}

/** What an earlier run found goes before what is no better than it but for less than the margin. */
function rank({ score, earlier }: Likely, { margin }: { readonly margin: number }): number {
  return earlier === true ? score + margin : score
}

/** A source record, by its place in the list, and one that it may be. */
type Pair = { readonly at: number; readonly candidate: Likely }
/** What is decided so far: who has a record of the base, and which a source record has. */
type Decided = { readonly taken: ReadonlyMap<string, number>; readonly given: ReadonlyMap<number, Same> }

/** What speaks against the best pair that is left: another that is as good. */
function rivalry<One extends Claimant>(
  claimants: readonly One[],
  pairs: readonly Pair[],
  { taken, given }: Decided,
  { margin, oneSource, oneRecord }: Setting<One>,
) {
  const claims = Map.groupBy(pairs, ({ candidate }) => candidate.record)
  const rivals = ({ at }: Pair, record: string) =>
    (claims.get(record) ?? []).filter((rival) => rival.at !== at && !given.has(rival.at))
  const bestOther = (at: number, record: string): number => {
    const free = claimants[at]!.candidates.filter((one) => one.record !== record && !taken.has(one.record))
    return Math.max(0, ...free.map(({ score }) => score))
  }
  return {
    /** Whether another record of the base is as near to this one, and no nearer to another source record. */
    tornBetween(pair: Pair): boolean {
      const { record, score, earlier } = pair.candidate
      if (earlier === true) return false
      const others = claimants[pair.at]!.candidates.filter(
        (other) => other.record !== record && other.sure && other.score > score - margin,
      )
      return others.some(
        (other) =>
          !taken.has(other.record) &&
          !oneRecord(record, other.record) &&
          !rivals(pair, other.record).some(({ candidate }) => candidate.score > other.score),
      )
    },
    /** Whether another source record is as near to this record of the base, and no nearer to another one. */
    disputed(pair: Pair): boolean {
      const { record, score, earlier } = pair.candidate
      return rivals(pair, record).some(
        (rival) =>
          (earlier !== true || rival.candidate.earlier === true) &&
          rival.candidate.score > score - margin &&
          bestOther(rival.at, record) <= rival.candidate.score &&
          !oneSource(claimants[pair.at]!, claimants[rival.at]!),
      )
    },
  }
}

function unsure(candidates: readonly Likely[]): Assigned {
  return { kind: 'unsure', candidates: candidates.map(shown) }
}

function shown({ record, score, reason }: Likely): Candidate {
  return { record, score, reason }
}
