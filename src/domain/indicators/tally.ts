import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import { firstWithin } from '../completeness/freshness.ts'
import type { Geography } from '../geography.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { NEEDS } from '../rules/indicators.ts'
import type { IndicatorRules } from '../rules/indicators.ts'
import { compileFieldTally } from './blocks.ts'
import type { FieldFigures } from './blocks.ts'
import { compileCommunes } from './communes.ts'
import type { Communes } from './communes.ts'
import { compileKinds } from './kinds.ts'
import type { Kinds } from './kinds.ts'
import { compileNeeds, needCoverage } from './needs.ts'
import type { Needs } from './needs.ts'

/** What the records of one EPCI show. Null: nothing to say. */
export type EpciIndicators = FieldFigures &
  Pick<Communes, 'byCommune' | 'communesWithoutActor' | 'elsewhere'> & {
    readonly actors: number
    /** 0–100: mean completeness. */
    readonly completeness: number | null
    /** 0–100: records publishable: their required fields filled, no blocking finding. */
    readonly publishable: number | null
    /** 0–100: « À jour » among the records whose age is known. */
    readonly freshness: number | null
    /** 0–1: contacted in the last 12 months, among the records that do not hide when. */
    readonly contactedShare: number | null
    /** 0–1: communes of the EPCI with an actor. */
    readonly communesCovered: number | null
    readonly kinds: Kinds
    readonly needs: Needs
    /** Records pre-filled: complete enough, and nothing blocking, in profile `prefill`. */
    readonly prefilled: number
    /** Records that nobody has contacted yet. */
    readonly toContact: number
  }

/** Gathers records, then tells the indicators; may be asked more than once. */
export type EpciTally = {
  add(actor: Actor, assessment: ActorAssessment): void
  indicators(): EpciIndicators
}

/** The record's step before any contact, as NocoDB writes it. */
const TO_CONTACT = 'À contacter'
const CONTACT_MONTHS = 12

/**
 * Prepares the tallies of the EPCI of one reading: each gathers records one by one; memory does not grow with their
 * number (only with the communes and kinds met). Whole numbers are counted, and completeness by its distinct values,
 * summed in rising order: so the order of the records changes nothing, to the last bit. `profile` is the one in which
 * the records were assessed.
 */
export function compileTally(parts: {
  readonly completeness: CompletenessRules
  readonly indicators: IndicatorRules
  readonly geography: Geography
  readonly profile: Profile
  readonly today: string
}): (siren: string) => EpciTally {
  const { completeness: rules, indicators, geography, profile, today } = parts
  const needsOf = compileNeeds(indicators, rules)
  const newFields = compileFieldTally(indicators, rules, profile)
  const newKinds = compileKinds(rules)
  const newCommunes = compileCommunes(geography)
  const since = firstWithin(CONTACT_MONTHS, today)
  return (siren) => {
    const counts = { actors: 0, publishable: 0, aged: 0, current: 0, prefilled: 0, told: 0 }
    const contact = { told: 0, dated: 0, recent: 0, toContact: 0 }
    const completeness = new Map<number, number>()
    const met = NEEDS.map(() => 0)
    const [fields, kinds, communes] = [newFields(), newKinds(), newCommunes(siren)]
    return {
      add(actor, assessment) {
        const needs = needsOf(actor.fields)
        counts.actors += 1
        completeness.set(assessment.completeness, (completeness.get(assessment.completeness) ?? 0) + 1)
        if (assessment.publishable) counts.publishable += 1
        if (assessment.freshness !== 'unknown') counts.aged += 1
        if (assessment.freshness === 'current') counts.current += 1
        if (assessment.prefilled) counts.prefilled += 1
        if (assessment.filled.includes('services')) counts.told += 1
        for (let at = 0; at < met.length; at++) if ((needs & (1 << at)) !== 0) met[at]! += 1
        addContact(contact, actor, since)
        fields.add(assessment)
        kinds.add(actor.fields.typologie)
        communes.add(actor, assessment.completeness, needs)
      },
      indicators() {
        const { official, bits, ...places } = communes.communes()
        const { actors, told } = counts
        return {
          actors,
          completeness: mean(completeness),
          publishable: percent(counts.publishable, actors),
          freshness: percent(counts.current, counts.aged),
          contactedShare: contact.told === 0 ? null : ratio(contact.recent, contact.dated),
          communesCovered: actors === 0 ? null : ratio(places.byCommune.length, official),
          kinds: kinds.kinds(),
          needs: needCoverage({ actors, told, met, communes: bits, official }),
          prefilled: counts.prefilled,
          toContact: contact.toContact,
          ...fields.figures(),
          ...places,
        }
      },
    }
  }
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

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole
}
