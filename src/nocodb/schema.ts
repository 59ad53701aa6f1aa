export type ColumnKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'select'
  | 'multiselect'
  | 'link'
  | 'links'
  | 'foreignKey'
  | 'other'

/** One column; `options` are the titles of a select's choices, `uidt` is NocoDB's own type. */
export type Column = {
  readonly id: string
  readonly title: string
  readonly uidt: string
  readonly kind: ColumnKind
  readonly options: readonly string[]
  readonly relatedTableId: string | null
  readonly system: boolean
}

export type Table = {
  readonly id: string
  readonly title: string
  readonly columns: ReadonlyMap<string, Column>
  /** Title of a link → title of its foreign-key column, where the server keeps one and we may use it. */
  readonly foreignKeys: ReadonlyMap<string, string>
}
