import type { ActorFields } from '../actor.ts'
import { communeKey } from '../completeness/place.ts'
import { memo } from '../completeness/memo.ts'
import { answerReader } from '../completeness/placeholders.ts'
import { letters, pieces } from '../completeness/text.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { type Word, wordReader } from './words.ts'

/** What is compared of a record, as people wrote it; '' where nothing is said. */
export const COMPARED = [
  'id',
  'nom',
  'commune',
  'code_postal',
  'code_insee',
  'adresse',
  'pivot',
  'telephone',
  'courriels',
  'latitude',
  'longitude',
] as const satisfies readonly (keyof ActorFields)[]

/** The values of `COMPARED`, in its order. */
export type Said = Texts<typeof COMPARED>
type Texts<Fields extends readonly string[]> = { readonly [At in keyof Fields]: string }

/** A record made ready to be compared; '' and null: not said. */
export type Card = {
  readonly identifier: string
  /** The name as it is written, reduced to its letters. */
  readonly title: string
  readonly name: readonly Word[]
  readonly kinds: readonly string[]
  readonly itinerant: boolean
  /** The numbers of the name. */
  readonly numbers: readonly string[]
  readonly street: readonly Word[]
  readonly houseNumbers: readonly string[]
  /** The commune's name without spaces, accents or CEDEX; else its INSEE code. */
  readonly commune: string
  readonly communeWords: ReadonlySet<string>
  readonly postalCode: string
  readonly pivot: string
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  /** Latitude and longitude in degrees. */
  readonly point: readonly [number, number] | null
}

/** What the record says of `COMPARED`, placeholders (« NC », « à compléter ») left out. */
export function sayingsOf(rules: CompletenessRules): (fields: ActorFields) => Said {
  const answer = answerReader(rules)
  return (fields) =>
    COMPARED.map((field) => {
      const value = fields[field]
      return value !== null && answer(value) === 'value' ? value.replaceAll(BETWEEN, ' ').trim() : ''
    }) as unknown as Said
}

/** Stands between the values of a record that is kept as one text, which takes a third of the room of a list. */
const BETWEEN = '\u001f'

export function packed(said: Said): string {
  return said.join(BETWEEN)
}

export function unpacked(text: string): Said {
  return text.split(BETWEEN) as unknown as Said
}

/** Compiles the reading of a record's card. */
export function cardReader({ names, streets }: DuplicateRules): (said: Said) => Card {
  const nameWords = wordReader(names)
  const streetOf = streetReader(streets)
  const keyOf = memo(communeKey)
  const townOf = memo(letters)
  const communeWords = memo(
    (text): ReadonlySet<string> => new Set(nameWords(letters(text).replace(/ cedex.*$/u, '')).map(textOf)),
  )
  const kindsOf = kindReader(names)
  const itinerant = new Set(names.itinerant)
  return (said) => {
    const [id, nom, commune, postal, insee, adresse, pivot, phones, emails, latitude, longitude] = said
    const title = letters(nom)
    const name = nameWords(title)
    const texts = name.map(textOf)
    return {
      identifier: id.toLowerCase(),
      title,
      name,
      kinds: kindsOf(texts),
      itinerant: texts.some((text) => itinerant.has(text)),
      numbers: texts.filter(isNumber),
      ...streetOf(withoutTown(adresse, townOf(commune))),
      commune: commune === '' ? insee : keyOf(commune),
      communeWords: communeWords(commune),
      postalCode: postal.replace(/\s+/gu, ''),
      pivot: pivotOf(pivot),
      phones: phonesOf(phones),
      emails: emailsOf(emails),
      point: pointOf(latitude, longitude),
    }
  }
}

/** The words of a street, and the numbers of the house: those that begin the address or stand before « rue », « place » … */
function streetReader({ types, common, ...rules }: DuplicateRules['streets']) {
  const read = wordReader({ ...rules, common: [...types, ...common] })
  const type = new Set(types)
  return (text: string): Pick<Card, 'street' | 'houseNumbers'> => {
    const words = read(text)
    const street: Word[] = []
    const houseNumbers: string[] = []
    let begins = true
    for (const [at, word] of words.entries()) {
      if (!isNumber(word.text)) begins &&= SUFFIX.test(word.text)
      if (isNumber(word.text) && (begins || type.has(nextWord(words, at))))
        houseNumbers.push(word.text.replace(/[a-z]$/u, ''))
      else street.push(word)
    }
    return { street, houseNumbers }
  }
}

const SUFFIX = /^(?:bis|ter|quater|[a-z])$/u

function nextWord(words: readonly Word[], at: number): string {
  return words.slice(at + 1).find(({ text }) => !isNumber(text) && !SUFFIX.test(text))?.text ?? ''
}

/** The kinds that a name says; a body only where it says no other. */
function kindReader({ kinds, bodies }: DuplicateRules['names']) {
  const [kind, body] = [new Set(kinds), new Set(bodies)]
  return (texts: readonly string[]): readonly string[] => {
    const said = texts.filter((text) => kind.has(text))
    return said.length > 0 ? said : texts.filter((text) => body.has(text))
  }
}

function textOf({ text }: Word): string {
  return text
}

function isNumber(text: string): boolean {
  return /^\d+[a-z]?$/u.test(text)
}

/** « 12 rue Lamennais 22220 Tréguier » ends with the town that stands in fields of its own. */
function withoutTown(address: string, town: string): string {
  const all = letters(address)
  const code = all.search(/(?:^| )\d{5}\b/u)
  const street = code < 0 ? all : all.slice(0, code)
  return town !== '' && street.endsWith(` ${town}`) ? street.slice(0, -town.length - 1) : street
}

/** A SIRET, RNA or the like without its spaces; '' for what nobody's number could be: zeros, ones … */
function pivotOf(text: string): string {
  const plain = text.toUpperCase().replace(/[\s.\-_]/gu, '')
  return plain.length < 9 || /^(.)\1*$/u.test(plain) ? '' : plain
}

/** The last nine digits of each number, which no way of writing it changes; short numbers (3960) are nobody's own. */
function phonesOf(text: string): readonly string[] {
  if (text === '') return []
  const numbers = text
    .split(/[|;,/\n]|\bou\b|\bet\b/iu)
    .map((part) => part.replace(/\D+/gu, ''))
    .filter((digits) => digits.length >= 9)
  return [...new Set(numbers.map((digits) => digits.slice(-9)))]
}

function emailsOf(text: string): readonly string[] {
  if (!text.includes('@')) return []
  return [...new Set(pieces(text.toLowerCase()).filter((piece) => piece.includes('@')))]
}

function pointOf(latitude: string, longitude: string): Card['point'] {
  if (latitude === '' || longitude === '') return null
  const [north, east] = [Number(latitude.replace(',', '.')), Number(longitude.replace(',', '.'))]
  return Number.isFinite(north) && Number.isFinite(east) && (north !== 0 || east !== 0) ? [north, east] : null
}
