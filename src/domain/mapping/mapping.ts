import { hoursFromFrench } from '../completeness/hours-in-french.ts'
import { fold } from '../completeness/text.ts'
import { readPoint } from './point.ts'
import { readAddress } from './written-address.ts'

/** The days of a week as opening hours write them, Monday first. */
export const WEEK = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
export type WeekDay = (typeof WEEK)[number]

/** How a field is read where no single column of the base holds it as it is; columns by their titles there. */
export type Mapping =
  /** The first of these columns that holds something. */
  | { readonly first: readonly string[] }
  /** Every value of these columns, as one list. */
  | { readonly all: readonly string[] }
  /** One text out of several: a number, then a street. */
  | { readonly join: readonly string[] }
  /** A column a value, ticked where it holds (a box, « x », « Oui »): title → value of the list. */
  | { readonly each: Readonly<Record<string, string>> }
  /** A column of hours a day, or several: the morning, the afternoon. */
  | { readonly days: Readonly<Partial<Record<WeekDay, string | readonly string[]>>> }
  /** Latitude and longitude in one column. */
  | { readonly point: string }
  /** Postal code and commune in one column, behind the street where it is a whole address. */
  | { readonly address: string }
  /** The same for every row. */
  | { readonly constant: string }

/** What a cell holds. */
type Cell = string | number | boolean | null

/** The titles of the columns that a mapping reads, each once. */
export function sourcesOf(mapping: Mapping): readonly string[] {
  return [...new Set(allSources(mapping))]
}

/** The same as they are written, one that is named twice included. */
export function allSources(mapping: Mapping): readonly string[] {
  if ('first' in mapping) return mapping.first
  if ('all' in mapping) return mapping.all
  if ('join' in mapping) return mapping.join
  if ('each' in mapping) return Object.keys(mapping.each)
  if ('days' in mapping) return WEEK.flatMap((day) => columnsOfDay(mapping.days, day))
  if ('address' in mapping) return [mapping.address]
  return 'point' in mapping ? [mapping.point] : []
}

/** The same way, by other titles of the columns. */
export function withSources(mapping: Mapping, rename: (title: string) => string): Mapping {
  if ('first' in mapping) return { first: mapping.first.map(rename) }
  if ('all' in mapping) return { all: mapping.all.map(rename) }
  if ('join' in mapping) return { join: mapping.join.map(rename) }
  if ('point' in mapping) return { point: rename(mapping.point) }
  if ('address' in mapping) return { address: rename(mapping.address) }
  if ('each' in mapping)
    return {
      each: Object.fromEntries(Object.entries(mapping.each).map(([title, value]) => [rename(title), value])),
    }
  if ('constant' in mapping) return mapping
  const days = Object.entries(mapping.days).map(([day, titles]) => [
    day,
    typeof titles === 'string' ? rename(titles) : titles.map(rename),
  ])
  return { days: Object.fromEntries(days) as DayColumns }
}

/**
 * What a field says by its mapping; null: nothing. What is not understood is given as it stands, so that the checks of
 * the field tell it to people: nothing is guessed, and nothing is dropped.
 * @param field its column of the standard: of a point, `latitude` or `longitude`; of an address, `adresse`, `code_postal`
 *   or `commune`
 * @param cellOf the cell of the column of that title
 */
export function mappedValue(
  mapping: Mapping,
  field: string,
  cellOf: (title: string) => Cell | undefined,
): string | null {
  const textOf = (title: string) => said(cellOf(title))
  if ('constant' in mapping) return mapping.constant
  if ('first' in mapping) return mapping.first.map(textOf).find((text) => text !== null) ?? null
  if ('all' in mapping) return listOf(mapping.all.map(textOf))
  if ('join' in mapping) return joined(mapping.join.map(textOf))
  if ('point' in mapping) return partOf(textOf(mapping.point), field)
  if ('address' in mapping) return partOfAddress(textOf(mapping.address), field)
  if ('days' in mapping) return hoursOf(mapping.days, cellOf)
  return listOf(Object.entries(mapping.each).map(([title, value]) => tickedValue(cellOf(title), value)))
}

const YES: ReadonlySet<string> = new Set([
  'x',
  'xx',
  'xxx',
  'oui',
  'o',
  'yes',
  'y',
  'vrai',
  'true',
  'ok',
  '1',
  '✓',
  '✔',
  '✔️',
  '✅',
  '☑',
  '☒',
  '■',
  '●',
  '•',
  '*',
  '+',
])
const NO: ReadonlySet<string> = new Set([
  '',
  'non',
  'n',
  'no',
  'faux',
  'false',
  '0',
  '-',
  '--',
  '–',
  '—',
  '/',
  '✗',
  '✘',
  '❌',
  '☐',
  '□',
  'ø',
  'nc',
  'n/a',
  '?',
  'aucun',
  'aucune',
  'null',
])

/** Whether a cell ticks what its column stands for; null: it says something else. */
export function isTicked(cell: Cell | undefined): boolean | null {
  if (typeof cell === 'boolean') return cell
  const text = fold(String(cell ?? ''))
  if (YES.has(text)) return true
  return NO.has(text) ? false : null
}

