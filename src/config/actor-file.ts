import { readFileSync } from 'node:fs'
import type { Actor, ActorFields } from '../domain/actor.ts'
import { FIELDS, type FieldName } from '../domain/fields.ts'
import { PortreaError } from '../errors.ts'
import { readTable, type Table, type TableLine, type Unreadable } from './csv-table.ts'

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

/** Where an actor stands in its file: its line (or rank), and the column that gave each field. */
export type ActorRow = {
  readonly line: number
  readonly columns: Readonly<Partial<Record<FieldName, string>>>
}

/** What it takes to write the file again: a table and its lines, or the items of an array and where the records are. */
export type ActorSource = { readonly marked: boolean } & (
  | { readonly format: 'csv'; readonly table: Table['source']; readonly lines: readonly TableLine[] }
  | { readonly format: 'json'; readonly items: readonly unknown[] }
)

/** The columns of the v0 standard, and the field that replaced each. */
const OLD_COLUMNS: Readonly<Record<string, FieldName>> = {
  publics_accueillis: 'publics_specifiquement_adresses',
  conditions_acces: 'frais_a_charge',
  labels_nationaux: 'dispositif_programmes_nationaux',
  labels_autres: 'autres_formations_labels',
  accessibilite: 'fiche_acces_libre',
  courriel: 'courriels',
}

type Row = { readonly line: number; readonly named: Readonly<Record<string, unknown>> }
type Read = {
  readonly rows: readonly Row[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly string[]
}

/**
 * Reads actors from a CSV file (`,` `;` or tab, BOM or not, UTF-8 or Windows-1252) or a JSON array in the columns of
 * the national standard, older ones included; columns beginning with `_` are left aside. INPUT_INVALID says why a
 * file cannot be used at all.
 */
export function readActorFile(path: string): ActorFile {
  const { text, marked, notes } = decode(readBytes(path))
  const file = readActorText(text, path)
  return { ...file, source: { ...file.source, marked }, notes: [...notes, ...file.notes] }
}

/** The same from a text without byte order mark; `path` is how faults name it. */
export function readActorText(text: string, path: string): ActorFile {
  const json = /^\s*[[{]/u.test(text) || path.toLowerCase().endsWith('.json')
  const read = json ? readJson(text, path) : readCsv(text, path)
  const columns = new Set(read.rows.flatMap((row) => Object.keys(row.named)))
  if (read.rows.length > 0 && ![...columns].some((column) => fieldOf(column) !== null))
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} has no column of the national standard (id, nom, commune …).`,
    )
  const seen = new Map<string, number>()
  const actors = read.rows.map((row) => toActor(row, seen))
  return {
    actors: actors.map(({ actor }) => actor),
    rows: actors.map(({ row }) => row),
    source: { marked: false, ...read.source },
    unreadable: read.unreadable,
    notes: [...read.notes, ...columnNotes([...columns]), ...emptyNote(read)],
  }
}

function readCsv(text: string, path: string) {
  const { source: table, ...read } = readTable(text, path, isKnown)
  return { ...read, source: { format: 'csv', table, lines: read.rows } as const }
}

function emptyNote({ rows, unreadable }: Read): string[] {
  return rows.length + unreadable.length === 0 ? ['Le fichier ne contient aucune fiche.'] : []
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist; check the path' : 'cannot be read'
    throw new PortreaError('INPUT_INVALID', `${path} ${why}.`, { cause })
  }
}

/**
 * UTF-8, or Windows-1252 (which holds Latin-1) where the bytes are no UTF-8. `marked`: whether a copy in UTF-8 is to
 * bear a byte order mark, because the file does or because what wrote it needs one.
 */
function decode(bytes: Buffer): { text: string; marked: boolean; notes: readonly string[] } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text: text.replace(/^\uFEFF/u, ''), marked: text.startsWith('\uFEFF'), notes: [] }
  } catch {
    // Not UTF-8: what spreadsheets of Western Europe write instead.
    const note =
      'Le fichier n’est pas en UTF-8 : il a été lu en Windows-1252 (Latin-1). Mieux vaut l’enregistrer en UTF-8.'
    return { text: new TextDecoder('windows-1252').decode(bytes), marked: true, notes: [note] }
  }
}

function readJson(text: string, path: string) {
  const rows: Row[] = []
  const unreadable: Unreadable[] = []
  const items = parseArray(text, path)
  for (const [at, item] of items.entries()) {
    if (item !== null && typeof item === 'object' && !Array.isArray(item))
      rows.push({ line: at + 1, named: item as Record<string, unknown> })
    else unreadable.push({ line: at + 1, reason: 'Cet élément du tableau n’est pas une fiche.' })
  }
  return { rows, unreadable, notes: [], source: { format: 'json', items } as const }
}

function parseArray(text: string, path: string): readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new PortreaError('INPUT_INVALID', `${path} is no JSON: ${(cause as Error).message}.`, { cause })
  }
  if (Array.isArray(value)) return value
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} holds one object; an array of records is expected: [{ … }, …].`,
  )
}

const KNOWN = new Set<string>(FIELDS)

function fieldOf(column: string): FieldName | null {
  const name = column.trim().toLowerCase()
  return KNOWN.has(name) ? (name as FieldName) : (OLD_COLUMNS[name] ?? null)
}

function isKnown(column: string): boolean {
  return fieldOf(column) !== null
}

function columnNotes(columns: readonly string[]): readonly string[] {
  const old = columns.filter((column) => OLD_COLUMNS[column.trim().toLowerCase()] !== undefined)
  const unknown = columns.filter(
    (column) => fieldOf(column) === null && !column.startsWith('_') && column.trim() !== '',
  )
  return [
    ...old.map(
      (column) => `Colonne de l’ancien standard : « ${column} » est lue comme « ${fieldOf(column)} ».`,
    ),
    ...(unknown.length === 0
      ? []
      : [`Colonnes inconnues du standard, laissées de côté : ${unknown.join(', ')}.`]),
  ]
}

/** Ids are made unique in the file: an empty one becomes its line, a second one gets its line too. */
function toActor({ line, named }: Row, seen: Map<string, number>): { actor: Actor; row: ActorRow } {
  const fields = Object.fromEntries(FIELDS.map((field) => [field, null])) as Record<FieldName, string | null>
  const columns: Partial<Record<FieldName, string>> = {}
  for (const [column, raw] of Object.entries(named)) {
    const field = fieldOf(column)
    const value = field === null ? null : toText(raw)
    if (field === null || value === null || (fields[field] !== null && isOld(column))) continue
    fields[field] = value
    columns[field] = column
  }
  const actor: Actor = {
    id: uniqueId(fields.id, line, seen),
    fields: fields satisfies ActorFields,
    linkedEpci: null,
    contactedOn: null,
    step: null,
    verified: [],
    changedOn: null,
  }
  return { actor, row: { line, columns } }
}

/** Where a file has both an old column and the one that replaced it, the new one wins. */
function isOld(column: string): boolean {
  return !KNOWN.has(column.trim().toLowerCase())
}

/** A cell as text, without the spaces around it; null: empty, or nothing that a cell may hold. */
export function toText(value: unknown): string | null {
  if (Array.isArray(value)) return toText(value.map((item) => toText(item) ?? '').join('|'))
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function uniqueId(id: string | null, line: number, seen: Map<string, number>): string {
  const name = id ?? `ligne ${line}`
  const before = seen.get(name)
  seen.set(name, line)
  return before === undefined ? name : `${name} (ligne ${line})`
}
