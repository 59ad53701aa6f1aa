import type { EpciFragility, Fragility } from '../domain/fragility.ts'
import { median } from '../domain/quantile.ts'
import type { IndicatorRules } from '../domain/rules/indicators.ts'
import { PortreaError } from '../errors.ts'
import { figureOf, readFigureRows } from './figure-rows.ts'

type Columns = IndicatorRules['fragility']
type Row = Readonly<Record<string, unknown>>

/**
 * Reads an index of fragility: a CSV, a JSON array, or a JSON object with an array `epci` and perhaps its `source`;
 * config/indicators.yaml names the columns. An EPCI without a score is left out. Throws INPUT_INVALID.
 */
export function readFragility(path: string, columns: Columns): NonNullable<Fragility> {
  const known = new Set([columns.siren, columns.score, ...Object.keys(columns.components)])
  const { rows, source } = readFigureRows(path, (title) => known.has(title))
  const scored = rows.flatMap(({ cells: row }) => {
    const siren = String(row[columns.siren] ?? '').replaceAll(/\s/g, '')
    const score = figureOf(row[columns.score])
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

function components(row: Row, columns: Columns): EpciFragility['components'] {
  return Object.entries(columns.components).flatMap(([key, label]) => {
    const value = figureOf(row[key])
    return value === null ? [] : [{ key, label, value }]
  })
}
