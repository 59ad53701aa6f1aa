import type { Actor, ActorFields } from '../actor.ts'
import { departmentsOf, readPostalCode } from '../completeness/postal-code.ts'
import { pagesIn, withScheme } from '../completeness/page-list.ts'
import { type Place, readInseeCode } from '../completeness/place.ts'
import { readPhones } from '../completeness/read-phones.ts'
import { saidByHours } from '../completeness/said-by-hours.ts'
import { listReader, without, wordsOf } from '../completeness/said-by-words.ts'
import { pieces } from '../completeness/text.ts'
import { jaroWinkler } from '../duplicates/jaro-winkler.ts'
import { isSlip } from '../duplicates/word-likeness.ts'
import type { NormalizedFields } from '../duplicates/normalized-fields.ts'
import type { FieldName } from '../fields.ts'
import type { Geography } from '../geography.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { weekOf } from './week.ts'
import { inOtherCommune, samePostalCode } from './same-place.ts'

/** A record as it is compared: its cells mended where that loses nothing, where it is, and its words. */
export type Side = { readonly actor: Actor; readonly place: Place; readonly said: NormalizedFields }

/**
 * What the source says beside what we say, both there. null: nothing that we do not say, in whatever letters; else what to
 * write, and whether it only adds to ours.
 */
export type Beside = (
  ours: string,
  theirs: string,
  sides: { readonly ours: Side; readonly theirs: Side },
) => { readonly after: string; readonly adds: boolean } | null

type Setting = {
  readonly rules: { readonly completeness: CompletenessRules; readonly duplicates: DuplicateRules }
  readonly geography: Geography
}

/** How the values of each field are held against one another: by what they mean, never by their letters. */
export function compileBeside({ rules, geography }: Setting): (field: FieldName) => Beside {
  const lists = new Map(
    rules.completeness.fields.flatMap(({ field, accepted }) =>
      accepted === undefined ? [] : [[field, besideList(accepted, !ONE_ANSWER.has(field))] as const],
    ),
  )
  const { names, streets, likeness } = rules.duplicates
  const like = likeness.misspelt
  const own: Partial<Record<FieldName, Beside>> = {
    pivot: besidePivot,
    nom: besideWords(like, WORDS, names.common),
    adresse: besideAddress(like, streets),
    commune: (_, theirs, sides) => (sameCommune(sides) ? null : instead(theirs)),
    code_insee: (ours, theirs, sides) =>
      sameCommune(sides) || readInseeCode(ours, geography) === readInseeCode(theirs, geography)
        ? null
        : instead(theirs),
    code_postal: (ours, theirs) => (samePostalCode(ours, theirs) ? null : instead(theirs)),
    telephone: besidePhone,
    courriels: besideSet((text) => pieces(text.toLowerCase()), whole),
    site_web: besidePages,
    fiche_acces_libre: besidePages,
    prise_rdv: besidePages,
    horaires: besideHours,
    autres_formations_labels: besideSet((text) => text.split('|').map((part) => part.trim()), fold),
  }
  return (field) => own[field] ?? lists.get(field) ?? besideText
}

/** Lists of which a record gives one answer as a rule: another one is another answer, not one more. */
export const ONE_ANSWER: ReadonlySet<FieldName> = new Set(['typologie', 'itinerance', 'frais_a_charge'])

function instead(after: string): { readonly after: string; readonly adds: boolean } {
  return { after, adds: false }
}

/** Whether both are in one commune, by whichever of their fields. */
function sameCommune({ ours, theirs }: { readonly ours: Side; readonly theirs: Side }): boolean {
  if (ours.place.commune !== null && theirs.place.commune !== null)
    return !inOtherCommune(ours.place, theirs.place)
  return ours.said[TOWN] === theirs.said[TOWN]
}

const [COMMUNE, WORDS, STREET, HOUSE_NUMBERS, TOWN, PIVOT] = [2, 3, 4, 5, 6, 8] as const

/** A SIREN says less than a SIRET of it; a SIRET and an RNA say one body in two registers. */
const besidePivot: Beside = (_, theirs, sides) => {
  const [one, other] = [sides.ours.said[PIVOT], sides.theirs.said[PIVOT]]
  const registers = one.startsWith('W') !== other.startsWith('W')
  return registers || one.startsWith(other) ? null : instead(theirs)
}

/**
 * A name that ours holds whole, but for slips of the hand, what the commune says and words that many places bear (`dull`),
 * says nothing more.
 */
function besideWords(misspelt: number, at: typeof WORDS | typeof STREET, dull: readonly string[]): Beside {
  const silent = new Set(dull)
  return (ours, theirs, sides) => {
    const communes = [sides.ours.said[COMMUNE], sides.theirs.said[COMMUNE]]
    const towns = new Set(communes.flatMap(wordsOf))
    const [one, other] = [sides.ours.said[at], sides.theirs.said[at]].map((words) =>
      words.split(' ').filter((word) => word !== '' && !towns.has(word)),
    ) as [string[], string[]]
    const glued = one.join('') === other.join('')
    const telling = other.filter((word) => !silent.has(word))
    return glued || holds(one, telling, misspelt) ? null : instead(theirs)
  }
}

