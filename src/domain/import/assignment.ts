import type { Candidate, Match } from './match.ts'

/** A source record and the records of the base that it may be. */
export type Claimant = {
  readonly record: { readonly key: string }
  readonly candidates: readonly Candidate[]
}

type Same = Candidate & { readonly kind: 'same'; readonly twinOf?: string }
/** A match without its differences. */
export type Assigned = Exclude<Match, { readonly kind: 'same' }> | Same

type Setting<One> = {
  /** Points from which a pair is one place. */
  readonly threshold: number
  /** Two pairs whose points differ by less are a tie. */
  readonly margin: number
  /** Whether two records of the source are one place. */
  readonly oneSource: (one: One, other: One) => boolean
  /** Whether two records of the base are one place. */
  readonly oneRecord: (one: string, other: string) => boolean
}

/**
 * One to one: pairs are taken from the best on, as long as both are free. A record of the base goes to a second record of
 * the source only where the two are one place. Where another free pair is as good but for less than the margin, neither
 * is taken. The order of the records changes nothing but between equals that are one place.
 */
export function assigned<One extends Claimant>(
  claimants: readonly One[],
  { threshold, margin, oneSource, oneRecord }: Setting<One>,
): readonly Assigned[] {
  const pairs = claimants
    .flatMap((one, at) => one.candidates.map((candidate) => ({ at, candidate })))
    .filter(({ candidate }) => candidate.score >= threshold)
    .toSorted((one, other) => other.candidate.score - one.candidate.score)
  const claims = Map.groupBy(pairs, ({ candidate }) => candidate.record)
  const taken = new Map<string, number>()
  const given = new Map<number, Same>()
  const undecided = new Set<number>()
  const bestOther = (at: number, record: string): number => {
    const others = claimants[at]!.candidates.filter((one) => one.record !== record && !taken.has(one.record))
    return Math.max(0, ...others.map(({ score }) => score))
  }
  /** Whether another record of the base is as near to this one, and no nearer to another source record. */
  const tornBetween = (at: number, { record, score }: Candidate): boolean =>
    claimants[at]!.candidates.some(
      (other) =>
        other.record !== record &&
        other.score > score - margin &&
        other.score >= threshold &&
        !taken.has(other.record) &&
        !oneRecord(record, other.record) &&
        !(claims.get(other.record) ?? []).some(
          (rival) => rival.at !== at && !given.has(rival.at) && rival.candidate.score > other.score,
        ),
    )
  /** Whether another source record is as near to this record of the base, and no nearer to another one. */
  const disputed = (at: number, { record, score }: Candidate): boolean =>
    (claims.get(record) ?? []).some(
      (rival) =>
        rival.at !== at &&
        !given.has(rival.at) &&
        rival.candidate.score > score - margin &&
        bestOther(rival.at, record) <= rival.candidate.score &&
        !oneSource(claimants[at]!, claimants[rival.at]!),
    )
  for (const { at, candidate } of pairs) {
    if (given.has(at) || undecided.has(at)) continue
    const owner = taken.get(candidate.record)
    if (owner !== undefined) {
      if (oneSource(claimants[at]!, claimants[owner]!))
        given.set(at, { kind: 'same', ...candidate, twinOf: claimants[owner]!.record.key })
    } else if (tornBetween(at, candidate) || disputed(at, candidate)) undecided.add(at)
    else {
      taken.set(candidate.record, at)
      given.set(at, { kind: 'same', ...candidate })
    }
  }
  return claimants.map(
    ({ candidates }, at) =>
      given.get(at) ?? {
        kind: 'unsure',
        candidates: candidates.toSorted((one, other) => other.score - one.score).slice(0, SHOWN),
      },
  )
}

/** Candidates that a person is shown. */
const SHOWN = 5