/** The value where it is ticked; else what stands there, for the checks to tell. */
function tickedValue(cell: Cell | undefined, value: string): string | null {
  const ticked = isTicked(cell)
  if (ticked !== null) return ticked ? value : null
  const text = String(cell).trim()
  // « Oui, sur rendez-vous », « Non (projet) »: the word that begins it answers, where nothing after it takes that back.
  const [first = '', ...rest] = fold(text).split(/[^\p{L}\p{N}?]+/u)
  if (first === 'non' || first === 'no')
    return rest.some((word) => word === 'oui' || word === 'yes') ? text : null
  const isYes = first === 'oui' || first === 'yes'
  return isYes && !rest.some((word) => TAKEN_BACK.has(word)) ? value : text
}

const TAKEN_BACK: ReadonlySet<string> = new Set([
  'non',
  'no',
  'pas',
  'plus',
  'mais',
  'sauf',
  'projet',
  'bientot',
  'avant',
  'ancien',
  'ferme',
  'fermee',
  'suspendu',
  'arrete',
  'peut',
  'avenir',
  'venir',
  'futur',
  'prevu',
  'prevue',
  '?',
])

function said(cell: Cell | undefined): string | null {
  const text = cell === null || cell === undefined || cell === false ? '' : String(cell)
  return text.trim() === '' ? null : text
}

function listOf(values: readonly (string | null)[]): string | null {
  return [...new Set(values.filter((value) => value !== null))].join('|') || null
}

/** The street comes last, and without it there is no address; a number that it begins with already is not said twice. */
function joined(parts: readonly (string | null)[]): string | null {
  const there = parts.map((part) => (part === null || NO.has(fold(part)) ? '' : part.trim()))
  const last = there.at(-1) ?? ''
  if (last === '') return null
  return there
    .filter((part, at) => part !== '' && (at === there.length - 1 || !beginsWith(last, part)))
    .join(' ')
}

function beginsWith(text: string, word: string): boolean {
  const [whole, first] = [fold(text), fold(word)]
  return whole === first || whole.startsWith(`${first} `)
}

function partOf(text: string | null, field: string): string | null {
  const point = text === null ? null : readPoint(text)
  return point === null ? text : field === 'longitude' ? point.longitude : point.latitude
}

/** A code alone is no commune, and a name alone no code; what is neither is the street's to tell. */
function partOfAddress(text: string | null, field: string): string | null {
  if (text === null) return null
  const address = readAddress(text)
  const isCode = /^\s*\d{2} ?\d{3}\s*$/u.test(text)
  const isNumbered = /\d/u.test(text)
  switch (field) {
    case 'code_postal':
      if (address !== null) return address.postalCode
      return isNumbered ? text : null
    case 'commune':
      if (address !== null) return address.commune
      return isCode ? null : text
    default:
      if (address !== null) return address.street
      return isCode ? null : text
  }
}

const FRENCH: Readonly<Record<WeekDay, string>> = {
  ...{ Mo: 'lundi', Tu: 'mardi', We: 'mercredi', Th: 'jeudi', Fr: 'vendredi', Sa: 'samedi', Su: 'dimanche' },
}

type DayColumns = Extract<Mapping, { days: unknown }>['days']

/** The hours of each day as one text in the standard's grammar; as they are written where one is not understood. */
function hoursOf(days: DayColumns, cellOf: (title: string) => Cell | undefined): string | null {
  const written = WEEK.flatMap((day) => {
    const texts = columnsOfDay(days, day).flatMap((title) => said(cellOf(title))?.trim() ?? [])
    const hours = texts
      .filter((text) => !NO_HOURS.has(fold(text)))
      .map((text) => withoutDay(text, day))
      .toSorted((one, other) => firstHour(one) - firstHour(other))
    // « Fermé » of an afternoon says nothing of the morning.
    const open = hours.filter((text) => !isClosed(text))
    return hours.length === 0 ? [] : [{ day, text: open.length === 0 ? 'fermé' : open.join(' et ') }]
  })
  if (written.length === 0) return null
  const text = written.map(({ day, text: hours }) => `${FRENCH[day]} : ${hours}`).join(' ; ')
  // Another day in the column of this one: nobody knows which is meant.
  return written.some((one) => ANY_DAY.test(fold(one.text))) ? text : (hoursFromFrench(text) ?? text)
}

function columnsOfDay(days: DayColumns, day: WeekDay): readonly string[] {
  const titles = days[day] ?? []
  return typeof titles === 'string' ? [titles] : titles
}

/** The hour that a text begins with, so that the morning comes first; those without one stay where they are. */
function firstHour(text: string): number {
  return Number(/\d{1,2}/u.exec(text)?.[0] ?? 0)
}

const ANY_DAY =
  /\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim|mo|tu|we|th|fr|sa|su)\b/u

function isClosed(text: string): boolean {
  return /^(?:ferm[ée]e?s?|fermeture|closed|off)\.?$/iu.test(text.trim())
}

/** They say nothing of a day, neither that it is open nor that it is not. */
const NO_HOURS: ReadonlySet<string> = new Set(['-', '--', '–', '—', '/', '?', 'nc', 'n/a', 'x'])

/** « Lundi : 9h-12h » in the column of Mondays. */
function withoutDay(hours: string, day: WeekDay): string {
  return hours.replace(new RegExp(`^\\s*(?:${FRENCH[day]}|${day}\\b)\\s*:?\\s*`, 'iu'), '')
}
