import { readFileSync } from 'node:fs'
import type { Actor, ActorFields } from '../domain/actor.ts'
import { FIELDS, type FieldName } from '../domain/fields.ts'
import { PortreaError } from '../errors.ts'
import { readTable, type Unreadable } from './csv-table.ts'

/** A file in the national standard, read: what could not be read is told, and never stops the rest. */
export type ActorFile = {
  readonly actors: readonly Actor[]
  /** `line`: the first line of the row in a CSV file, its rank in a JSON array; both from 1. */
  readonly unreadable: readonly Unreadable[]
  /** French, for a person: what was found odd in the file and how it was read. */
  readonly notes: readonly string[]
}

/** The columns of the v0 standard, and the field that replaced each. */
const OLD_COLUMNS: Readonly<Record<string, FieldName>> = {
  publics_accueillis: 'publics_specifiquement_adresses',
  conditions_acces: 'frais_a_charge',
  labels_nationaux: 'dispositif_programmes_nationaux',
  labels_autres: 'autres_formations_labels',
  accessibilite: 'fiche_acces_libre',
  courriel: 'courriels',
}

type Row = { readonly line: number; readonly cells: Readonly<Record<string, unknown>> }
type Rows = {
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
  const { text, notes } = decode(readBytes(path))
  const json = /^\s*[[{]/u.test(text) || path.toLowerCase().endsWith('.json')
  const read = json ? readJson(text, path) : readTable(text, path, isKnown)
  const columns = new Set(read.rows.flatMap((row) => Object.keys(row.cells)))
  if (read.rows.length > 0 && ![...columns].some((column) => fieldOf(column) !== null))
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} has no column of the national standard (id, nom, commune …).`,
    )
  const seen = new Map<string, number>()
  return {
    actors: read.rows.map((row) => toActor(row, seen)),
    unreadable: read.unreadable,
    notes: [...notes, ...read.notes, ...columnNotes([...columns]), ...emptyNote(read)],
  }
}

function emptyNote({ rows, unreadable }: Rows): string[] {
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

/** UTF-8, or Windows-1252 (which holds Latin-1) where the bytes are no UTF-8. */
function decode(bytes: Buffer): { text: string; notes: readonly string[] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] }
  } catch {
    // Not UTF-8: what spreadsheets of Western Europe write instead.
    const note =
      'Le fichier n’est pas en UTF-8 : il a été lu en Windows-1252 (Latin-1). Mieux vaut l’enregistrer en UTF-8.'
    return { text: new TextDecoder('windows-1252').decode(bytes), notes: [note] }
  }
}

function readJson(text: string, path: string): Rows {
  const rows: Row[] = []
  const unreadable: Unreadable[] = []
  for (const [at, item] of parseArray(text, path).entries()) {
    if (item !== null && typeof item === 'object' && !Array.isArray(item))
      rows.push({ line: at + 1, cells: item as Record<string, unknown> })
    else unreadable.push({ line: at + 1, reason: 'Cet élément du tableau n’est pas une fiche.' })
  }
  return { rows, unreadable, notes: [] }
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
function toActor({ line, cells }: Row, seen: Map<string, number>): Actor {
  const fields = Object.fromEntries(FIELDS.map((field) => [field, null])) as Record<FieldName, string | null>
  for (const [column, value] of Object.entries(cells)) {
    const field = fieldOf(column)
    if (field !== null) fields[field] = merged(fields[field], column, toText(value))
  }
  return {
    id: uniqueId(fields.id, line, seen),
    fields: fields satisfies ActorFields,
    linkedEpci: null,
    contactedOn: null,
    step: null,
    verified: [],
    changedOn: null,
  }
}

/** Where a file has both an old column and the one that replaced it, the new one wins. */
function merged(before: string | null, column: string, value: string | null): string | null {
  if (before === null || value === null) return before ?? value
  return KNOWN.has(column.trim().toLowerCase()) ? value : before
}

function toText(value: unknown): string | null {
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
