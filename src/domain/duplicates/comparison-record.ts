import { memo } from '../completeness/memo.ts'
import { letters } from '../completeness/text.ts'
import type { DuplicateRules } from '../rules/duplicates.ts'
import { isNumber, type NormalizedFields } from './normalized-fields.ts'
import { type Word, wordReader, wordWeigher } from './words.ts'

/** A record made ready to be compared; '' and null: not said. */
export type ComparisonRecord = {
  readonly identifier: string
  /** The name as people wrote it. */
  readonly title: string
  readonly name: readonly Word[]
  readonly kinds: readonly string[]
  /** Of these, those of which a commune has one. */
  readonly only: readonly string[]
  /** What the name is beside a record of another kind. */
  readonly host: 'label' | 'body' | null
  readonly itinerant: boolean
  /** Whether it says that it is a place which another one has beside itself: an annexe. */
  readonly branch: boolean
  /** The first letters of the words of the name and of the commune, as an acronym takes them. */
  readonly initials: string
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

/** Compiles the reading of a comparison record from what it says. */
export function cardReader({ names, streets }: DuplicateRules): (said: NormalizedFields) => ComparisonRecord {
  const nameOf = wordWeigher(names.common, names.weights.common)
  const streetOf = wordWeigher([...streets.types, ...streets.common], streets.weights.common)
  const communeWords = communeReader(names)
  const kindsOf = kindReader(names)
  const [itinerant, branches] = [new Set(names.itinerant), new Set(names.branches)]
  const silent = new Set(names.ignored)
  return (said) => {
    const [identifier, title, commune, words, street, houseNumbers, town, postalCode, ...numbers] = said
    const [pivot, phones, emails, latitude, longitude] = numbers
    const texts = list(words)
    const kinds = kindsOf(texts)
    const branch = texts.some((text) => branches.has(text))
    return {
      identifier: identifier.toLowerCase(),
      title,
      name: nameOf(words),
      ...kinds,
      // A commune may have several annexes of what it has one of.
      only: branch ? NONE : kinds.only,
      branch,
      initials: initialsOf(`${title} ${commune}`, silent),
      itinerant: texts.some((text) => itinerant.has(text)),
      numbers: filtered(texts, isNumber),
      street: streetOf(street),
      houseNumbers: list(houseNumbers),
      commune: town,
      communeWords: communeWords(commune),
      postalCode,
      pivot,
      phones: list(phones),
      emails: list(emails),
      point: pointOf(latitude, longitude),
    }
  }
}

const NONE: readonly string[] = Object.freeze([])

function list(texts: string): readonly string[] {
  return texts === '' ? NONE : texts.split(' ')
}

/** The same list for all that keep nothing: most do. */
function filtered(texts: readonly string[], keep: (text: string) => boolean): readonly string[] {
  return texts.some(keep) ? texts.filter(keep) : NONE
}

function initialsOf(text: string, silent: ReadonlySet<string>): string {
  let initials = ''
  for (const word of letters(text).split(' ')) if (!silent.has(word)) initials += word.charAt(0)
  return initials
}

/** The words of a commune's name, as a name of a place would be read. */
function communeReader(names: DuplicateRules['names']): (commune: string) => ReadonlySet<string> {
  const read = wordReader(names)
  return memo((commune): ReadonlySet<string> => new Set(read(letters(commune).replace(/ cedex.*$/u, ''))))
}

/** The kinds that a name says; a body only where it says no other. */
function kindReader({ kinds, bodies, only, labels }: DuplicateRules['names']) {
  const [kind, body, single, label] = [kinds, bodies, only, labels].map((words) => new Set(words)) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>,
  ]
  return (texts: readonly string[]): Pick<ComparisonRecord, 'kinds' | 'only' | 'host'> => {
    const said = filtered(texts, (text) => kind.has(text))
    const own = said.length > 0 ? said : filtered(texts, (text) => body.has(text))
    const role = said.length === 0 ? 'body' : said.every((text) => label.has(text)) ? 'label' : null
    return {
      kinds: own,
      only: filtered(own, (text) => single.has(text)),
      host: own.length === 0 ? null : role,
    }
  }
}

function pointOf(latitude: string, longitude: string): ComparisonRecord['point'] {
  if (latitude === '' || longitude === '') return null
  const [north, east] = [Number(latitude), Number(longitude)]
  return Number.isFinite(north) && Number.isFinite(east) && (north !== 0 || east !== 0) ? [north, east] : null
}
