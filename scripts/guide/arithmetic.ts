import { frenchNumber } from '../../src/domain/typography.ts'

/** A number of the guide: two decimals at most. */
export function shown(value: number): string {
  return frenchNumber(value, 2)
}

/** A fit, or a driver: four decimals, for a weight multiplies it. */
export function finely(value: number): string {
  return frenchNumber(value, 4)
}

/** « (100 + 50) / 2 »; « (2 × 100 + 50) / 3 » where weights are not all 1. */
export function meanOf(parts: readonly { readonly value: number; readonly weight: number }[]): string {
  const terms = parts.map(({ value, weight }) =>
    weight === 1 ? shown(value) : `${shown(weight)} × ${shown(value)}`,
  )
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const [only] = terms
  if (terms.length === 1 && parts[0]?.weight === 1) return only ?? ''
  return `(${terms.join(' + ')}) / ${shown(total)}`
}

/** « 40 + 15 + 6 » */
export function sumOf(values: readonly number[]): string {
  return values.map(shown).join(' + ')
}

/** An operation that the reader can do again, and its result: a test does them all. */
export function operation(left: string, result: number): string {
  return left === shown(result) ? `\`${left}\`` : `\`${left} = ${shown(result)}\``
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
