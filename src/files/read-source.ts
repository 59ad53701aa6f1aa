import { stat } from 'node:fs/promises'
import type { Unreadable } from '../config/csv-table.ts'
import { actorOf } from '../config/actor-file.ts'
import type { Headers } from '../config/headers.ts'
import type { Source } from '../config/sources.ts'
import { fold } from '../domain/completeness/text.ts'
import type { FieldName } from '../domain/fields.ts'
import { isWorking } from '../domain/formula.ts'
import type { SourceRecord } from '../domain/import/source-record.ts'
import { PortreaError } from '../errors.ts'
import { csvRows } from './csv-rows.ts'
import { withServices } from './data-inclusion.ts'
import { fieldReader } from './field-reader.ts'
import type { Cells, FieldReader } from './field-reader.ts'
import { jsonRows } from './json-rows.ts'
import { isUnreadable, lineCounter } from './raw-row.ts'
import type { RawRow, RawRows } from './raw-row.ts'
import { beginningOf, openText } from './text-file.ts'
import { xlsxRows } from './xlsx-rows.ts'

/** A source that is read as its records are asked for; once, from its beginning. */
export type SourceReading = {
  readonly records: AsyncIterable<SourceRecord | Unreadable>
  /** Fields of which it has no column, once all records are read. */
  absent(): ReadonlySet<FieldName>
  /** French, for a person: what was found odd and how it was read; whole once all records are read. */
  notes(): readonly string[]
  /** Bytes read of the file, and all of them. */
  progress(): { readonly done: number; readonly total: number }
}

/** What a file is read by. */
export type ReadBy = {
  /** null: the columns of the national standard. */
  readonly source: Source | null
  /** Reads the titles of the standard, and those of other lists. */
  readonly headers: Headers
  /** XLSX: the sheet to read. */
  readonly sheet?: string | undefined
  /** data-inclusion: the file of its services. */
  readonly services?: string | undefined
  /** How people know the file, where that is not its path. */
  readonly name?: string | undefined
}

/** Opens a file of a source, whatever its format; INPUT_INVALID says why it cannot be read at all. */
export async function readSource(path: string, by: ReadBy): Promise<SourceReading> {
  const { source, headers } = by
  const start = await beginningOf(path)
  const total = (await stat(path)).size
  let done = 0
  const reader = fieldReader(source, headers)
  const opened = await openRows(path, start, reader, by, (bytes) => (done = bytes(done, total)))
  const joined =
    source?.format === 'data-inclusion'
      ? await withServices(opened, await servicesOf(path, start, by))
      : opened
  const keys = keyGiver(source)
  const formulas = formulaGuard()
  return {
    records: recordsOf(joined, reader, source, { keys, formulas, name: by.name ?? path }),
    absent: reader.absent,
    notes: () => [...joined.notes(), ...reader.notes(), ...keys.notes(), ...formulas.notes()],
    progress: () => ({ done: Math.min(done, total), total }),
  }
}

