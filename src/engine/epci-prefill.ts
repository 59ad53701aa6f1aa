import { consolidation } from '../domain/consolidation.ts'
import type { Consolidation } from '../domain/consolidation.ts'
import { addDays, daysBetween } from '../domain/days.ts'
import { journees } from '../domain/declared.ts'
import { expectedRecords, regionalRatios } from '../domain/expected-records.ts'
import type { Counted } from '../domain/expected-records.ts'
import type { Followed } from '../domain/indicators/epci-sums.ts'
import type { PrefillCounts, PrefillTally } from '../domain/indicators/prefill-tally.ts'
import type { ImportedFigure } from '../domain/need.ts'
import { compileListedPlaces } from '../domain/listed-places.ts'
import { prefill, referentPrefill } from '../domain/prefill.ts'
import type { Calendar, Prefill, PrefillDetail } from '../domain/prefill.ts'
import { referentFinder } from '../domain/referent-names.ts'
import type { PrefillRules } from '../domain/rules/prefill.ts'
import type { Referent, DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { storeDigest } from '../store/digest-key.ts'
import { needFigures } from '../store/need-figures.ts'
import { pastCounts, countsBefore } from '../store/past-counts.ts'
import type { PastCounts, CountsBefore } from '../store/past-counts.ts'
import { referenceCounts } from '../store/reference-counts.ts'
import { readSourceCounts } from '../store/source-counts.ts'
import type { SyncContext } from './sync-context.ts'

/** What every EPCI rests on beside its records and what people declare. */
export type PrefillBasis = {
  readonly past: PastCounts
  /** What was there before the journée that is consolidated. */
  readonly before: CountsBefore
  /** Records of the imported reference list; null: it names none there. */
  readonly reference: (siren: string) => Counted['reference']
  /** What the sources that were read name there; null: no place. */
  readonly listed: (siren: string) => Counted['listed']
  /** The figures of need that were imported. */
  readonly imported: (siren: string) => readonly ImportedFigure[]
  readonly followedIn: (siren: string) => Followed
}

/**
 * Reads what the store knows of the days before `today` and of what was imported; nothing of today itself.
 * @param wanted of which EPCI the figures are made; none: of all
 */
export async function prefillBasis(
  { base, store, rules }: SyncContext,
  declaredRows: DeclaredRows,
  today: string,
  wanted?: { has(siren: string): boolean },
): Promise<PrefillBasis> {
  const { days, atLeast } = rules.prefill.speed
  const sirens = new Map(declaredRows.epcis.map(({ id, siren }) => [id, siren]))
  const sirenOf = ({ epci }: { readonly epci: number | null }) => (epci === null ? null : sirens.get(epci))
  const since = consolidatedSince(Map.groupBy(declaredRows.journees, sirenOf), today, rules.prefill)
  const asked = [...since].filter(([siren]) => wanted?.has(siren) ?? true)
  const [digest, past, before, imports] = await Promise.all([
    storeDigest(store, base.http.keyed),
    pastCounts(store, { around: addDays(today, -days), before: addDays(today, 1 - atLeast) }),
    countsBefore(store, asked),
    importsOf({ base, store, rules }),
  ])
  const listed = Map.groupBy(declaredRows.referents, sirenOf)
  const finders = new Map([...listed].map(([siren, its]) => [siren, referentFinder(its, digest.text)]))
  return {
    ...{ past, before, ...imports },
    followedIn: (siren) => ({ named: finders.get(siren) ?? nobody, since: since.get(siren) ?? null }),
  }
}

/** The last journée of each EPCI that is consolidated: none is to come, and it is not too long ago. */
function consolidatedSince(
  bySiren: ReadonlyMap<string | null | undefined, DeclaredRows['journees']>,
  today: string,
  { consolidation: { days } }: PrefillRules,
): ReadonlyMap<string, string> {
  return new Map(
    [...bySiren].flatMap(([siren, all]) => {
      const { next, last } = journees(all, today)
      if (typeof siren !== 'string' || next !== null || last === null) return []
      return daysBetween(last, today) > days ? [] : [[siren, last] as const]
    }),
  )
}

/** What was imported of each EPCI: records of a reference list, places of sources, figures of need. */
export async function importsOf({
  base,
  store,
  rules,
}: Pick<SyncContext, 'base' | 'store' | 'rules'>): Promise<
  Pick<PrefillBasis, 'reference' | 'listed' | 'imported'>
> {
  const [counts, lists, figures] = await Promise.all([
    referenceCounts(store),
    readSourceCounts(store, base.id),
    needFigures(store),
  ])
  return {
    reference: (siren) => counts.get(siren) ?? null,
    listed: compileListedPlaces(lists.values(), rules),
    imported: (siren) => figures.get(siren) ?? [],
  }
}

/** Where the table « Référents » has nobody, no name can be wrong. */
const nobody: Followed['named'] = () => ({ ids: [], unknown: false })

/** The pre-fill of one EPCI among all those of the base, from which its region's ratio comes. */
export function epciPrefill(
  { past, before, followedIn }: PrefillBasis,
  all: readonly (Counted & { readonly siren: string })[],
  rules: PrefillRules,
): (
  counted: Counted & { readonly siren: string },
  tally: PrefillTally,
  referents: readonly Referent[],
  calendar: Calendar,
) => { prefill: Prefill; prefillDetail: PrefillDetail } {
  const ratioOf = regionalRatios(all, rules)
  return ({ siren, present, prefilled, ...counted }, tally, referents, calendar) => {
    const records = expectedRecords(counted, ratioOf(counted.region))
    const { since } = followedIn(siren)
    const brought = (counts: PrefillCounts, then: ReturnType<CountsBefore['epci']>): Consolidation | null =>
      since === null ? null : consolidation(since, counts, then)
    const after = brought({ ...tally.all, present, prefilled }, before.epci(siren))
    const done = prefill(
      { present, prefilled, past: past.epci(siren), consolidation: after },
      records,
      calendar,
      rules,
    )
    return {
      prefill: done,
      prefillDetail: {
        referents: referents
          .toSorted((one, other) => one.id - other.id)
          .map(({ id, kind }) => {
            const counts = tally.ofReferent(id)
            const own = {
              ...{ present: counts.present, prefilled: counts.prefilled, past: past.referent(siren, id) },
              consolidation: brought(counts, before.referent(siren, id)),
            }
            return referentPrefill({ referent: id, kind }, own, calendar, rules)
          }),
        withoutReferent: {
          present: tally.withoutReferent.present,
          prefilled: tally.withoutReferent.prefilled,
        },
        next: tally.next.list({ prefilled, expected: done.progress === null ? null : records.expected }),
      },
    }
  }
}
