import { letters } from '../domain/completeness/text.ts'
import { answerReader } from '../domain/completeness/placeholders.ts'
import { canBe, figureOf as ruleOf } from '../domain/need.ts'
import type { ImportedFigure } from '../domain/need.ts'
import { readValue } from '../domain/reading/read-value.ts'
import type { CompletenessRules } from '../domain/rules/completeness.ts'
import type { TypologyRules } from '../domain/rules/typology.ts'
import { frenchNumber } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { figureOf, readFigureRows } from './figure-rows.ts'
import type { FigureRow, FigureRows } from './figure-rows.ts'

/** A row, or a cell of it, that is not kept: where it stands, and why, in French. */
export type RefusedFigure = { readonly place: string; readonly reason: string }

/** A file of figures of need, one row an EPCI. */
export type NeedFile = {
  /** The columns that give figures, as they stand. */
  readonly columns: readonly string[]
  /** Those that hold no number at all: names and the like. */
  readonly leftAside: readonly string[]
  /** By SIREN, of every row that was taken, in the order of the file. */
  readonly figures: ReadonlyMap<string, readonly ImportedFigure[]>
  readonly refused: readonly RefusedFigure[]
  readonly notes: readonly string[]
  /** How many rows it holds. */
  readonly rows: number
}

/** What is known beside the file. */
export type NeedFileContext = {
  /** Where its figures come from, and of which year, where no column says it. */
  readonly source: string | null
  readonly year: number | null
  /** Names under which a column may hold the SIREN. */
  readonly sirenNames: readonly string[]
  /** Why no figure of this SIREN can be kept, in French; null: it can. */
  readonly stranger: (siren: string) => string | null
  readonly need: TypologyRules['need']
  readonly words: Pick<CompletenessRules, 'placeholders' | 'noneAnswers'>
}

/** Reads a CSV or JSON of figures by EPCI; what is broken is told with its place and left. Throws INPUT_INVALID, USAGE. */
export function readNeedFile(path: string, context: NeedFileContext): NeedFile {
  const names = new Set(context.sirenNames.map(letters))
  const file = readFigureRows(
    path,
    (title) => names.has(letters(title)) || ruleOf(title, context.need) !== null,
  )
  const roles = rolesOf(file, path, context)
  const said = rowsBySiren(file, roles, context)
  const refused: RefusedFigure[] = [...file.unreadable, ...said.refused]
  const figures = new Map<string, readonly ImportedFigure[]>()
  for (const [siren, row] of said.rows) {
    const read = readRow(row, roles, context)
    refused.push(...read.refused)
    if (read.origin !== null) figures.set(siren, read.figures)
  }
  return {
    columns: roles.figures,
    leftAside: roles.leftAside,
    figures,
    refused,
    notes: file.notes,
    rows: file.rows.length,
  }
}

type Roles = {
  readonly siren: string
  readonly source: string | null
  readonly year: string | null
  readonly figures: readonly string[]
  readonly leftAside: readonly string[]
  /** The number of a cell; null: it holds none; undefined: it holds nothing. */
  readonly number: (cell: unknown) => number | null | undefined
}

const YEAR_NAMES = new Set(['annee', 'year', 'millesime'])
const SOURCE_NAMES = new Set(['source', 'origine'])

