import { readDay } from '../completeness/check-date.ts'
import { isSiret } from '../completeness/check-pivot.ts'
import { communeKey, communeNamed } from '../completeness/commune-names.ts'
import { readPhones } from '../completeness/read-phones.ts'
import { fold, pieces } from '../completeness/text.ts'
import { isLatitude, isLongitude } from './degrees.ts'
import { columnParts } from './mapped/column-parts.ts'
import type { ColumnParts } from './mapped/column-parts.ts'
import type { Geography } from '../geography.ts'
import { isTicked } from '../mapping/mapping.ts'
import { SHAPES } from '../rules/adoption.ts'

type Shape = (typeof SHAPES)[number]

/** What the sampled values of a column look like: shares (0–1) of those that are filled, never a value itself. */
export type ValueProfile = {
  readonly filled: number
  /** How many of them stand in another row too. */
  readonly repeats: number
  /** The share (0–1) of those that look like the name of a person. */
  readonly people: number
  readonly shapes: Readonly<Record<Shape, number>>
  /** By the key of a column of ours: the share of values that are among those it accepts. */
  readonly accepted: ReadonlyMap<string, number>
  /** The type of place that most of them tell, being names, and the share (0–1) of those that do; null: none do. */
  readonly kind: { readonly value: string; readonly share: number } | null
  /** What they could be a part of. */
  readonly parts: ColumnParts
  /** The words of a column that holds few and uses them again: a list of choices, nobody's own words. Empty: it is none. */
  readonly words: readonly string[]
}

export type ProfilerContext = {
  readonly geography: Geography
  /** Whether a text names one EPCI of the official list. */
  readonly isEpciName: (text: string) => boolean
  /** By the key of a column of ours: every wording that it accepts. */
  readonly accepted: ReadonlyMap<string, readonly string[]>
  /** Words of names that are no person's. */
  readonly organisations: readonly string[]
  /** The type of place that a name tells; null: none. */
  readonly typeOf: (name: string) => string | null
}

/** Reads the values of a column, of which it keeps shares alone. */
export function valueProfiler(context: ProfilerContext): (values: readonly string[]) => ValueProfile {
  const readers = shapeReaders(context)
  const accepted = [...context.accepted].map(
    ([key, wordings]) => [key, new Set(wordings.map((wording) => fold(wording)))] as const,
  )
  const isPerson = personReader(context)
  const hasCode = (name: string, code: string) =>
    communeNamed(name, context.geography.byPostalCode(code)) !== null
  return (values) => {
    const filled = values.map((value) => value.trim().slice(0, LONGEST)).filter((value) => value !== '')
    const shareOf = (fits: (value: string) => boolean) =>
      filled.length === 0 ? 0 : filled.filter(fits).length / filled.length
    const repeats = repeated(filled)
    return {
      filled: filled.length,
      repeats,
      people: shareOf(isPerson),
      kind: commonest(filled.map(context.typeOf)),
      parts: columnParts(filled, hasCode),
      words: choiceWords(filled),
      shapes: {
        ...(Object.fromEntries(SHAPES.map((shape) => [shape, shareOf(readers[shape])])) as Record<
          Shape,
          number
        >),
        street: shareOf(readers.street) * (filled.length >= FEW && shareOf(hasDigit) < SELDOM ? HALF : 1),
        place_name: shareOf(readers.place_name) * (filled.length === 0 ? 0 : 1 - repeats / filled.length),
      },
      accepted: new Map(
        accepted.map(([key, wordings]) => [
          key,
          shareOf(
            (value) => wordings.has(fold(value)) || pieces(value).every((piece) => wordings.has(fold(piece))),
          ),
        ]),
      ),
    }
  }
}

function commonest(types: readonly (string | null)[]): ValueProfile['kind'] {
  const counts = Map.groupBy(types, (type) => type)
  counts.delete(null)
  const [best, other] = counts // two kinds: the column holds no single one
  const value = best?.[0] ?? null
  return best === undefined || other !== undefined || value === null
    ? null
    : { value, share: best[1].length / types.length }
}

/** A list of choices is short, its words are, and most come again. */
const MOST_WORDS = 60
const LONGEST_WORD = 120

function choiceWords(filled: readonly string[]): string[] {
  const words = new Map<string, { word: string; count: number }>()
  for (const piece of filled.flatMap((value) => value.split(/[|;,\n]/u)).map((one) => one.trim())) {
    if (piece === '') continue
    if (piece.length > LONGEST_WORD) return []
    const known = words.get(fold(piece)) ?? { word: piece, count: 0 }
    words.set(fold(piece), { ...known, count: known.count + 1 })
  }
  const again = [...words.values()].filter(({ count }) => count > 1)
  return words.size > MOST_WORDS || 2 * again.length < words.size ? [] : again.map(({ word }) => word)
}

/** Streets of which hardly one has a number are half of an address: the numbers stand in another column. */
const SELDOM = 0.1
const HALF = 0.5
const FEW = 4
const hasDigit = (value: string) => /\d/u.test(value)

