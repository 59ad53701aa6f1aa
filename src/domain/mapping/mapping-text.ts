import { frenchList, typeset } from '../typography.ts'
import { sourcesOf } from './mapping.ts'
import type { Mapping } from './mapping.ts'
import type { Words } from './words.ts'

/** A column of ours that a base holds in its own way. */
type MappedColumn = {
  readonly title: string
  readonly from?: Mapping | undefined
  readonly words?: Words | undefined
}

/** A table of actors, by its names in a base. */
type MappedTable = {
  readonly title: string
  readonly columns: Readonly<Partial<Record<string, MappedColumn>>>
}

/** How a base holds the columns of its tables of actors, one French line each; a line of another table than the first one names it. */
export function mappingsOf({ title, columns }: MappedTable, at: number): string[] {
  const lines = Object.values(columns).flatMap((column) => (column === undefined ? [] : mappingLines(column)))
  return at === 0 ? lines : lines.map((line) => typeset(`« ${title} », ${line}`))
}

/** What is said of how a base holds it: where it is read, then in which words. */
export function mappingLines({ title, from, words }: MappedColumn): string[] {
  return [
    ...(from === undefined ? [] : [`« ${title} » : ${waySaid(from)}`]),
    ...Object.entries(words ?? {}).map(
      ([word, meaning]) =>
        `« ${title} » : « ${word} » ${meaning === '' ? 'ne dit rien' : `se lit « ${meaning} »`}`,
    ),
  ].map(typeset)
}

function waySaid(from: Mapping): string {
  if ('first' in from) {
    const [only, ...others] = from.first
    return others.length === 0 ? `lu dans « ${only} »` : `la première remplie de ${listed(from.first)}`
  }
  if ('all' in from) return `tout ce que tiennent ${listed(from.all)}`
  if ('join' in from) return `${listed(from.join)}, bout à bout`
  if ('each' in from)
    return `une colonne par valeur : ${Object.entries(from.each)
      .map(([column, value]) => `« ${column} » cochée dit « ${value} »`)
      .join(' ; ')}`
  if ('days' in from) return `un jour par colonne : ${listed(sourcesOf(from))}`
  if ('address' in from) return `lu dans « ${from.address} », qui tient le code postal et la commune`
  return 'point' in from
    ? `lu dans « ${from.point} », qui tient latitude et longitude`
    : `« ${from.constant} » sur toutes les fiches`
}

function listed(titles: readonly string[]): string {
  return frenchList(titles.map((title) => `« ${title} »`))
}
