import { memo } from '../completeness/memo.ts'
import { fold } from '../completeness/text.ts'

/** What the records of one source show; `source` null: those that name none. */
export type SourceFigures = {
  readonly source: string | null
  readonly records: number
  /** 0–100. */
  readonly completeness: number
  readonly publishable: number
  /** 0–100: « À jour » among those whose age is known; null: of none is it known. */
  readonly freshness: number | null
}

/** A source that a record names: `group` is the same for all writings of one, case and accents aside. */
export type Source = { readonly group: string; readonly written: string }

/** What one record adds to the figures of its source. */
export type SourceRecord = {
  readonly source: Source | null
  readonly completeness: number
  readonly publishable: boolean
  readonly aged: boolean
  readonly current: boolean
}

type Sums = {
  names: Map<string, number>
  completeness: number
  records: number
  publishable: number
  aged: number
  current: number
}

/** Reads a source; `digest` stands for what people wrote. */
export function sourceReader(digest: (text: string) => string): (text: string | null) => Source | null {
  const read = memo((text): Source | null => {
    const written = text.trim()
    return written === '' ? null : { group: digest(fold(written)), written: digest(written) }
  })
  return (text) => (text === null ? null : read(text))
}

/** Completeness is summed in whole millionths, so that the order of the records changes nothing. */
const MILLIONTH = 1e6
/** Sources told one by one; no EPCI has so many, and a column that holds something else would have thousands. */
const MOST = 20

/**
 * The figures by source, the largest first: an EPCI is not to be ranked by who published its records. Nothing where one
 * source only is named, or none. Case and accents do not make two sources of one; the commonest writing is shown.
 */
export function bySource(records: Iterable<SourceRecord>): SourceFigures[] {
  const sums = new Map<string, Sums>()
  for (const one of records) add(sums, one)
  const named = [...sums.keys()].filter((key) => key !== '')
  if (named.length < 2) return []
  return [...sums]
    .sort(([key, one], [other, two]) => two.records - one.records || (key < other ? -1 : 1))
    .slice(0, MOST)
    .map(([key, { names, completeness, records: count, publishable, aged, current }]) => ({
      source: key === '' ? null : commonest(names),
      records: count,
      completeness: completeness / count / MILLIONTH,
      publishable: (100 * publishable) / count,
      freshness: aged === 0 ? null : (100 * current) / aged,
    }))
}

function add(
  sums: Map<string, Sums>,
  { source, completeness, publishable, aged, current }: SourceRecord,
): void {
  const { group: key, written } = source ?? NO_SOURCE
  const sum = sums.get(key) ?? {
    ...{ names: new Map<string, number>(), completeness: 0, records: 0 },
    ...{ publishable: 0, aged: 0, current: 0 },
  }
  sum.names.set(written, (sum.names.get(written) ?? 0) + 1)
  sum.records += 1
  sum.completeness += Math.round(completeness * MILLIONTH)
  sum.publishable += Number(publishable)
  sum.aged += Number(aged)
  sum.current += Number(current)
  sums.set(key, sum)
}

const NO_SOURCE: Source = { group: '', written: '' }

function commonest(names: ReadonlyMap<string, number>): string {
  const [[name] = ['']] = [...names].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  return name
}
