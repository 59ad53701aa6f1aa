import { nameReader } from '../referent-names.ts'

/** A row of the table of chargé·e·s: `daysPerMonth`, person-days ≥ 0; null: not told. */
export type Officer = { readonly name: string; readonly daysPerMonth: number | null }

/** Whom the EPCI name: each person once, under the spelling of their own row where they have one. */
export type OfficerFinder = (cell: string | null) => readonly string[]

/**
 * Reads « Chargé·e de déploiement »: accents, capitals and the order of first and last name do not count, one cell may name
 * several (« Ana Bihan et Yann Le Goff »). A name that no row bears stands for itself, as the first EPCI writes it.
 */
export function officerFinder(officers: readonly Pick<Officer, 'name'>[]): OfficerFinder {
  const read = nameReader((key) => key)
  const names = new Map<string, string>()
  for (const { name } of officers) {
    const key = read(name)?.whole
    if (key !== undefined && key !== '' && !names.has(key)) names.set(key, name.trim())
  }
  return (cell) => {
    const keys = read(cell)
    if (cell === null || keys === null || keys.whole === '') return []
    const whole = names.get(keys.whole)
    if (whole !== undefined) return [whole]
    const parts = keys.parts.flatMap((key) => names.get(key) ?? [])
    if (parts.length === keys.parts.length) return [...new Set(parts)]
    names.set(keys.whole, cell.trim()) // one of them is in no table: who is meant cannot be told apart
    return [cell.trim()]
  }
}
