import type { ColumnKey, TableKey } from './tables.ts'

/** NocoDB's names of what it can say of all the values of a column. */
export type Total = 'sum' | 'avg'
/** In NocoDB's numbers: one line of text a row, two, … */
export type RowHeight = 0 | 1 | 2 | 3

/** What a row must be: something in a cell, nothing, one of some values, no linked row. */
export type Condition<T extends TableKey = TableKey> = {
  readonly column: ColumnKey<T>
} & (
  | { readonly is: 'filled' | 'empty' | 'unlinked' }
  | { readonly is: 'oneOf'; readonly values: readonly string[] }
)

/** The rows that fulfil any of these; each is all of its own conditions. */
export type RowFilter<T extends TableKey = TableKey> = readonly (readonly Condition<T>[])[]

type Common<T extends TableKey> = {
  readonly table: T
  /** Rows that it shows; none: all. */
  readonly rows?: RowFilter<T>
  readonly sorts?: readonly (readonly [ColumnKey<T>, 'asc' | 'desc'])[]
  /** These columns, in this order, the others hidden. */
  readonly columns: readonly ColumnKey<T>[]
}

export type GridDefinition<T extends TableKey = TableKey> = Common<T> & {
  readonly kind: 'grid'
  readonly groups?: readonly ColumnKey<T>[]
  /** Pixels, where a view needs another width than the first grid. */
  readonly widths?: Readonly<Partial<Record<ColumnKey<T>, number>>>
  /** What the foot of the grid, and each closed group, says of a column. */
  readonly totals?: Readonly<Partial<Record<ColumnKey<T>, Total>>>
  readonly rowHeight: RowHeight
}

/** Cards in a column for each option of a select, or on the day of a date. */
type CardsDefinition<T extends TableKey> = Common<T> & {
  readonly kind: 'kanban' | 'calendar'
  readonly by: ColumnKey<T>
}

/** A view by our keys; its words are in config/views.yaml, forms all in all. */
export type ViewDefinition = {
  readonly [T in TableKey]: GridDefinition<T> | CardsDefinition<T>
}[TableKey]
