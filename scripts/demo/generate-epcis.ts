import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Answers, Referential } from '../../src/domain/diagnostic.ts'
import type { Stage } from '../../src/domain/labels.ts'
import type { DemoEpci } from './brittany.ts'
import { daysBefore } from './days.ts'
import { PROFILES, answersOf } from './diagnostic-profiles.ts'
import { fictionalMobile } from './fictional-numbers.ts'
import { seeded } from './random.ts'
import type { Random } from './random.ts'
import { slug } from './actor-words.ts'

/** What people say of one EPCI: the human columns of its row. */
export type DemoEpciRow = {
  readonly siren: string
  readonly name: string
  readonly departments: string
  readonly population: number
  readonly expectedActors: number | null
  readonly retained: Referential | null
  readonly deploymentOfficer: string | null
  /** Person-days really spent, where somebody wrote them down after the journée. */
  readonly actualReferentDays: number | null
  readonly actualOfficerDays: number | null
  readonly stage: Stage | null
  readonly workingAxes: string | null
}

/** Dates are 'YYYY-MM-DD'; `siren` says which EPCI a row belongs to. */
export type DemoDiagnostic = {
  readonly siren: string
  readonly date: string
  readonly answers: Answers
  readonly author: string
  readonly remark: string | null
}
export type DemoDay = {
  readonly siren: string
  readonly name: string
  readonly date: string
  readonly place: string
  readonly invitedOn: string | null
  readonly invited: number
  readonly expected: number | null
  readonly present: number | null
  readonly facilitators: number
}
export type DemoReferent = {
  readonly siren: string
  readonly name: string
  readonly kind: 'institutional' | 'associative'
  readonly organisation: string
  readonly email: string
  readonly phone: string
}

/** Everything of the demo that is not a record of an actor. */
export type DemoTerritories = {
  readonly epcis: readonly DemoEpciRow[]
  readonly diagnostics: readonly DemoDiagnostic[]
  readonly days: readonly DemoDay[]
  readonly referents: readonly DemoReferent[]
}

const FIRST_NAMES = [
  'Camille',
  'Maëlle',
  'Yann',
  'Gwenn',
  'Erwan',
  'Nolwenn',
  'Dominique',
  'Tanguy',
  'Rozenn',
]
/** Names that nobody bears. */
const LAST_NAMES = ['Kerfictif', 'Le Modèle', 'Penndémo', 'Troessai', 'Kerexemple', 'Lanfictive', 'Brisessai']
const OFFICERS = ['Alix Kerdémo', 'Maël Le Fictif', 'Enora Pennessai', 'Loïs Trémodèle']
const RETAINED = { share: 0.22, againstProfile: 0.4 } as const

/** EPCI rows, diagnostics, journées and référents, of very different territories; same arguments, same result. */
export function generateEpcis(
  epcis: readonly DemoEpci[],
  { seed = 205, today }: { seed?: number; today: string },
): DemoTerritories {
  const random = seeded(seed)
  const drawn = epcis.map((epci, index) => territory(epci, index, today, random))
  const [spent, led] = [seeded(seed + 1), seeded(seed + 2)] // of their own: what was drawn before stays as it was
  return {
    epcis: drawn.map(({ row, days }) => ({
      ...{ ...row, ...daysSpent(days, today, spent), ...mission(days, today, led) },
    })),
    diagnostics: drawn.flatMap((one) => one.diagnostics),
    days: drawn.flatMap((one) => one.days),
    referents: drawn.flatMap((one) => one.referents),
  }
}

function territory(epci: DemoEpci, index: number, today: string, random: Random) {
  const profile = random.weighted(PROFILES, (one) => one.share)
  const answers = answersOf(profile, random)
  return {
    row: row(epci, OFFICERS[index % OFFICERS.length]!, answers.aim, random),
    diagnostics: random.chance(0.9) ? diagnostics(epci, answers, today, random) : [],
    days: days(epci, today, random),
    referents: referents(epci, answers.referents, random),
  }
}

/** Days are written down after a journée, not everywhere, and rather more than were expected. */
function daysSpent(
  days: readonly DemoDay[],
  today: string,
  random: Random,
): Pick<DemoEpciRow, 'actualReferentDays' | 'actualOfficerDays'> {
  const told = random.chance(0.8) && days.some(({ date }) => date < today)
  const [referents, officer] = [random.whole(18, 32) / 2, random.whole(8, 20) / 2]
  return { actualReferentDays: told ? referents : null, actualOfficerDays: told ? officer : null }
}

