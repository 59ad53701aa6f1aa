import type { ActorFields } from '../../src/domain/actor.ts'
import type { DemoCommune, DemoEpci } from './brittany.ts'
import { KINDS, WORDS, of } from './actor-words.ts'
import { daysBefore } from './days.ts'
import { nearDuplicate, corrupt } from './corrupt-records.ts'
import type { Flaw } from './corrupt-records.ts'
import { seeded } from './random.ts'
import type { Random } from './random.ts'
import { tidyFields } from './tidy-fields.ts'

/** The steps of a record, by the keys of their labels. */
export type Step = 'to_contact' | 'contacted' | 'to_complete' | 'validated'

/** An invented record; no name, address or number in it is anybody's. */
export type DemoActor = {
  readonly fields: ActorFields
  /** SIREN of the EPCI it is linked to; null: nobody chose one. */
  readonly epci: string | null
  readonly step: Step | null
  /** 'YYYY-MM-DD' */
  readonly lastContact: string | null
  /** What was spoilt on purpose. */
  readonly flaws: readonly Flaw[]
}

const DUPLICATES = 12
const CONTRADICTED = 3
/** How far the census of an EPCI is (0–1), and how often it is met. */
const PROGRESS = [
  { care: 0.96, share: 14 },
  { care: 0.72, share: 26 },
  { care: 0.5, share: 36 },
  { care: 0.15, share: 24 },
] as const

type Territory = { readonly epci: DemoEpci; readonly care: number; readonly count: number }
type Draft = { -readonly [Key in keyof DemoActor]: DemoActor[Key] }

/**
 * Invented records spread over the EPCI by population, some EPCI nearly complete, some barely begun, the least
 * populated without any; as messy as life. Same arguments, same records.
 * @param today 'YYYY-MM-DD': dates are drawn backwards from it
 */
export function generateActors(
  epcis: readonly DemoEpci[],
  { count = 800, seed = 35, today }: { count?: number; seed?: number; today: string },
): DemoActor[] {
  const random = seeded(seed)
  const territories = share(epcis, count - DUPLICATES, random)
  const drafts = territories.flatMap((territory) => territoryActors(territory, today, random))
  contradict(drafts, epcis, random)
  const twins = random.some(drafts, DUPLICATES).map((one) => nearDuplicate(one, random))
  return [...drafts, ...twins].map(numbered)
}

/** Records by population and progress (largest remainders), so that the total is exact. */
function share(epcis: readonly DemoEpci[], count: number, random: Random): Territory[] {
  const smallest = epcis.reduce((least, one) => (one.population < least.population ? one : least))
  const told = epcis
    .filter((epci) => epci !== smallest)
    .map((epci) => {
      const { care } = random.weighted(PROGRESS, (one) => one.share)
      const people = epci.communes.reduce((sum, { population }) => sum + population, 0)
      return { epci, care, weight: people ** 0.8 * (0.7 + care / 2) }
    })
  const total = told.reduce((sum, one) => sum + one.weight, 0)
  const exact = told.map((one) => ({ ...one, exact: 1 + (one.weight / total) * (count - told.length) }))
  const left = count - exact.reduce((sum, one) => sum + Math.floor(one.exact), 0)
  const byRemainder = [...exact].sort((one, other) => (other.exact % 1) - (one.exact % 1))
  const raised = new Set(byRemainder.slice(0, left))
  return exact.map((one) => ({
    epci: one.epci,
    care: one.care,
    count: Math.floor(one.exact) + (raised.has(one) ? 1 : 0),
  }))
}

function territoryActors({ epci, care, count }: Territory, today: string, random: Random): Draft[] {
  const names = new Set<string>()
  return Array.from({ length: count }, () => {
    const { kind, commune, name } = newPlace(epci, names, random)
    const tidy = tidyFields({ kind, commune, name, siren: epci.siren, today, care }, random)
    const { fields, flaws } = corrupt(tidy, care, today, random)
    return { fields, flaws, epci: random.chance(0.94) ? epci.siren : null, ...followUp(care, today, random) }
  })
}

/** A kind, a commune and a name not yet given there. */
function newPlace(epci: DemoEpci, names: Set<string>, random: Random) {
  for (let attempt = 0; ; attempt += 1) {
    const kind = random.weighted(KINDS, (one) => one.share)
    const commune = random.weighted(epci.communes, (one) => one.population ** 0.7)
    const name = placeName(random.pick(kind.names), commune, random)
    const key = `${name} ${commune.code}`
    if (names.has(key) && attempt < 50) continue
    names.add(key)
    return { kind, commune, name }
  }
}

function placeName(pattern: string, commune: DemoCommune, random: Random): string {
  return pattern.replace('{word}', random.pick(WORDS)).replace('{of}', of(commune.name))
}

function followUp(care: number, today: string, random: Random): Pick<DemoActor, 'step' | 'lastContact'> {
  if (random.chance(0.25)) return { step: null, lastContact: null }
  const reached = Math.min(3, Math.floor(random.next() * (1 + care * 3.4)))
  const step = (['to_contact', 'contacted', 'to_complete', 'validated'] as const)[reached]!
  if (step === 'to_contact' || random.chance(0.15)) return { step, lastContact: null }
  return { step, lastContact: daysBefore(today, random.whole(3, 600)) }
}

/** A few records whose commune lies in another EPCI than the one they are linked to. */
function contradict(drafts: Draft[], epcis: readonly DemoEpci[], random: Random): void {
  const complete = drafts.filter((one) => one.epci !== null && one.fields.code_insee !== null)
  for (const draft of random.some(complete, CONTRADICTED)) {
    const other = random.pick(epcis.filter((epci) => epci.siren !== draft.epci))
    const commune = random.pick(other.communes)
    const { name, code, postalCodes } = commune
    const place = { commune: name, code_insee: code, code_postal: postalCodes[0] ?? null }
    draft.fields = { ...draft.fields, ...place, latitude: null, longitude: null }
    draft.flaws = [...draft.flaws, 'contradicted_epci']
  }
}

function numbered(draft: Draft, index: number): DemoActor {
  const fields = { ...draft.fields, id: `demo-${String(index + 1).padStart(4, '0')}` }
  return { ...draft, fields }
}
