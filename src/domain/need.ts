import { fold } from './completeness/text.ts'
import type { Spread } from './maturity.ts'
import { HALF } from './maturity.ts'
import type { FigureRule, TypologyRules } from './rules/typology.ts'

/** One figure of an EPCI, as a file gave it: no personal data. */
export type ImportedFigure = {
  /** The name of its column, as it is written there. */
  readonly column: string
  readonly value: number
  readonly source: string
  readonly year: number | null
}

/** What is known of the need of an EPCI, before it is measured. */
export type NeedFacts = {
  /** « Fragilité (1–10) », which people write; null: empty. */
  readonly fragility: number | null
  readonly population: number | null
  readonly imported: readonly ImportedFigure[]
}

/** One figure that need is measured by. */
export type NeedFigure = {
  readonly key: string
  readonly label: string
  /** null: unknown. */
  readonly value: number | null
  /** 0–100: how great the need is by this figure alone; null: unknown, never 0. */
  readonly score: number | null
  readonly weight: number
  /** Whose word it is: a person's, in the table EPCI; the base's or the official population; a file's. null: nobody's. */
  readonly from: 'person' | 'population' | 'import' | null
  /** Of an imported one. */
  readonly source: string | null
  readonly year: number | null
}

/** How great the need of an EPCI is, 0–100, each unknown figure at half, and the share (0–1) of the weight that is known. */
export type Need = Spread & { readonly coverage: number; readonly figures: readonly NeedFigure[] }

/** Measures the need. A person's figure counts before an imported one; one outside what it can be counts as unknown. */
export function need(facts: NeedFacts, rules: TypologyRules['need']): Need {
  const figures = rules.figures.map((rule) => figure(rule, facts))
  const total = figures.reduce((sum, { weight }) => sum + weight, 0)
  const mean = (unknown: number) =>
    figures.reduce((sum, { score, weight }) => sum + (weight * (score ?? unknown)) / total, 0)
  const known = figures.reduce((sum, { score, weight }) => sum + (score === null ? 0 : weight), 0)
  return { half: mean(HALF), low: mean(0), high: mean(100), coverage: known / total, figures }
}

/** The rule that reads a column of an import, by one of its names; null: it is kept, and counts for nothing. */
export function figureOf(column: string, { figures }: TypologyRules['need']): FigureRule | null {
  return figures.find(({ columns }) => columns.some((name) => fold(name) === fold(column))) ?? null
}

/** Whether a value can be what the figure is. */
export function canBe(value: number, { within }: Pick<FigureRule, 'within'>): boolean {
  return Number.isFinite(value) && (within === undefined || (value >= within[0] && value <= within[1]))
}

type Told = Pick<NeedFigure, 'value' | 'from' | 'source' | 'year'>

const NOT_TOLD: Told = { value: null, from: null, source: null, year: null }

function figure(rule: FigureRule, facts: NeedFacts): NeedFigure {
  const { key, label, weight } = rule
  const found = told(rule, facts)
  return { key, label, ...found, score: found.value === null ? null : scoreOf(found.value, rule), weight }
}

/** What people wrote first, then what was imported, in the order in which the rule names its columns. */
function told(rule: FigureRule, { fragility, population, imported }: NeedFacts): Told {
  const own = rule.key === 'fragility' ? fragility : rule.key === 'population' ? population : null
  if (own !== null && canBe(own, rule))
    return { ...NOT_TOLD, value: own, from: rule.key === 'fragility' ? 'person' : 'population' }
  for (const name of rule.columns) {
    const [found] = imported
      .filter(({ column, value }) => fold(column) === fold(name) && canBe(value, rule))
      .toSorted((one, other) => (one.column < other.column ? -1 : 1))
    if (found === undefined) continue
    const { value, source, year } = found
    return { value, from: 'import', source, year }
  }
  return NOT_TOLD
}

/** 0–100 between the bounds, in differences or in ratios. */
function scoreOf(value: number, { from, to, scale }: FigureRule): number {
  const ratio = Math.max(0, value) / from // of nothing, and of less, the logarithm is as low as can be
  const place = scale === 'log' ? Math.log(ratio) / Math.log(to / from) : (value - from) / (to - from)
  return 100 * Math.min(1, Math.max(0, place))
}