/** The services of a file of structures: in a file of their own, or beside them under a key of theirs; null: nowhere. */
async function servicesOf(path: string, start: Buffer, by: ReadBy): Promise<RawRows | null> {
  const { services } = by
  if (services !== undefined) {
    const isKnown = (title: string) => SERVICE_COLUMNS.includes(title)
    return openRows(services, await beginningOf(services), { isKnown }, { ...by, name: services }, () => {})
  }
  if (isZip(start) || !/^\s*\{/u.test(start.toString('utf8').replace(/^\uFEFF/u, ''))) return null
  const text = await openText(path, () => {}, by.name)
  const beside = jsonRows(text.chunks, path, 'services')
  return { rows: orNone(beside.rows), notes: () => [] }
}

/** A file without such a list has none. */
async function* orNone(rows: RawRows['rows']): AsyncGenerator<RawRow | Unreadable> {
  try {
    yield* rows
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
  }
}

const SERVICE_COLUMNS: readonly string[] = ['id', 'structure_id', 'nom', 'thematiques', 'publics', 'frais']

async function openRows(
  path: string,
  start: Buffer,
  reader: Pick<FieldReader, 'isKnown'>,
  { source, sheet, name = path }: ReadBy,
  onRead: (read: (done: number, total: number) => number) => void,
): Promise<RawRows> {
  if (isZip(start))
    return xlsxRows(path, {
      isKnown: reader.isKnown,
      sheet,
      name,
      onShare: (share) => onRead((_, total) => Math.round(share * total)),
    })
  const text = await openText(path, (bytes) => onRead((done) => done + bytes), name)
  const rows = isJson(start, path)
    ? jsonRows(text.chunks, name, source?.items)
    : csvRows(text.chunks, name, reader.isKnown)
  return { rows: rows.rows, notes: () => [...text.notes, ...rows.notes()] }
}

/** What a workbook begins with, and every archive. */
function isZip(start: Buffer): boolean {
  return start.toString('latin1', 0, 4) === 'PK\u0003\u0004'
}

/** A text that begins as JSON does, byte order mark and zeros of UTF-16 aside. */
function isJson(start: Buffer, path: string): boolean {
  const signs = start.toString('latin1').replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/u, '')
  return /^[\s\0]*[[{]/u.test(signs) || /\.(?:geo)?json$/iu.test(path)
}

/** What every row of a source passes. */
type Door = {
  readonly keys: ReturnType<typeof keyGiver>
  readonly formulas: ReturnType<typeof formulaGuard>
  /** How people know the file. */
  readonly name: string
}

async function* recordsOf(
  { rows }: RawRows,
  reader: FieldReader,
  source: Source | null,
  { keys, formulas, name: path }: Door,
): AsyncGenerator<SourceRecord | Unreadable> {
  const constants = new Set(
    Object.entries(source?.columns ?? {}).flatMap(([field, column]) =>
      column !== undefined && 'constant' in column.from ? [field] : [],
    ),
  )
  let [known, unknown] = [false, 0]
  let lastRow: RawRow | null = null
  for await (const row of rows) {
    if (isUnreadable(row)) {
      yield row
      continue
    }
    known ||= row.titles.some(reader.isKnown)
    if (!known) {
      unknown += 1
      if (unknown > MOST_UNKNOWN) throw unknownColumns(row, source, path)
    }
    const cells = formulas.without(row.line, reader.read(row))
    const says = Object.entries(cells).some(
      ([field, text]) => text != null && text !== '' && !constants.has(field),
    )
    if (!says) yield { line: row.line, reason: 'Aucune des colonnes connues n’est remplie.' }
    else {
      const actor = actorOf(cells, (fields) => keys.of(row, fields))
      yield { key: actor.id, line: row.line, actor }
    }
    lastRow = row
  }
  if (!known && lastRow !== null) throw unknownColumns(lastRow, source, path)
}

/** So many rows without a known column, and the file is another one. */
const MOST_UNKNOWN = 20

function unknownColumns({ titles }: RawRow, source: Source | null, path: string): PortreaError {
  const named = titles.slice(0, 8).map((title) => `« ${title} »`)
  const expected =
    source?.columns == null ? 'du standard national (id, nom, commune…)' : `attendue de « ${source.title} »`
  return new PortreaError(
    'INPUT_INVALID',
    `${path} n’a aucune colonne ${expected} ; il a ${named.join(', ')}. Vérifiez le fichier, ou nommez son préréglage par --as.`,
  )
}

/** Leaves aside what a spreadsheet would compute once it is opened there: it says nothing of a place. */
function formulaGuard() {
  const found = lineCounter()
  return {
    without(line: number, cells: Cells): Cells {
      const bad = Object.entries(cells).filter(([, text]) => typeof text === 'string' && isWorking(text))
      if (bad.length === 0) return cells
      found.add(line)
      return { ...cells, ...Object.fromEntries(bad.map(([field]) => [field, null])) }
    },
    notes: () =>
      found.count() === 0
        ? []
        : [`Des valeurs sont des formules de tableur, laissées de côté (lignes ${found.text()}).`],
  }
}

/** Gives each record its key: that of the source's own columns, its id, or what names a place; never one twice. */
function keyGiver(source: Source | null) {
  const seen = new Map<string, number>()
  const [again, absent] = [lineCounter(), lineCounter()]
  return {
    of(row: RawRow, { id, pivot, nom, commune }: SourceRecord['actor']['fields']): string {
      const own = source?.key?.map((title) => String(row.values[placeOf(row, title)] ?? '').trim()) ?? []
      const made = [pivot, nom, commune].map((text) => fold(text ?? '')).join('|')
      const isOwn = own.some((text) => text !== '')
      if (!isOwn && own.length > 0) absent.add(row.line)
      const name = isOwn ? own.join('|') : (id ?? (made === '||' ? `ligne ${row.line}` : made))
      const before = seen.get(name) ?? 0
      seen.set(name, before + 1)
      if (before > 0) again.add(row.line)
      return before === 0 ? name : `${name} (${before + 1})`
    },
    notes: () => [
      ...(again.count() === 0
        ? []
        : [
            `Fiches qui ont la clé d’une autre avant elles (${again.text()}) : leur rang les distingue, et d’une lecture à l’autre elles peuvent se confondre.`,
          ]),
      ...(absent.count() === 0
        ? []
        : [
            `Fiches sans la clé de cette source (${(source?.key ?? []).map((title) => `« ${title} »`).join(', ')}) : ${absent.text()}. Leur identifiant, ou leur SIRET, leur nom et leur commune en tiennent lieu.`,
          ]),
    ],
  }
}

function placeOf({ titles }: RawRow, title: string): number {
  const exact = titles.indexOf(title)
  return exact >= 0 ? exact : titles.findIndex((one) => fold(one) === fold(title))
}
