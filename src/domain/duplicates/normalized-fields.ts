import type { ActorFields } from '../actor.ts'
import { memo } from '../completeness/memo.ts'
import { communeKey } from '../completeness/commune-names.ts'
import { answerReader } from '../completeness/placeholders.ts'
import { readPostalCode } from '../completeness/postal-code.ts'
import { letters, pieces } from '../completeness/text.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { wordReader } from './words.ts'

/**
 * What a record says of what is compared, '' where nothing is said: the first three as people wrote them, the others
 * ready to be compared, lists parted by spaces.
 */
export type NormalizedFields = readonly [
  identifier: string,
  name: string,
  commune: string,
  /** Of the name. */
  words: string,
  /** The words of the street. */
  street: string,
  houseNumbers: string,
  /** The key of the commune, else its INSEE code. */
  town: string,
  postalCode: string,
  pivot: string,
  phones: string,
  emails: string,
  latitude: string,
  longitude: string,
]

type Rules = { readonly duplicates: DuplicateRules; readonly completeness: CompletenessRules }

/** Compiles the reading of what a record says; placeholders (« NC », « à compléter ») say nothing. */
export function normalizedFieldsOf({
  duplicates,
  completeness,
}: Rules): (fields: ComparedFields) => NormalizedFields {
  const answer = answerReader(completeness)
  const wordsOf = wordReader(duplicates.names)
  const streetOf = streetReader(duplicates.streets)
  const townOf = memo(letters)
  const keyOf = memo(communeKey)
  const said = (value: string | null): string =>
    value !== null && answer(value) === 'value' ? value.trim() : ''
  return (fields) => {
    const [name, commune] = [said(fields.nom), said(fields.commune)]
    const street = streetOf(withoutTown(said(fields.adresse), townOf(commune)))
    return [
      said(fields.id),
      name,
      commune,
      wordsOf(letters(name)).join(' '),
      street.words,
      street.houseNumbers,
      commune === '' ? said(fields.code_insee) : keyOf(commune),
      postalCodeOf(said(fields.code_postal)),
      pivotOf(said(fields.pivot)),
      phonesOf(said(fields.telephone)),
      emailsOf(said(fields.courriels)),
      said(fields.latitude).replace(',', '.'),
      said(fields.longitude).replace(',', '.'),
    ]
  }
}

/** The fields that are compared. */
const COMPARED = [
  ...(['id', 'nom', 'commune', 'code_insee', 'code_postal', 'adresse'] as const),
  ...(['pivot', 'telephone', 'courriels', 'latitude', 'longitude'] as const),
] as const
type ComparedFields = Pick<ActorFields, (typeof COMPARED)[number]>

/** Stands between the values of a record that is kept as one text, which takes a third of the room of a list. */
const BETWEEN = '\u001f'

/** The fields that are compared, as people wrote them, as one text: joined, not added up, which would hold each of its parts. */
export function packedFields(fields: ComparedFields): string {
  return COMPARED.map((field) => begun(fields[field])).join(BETWEEN)
}

/** Longer is no name, and no address: its words would be compared each with each. */
const LONGEST = 500

function begun(value: string | null): string {
  if (value === null) return ''
  const text = value.length > LONGEST ? value.slice(0, LONGEST).toWellFormed() : value
  return text.replaceAll(BETWEEN, ' ')
}

/** The other way round; what was not said is empty. */
export function fieldsIn(text: string): ComparedFields {
  const values = text.split(BETWEEN)
  const fields: Partial<Record<keyof ComparedFields, string>> = {}
  for (const [at, field] of COMPARED.entries()) fields[field] = values[at] ?? ''
  return fields as ComparedFields
}

export function packed(said: NormalizedFields): string {
  return said.join(BETWEEN)
}

export function unpacked(text: string): NormalizedFields {
  return text.split(BETWEEN) as unknown as NormalizedFields
}

/** Whether a word is a number, as houses and rooms have them: 12, 12b. */
export function isNumber(word: string): boolean {
  const first = word.charCodeAt(0)
  return first >= ZERO && first <= NINE && /^\d+[a-z]?$/u.test(word)
}

const [ZERO, NINE] = [48, 57]

/** The words of a street, and the numbers of the house: those that begin the address or stand before « rue », « place » … */
function streetReader({ types, ...rules }: DuplicateRules['streets']) {
  const read = wordReader(rules)
  const type = new Set(types)
  return (text: string): { readonly words: string; readonly houseNumbers: string } => {
    const street: string[] = []
    const houseNumbers: string[] = []
    const words = read(text)
    let begins = true
    for (const [at, word] of words.entries()) {
      const number = isNumber(word)
      if (!number) begins &&= SUFFIX.test(word)
      if (number && (begins || type.has(nextWord(words, at)))) houseNumbers.push(word.replace(/[a-z]$/u, ''))
      else street.push(word)
    }
    return { words: street.join(' '), houseNumbers: houseNumbers.join(' ') }
  }
}

const SUFFIX = /^(?:bis|ter|quater|[a-z])$/u

function nextWord(words: readonly string[], at: number): string {
  return words.slice(at + 1).find((word) => !isNumber(word) && !SUFFIX.test(word)) ?? ''
}

/** « 12 rue Lamennais 22220 Tréguier » ends with the town that stands in fields of its own. */
function withoutTown(address: string, town: string): string {
  const all = letters(address)
  const code = all.search(/(?:^| )\d{5}\b/u)
  const street = code < 0 ? all : all.slice(0, code)
  return town !== '' && street.endsWith(` ${town}`) ? street.slice(0, -town.length - 1) : street
}

/** Five digits where they can be read. */
function postalCodeOf(text: string): string {
  return readPostalCode(text)?.code ?? text.replace(/\s+/gu, '')
}

/** A SIRET, RNA, RIDET … without its spaces; '' for what nobody's number could be: zeros, ones … */
function pivotOf(text: string): string {
  const plain = text.toUpperCase().replace(/[\s.\-_]/gu, '')
  return plain.length < 6 || /^(.)\1*$/u.test(plain) ? '' : plain
}

/** The last nine digits of each number, which no way of writing it changes; short numbers (3960) are nobody's own. */
function phonesOf(text: string): string {
  if (text === '') return ''
  const numbers = text
    .split(/[|;,/\n]|\bou\b|\bet\b/iu)
    .map((part) => part.replace(/\D+/gu, ''))
    .filter((digits) => digits.length >= 9)
  return [...new Set(numbers.map((digits) => digits.slice(-9)))].join(' ')
}

function emailsOf(text: string): string {
  if (!text.includes('@')) return ''
  const addresses = pieces(text.toLowerCase()).flatMap((piece) => piece.split(' '))
  return [...new Set(addresses.filter((address) => address.includes('@')))].join(' ')
}
