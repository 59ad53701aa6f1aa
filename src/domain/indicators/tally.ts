import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import { saidDays } from '../completeness/assess-actor.ts'
import { firstWithin, freshnessOn } from '../completeness/freshness.ts'
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
import { bySource, sourceReader } from './sources.ts'
import type { Source, SourceFigures } from './sources.ts'

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

/**
 * What the indicators need of one record, some hundred bytes: figures, codes, days and digests, the same on any day. What
 * people wrote of their own is there as a digest only.
 */
export type Reading = FieldBits & {
  /** 0–100 */
  readonly completeness: number
  readonly publishable: boolean
  readonly prefilled: boolean
  /** Whether it names its services. */
  readonly told: boolean
  /** The needs it meets, a bit each in the order of NEEDS. */
  readonly needs: number
  readonly kinds: readonly string[]
  readonly source: Source | null
  /** INSEE code of the commune of its EPCI that it is in; null: it tells none, or one of another EPCI. */
  readonly commune: string | null
  /** The day from which its age counts; null: unknown. */
  readonly agedOn: string | null
  readonly contactedOn: string | null
  readonly step: Step | null
}

/** « Étape » of a record, as far as figures hang on it. */
export type Step = 'to_contact' | 'validated' | 'other'

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

/** The steps of a record as NocoDB writes them: before any contact, and once people say that it is right. */
const STEPS: Readonly<Record<string, Step>> = { 'À contacter': 'to_contact', Validée: 'validated' }

/** Whether people said of a record that it is « Validée ». */
export function isValidated({ step }: Pick<Actor, 'step'>): boolean {
  return step !== null && STEPS[step] === 'validated'
}
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
  /** 'YYYY-MM-DD' */
  readonly today: string
  /** Stands for what people wrote; none: the text itself. */
  readonly digest?: (text: string) => string
}): (siren: string) => EpciCounting {
  const { completeness: rules, indicators, geography, profile, today, digest = (text) => text } = parts
  const needsOf = compileNeeds(indicators, rules)
  const newCommunes = compileCommunes(geography)
  const kinds = compileKinds(rules, indicators, digest)
  const sourceOf = sourceReader(digest)
  const saidDay = saidDays(rules, today)
  const made = {
    newFields: compileFieldTally(indicators, rules, profile),
    newKinds: kinds.tally,
    few: indicators.shares.few,
    today,
    freshness: freshnessOn(today, rules.freshness),
    since: firstWithin(CONTACT_MONTHS, today),
  }
  return (siren) => {
    const { codeOf } = newCommunes(siren)
    return {
      read: (actor, assessment) => ({
        completeness: assessment.completeness,
        publishable: assessment.publishable,
        prefilled: assessment.prefilled,
        told: assessment.filled.includes('services'),
        needs: needsOf(actor.fields),
        kinds: kinds.read(actor.fields.typologie),
        source: assessment.filled.includes('source') ? sourceOf(actor.fields.source) : null,
        commune: codeOf(actor),
        agedOn: actor.changedOn ?? saidDay(actor.fields.date_maj),
        contactedOn: actor.contactedOn,
        step: actor.step === null ? null : (STEPS[actor.step] ?? 'other'),
        ...fieldBits(assessment),
      }),
      tally: () => tallyOf({ ...made, communes: newCommunes(siren) }),
    }
  }
}

type Made = {
  readonly newFields: ReturnType<typeof compileFieldTally>
  readonly newKinds: ReturnType<typeof compileKinds>['tally']
  readonly few: number
  readonly today: string
  readonly freshness: ReturnType<typeof freshnessOn>
  /** The first day of the last 12 months. */
  readonly since: string
  readonly communes: CommuneTally
}

/** A reading as it is seen on a day. */
type Seen = Reading & { readonly aged: boolean; readonly current: boolean; readonly contact: Contact }

function tallyOf({ newFields, newKinds, few, today, freshness, since, communes }: Made): EpciTally {
  const [fields, kinds] = [newFields(), newKinds()]
  const readings: Seen[] = []
  const met = NEEDS.map(() => 0)
  return {
    add(reading) {
      const word = freshness(reading.agedOn)
      const contact = contactOf(reading, since, today)
      readings.push({ ...reading, aged: word !== 'unknown', current: word === 'current', contact })
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

function countsOf(readings: readonly Seen[], covered: number, official: number, few: number): Shares {
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

function countOf(readings: readonly Seen[], has: (one: Seen) => boolean): number {
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
function contactOf(
  { step, contactedOn }: Pick<Reading, 'step' | 'contactedOn'>,
  since: string,
  today: string,
): Contact {
  const toCome = contactedOn !== null && contactedOn > today
  return {
    told: step !== null || contactedOn !== null,
    dated: toCome ? step === 'to_contact' : contactedOn !== null || step === null || step === 'to_contact',
    recent: contactedOn !== null && !toCome && contactedOn >= since,
    toContact: step === 'to_contact' || (step === null && contactedOn === null),
  }
}

function mean(readings: readonly Seen[]): number | null {
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
