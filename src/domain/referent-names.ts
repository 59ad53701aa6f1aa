import { memo } from './completeness/memo.ts'
import { letters } from './completeness/text.ts'

/** One person of the table « Référents »: their row, and the name by which records name them. */
export type NamedReferent = { readonly id: number; readonly name: string | null }

/** Whom the cell « Référent·e » of a record names: rows of « Référents »; `unknown`: it names someone who is not there. */
export type Named = { readonly ids: readonly number[]; readonly unknown: boolean }

/** The names in a cell « Référent·e », as keys: the whole of it, and each of its parts. */
export type NameKeys = { readonly whole: string; readonly parts: readonly string[] }

/**
 * Reads the names of a cell: accents, capitals and the order of first and last name do not count; a cell may name several.
 * `digest` stands for a name: what is kept of people is that, and the id of a row.
 */
export function nameReader(digest: (text: string) => string): (cell: string | null) => NameKeys | null {
  const keyOf = (name: string) => {
    const key = letters(name).split(' ').sort().join(' ')
    return key === '' ? '' : digest(key)
  }
  const read = memo((cell): NameKeys => ({
    whole: keyOf(cell),
    parts: cell
      .split(/[|;,/&+]|\bet\b/iu)
      .map(keyOf)
      .filter((key) => key !== ''),
  }))
  return (cell) => (cell === null || cell.trim() === '' ? null : read(cell))
}

/** Finds the référents of one EPCI by the names that records give; `digest` as the names of the records were read. */
export function referentFinder(
  referents: readonly NamedReferent[],
  digest: (text: string) => string,
): (names: NameKeys | null) => Named {
  const read = nameReader(digest)
  const ids = new Map<string, number>()
  for (const { id, name } of referents.toSorted((one, other) => one.id - other.id)) {
    const key = read(name)?.whole ?? ''
    if (key !== '' && !ids.has(key)) ids.set(key, id)
  }
  return (names) => {
    if (names === null) return NOBODY
    const whole = ids.get(names.whole)
    if (whole !== undefined) return { ids: [whole], unknown: false }
    const found = names.parts.flatMap((key) => ids.get(key) ?? [])
    return { ids: [...new Set(found)], unknown: names.parts.some((key) => !ids.has(key)) }
  }
}

const NOBODY: Named = { ids: [], unknown: false }
