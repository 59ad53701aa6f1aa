import type { Actor } from '../domain/actor.ts'
import type { FieldName } from '../domain/fields.ts'
import { readFields } from '../domain/reading/read-fields.ts'
import { PortreaError } from '../errors.ts'
import { readTable, type Table, type TableLine, type Unreadable } from './csv-table.ts'
import { readFileText } from './file-text.ts'
import { columnNotes, headerReader, type Headers, type Sources, sourcesOf } from './headers.ts'
import { isNested, parseItems } from './json-items.ts'

/** A file in the national standard, read: what could not be read is told, and never stops the rest. */
export type ActorFile = {
  readonly actors: readonly Actor[]
  /** `line`: the first line of the row in a CSV file, its rank in a JSON array; both from 1. */
  readonly unreadable: readonly Unreadable[]
  /** French, for a person: what was found odd in the file and how it was read. */
  readonly notes: readonly string[]
  /** The rows of the actors, in the same order, and the file around them. */
  readonly rows: readonly ActorRow[]
  readonly source: ActorSource
}

/** Where an actor stands in its file: its line (or rank), and the column that gave each field, by its title and place. */
export type ActorRow = {
  readonly line: number
  readonly columns: Readonly<Partial<Record<FieldName, { readonly title: string; readonly place: number }>>>
}

/** What it takes to write the file again: a table and its lines, or the items of an array and where the records are. */
export type ActorSource = { readonly marked: boolean; readonly headers: Headers } & (
  | { readonly format: 'csv'; readonly table: Table['source']; readonly lines: readonly TableLine[] }
  | { readonly format: 'json'; readonly items: readonly unknown[] }
)

/** A record as it stands in a file: its titles, and a value for each. */
type Row = { readonly line: number; readonly titles: readonly string[]; readonly values: readonly unknown[] }
type Read = {
  readonly rows: readonly Row[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly string[]
}

/**
 * Reads actors from a CSV file (`,` `;` or tab, BOM or not, UTF-8 or the code page of Windows, DOS or a Macintosh) or a
 * JSON array in the columns of the national standard, older ones and, with `headers`, those of other lists included; columns
 * beginning with `_` are left aside. INPUT_INVALID says why a file cannot be used at all.
 */
export function readActorFile(path: string, headers = headerReader()): ActorFile {
  const { text, marked, notes } = readFileText(path)
  const file = readActorText(text, path, headers)
  return { ...file, source: { ...file.source, marked }, notes: [...notes, ...file.notes] }
}

/** The same from a text without byte order mark; `path` is how faults name it. */
export function readActorText(text: string, path: string, headers: Headers): ActorFile {
  const json = /^\s*[[{]/u.test(text) || path.toLowerCase().endsWith('.json')
  const read = json ? readJson(text, path) : readCsv(text, path, headers)
  const titles = json ? [...new Set(read.rows.flatMap((row) => row.titles))] : (read.rows[0]?.titles ?? [])
  if (read.rows.length > 0 && !titles.some((title) => headers(title) !== null))
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} n’a aucune colonne du standard national (id, nom, commune…) ; vérifiez sa première ligne.`,
    )
  const seen = new Map<string, number>()
  const sources = memoOfTitles(headers)
  const actors = read.rows.map((row) => toActor(row, sources(row.titles), seen))
  return {
    actors: actors.map(({ actor }) => actor),
    rows: actors.map(({ row }) => row),
    source: { marked: false, headers, ...read.source },
    unreadable: read.unreadable,
    notes: [
      ...read.notes,
      ...columnNotes(titles, headers),
      ...nestedNotes(read, headers),
      ...emptyNote(read),
    ],
  }
}

function readCsv(text: string, path: string, headers: Headers) {
  const { source: table, rows: lines, ...read } = readTable(text, path, (title) => headers(title) !== null)
  const titles = table.header.map((title) => title.trim())
  const rows = lines.map(({ line, cells }): Row => ({ line, titles, values: cells }))
  return { ...read, rows, source: { format: 'csv', table, lines } as const }
}

function emptyNote({ rows, unreadable }: Read): string[] {
  return rows.length + unreadable.length === 0 ? ['Le fichier ne contient aucune fiche.'] : []
}

/** What no cell can say is left aside, and that is said: `{ "commune": { "nom": … } }`. */
function nestedNotes({ rows }: Read, headers: Headers): string[] {
  const nested = new Set(
    rows.flatMap(({ titles, values }) =>
      titles.filter((title, place) => isNested(values[place]) && headers(title) !== null),
    ),
  )
  if (nested.size === 0) return []
  return [
    `Valeurs emboîtées, laissées de côté : ${[...nested].join(', ')}. Chaque champ doit être un texte, un nombre ou une liste de textes.`,
  ]
}

function readJson(text: string, path: string) {
  const rows: Row[] = []
  const unreadable: Unreadable[] = []
  const items = parseItems(text, path)
  for (const [at, item] of items.entries()) {
    if (item !== null && typeof item === 'object' && !Array.isArray(item))
      rows.push({ line: at + 1, titles: Object.keys(item), values: Object.values(item) })
    else unreadable.push({ line: at + 1, reason: 'Cet élément du tableau n’est pas une fiche.' })
  }
  return { rows, unreadable, notes: [], source: { format: 'json', items } as const }
}

/** The columns of each field, worked out once for the records of one shape that follow one another. */
export function memoOfTitles(headers: Headers): (titles: readonly string[]) => Sources {
  const known = new Map<string, Sources>()
  return (titles) => {
    const shape = titles.join('\n')
    const sources = known.get(shape) ?? sourcesOf(titles, headers)
    if (known.size < SHAPES) known.set(shape, sources)
    return sources
  }
}

const SHAPES = 1000

/** Ids are made unique in the file: an empty one becomes its line, a second one gets its line too. */
function toActor(row: Row, sources: Sources, seen: Map<string, number>): { actor: Actor; row: ActorRow } {
  const { cells, columns } = cellsOf(row, sources)
  const actor = actorOf(cells, ({ id }) => uniqueId(id, row.line, seen))
  return { actor, row: { line: row.line, columns } }
}

/** A record of a file from the texts of its cells: of what only a base holds, nothing is known. */
export function actorOf(
  cells: Readonly<Partial<Record<FieldName, string | null>>>,
  idOf: (fields: Actor['fields']) => string,
): Actor {
  const { fields, written } = readFields((field) => cells[field] ?? null)
  return {
    id: idOf(fields),
    fields,
    written,
    linkedEpci: null,
    contactedOn: null,
    step: null,
    verified: [],
    changedOn: null,
  }
}

/** Each field from the first of its columns that is filled. */
function cellsOf({ titles, values }: Row, sources: Sources) {
  const cells: Partial<Record<FieldName, string | null>> = {}
  const columns: Partial<Record<FieldName, { title: string; place: number }>> = {}
  for (const [field, places] of sources) {
    const place = places.find((one) => toText(values[one]) !== null) ?? places[0]
    if (place === undefined) continue
    cells[field] = toText(values[place])
    columns[field] = { title: titles[place] ?? field, place }
  }
  return { cells, columns }
}

/** A cell as text, without the spaces around it; null: empty, or nothing that a cell may hold. */
export function toText(value: unknown): string | null {
  if (Array.isArray(value)) return toText(value.flatMap((item) => toText(item) ?? []).join('|'))
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function uniqueId(id: string | null, line: number, seen: Map<string, number>): string {
  const name = id ?? `ligne ${line}`
  const before = seen.get(name)
  seen.set(name, line)
  return before === undefined ? name : `${name} (ligne ${line})`
}
