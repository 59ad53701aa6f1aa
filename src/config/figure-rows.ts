import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { readTable } from './csv-table.ts'
import { readFileText } from './file-text.ts'

/** One row of a file of figures: where it stands, for people (« ligne 3 »), and its cells by the title of their column. */
export type FigureRow = { readonly place: string; readonly cells: Readonly<Record<string, unknown>> }

/** A file of figures, read and not yet understood. */
export type FigureRows = {
  readonly titles: readonly string[]
  readonly rows: readonly FigureRow[]
  readonly unreadable: readonly { readonly place: string; readonly reason: string }[]
  readonly notes: readonly string[]
  /** What a JSON object says of itself. */
  readonly source: string | null
}

const Rows = z.array(z.record(z.string(), z.unknown()))
const Document = z.object({ epci: Rows, source: z.string().nullish() })

/**
 * Reads a CSV, a JSON array, or a JSON object with an array `epci` and perhaps its `source`. Throws INPUT_INVALID.
 * @param isKnown tells titles that are expected, by which the separator of a CSV is found
 */
export function readFigureRows(path: string, isKnown: (title: string) => boolean): FigureRows {
  const { text, notes } = readFileText(path)
  if (!/^\s*[[{]/u.test(text)) return csvRows(text, path, isKnown, notes)
  const json = jsonOf(text, path)
  const list = Rows.safeParse(json)
  if (list.success) return { ...jsonRows(list.data), notes, source: null }
  const document = Document.safeParse(json)
  if (document.success)
    return { ...jsonRows(document.data.epci), notes, source: document.data.source ?? null }
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} n’est ni un tableau JSON d’EPCI, ni un objet avec un tableau « epci » ; donnez l’un des deux, ou un CSV.`,
  )
}

/** A number, or one as people write it: « 7,95 », « 12 345,6 », « 33 % »; null: it is none. */
export function figureOf(cell: unknown): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  if (typeof cell !== 'string') return null
  const text = cell.replaceAll(/\s/gu, '').replace(/%$/u, '').replace(',', '.')
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/u.test(text) ? Number(text) : null
}

function csvRows(
  text: string,
  path: string,
  isKnown: (title: string) => boolean,
  notes: readonly string[],
): FigureRows {
  const table = readTable(text, path, (column) => isKnown(column.trim()))
  const titles = table.source.header.map((title) => title.trim())
  const twice = titles.find((title, at) => title !== '' && titles.indexOf(title) !== at)
  if (twice !== undefined)
    throw new PortreaError('INPUT_INVALID', `${path} a deux colonnes « ${twice} » ; renommez-en une.`)
  const rows = table.rows.map(({ line, cells }) => ({
    place: `ligne ${line}`,
    cells: Object.fromEntries(titles.map((title, at) => [title, cells[at] ?? ''])),
  }))
  return {
    titles: titles.filter((title) => title !== ''),
    rows,
    unreadable: table.unreadable.map(({ line, reason }) => ({ place: `ligne ${line}`, reason })),
    notes: [...notes, ...table.notes],
    source: null,
  }
}

function jsonRows(
  items: readonly Readonly<Record<string, unknown>>[],
): Pick<FigureRows, 'titles' | 'rows' | 'unreadable'> {
  const rows = items.map((cells, at) => ({ place: `entrée ${at + 1}`, cells }))
  return { titles: [...new Set(items.flatMap((item) => Object.keys(item)))], rows, unreadable: [] }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const message = `${path} n’est pas du JSON (${(cause as Error).message}) ; corrigez-le, ou donnez un CSV.`
    throw new PortreaError('INPUT_INVALID', message, { cause })
  }
}