function holds(words: readonly string[], others: readonly string[], misspelt: number): boolean {
  return others.every((other) =>
    words.some(
      (word) =>
        word === other ||
        (!/\d/u.test(other) && (jaroWinkler(word, other) >= misspelt || isSlip(word, other))),
    ),
  )
}

/** By the numbers of the house and the words of the street; another type of street is another, an unknown one is not. */
function besideAddress(misspelt: number, { types, common }: DuplicateRules['streets']): Beside {
  const [withType, withoutType] = [
    besideWords(misspelt, STREET, common),
    besideWords(misspelt, STREET, [...common, ...types]),
  ]
  const isTyped = ({ said }: Side) => said[STREET].split(' ').some((word) => types.includes(word))
  return (ours, theirs, sides) => {
    const [one, other] = [sides.ours.said, sides.theirs.said].map((said) => said[HOUSE_NUMBERS].split(' '))
    const numbered =
      sides.theirs.said[HOUSE_NUMBERS] === '' || other!.every((number) => one!.includes(number))
    const street = isTyped(sides.ours) ? withType : withoutType
    return numbered ? street(ours, theirs, sides) : instead(theirs)
  }
}

/** A cell takes one number: a source that gives ours among others says nothing else. */
const besidePhone: Beside = (ours, theirs, sides) => {
  const [one, other] = [
    [ours, sides.ours],
    [theirs, sides.theirs],
  ].map(([text, side]) => numbersOf(text as string, (side as Side).actor.fields))
  return other!.some((number) => one!.includes(number)) ? null : instead(theirs)
}

function numbersOf(text: string, { code_postal: postal, code_insee: insee }: ActorFields): readonly string[] {
  const code = readPostalCode(postal?.trim() ?? '')?.code ?? insee ?? ''
  const { numbers } = readPhones(text.slice(0, LONGEST), departmentsOf(code)[0] ?? '')
  return numbers.length > 0 ? numbers.map(({ number }) => number) : shortNumbers(text.slice(0, LONGEST))
}

/** « 39 49 » is 3949, which no plan of numbers holds; a price beside it has fewer digits. */
function shortNumbers(text: string): readonly string[] {
  return (text.match(/\d[\d\s.-]*\d/gu) ?? [])
    .map((digits) => digits.replace(/\D+/gu, ''))
    .filter(({ length }) => length > 2)
}

/** No list of numbers is longer. */
const LONGEST = 300

/** Several values, of which two with one `key` are the same: one more beside a common one is added; else they are others. */
function besideSet(valuesOf: (text: string) => readonly string[], key: (value: string) => string): Beside {
  return (ours, theirs) => {
    const known = new Set(valuesOf(ours).map(key))
    const more = valuesOf(theirs).filter((value) => !known.has(key(value)))
    if (more.length === 0) return null
    const shared = more.length < valuesOf(theirs).length
    return shared ? { after: [ours, ...more].join('|'), adds: true } : instead(theirs)
  }
}

function fold(text: string): string {
  return wordsOf(text).join(' ')
}

/** A sign tells two mailboxes apart: « jean-martin@ », « jean.martin@ ». */
function whole(text: string): string {
  return text
}

const besidePages: Beside = (ours, theirs) => {
  const known = new Set(pagesIn(ours, true).map(pageKey))
  const [all, more] = [pagesIn(theirs, true), [] as string[]]
  for (const page of all) if (!known.has(pageKey(page))) more.push(withScheme(page))
  if (more.length === 0) return null
  return more.length < all.length ? { after: [ours, ...more].join('|'), adds: true } : instead(theirs)
}

/** A page, by whatever of its many addresses: http or https, www. or not, a slash at the end or not. */
function pageKey(page: string): string {
  const [address = ''] = withScheme(page).split('#', 1)
  const [, host = '', path = ''] = /^https?:\/\/(?:www\.)?([^/?]*)(.*)$/isu.exec(address) ?? []
  return `${host.toLowerCase()}${path.replace(/\/(?=$|\?)/u, '').replace(/\/index\.(?:html?|php)$/iu, '')}`
}

/** By the hours of each day where both say them plainly, else by what either says that the other does not. */
const besideHours: Beside = (ours, theirs, sides) => {
  const [one, other] = [weekOf(ours), weekOf(theirs)]
  if (one !== null && other !== null) return one === other ? null : instead(theirs)
  const lost = [saidByHours(theirs, ours, sides.theirs.actor), saidByHours(ours, theirs, sides.ours.actor)]
  return lost[0]!.length === 0 || lost.every((words) => words.length === 0) ? null : instead(theirs)
}

/** A text says its words, whatever their capitals, spaces and signs. */
const besideText: Beside = (ours, theirs) =>
  without(wordsOf(theirs), wordsOf(ours)).length === 0 ? null : instead(theirs)

/** A list: what ours lacks of what the rules know is added, ours as it stands; of a list of one answer another is another. */
function besideList(accepted: Readonly<Record<string, readonly string[]>>, several: boolean): Beside {
  const read = listReader(accepted)
  return (ours, theirs) => {
    const known = new Set(read(ours))
    const said = read(theirs).filter((value) => Object.hasOwn(accepted, value))
    const more = said.filter((value) => !known.has(value))
    if (more.length === 0) return null
    if (!several && more.length === said.length) return instead(said.join('|'))
    return { after: [ours, ...more].join('|'), adds: true }
  }
}