/** Where the mission stands: a journée is held once the EPCI is launched, planned once an agreement is proposed. */
function mission(
  days: readonly DemoDay[],
  today: string,
  random: Random,
): Pick<DemoEpciRow, 'stage' | 'workingAxes'> {
  const dates = days.map(({ date }) => date)
  const stages: readonly Stage[] = dates.some((date) => date >= today)
    ? ['convention_proposed', 'convention_signed', 'launched']
    : dates.length > 0
      ? ['launched', 'finished']
      : ['prospect', 'agreed', 'convention_proposed']
  const stage = random.chance(0.85) ? random.pick(stages) : null
  return { stage, workingAxes: random.chance(0.2) ? random.pick(AXES) : null }
}

const AXES = [
  'Mieux orienter depuis les mairies\nFaire connaître les permanences',
  'Former les agent·e·s d’accueil',
  'Aller vers les communes sans lieu',
]

function row(
  epci: DemoEpci,
  officer: string,
  aim: Answers['aim'],
  random: Random,
): Omit<DemoEpciRow, keyof ReturnType<typeof daysSpent> | keyof ReturnType<typeof mission>> {
  const { siren, name, departments, population } = epci
  const likely: Referential = aim === 'database' ? 'outil' : aim === 'networking' ? 'reseau' : 'generaliste'
  const against = random.chance(RETAINED.againstProfile)
  const others = REFERENTIALS.filter((one) => one !== likely)
  return {
    siren,
    name,
    departments,
    population,
    expectedActors: random.chance(0.3)
      ? Math.round((population / 10_000) * (2 + random.next() * 2)) + 2
      : null,
    retained: random.chance(RETAINED.share) ? (against ? random.pick(others) : likely) : null,
    deploymentOfficer: random.chance(0.85) ? officer : null,
  }
}

function diagnostics(epci: DemoEpci, answers: Answers, today: string, random: Random): DemoDiagnostic[] {
  const { siren } = epci
  const author = person(random)
  const date = daysBefore(today, random.whole(10, 300))
  const remark = random.chance(0.2) ? "Réponses données lors d'un premier échange, à revoir ensemble." : null
  const latest = { siren, date, answers, author, remark }
  if (!random.chance(0.12)) return [latest]
  const before: Answers = { ...answers, aim: null, governance: 'none', meetingsPerYear: 0 }
  return [{ ...latest, date: daysBefore(date, 380), answers: before, remark: null }, latest]
}

function days(epci: DemoEpci, today: string, random: Random): DemoDay[] {
  const town = epci.communes.reduce((most, one) => (one.population > most.population ? one : most))
  const day = (date: string, when: Pick<DemoDay, 'invited' | 'expected' | 'present'>): DemoDay => {
    const sent = daysBefore(date, random.whole(12, 50))
    return {
      siren: epci.siren,
      name: `${town.name}, ${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`,
      date,
      place: random.pick(['Salle des fêtes', 'Maison des associations', "Siège de l'intercommunalité"]),
      invitedOn: sent <= today && random.chance(0.85) ? sent : null,
      facilitators: random.whole(1, 3),
      ...when,
    }
  }
  const invited = random.whole(15, 60)
  const past = random.chance(0.55)
    ? [
        day(daysBefore(today, random.whole(40, 420)), {
          invited,
          expected: null,
          present: part(invited, random),
        }),
      ]
    : []
  const next = random.chance(0.45)
    ? [
        day(daysBefore(today, -random.whole(4, 120)), {
          invited,
          expected: part(invited, random),
          present: null,
        }),
      ]
    : []
  return [...past, ...next]
}

function part(invited: number, random: Random): number {
  return Math.round(invited * (0.2 + random.next() * 0.7))
}

function referents(epci: DemoEpci, answer: Answers['referents'], random: Random): DemoReferent[] {
  const kinds = answer === 'pair' ? KINDS : answer === 'one' ? [random.pick(KINDS)] : []
  return kinds.map((kind) => {
    const name = person(random)
    const organisation = kind === 'institutional' ? epci.name : 'Association Les Embruns numériques'
    const email = `${slug(name).replaceAll('-', '.')}.${epci.siren}@example.org`
    const phone = `+33${fictionalMobile(random).slice(1)}`
    return { siren: epci.siren, name, kind, organisation, email, phone }
  })
}

const KINDS = ['institutional', 'associative'] as const

function person(random: Random): string {
  return `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`
}
