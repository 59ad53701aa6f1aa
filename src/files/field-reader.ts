import { memoOfTitles, toText } from '../config/actor-file.ts'
import { columnNotes } from '../config/headers.ts'
import type { Headers } from '../config/headers.ts'
import type { Source, SourceColumn } from '../config/sources.ts'
import { fold, pieces } from '../domain/completeness/text.ts'
import { FIELDS } from '../domain/fields.ts'
import type { FieldName } from '../domain/fields.ts'
import { mappedValue, sourcesOf } from '../domain/mapping/mapping.ts'
import { wordReader } from '../domain/mapping/words.ts'
import type { WordReader } from '../domain/mapping/words.ts'
import { frenchList } from '../domain/typography.ts'
import { withLostZero } from './lost-zero.ts'
import type { RawRow } from './raw-row.ts'

/** The fields of a record as texts; absent or null: nothing is said. */
export type Cells = Readonly<Partial<Record<FieldName, string | null>>>

/** Reads the fields of the rows of one source. */
export type FieldReader = {
  isKnown(title: string): boolean
  read(row: RawRow): Cells
  /** Fields of which no row had a column: the source says nothing of them, which is not that it says nothing. */
  absent(): ReadonlySet<FieldName>
  /** French: what is said of the columns that were seen. */
  notes(): readonly string[]
}

/** By the columns that the source maps; where it maps none, by the titles of the national standard and `headers`. */
export function fieldReader(source: Pick<Source, 'columns'> | null, headers: Headers): FieldReader {
  return source?.columns == null ? standardReader(headers) : mappedReader(source.columns)
}

function standardReader(headers: Headers): FieldReader {
  const sources = memoOfTitles(headers)
  const seen = seenTitles()
  const fed = new Set<FieldName>()
  return {
    isKnown: (title) => headers(title) !== null,
    read(row) {
      seen.add(row.titles)
      const cells: Partial<Record<FieldName, string | null>> = {}
      for (const [field, places] of sources(row.titles)) {
        fed.add(field)
        cells[field] = first(places.map((place) => textOf(field, row.values[place])))
      }
      return withPoint(cells, row)
    },
    absent: () => new Set(FIELDS.filter((field) => !fed.has(field))),
    notes: () => columnNotes(seen.all(), headers),
  }
}

function first(texts: readonly (string | null)[]): string | null {
  return texts.find((text) => text !== null) ?? null
}

/** A value as a text; a number that names something gets its lost zeros back. */
function textOf(field: FieldName, value: unknown): string | null {
  if (typeof value !== 'number') return toText(value)
  return field === 'latitude' || field === 'longitude' ? String(value) : withLostZero(field, value)
}

/** Where a record lies, if no column says it. */
function withPoint(cells: Partial<Record<FieldName, string | null>>, { point }: RawRow): Cells {
  if (point === undefined || (cells.latitude ?? null) !== null || (cells.longitude ?? null) !== null)
    return cells
  return { ...cells, latitude: String(point.latitude), longitude: String(point.longitude) }
}

/** The titles that were met, as many as a person could read of. */
function seenTitles(): { add(titles: readonly string[]): void; all(): readonly string[] } {
  const seen = new Set<string>()
  let last: readonly string[] | null = null
  return {
    add(titles) {
      if (titles === last) return
      last = titles
      for (const title of titles) if (seen.size < MOST_TITLES) seen.add(title)
    },
    all: () => [...seen],
  }
}

const MOST_TITLES = 2000

type Mapped = { readonly field: FieldName; readonly column: SourceColumn; readonly words: WordReader | null }

function mappedReader(columns: NonNullable<Source['columns']>): FieldReader {
  const mapped = Object.entries(columns).flatMap(([field, column]): Mapped[] =>
    column === undefined ? [] : [{ field: field as FieldName, column, words: wordsOf(column) }],
  )
  const wanted = new Set(mapped.flatMap(({ column }) => sourcesOf(column.from)))
  const known = new Set([...wanted].map(fold))
  const seen = seenTitles()
  const placesOf = memoOfPlaces()
  return {
    isKnown: (title) => known.has(fold(title)),
    read(row) {
      seen.add(row.titles)
      const places = placesOf(row.titles)
      const cells: Partial<Record<FieldName, string | null>> = {}
      for (const { field, column, words } of mapped) {
        const said = mappedValue(column.from, field, (title) => cellOf(field, row, places(title)))
        cells[field] = said === null || words === null ? said : words(said)
      }
      return withPoint(cells, row)
    },
    absent() {
      const there = new Set(seen.all().map(fold))
      const isLost = ({ column }: Mapped) => {
        const titles = sourcesOf(column.from)
        return titles.length > 0 && !titles.some((title) => there.has(fold(title)))
      }
      return new Set(mapped.filter(isLost).map(({ field }) => field))
    },
    notes: () => absentNotes(wanted, seen.all()),
  }
}

type Places = (title: string) => number | undefined

/** Where the columns of a title stand, to the letter or else by its letters; worked out once for rows that follow one another. */
function memoOfPlaces(): (titles: readonly string[]) => Places {
  let [last, places]: [readonly string[] | null, Places] = [null, () => undefined]
  return (titles) => {
    if (titles === last) return places
    last = titles
    const exact = new Map(titles.map((title, place) => [title, place] as const).toReversed())
    const folded = new Map(titles.map((title, place) => [fold(title), place] as const).toReversed())
    places = (title) => exact.get(title) ?? folded.get(fold(title))
    return places
  }
}

function cellOf(field: FieldName, row: RawRow, place: number | undefined): string | boolean | null {
  if (place === undefined) return null
  const value = row.values[place]
  return typeof value === 'boolean' ? value : textOf(field, value)
}

/** The words of a column; where others are left aside, only what is among them stays. */
function wordsOf({ words, others }: SourceColumn): WordReader | null {
  if (words === undefined) return null
  if (others === 'keep') return wordReader(words)
  const known = new Map(Object.entries(words).map(([word, meaning]) => [fold(word), meaning]))
  return (text) => {
    const whole = known.get(fold(text))
    const said = whole === undefined ? pieces(text).map((piece) => known.get(fold(piece)) ?? '') : [whole]
    return [...new Set(said.filter((meaning) => meaning !== ''))].join('|')
  }
}

function absentNotes(wanted: ReadonlySet<string>, titles: readonly string[]): string[] {
  const there = new Set(titles.map(fold))
  const absent = [...wanted].filter((title) => !there.has(fold(title)))
  if (absent.length === 0 || titles.length === 0) return []
  return [
    `Colonnes attendues de cette source, absentes ici : ${frenchList(absent.map((title) => `« ${title} »`))}.`,
  ]
}