function rolesOf({ titles, rows, source: own }: FigureRows, path: string, context: NeedFileContext): Roles {
  const siren = sirenColumn(titles, rows, context.sirenNames)
  if (siren === null)
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} n’a pas de colonne de SIREN reconnue : nommez-la « siren », et mettez-y les 9 chiffres de chaque EPCI.`,
    )
  const year = titles.find((title) => YEAR_NAMES.has(letters(title))) ?? null
  const source = titles.find((title) => SOURCE_NAMES.has(letters(title))) ?? null
  if (source === null && context.source === null && own === null)
    throw new PortreaError('USAGE', 'Dites d’où viennent ces chiffres : --source "La Mednum", par exemple.')
  const number = numberReader(context.words)
  const others = titles.filter((title) => ![siren, year, source].includes(title))
  const isFigure = (title: string) =>
    rows.length === 0 || rows.some(({ cells }) => typeof number(cells[title]) === 'number')
  const figures = others.filter(isFigure)
  if (figures.length === 0)
    throw new PortreaError('INPUT_INVALID', `${path} ne donne aucun chiffre à côté du SIREN.`)
  return { siren, year, source, figures, leftAside: others.filter((one) => !isFigure(one)), number }
}

/** By its name; else the only column that holds nothing but SIREN. */
function sirenColumn(
  titles: readonly string[],
  rows: readonly FigureRow[],
  names: readonly string[],
): string | null {
  const known = names.map(letters)
  const ranked = known.flatMap((name) => titles.find((title) => letters(title) === name) ?? [])
  if (ranked[0] !== undefined) return ranked[0]
  const holds = titles.filter(
    (title) => rows.length > 0 && rows.every(({ cells }) => sirenOf(cells[title]) !== null),
  )
  return holds.length === 1 ? (holds[0] ?? null) : null
}

/** Nine digits, as a spreadsheet may have left them; null: anything else. */
function sirenOf(cell: unknown): string | null {
  const digits = readValue('code_postal', String(cell ?? ''))?.replaceAll(/\s/gu, '') ?? ''
  return /^\d{9}$/u.test(digits) ? digits : null
}

function numberReader(words: NeedFileContext['words']): Roles['number'] {
  const answer = answerReader(words)
  return (cell) => {
    if (cell === null || cell === undefined) return undefined
    if (typeof cell !== 'string') return figureOf(cell)
    const text = readValue('latitude', cell)
    return text === null || answer(text) !== 'value' ? undefined : figureOf(text)
  }
}

/** One row for each SIREN. Two that say the same count once; of two that differ nobody can tell which is right. */
function rowsBySiren(
  { rows, source }: FigureRows,
  roles: Roles,
  { stranger }: NeedFileContext,
): { rows: ReadonlyMap<string, FigureRow & { own: string | null }>; refused: RefusedFigure[] } {
  const refused: RefusedFigure[] = []
  const named = rows.flatMap((row) => {
    const siren = sirenOf(row.cells[roles.siren])
    const written = String(row.cells[roles.siren] ?? '').trim()
    const reason =
      siren !== null
        ? stranger(siren)
        : written === ''
          ? 'pas de SIREN'
          : `« ${written.slice(0, 30)} » n’est pas un SIREN (9 chiffres)`
    if (reason !== null) refused.push({ place: row.place, reason })
    return siren === null || reason !== null ? [] : [{ siren, row }]
  })
  const groups = Map.groupBy(named, ({ siren }) => siren)
  const kept = new Map<string, FigureRow & { own: string | null }>()
  for (const [siren, group] of groups) {
    const [first, ...again] = group.map(({ row }) => row)
    if (first === undefined) continue
    const same = again.every((row) => sameFigures(row, first, roles))
    if (same) kept.set(siren, { ...first, own: source })
    for (const row of same ? again : group.map((one) => one.row))
      refused.push({
        place: row.place,
        reason: same
          ? `le SIREN ${siren} y est déjà (${first.place}), avec les mêmes chiffres`
          : `le SIREN ${siren} y est ${group.length} fois avec des chiffres différents : aucun n’est gardé`,
      })
  }
  return { rows: kept, refused }
}

function sameFigures(one: FigureRow, other: FigureRow, { figures, number, year, source }: Roles): boolean {
  const facts = ({ cells }: FigureRow) => [
    ...figures.map((title) => number(cells[title]) ?? null),
    ...[year, source].map((title) => (title === null ? null : String(cells[title] ?? '').trim())),
  ]
  return JSON.stringify(facts(one)) === JSON.stringify(facts(other))
}

type Origin = { readonly source: string; readonly year: number | null }

function readRow(
  row: FigureRow & { readonly own: string | null },
  roles: Roles,
  context: NeedFileContext,
): { origin: Origin | null; figures: ImportedFigure[]; refused: RefusedFigure[] } {
  const { place, cells } = row
  const source = textOf(cells, roles.source) ?? context.source ?? row.own
  const written = textOf(cells, roles.year)
  const year = written === null ? context.year : yearOf(written)
  if (source === null) return lost(place, 'rien ne dit d’où vient cette ligne (source)')
  if (written !== null && year === null) return lost(place, `« ${written.slice(0, 30)} » n’est pas une année`)
  const refused: RefusedFigure[] = []
  const figures = roles.figures.flatMap((column) => {
    const value = roles.number(cells[column])
    if (value === undefined) return []
    const fault = value === null ? notANumber(cells[column]) : outside(value, column, context)
    if (fault !== null) refused.push({ place, reason: `colonne « ${column} » : ${fault}` })
    return value === null || fault !== null ? [] : [{ column, value, source, year }]
  })
  return { origin: { source, year }, figures, refused }
}

function lost(place: string, reason: string): ReturnType<typeof readRow> {
  return { origin: null, figures: [], refused: [{ place, reason }] }
}

function textOf(cells: FigureRow['cells'], column: string | null): string | null {
  const text = column === null ? '' : String(cells[column] ?? '').trim()
  return text === '' ? null : text
}

/** « 2023 »; null: no year that figures may be of. */
export function yearOf(text: string): number | null {
  const year = /^\d{4}$/u.test(text) ? Number(text) : 0
  return year >= 1950 && year <= 2100 ? year : null
}

function notANumber(cell: unknown): string {
  return `« ${String(cell).trim().slice(0, 30)} » n’est pas un nombre`
}

function outside(value: number, column: string, { need }: NeedFileContext): string | null {
  const rule = ruleOf(column, need)
  if (rule === null || rule.within === undefined || canBe(value, rule)) return null
  const [low, high] = rule.within.map((bound) => frenchNumber(bound))
  return `${frenchNumber(value, 2)} n’est pas entre ${low} et ${high}`
}
