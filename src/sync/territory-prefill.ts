import { addDays } from '../domain/days.ts'
import { expectedRecords, regionalRatios } from '../domain/expected-records.ts'
import type { Counted } from '../domain/expected-records.ts'
import type { PrefillTally } from '../domain/indicators/prefill-tally.ts'
import type { ImportedFigure } from '../domain/need.ts'
import { prefill, referentPrefill } from '../domain/prefill.ts'
import type { Calendar, Prefill, PrefillDetail } from '../domain/prefill.ts'
import { referentFinder } from '../domain/referent-names.ts'
import type { Named } from '../domain/referent-names.ts'
import type { PrefillRules } from '../domain/rules/prefill.ts'
import type { Referent, Territories } from '../nocodb/read-territories.ts'
import { needFigures } from '../store/need-figures.ts'
import { pastCounts } from '../store/past-counts.ts'
import type { PastCounts } from '../store/past-counts.ts'
import { referenceCounts } from '../store/reference-counts.ts'
import type { SyncParts } from './parts.ts'

/** What every EPCI rests on beside its records and what people declare. */
export type PrefillBasis = {
  readonly past: PastCounts
  /** Records of the imported reference list; null: it names none there. */
  readonly reference: (siren: string) => Counted['reference']
  /** The figures of need that were imported. */
  readonly imported: (siren: string) => readonly ImportedFigure[]
  /** Whom a cell « Référent·e » names, in one EPCI. */
  readonly namedIn: (siren: string) => (cell: string | null) => Named
}

/** Reads what the store knows of the days before `today` and of what was imported; nothing of today itself. */
export async function prefillBasis(
  { store, rules }: SyncParts,
  { epcis, referents }: Territories,
  today: string,
): Promise<PrefillBasis> {
  const { days, atLeast } = rules.prefill.speed
  const [past, imports] = await Promise.all([
    pastCounts(store, { around: addDays(today, -days), before: addDays(today, 1 - atLeast) }),
    importsOf(store),
  ])
  const sirens = new Map(epcis.map(({ id, siren }) => [id, siren]))
  const listed = Map.groupBy(referents, ({ epci }) => (epci === null ? null : sirens.get(epci)))
  const finders = new Map([...listed].map(([siren, its]) => [siren, referentFinder(its)]))
  return {
    past,
    ...imports,
    namedIn: (siren) => finders.get(siren) ?? NOBODY_NAMED(),
  }
}

/** What was imported of each EPCI: records of a reference list, figures of need. */
export async function importsOf(
  store: SyncParts['store'],
): Promise<Pick<PrefillBasis, 'reference' | 'imported'>> {
  const [counts, figures] = await Promise.all([referenceCounts(store), needFigures(store)])
  return { reference: (siren) => counts.get(siren) ?? null, imported: (siren) => figures.get(siren) ?? [] }
}

/** Where the table « Référents » has nobody, no name can be wrong; nor where it is not asked. */
export const NOBODY_NAMED = () => NOBODY
const NOBODY = (): Named => ({ ids: [], unknown: false })

/** The pre-fill of one EPCI among all those of the base, from which its region's ratio comes. */
export function territoryPrefill(
  { past }: PrefillBasis,
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
    const counts = { present, prefilled, past: past.epci(siren) }
    return {
      prefill: prefill(counts, records, calendar, rules),
      prefillDetail: {
        referents: referents
          .toSorted((one, other) => one.id - other.id)
          .map(({ id, kind }) => {
            const own = { ...tally.ofReferent(id), past: past.referent(siren, id) }
            return referentPrefill({ referent: id, kind }, own, calendar, rules)
          }),
        withoutReferent: { ...tally.withoutReferent },
        next: tally.next.list({ prefilled, expected: records.expected }),
      },
    }
  }
}
