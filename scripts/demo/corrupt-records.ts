import type { ActorFields } from '../../src/domain/actor.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import { PLACEHOLDERS, WORN_HOURS, capitals } from './actor-words.ts'
import { daysBefore } from './days.ts'
import { fictionalLandline } from './fictional-numbers.ts'
import type { Random } from './random.ts'

/** What life does to a record; `contradicted_epci` and `near_duplicate` are made between records. */
export type Flaw = keyof typeof CORRUPTIONS | 'contradicted_epci' | 'near_duplicate'
type Corrupted = Partial<Record<FieldName, string | null>>
type Spoil = (fields: ActorFields, random: Random, today: string) => Corrupted | null

/** Each way to spoil a record, as census files have them; null: this record has nothing to spoil so. */
const CORRUPTIONS = {
  capitals: ({ nom }) => nom && { nom: capitals(nom) },
  commune_capitals: ({ commune }) =>
    commune && { commune: capitals(commune).replace(/^SAINT(E?)-/, 'ST$1 ') },
  national_phone: ({ telephone }) => telephone && { telephone: pairs(telephone, ' ') },
  dotted_phone: ({ telephone }) => telephone && { telephone: pairs(telephone, '.') },
  several_phones: ({ telephone }, random) =>
    telephone && { telephone: `${pairs(telephone, ' ')} / ${pairs(fictionalLandline(random), ' ')}` },
  placeholder: (fields, random) => placeholder(fields, random),
  worn_hours: ({ horaires }, random) => horaires && { horaires: random.pick(WORN_HOURS) },
  postal_code_for_insee: ({ code_insee, code_postal }) => code_insee && { code_insee: code_postal },
  unknown_insee: ({ code_insee }) => code_insee && { code_insee: `${code_insee.slice(0, 2)}999` },
  no_codes: () => ({ code_insee: null, code_postal: null }),
  bad_siret: ({ pivot }) => isSiret(pivot) && { pivot: pivot.slice(0, 13) + ((Number(pivot[13]) + 3) % 10) },
  zero_siret: ({ pivot }) => isSiret(pivot) && { pivot: '0'.repeat(14) },
  short_siret: ({ pivot }) => isSiret(pivot) && { pivot: pivot.slice(0, 9) },
  spaced_siret: ({ pivot }) =>
    isSiret(pivot) && { pivot: pivot.replace(/(\d{3})(\d{3})(\d{3})(\d{5})/, '$1 $2 $3 $4') },
  several_mails: ({ courriels }) => courriels && { courriels: `${courriels}; accueil.bis@example.org` },
  broken_mail: ({ courriels }) => courriels && { courriels: courriels.replace('@', ' (at) ') },
  old_date: (_, random) => ({ date_maj: `201${random.whole(6, 9)}-0${random.whole(1, 9)}-15` }),
  future_date: (_, random, today) => ({ date_maj: daysBefore(today, -random.whole(30, 700)) }),
  bare_site: ({ site_web }) => site_web && { site_web: site_web.replace('https://', 'www.') },
  contradictory_access: () => ({ modalites_acces: "Se présenter|Ce lieu n'accueille pas de public" }),
  contradictory_fees: () => ({ frais_a_charge: 'Gratuit|Payant' }),
  swapped_coordinates: ({ latitude, longitude }) => latitude && { latitude: longitude, longitude: latitude },
  long_summary: ({ presentation_resume }) =>
    presentation_resume && { presentation_resume: `${presentation_resume} `.repeat(4).trim() },
} satisfies Record<string, (...given: Parameters<Spoil>) => Corrupted | null | false | ''>

/** Every way, for those who check that each is met. */
export const FLAWS = Object.keys(CORRUPTIONS) as readonly (keyof typeof CORRUPTIONS)[]
const RARE: ReadonlySet<string> = new Set([
  'future_date',
  'swapped_coordinates',
  'no_codes',
  'zero_siret',
  'unknown_insee',
])

/** The record after some years in a shared spreadsheet: the less care is taken, the more often and the more. */
export function corrupt(
  fields: ActorFields,
  care: number,
  today: string,
  random: Random,
): { fields: ActorFields; flaws: Flaw[] } {
  if (!random.chance(0.3 + 0.5 * (1 - care))) return { fields, flaws: [] }
  const wanted = random.whole(1, care > 0.8 ? 1 : 3)
  let worn = fields
  const flaws: (keyof typeof CORRUPTIONS)[] = []
  while (flaws.length < wanted) {
    const flaw = random.weighted(FLAWS, (key) => (RARE.has(key) ? 0.3 : 1))
    const change = flaws.includes(flaw) ? null : (CORRUPTIONS[flaw] as Spoil)(worn, random, today)
    if (!change) continue
    worn = { ...worn, ...change }
    flaws.push(flaw)
  }
  return { fields: worn, flaws }
}

/** The same place entered a second time by somebody else. */
export function nearDuplicate<Record extends { fields: ActorFields; flaws: readonly Flaw[] }>(
  one: Record,
  random: Random,
): Record {
  const { nom, telephone } = one.fields
  const name = random.chance(0.5) ? capitals(nom ?? '') : `${nom} (annexe)`
  const fields = {
    ...one.fields,
    nom: name,
    telephone: telephone && pairs(telephone, ' '),
    horaires: null,
    site_web: null,
    presentation_detail: null,
  }
  return { ...one, fields, flaws: [...one.flaws, 'near_duplicate'] }
}

/** Long gaps are left in fields where people dare not leave them empty. */
function placeholder(fields: ActorFields, random: Random): Corrupted {
  const candidates = [
    'telephone',
    'courriels',
    'site_web',
    'horaires',
    'presentation_resume',
    'adresse',
  ] as const
  const field = candidates.find((one) => fields[one] === null) ?? random.pick(candidates)
  return { [field]: random.pick(PLACEHOLDERS) }
}

function isSiret(pivot: string | null): pivot is string {
  return pivot !== null && /^9\d{13}$/.test(pivot)
}

/** « 02 61 91 12 34 » from either way of writing a number. */
function pairs(phone: string, separator: string): string {
  const national = phone.replace(/^\+33/, '0').replaceAll(/\D/g, '').slice(0, 10)
  return national.match(/\d\d/g)?.join(separator) ?? phone
}
