import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import { firstWithin } from '../completeness/freshness.ts'
import { placeFinder } from '../completeness/place.ts'
import { pieces } from '../completeness/text.ts'
import { FIELDS, type FieldName } from '../fields.ts'
import type { Geography } from '../geography.ts'

/** What the records of one EPCI show. Null: nothing to say. */
export type EpciIndicators = {
  readonly actors: number
  /** 0–100: mean completeness. */
  readonly completeness: number | null
  /** 0–100: records without a blocking finding. */
  readonly validity: number | null
  /** 0–100: « À jour » among the records whose age is known. */
  readonly freshness: number | null
  /** 0–1: contacted in the last 12 months, among the records that do not hide when. */
  readonly contactedShare: number | null
  /** 0–1: the chance that two kinds drawn from the records differ (Gini–Simpson). */
  readonly kindDiversity: number | null
  /** 0–1: communes of the EPCI with an actor. */
  readonly communesCovered: number | null
  /** Records pre-filled: complete enough, and nothing blocking, in profile `prefill`. */
  readonly prefilled: number
  /** Records that nobody has contacted yet. */
  readonly toContact: number
  /** 0–1: records in which the field is filled. */
  readonly byField: Readonly<Record<FieldName, number>>
}

/** The record's step before any contact, as NocoDB writes it. */
const TO_CONTACT = 'À contacter'
const CONTACT_MONTHS = 12

/**
 * Gathers the records of one EPCI one by one; memory does not grow with their number (only with the communes and
 * kinds met). Whole numbers are counted, and completeness by its distinct values, summed in rising order: so the
 * order of the records changes nothing, to the last bit.
 *
 * `kindDiversity` is the Gini–Simpson index 1 − Σp² (E. H. Simpson, « Measurement of Diversity », Nature, 1949), p
 * being the share of each kind among the kinds that the records name: 0 when all are of one kind.
 */
export function epciTally(siren: string, geography: Geography, today: string): EpciTally {
  const official = new Set(geography.epci(siren)?.communes ?? [])
  const placeOf = placeFinder(geography)
  const since = firstWithin(CONTACT_MONTHS, today)
  const counts = { actors: 0, valid: 0, aged: 0, current: 0, prefilled: 0 }
  const contact = { told: 0, dated: 0, recent: 0, toContact: 0 }
  const completeness = new Map<number, number>()
  const kinds = new Map<string, number>()
  const communes = new Set<string>()
  const filled = new Map<FieldName, number>()
  return {
    add(actor, assessment) {
      counts.actors += 1
      increment(completeness, assessment.completeness)
      if (!assessment.blocking) counts.valid += 1
      if (assessment.freshness !== 'unknown') counts.aged += 1
      if (assessment.freshness === 'current') counts.current += 1
      if (assessment.prefilled) counts.prefilled += 1
      addContact(contact, actor, since)
      for (const kind of pieces(actor.fields.typologie)) increment(kinds, kind.toUpperCase())
      for (const field of assessment.filled) increment(filled, field)
      const commune = placeOf(actor).commune
      const code =
        commune === null || official.has(commune.code)
          ? commune?.code
          : geography.successor(commune.code)?.code
      if (code !== undefined && official.has(code)) communes.add(code)
    },
    indicators: () => ({
      actors: counts.actors,
      completeness: mean(completeness),
      validity: percent(counts.valid, counts.actors),
      freshness: percent(counts.current, counts.aged),
      contactedShare: contact.told === 0 ? null : ratio(contact.recent, contact.dated),
      kindDiversity: diversity(kinds),
      communesCovered: counts.actors === 0 ? null : ratio(communes.size, official.size),
      prefilled: counts.prefilled,
      toContact: contact.toContact,
      byField: Object.fromEntries(
        FIELDS.map((field) => [field, ratio(filled.get(field) ?? 0, counts.actors) ?? 0]),
      ) as Record<FieldName, number>,
    }),
  }
}

/** Gathers records, then tells the indicators; may be asked more than once. */
export type EpciTally = {
  add(actor: Actor, assessment: ActorAssessment): void
  indicators(): EpciIndicators
}

type Contact = { told: number; dated: number; recent: number; toContact: number }

/** A record past « À contacter » without a date was contacted, nobody knows when: it says nothing of 12 months. */
function addContact(contact: Contact, { step, contactedOn }: Actor, since: string): void {
  if (step !== null || contactedOn !== null) contact.told += 1
  if (contactedOn !== null || step === null || step === TO_CONTACT) contact.dated += 1
  if (contactedOn !== null && contactedOn >= since) contact.recent += 1
  if (step === TO_CONTACT || (step === null && contactedOn === null)) contact.toContact += 1
}

function mean(counts: ReadonlyMap<number, number>): number | null {
  let sum = 0
  let total = 0
  for (const [value, count] of [...counts].sort(([one], [other]) => one - other)) {
    sum += value * count
    total += count
  }
  return total === 0 ? null : sum / total
}

function diversity(kinds: ReadonlyMap<string, number>): number | null {
  let total = 0
  let squares = 0
  for (const count of kinds.values()) {
    total += count
    squares += count * count
  }
  return total === 0 ? null : 1 - squares / (total * total)
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole
}
