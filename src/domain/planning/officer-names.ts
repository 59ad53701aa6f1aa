import { nameReader } from '../referent-names.ts'

/** A row of the table of chargé·e·s: `daysPerMonth`, person-days ≥ 0; null: not told. */
export type Officer = { readonly name: string; readonly daysPerMonth: number | null }

/** Whom a cell « Chargé·e de déploiement » names: each person once, under the spelling of their own row where they have one. */
export type OfficerFinder = {
  (cell: string | null): readonly string[]
  /** The people of the table, each once, in its order. */
  known(): readonly string[]
}

/** What is the same for every spelling of one name: accents, capitals and order do not count. */
export function officerKey(name: string): string {
  return READ(name)?.whole ?? ''
}

const READ = nameReader((key) => key)

/**
 * Reads « Chargé·e de déploiement »: accents, capitals and the order of first and last name do not count, one cell may name
 * several (« Ana Bihan et Yann Le Goff »). A name that no row bears stands for itself, as the first EPCI writes it.
 */
export function officerFinder(officers: readonly Pick<Officer, 'name'>[]): OfficerFinder {
  const names = new Map<string, string>()
  for (const { name } of officers) {
    const key = READ(name)?.whole
    if (key !== undefined && key !== '' && !names.has(key)) names.set(key, name.trim())
  }
  const known = [...names.values()]
  const find = (cell: string | null): readonly string[] => {
    const keys = READ(cell)
    if (cell === null || keys === null || keys.whole === '') return []
    const whole = names.get(keys.whole)
    if (whole !== undefined) return [whole]
    const parts = keys.parts.flatMap((key) => names.get(key) ?? [])
    if (parts.length === keys.parts.length) return [...new Set(parts)]
    names.set(keys.whole, cell.trim()) // one of them is in no table: who is meant cannot be told apart
    return [cell.trim()]
  }
  return Object.assign(find, { known: () => known })
}
