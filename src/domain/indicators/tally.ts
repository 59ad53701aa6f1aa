import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import { firstWithin } from '../completeness/freshness.ts'
import type { Geography } from '../geography.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { NEEDS } from '../rules/indicators.ts'
import type { IndicatorRules } from '../rules/indicators.ts'
import { compileFieldTally, fieldBits } from './blocks.ts'
import type { FieldBits, FieldFigures } from './blocks.ts'
import { compileCommunes } from './communes.ts'
import type { Communes, CommuneTally } from './communes.ts'
import { compileKinds } from './kinds.ts'
import type { Kinds } from './kinds.ts'
import { compileNeeds, needCoverage } from './needs.ts'
import type { Needs } from './needs.ts'
import { shareOf } from './shares.ts'
import type { Share } from './shares.ts'
import { bySource } from './sources.ts'
import type { SourceFigures, SourceRecord } from './sources.ts'

/** The shares of an EPCI, each with what it is made of. */
export type Shares = Readonly<
  Record<'publishable' | 'freshness' | 'contactedShare' | 'communesCovered', Share>
>

/** What the records of one EPCI show. Null: nothing to say. */
export type EpciIndicators = FieldFigures &
  Pick<Communes, 'byCommune' | 'communesWithoutActor' | 'elsewhere'> & {
    /** Each pair of possible duplicates counted once, as in every figure here. */
    readonly actors: number
    /** All of its records, those that may be duplicates included. */
    readonly records: number
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
    /** What each share is made of. */
    readonly shares: Shares
    /** By source, where more than one is named. */
    readonly sources: readonly SourceFigures[]
    readonly kinds: Kinds
    readonly needs: Needs
    /** Records pre-filled: complete enough, and nothing blocking, in profile `prefill`. */
    readonly prefilled: number
    /** Records that nobody has contacted yet. */
    readonly toContact: number
  }

/** What the indicators need of one record, some hundred bytes. */
export type Reading = FieldBits &
  SourceRecord & {
    readonly prefilled: boolean
    /** Whether it names its services. */
    readonly told: boolean
    /** The needs it meets, a bit each in the order of NEEDS. */
    readonly needs: number
    readonly kinds: string | null
    readonly commune: string | null
    readonly contact: Contact
  }

/** Gathers records, then tells the indicators; may be asked more than once. */
export type EpciTally = {
  add(reading: Reading): void
  indicators(): EpciIndicators
}

/** How the records of one EPCI are read, and counted. */
export type EpciCounting = {
  read(actor: Actor, assessment: ActorAssessment): Reading
  tally(): EpciTally
}

/** The record's step before any contact, as NocoDB writes it. */
const TO_CONTACT = 'À contacter'
const CONTACT_MONTHS = 12

/**
 * Prepares the counting of the EPCI of one reading: a record is read once, and counted from what was read. Whole numbers
 * are counted, and completeness by its distinct values, summed in rising order: so the order of the records changes
 * nothing, to the last bit. `profile` is the one in which the records were assessed.
 */
export function compileTally(parts: {
  readonly completeness: CompletenessRules
  readonly indicators: IndicatorRules
  readonly geography: Geography
  readonly profile: Profile
  readonly today: string
}): (siren: string) => EpciCounting {
  const { completeness: rules, indicators, geography, profile, today } = parts
  const needsOf = compileNeeds(indicators, rules)
  const newCommunes = compileCommunes(geography)
  const since = firstWithin(CONTACT_MONTHS, today)
  const made = {
    newFields: compileFieldTally(indicators, rules, profile),
    newKinds: compileKinds(rules, indicators),
    few: indicators.shares.few,
  }
  return (siren) => {
    const { codeOf } = newCommunes(siren)
    return {
      read: (actor, assessment) => ({
        completeness: assessment.completeness,
        publishable: assessment.publishable,
        aged: assessment.freshness !== 'unknown',
        current: assessment.freshness === 'current',
        prefilled: assessment.prefilled,
        told: assessment.filled.includes('services'),
        source: assessment.filled.includes('source') ? actor.fields.source : null,
        needs: needsOf(actor.fields),
        kinds: actor.fields.typologie,
        commune: codeOf(actor),
        contact: contactOf(actor, since, today),
        ...fieldBits(assessment),
      }),
      tally: () => tallyOf({ ...made, communes: newCommunes(siren) }),
    }
  }
}