/** Two or three words with capitals, none of which an organisation or a commune bears: « Ada Lovelace », « LOVELACE Ada ». */
function personReader({ organisations, isEpciName }: ProfilerContext): (value: string) => boolean {
  const others = new Set(organisations.map((word) => fold(word)))
  return (value) => {
    const words = value.split(/\s+/u)
    if (words.length < 2 || words.length > 3 || !words.every((word) => PERSON.test(word))) return false
    return words.every((word) => !others.has(fold(word))) && !isEpciName(value)
  }
}
const PERSON = /^\p{Lu}[\p{L}'’.-]*$/u

/** How many values are not the only ones of their kind. */
export function repeated(values: readonly string[]): number {
  const counts = Map.groupBy(values, (value) => fold(value).replaceAll(' ', ''))
  return [...counts.values()].reduce((sum, { length }) => sum + (length > 1 ? length : 0), 0)
}

/** What a value looks like is seen by then; a pattern may take a longer one in more time than anybody has. */
const LONGEST = 500
const RNA = /^W\d[0-9A-Z]\d{7}$/u
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/u
const WEB = /^(?:https?:\/\/|www\.)\S+$/iu
const PHONE = /^(?:(?:\+|00)\d{1,3}|\(?0)[\d\s().-]{7,16}$/u
const HOURS = /\d{1,2}\s*(?:h|:)\s*\d{0,2}/iu
const DAYS = /\b(?:mo|tu|we|th|fr|sa|su|lun\w*|mar\w*|mer\w*|jeu\w*|ven\w*|sam\w*|dim\w*|24\/7)\b/iu
const STREET =
  /\b(?:rue|r\.|avenue|av\.?|boulevard|bd|place|pl\.?|allee|chemin|route|impasse|quai|cours|square|zone|za|zac|lieu-dit|lieu dit|esplanade|parvis|ruelle|venelle|passage|rond-point|faubourg|residence|village|bourg)\b/u

function shapeReaders({
  geography,
  isEpciName,
  organisations,
}: ProfilerContext): Record<Shape, (value: string) => boolean> {
  let communes: ReadonlySet<string> | undefined
  const ofPlaces = new Set(organisations.map((word) => fold(word)))
  const digits = (value: string) => value.replaceAll(/[\s.\-_]/gu, '')
  const number = (value: string) =>
    /^-?\d{1,3}(?:[.,]\d+)$/u.test(value) ? Number(value.replace(',', '.')) : null
  const degreesIn = (value: string, isInside: (degrees: number) => boolean) => {
    const read = number(value)
    return read !== null && isInside(read)
  }
  return {
    siret: (value) =>
      (/^\d{14}$/u.test(digits(value)) && isSiret(digits(value))) || RNA.test(digits(value).toUpperCase()),
    siren: (value) => /^\d{9}$/u.test(digits(value)),
    epci_siren: (value) => geography.epci(digits(value)) !== null,
    epci_name: isEpciName,
    commune_code: (value) => {
      const code = value.toUpperCase()
      return geography.commune(code) !== null || geography.successor(code) !== null
    },
    postal_code: (value) => geography.byPostalCode(value).length > 0,
    phone: (value) => pieces(value).every((piece) => PHONE.test(piece)) || isPhone(value),
    email: (value) => pieces(value).every((piece) => EMAIL.test(piece)),
    acceslibre: (value) => /acceslibre/iu.test(value),
    url: (value) => WEB.test(value),
    date: (value) => readDay(value) !== null,
    latitude: (value) => degreesIn(value, isLatitude),
    longitude: (value) => degreesIn(value, isLongitude),
    hours: (value) => HOURS.test(value) && DAYS.test(fold(value)),
    street: (value) => STREET.test(fold(value)),
    commune_name: (value) => (communes ??= communeNames(geography)).has(communeKey(value)),
    tick: (value) => isTicked(value) !== null,
    place_name: (value) => {
      const words = fold(value).split(/[^\p{L}]+/u)
      return words.length > 1 && words.length < 12 && words.some((word) => ofPlaces.has(word))
    },
  }
}

/** « 02 99 00 00 00 (accueil) », « Tél. : +33 2 99 00 00 00 »: a number as it is dialled, and a few words beside it. */
const DIALLED = /(?<![\d\p{L}+])(?:(?:\+|00)\d{2,3}[\s.]?|0)\d(?:[\s./-]?\d{2}){4}(?!\d)/u
const FEW_WORDS = 40

function isPhone(value: string): boolean {
  const [number] = DIALLED.exec(value) ?? []
  return (
    number !== undefined &&
    value.length - number.length < FEW_WORDS &&
    readPhones(number, '').numbers.length > 0
  )
}

const DEPARTMENTS = [
  ...Array.from({ length: 95 }, (_, at) => String(at + 1).padStart(2, '0')),
  ...['2A', '2B', '971', '972', '973', '974', '976'],
]

function communeNames(geography: Geography): ReadonlySet<string> {
  const all = DEPARTMENTS.flatMap((department) => geography.byDepartment(department))
  return new Set(all.map(({ name }) => communeKey(name)))
}
