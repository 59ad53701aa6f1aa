import { fold } from '../domain/completeness/text.ts'
import type { FieldName } from '../domain/fields.ts'
import { sourcesOf } from '../domain/mapping/mapping.ts'
import { wordReader } from '../domain/mapping/words.ts'
import { readValue } from '../domain/reading/read-value.ts'
import { frenchList, typeset } from '../domain/typography.ts'
import { fieldReadings, isComputed } from './actor-fields.ts'
import type { ActorTable } from './actor-tables.ts'
import { CHOICES, sameCell } from './cells.ts'
import type { Cell, Row } from './cells.ts'
import { cellFault } from './check-writes.ts'
import type { Column } from './schema.ts'

/** The cell of a table of actors that would say a value; or, in French, why none can, and where to write it. */
export type FieldCell = { readonly title: string; readonly cell: Cell } | { readonly fault: string }

/** What a value is to be, and what stands there now. */
type Asked = {
  readonly value: string
  /** Of a list: what it lacks, to be put beside what stands there; null: the value takes its place. */
  readonly adds: readonly string[] | null
  /** The cell as it is. */
  readonly raw: Cell
}

/** How values go into the columns of a table of actors, in the words of the base: each is read back before it is written. */
export function fieldWriter(from: ActorTable): (field: FieldName, asked: Asked) => FieldCell {
  const { names, table } = from
  const readings = fieldReadings(names, table)
  return (field, asked) => {
    const named = names[field]
    const column = named === undefined ? undefined : table.columns.get(named.title)
    const fault = placeFault(from, field, column)
    if (fault !== null || named === undefined || column === undefined)
      return { fault: typeset(fault ?? 'Cette colonne manque.') }
    const wordsOf = ownWords(named.words ?? {}, column)
    const made = cellOf(column, asked, wordsOf, named.words !== undefined)
    if ('fault' in made) return { fault: typeset(made.fault) }
    const row = { [named.title]: made.cell } as unknown as Row
    const read = readings[field].read(row)
    const said = read === null ? null : readValue(field, read)
    const kept = said !== null && isSame(column, MEASURED.has(field), asked, said)
    if (!kept || cellFault(table, named.title, made.cell) !== null)
      return {
        fault: typeset(
          `La colonne « ${named.title} » ne garderait pas cette valeur telle quelle : écrivez-la dans la fiche, à votre façon.`,
        ),
      }
    return { title: named.title, cell: made.cell }
  }
}

/** Why nobody but people can write to the place of a field; null: the service can. */
function placeFault(
  { title, names, table }: ActorTable,
  field: FieldName,
  column: Column | undefined,
): string | null {
  const named = names[field]
  if (named?.from !== undefined) {
    const sources = sourcesOf(named.from).map((one) => `« ${one} »`)
    return sources.length === 0
      ? `« ${named.title} » vaut la même chose pour toute la table (config/columns.yaml) : Portrea n'y écrit pas.`
      : `« ${named.title} » se lit dans ${frenchList(sources)} : écrivez-y la valeur, dans la fiche. Portrea n'y écrit jamais.`
  }
  if (named === undefined || column === undefined) return `« ${title} » n'a pas de colonne pour cette donnée.`
  if (isComputed(table, named.title))
    return `« ${named.title} » est calculée par NocoDB : changez ce dont elle dépend.`
  if (column.kind === 'link' || column.kind === 'links')
    return `« ${named.title} » est un lien : choisissez la ligne dans la fiche.`
  return null
}

/** A value → the word of the base that says it: its own where it has one. */
function ownWords(
  words: Readonly<Record<string, string>>,
  { options }: Column,
): (value: string) => string | null {
  const read = wordReader(words)
  const says = (word: string, value: string) => fold(read(word)) === fold(value)
  return (value) => {
    if (options.length > 0)
      return options.find((one) => one === value) ?? options.find((one) => says(one, value)) ?? null
    return Object.keys(words).find((word) => says(word, value)) ?? value
  }
}

function cellOf(
  column: Column,
  { value, adds, raw }: Asked,
  wordOf: (value: string) => string | null,
  worded: boolean,
): { readonly cell: Cell } | { readonly fault: string } {
  const isList = column.kind === 'multiselect'
  if (column.kind === 'number') return { cell: Number(value.replace(',', '.')) }
  if (!isList && column.kind !== 'select' && !worded) return { cell: value }
  const wanted = column.kind === 'select' ? [value] : (adds ?? value.split(CHOICES)).map((one) => one.trim())
  const words = wanted.map((one) => [one, wordOf(one)] as const)
  const [lacking] = words.find(([, word]) => word === null) ?? []
  if (lacking !== undefined)
    return {
      fault: `« ${lacking} » n'est pas un choix de « ${column.title} » : ajoutez ce choix dans NocoDB, puis remettez « Accepter ».`,
    }
  const before = adds === null || raw === null ? [] : [String(raw)]
  return { cell: [...before, ...new Set(words.map(([, word]) => word!))].join(CHOICES) }
}

/** What is a quantity; any other number is a name written in digits, of which a zero is a sign like another. */
const MEASURED: ReadonlySet<FieldName> = new Set(['latitude', 'longitude'])

/** Whether what would be read back is what was asked for: the order of a list is the base's own. */
function isSame(column: Column, isMeasured: boolean, { value, adds }: Asked, said: string): boolean {
  if (column.kind === 'number' && isMeasured) return sameCell('number', value.replace(',', '.'), said)
  if (adds === null && column.kind !== 'multiselect') return said === value
  const has = new Set(listed(said))
  return adds === null
    ? sameCell('multiselect', listed(value).join(CHOICES), [...has].join(CHOICES))
    : adds.every((one) => has.has(one))
}

/** The values of a list. */
export function listed(value: string | null): readonly string[] {
  return (value ?? '').split(CHOICES).flatMap((one) => one.trim() || [])
}
