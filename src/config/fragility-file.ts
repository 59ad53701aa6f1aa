import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { EpciFragility, Fragility } from '../domain/fragility.ts'
import { median } from '../domain/quantile.ts'
import type { IndicatorRules } from '../domain/rules/indicators.ts'
import { PortreaError } from '../errors.ts'
import { readTable } from './csv-table.ts'

type Columns = IndicatorRules['fragility']
type Row = Readonly<Record<string, unknown>>

const Rows = z.array(z.record(z.string(), z.unknown()))
const Document = z.object({ epci: Rows, source: z.string().nullish() })

/**
 * Reads an index of fragility: a CSV, a JSON array, or a JSON object with an array `epci` and perhaps its `source`;
 * config/indicators.yaml names the columns. An EPCI without a score is left out. Throws INPUT_INVALID.
 */
export function readFragility(path: string, columns: Columns): NonNullable<Fragility> {
  const { rows, source } = readRows(path, columns)
  const scored = rows.flatMap((row) => {
    const siren = String(row[columns.siren] ?? '').replaceAll(/\s/g, '')
    const score = number(row[columns.score])
    return /^\d{9}$/.test(siren) && score !== null
      ? [{ siren, score, components: components(row, columns) }]
      : []
  })
  const middle = median(scored.map(({ score }) => score))
  if (middle === null)
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} ne donne aucun EPCI avec un SIREN et un score ; ses colonnes doivent être « ${columns.siren} » et « ${columns.score} » (config/indicators.yaml, fragility).`,
    )
  return new Map(
    scored.map(({ siren, ...one }): [string, EpciFragility] => [siren, { ...one, median: middle, source }]),
  )
}

function readRows(path: string, columns: Columns): { rows: readonly Row[]; source: string | null } {
  const text = textOf(path)
  if (!/^\s*[[{]/u.test(text)) {
    const known = new Set([columns.siren, columns.score, ...Object.keys(columns.components)])
    const { rows, source } = readTable(text, path, (column) => known.has(column))
    const titles = source.header.map((title) => title.trim())
    const named = rows.map(({ cells }) =>
      Object.fromEntries(titles.map((title, at) => [title, cells[at] ?? ''])),
    )
    return { rows: named, source: null }
  }
  const json = jsonOf(text, path)
  const list = Rows.safeParse(json)
  if (list.success) return { rows: list.data, source: null }
  const document = Document.safeParse(json)
  if (document.success) return { rows: document.data.epci, source: document.data.source ?? null }
  throw new PortreaError(
    'INPUT_INVALID',
    `${path} n’est ni un tableau JSON d’EPCI, ni un objet avec un tableau « epci » ; donnez l’un des deux, ou un CSV.`,
  )
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/u, '')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new PortreaError('INPUT_INVALID', `${path} ne peut pas être lu (${code}) ; vérifiez le chemin.`, {
      cause,
    })
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const message = `${path} n’est pas du JSON (${(cause as Error).message}) ; corrigez-le, ou donnez un CSV.`
    throw new PortreaError('INPUT_INVALID', message, { cause })
  }
}

function components(row: Row, columns: Columns): EpciFragility['components'] {
  return Object.entries(columns.components).flatMap(([key, label]) => {
    const value = number(row[key])
    return value === null ? [] : [{ key, label, value }]
  })
}

/** A number, or one as people write it: « 7,95 ». */
function number(cell: unknown): number | null {
  if (typeof cell !== 'string' && typeof cell !== 'number') return null
  const text = String(cell).trim().replace(',', '.')
  const value = Number(text)
  return text === '' || !Number.isFinite(value) ? null : value
}