type Made = {
  readonly newFields: ReturnType<typeof compileFieldTally>
  readonly newKinds: ReturnType<typeof compileKinds>
  readonly few: number
  readonly communes: CommuneTally
}

function tallyOf({ newFields, newKinds, few, communes }: Made): EpciTally {
  const [fields, kinds] = [newFields(), newKinds()]
  const readings: Reading[] = []
  const met = NEEDS.map(() => 0)
  return {
    add(reading) {
      readings.push(reading)
      for (let at = 0; at < met.length; at++) if ((reading.needs & (1 << at)) !== 0) met[at]! += 1
      fields.add(reading)
      kinds.add(reading.kinds)
      communes.add(reading.commune, reading.completeness, reading.needs)
    },
    indicators() {
      const { official, bits, ...places } = communes.communes()
      const actors = readings.length
      const counts = countsOf(readings, places.byCommune.length, official, few)
      const share = (key: keyof Shares) => ratio(counts[key].count, counts[key].of)
      return {
        actors,
        records: actors,
        completeness: mean(readings),
        publishable: percent(share('publishable')),
        freshness: percent(share('freshness')),
        contactedShare: share('contactedShare'),
        communesCovered: actors === 0 ? null : share('communesCovered'),
        shares: counts,
        sources: bySource(readings),
        kinds: kinds.kinds(actors),
        needs: needCoverage({
          actors,
          told: countOf(readings, ({ told }) => told),
          met,
          communes: bits,
          official,
        }),
        prefilled: countOf(readings, ({ prefilled }) => prefilled),
        toContact: countOf(readings, ({ contact }) => contact.toContact),
        ...fields.figures(),
        ...places,
      }
    },
  }
}

function countsOf(readings: readonly Reading[], covered: number, official: number, few: number): Shares {
  return {
    publishable: shareOf(
      countOf(readings, ({ publishable }) => publishable),
      readings.length,
      few,
    ),
    freshness: shareOf(
      countOf(readings, ({ current }) => current),
      countOf(readings, ({ aged }) => aged),
      few,
    ),
    contactedShare: shareOf(
      countOf(readings, ({ contact }) => contact.recent),
      // Where no record tells of a contact, nobody knows of any.
      readings.some(({ contact }) => contact.told) ? countOf(readings, ({ contact }) => contact.dated) : 0,
      few,
    ),
    // Where no record tells its commune, nobody knows which have an actor.
    communesCovered: shareOf(covered, covered === 0 ? 0 : official, few),
  }
}

function countOf(readings: readonly Reading[], has: (one: Reading) => boolean): number {
  let count = 0
  for (const one of readings) if (has(one)) count += 1
  return count
}

/** What a record says of its contact with the référents. */
type Contact = {
  readonly told: boolean
  readonly dated: boolean
  readonly recent: boolean
  readonly toContact: boolean
}

/**
 * A record past « À contacter » without a date was contacted, nobody knows when: it says nothing of 12 months. Neither does
 * a contact dated in the days to come.
 */
function contactOf({ step, contactedOn }: Actor, since: string, today: string): Contact {
  const toCome = contactedOn !== null && contactedOn > today
  return {
    told: step !== null || contactedOn !== null,
    dated: toCome ? step === TO_CONTACT : contactedOn !== null || step === null || step === TO_CONTACT,
    recent: contactedOn !== null && !toCome && contactedOn >= since,
    toContact: step === TO_CONTACT || (step === null && contactedOn === null),
  }
}

function mean(readings: readonly Reading[]): number | null {
  let sum = 0
  for (const value of readings.map(({ completeness }) => completeness).sort((one, other) => one - other))
    sum += value
  return readings.length === 0 ? null : sum / readings.length
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share
}
