import { memo } from './completeness/memo.ts'
import { letters } from './completeness/text.ts'

/** One person of the table « Référents »: their row, and the name by which records name them. */
export type NamedReferent = { readonly id: number; readonly name: string | null }

/** Whom the cell « Référent·e » of a record names: rows of « Référents »; `unknown`: it names someone who is not there. */
export type Named = { readonly ids: readonly number[]; readonly unknown: boolean }

/**
 * Finds the référents of one EPCI by what records say: accents, capitals and the order of first and last name do not
 * count; a cell may name several. Names stay in memory: what is kept is the id of a row.
 */
export function referentFinder(referents: readonly NamedReferent[]): (cell: string | null) => Named {
  const ids = new Map<string, number>()
  for (const { id, name } of referents.toSorted((one, other) => one.id - other.id)) {
    const key = keyOf(name ?? '')
    if (key !== '' && !ids.has(key)) ids.set(key, id)
  }
  const named = memo((cell): Named => {
    const whole = ids.get(keyOf(cell))
    if (whole !== undefined) return { ids: [whole], unknown: false }
    const keys = cell.split(/[|;,/&+]|\bet\b/iu).map(keyOf)
    const found = keys.flatMap((key) => ids.get(key) ?? [])
    return { ids: [...new Set(found)], unknown: keys.some((key) => key !== '' && !ids.has(key)) }
  })
  return (cell) => (cell === null || cell.trim() === '' ? NOBODY : named(cell))
}

const NOBODY: Named = { ids: [], unknown: false }

function keyOf(name: string): string {
  return letters(name).split(' ').sort().join(' ')
}
