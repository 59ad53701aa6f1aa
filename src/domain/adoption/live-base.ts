import type { Refusal } from './refusals.ts'
import type { ShapeKey } from '../rules/adoption.ts'
import type { ValueProfile } from './value-shapes.ts'

/** A column of a base as it stands; of its values only shares are known. */
export type LiveColumn = {
  readonly title: string
  /** NocoDB's own name of its type. */
  readonly type: string
  /** The place that Portrea made it for (`actors.nom`); null: somebody else made it. */
  readonly made: string | null
  /** The place that it had under the name that config/columns.yaml still gives. */
  readonly former?: string | null
  /** Whether that is the name that it has: it was adopted before. */
  readonly kept?: boolean
  readonly profile: ValueProfile | null
  /** Of a link to one row: the table it leads to, and the title of its other side where that is known. */
  readonly link: { readonly table: string; readonly otherSide: string | null } | null
}

export type LiveTable = {
  readonly title: string
  /** The key of the table that Portrea made it for; null: somebody else made it. */
  readonly made: string | null
  /** The key of the table that it was under the name that config/columns.yaml still gives. */
  readonly former?: string | null
  /** Whether that is the title that it has: it was adopted before. */
  readonly kept?: boolean
  /** What a person said that it, or a column of it, is not. */
  readonly refusals?: readonly Refusal[]
  readonly columns: readonly LiveColumn[]
}

/**
 * The same base, in which what was adopted before has its place already.
 * @param names what config/columns.yaml calls it: `table` or `table.column` → title
 */
export function withKept(base: readonly LiveTable[], names: ReadonlyMap<string, string>): LiveTable[] {
  return base.map((table) => {
    const own = [...names].find(([key, title]) => !key.includes('.') && title === table.title)
    if (own === undefined || table.made !== null || (table.former ?? own[0]) !== own[0]) return table
    const [key] = own
    const places = new Map(
      [...names].flatMap(([place, title]) => (place.startsWith(`${key}.`) ? [[title, place] as const] : [])),
    )
    const columns = table.columns.map((column) => {
      const former = places.get(column.title)
      const isFree = column.made === null && (column.former ?? null) === null
      return former === undefined || !isFree ? column : { ...column, former, kept: true }
    })
    return { ...table, former: key, kept: table.former == null, columns }
  })
}

/** A column of ours, to be found among theirs. */
export type Place = {
  readonly key: string
  /** Every name that it may bear, the one of config/columns.yaml first. */
  readonly names: readonly string[]
  /** Those of them that are English: people read ours instead. */
  readonly english?: readonly string[]
  readonly shapes: readonly ShapeKey[]
  readonly anything: boolean
  /** Whether values say nothing without a name: so many columns hold such. */
  readonly named: boolean
  /** The key of the table that it links to; null: no link. */
  readonly linksTo: string | null
  /** The key of the table whose rows it lists, the other side of a link; null: no list. */
  readonly listOf: string | null
  /** Only a column that Portrea made can serve: it is written to. */
  readonly written: boolean
  /** Whether each row has a value of its own there. */
  readonly unique: boolean
  /** Whether it names the row. */
  readonly naming: boolean
  /** Whether a column of this type can serve. */
  readonly accepts: (type: string) => boolean
}

/** A table of ours, to be found among theirs. */
export type OwnTable = {
  readonly key: string
  readonly names: readonly string[]
  /** So many columns that only this table would have make it nearly certain. */
  readonly needs: number
  /** It holds people: a table of theirs is never taken for it without a question. */
  readonly people: boolean
  readonly places: readonly Place[]
  /** Titles of theirs that config/columns.yaml already reads fields from: no place is looked for them. */
  readonly read: ReadonlySet<string>
}
