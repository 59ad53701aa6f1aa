// What the double holds: tables, their columns, and rows kept or made on demand.

export type Values = Record<string, unknown>
export type Field = {
  readonly id: string
  title: string
  type: string
  readonly unique: boolean
  choices: readonly string[]
  /** Of a link: the other table, the kind of relation and, on the side that has it, the foreign key. */
  readonly related?: string
  readonly relation?: 'bt' | 'hm'
  readonly key?: string
}
export type FieldOption = {
  readonly title: string
  readonly type?: string
  readonly unique?: boolean
  readonly options?: {
    readonly choices?: readonly { title: string }[]
    readonly relation_type?: string
    readonly related_table_id?: string
  }
}
export type TableOption = {
  readonly title: string
  /** What the key is called and of which type it is: « Id » and ID where NocoDB made the table. */
  readonly key?: { readonly title: string; readonly type: string }
  readonly fields: readonly (FieldOption | string)[]
  readonly rows?: readonly Values[]
  /** Rows made when they are read, never held: `row(id)` for each Id from 1 to `count`. */
  readonly generate?: Generated
}
export type Generated = {
  readonly count: number
  readonly row: (id: number) => Values
  /** The Ids between which those linked to a row of another table lie; all where it is left out. */
  readonly linkedBetween?: (parent: number) => readonly [from: number, upTo: number]
}
export type LinkOption = { readonly parent: string; readonly title: string; readonly child: string }

let ids = 0
export const newId = (letter: string): string => `${letter}${(++ids).toString(36).padStart(14, '0')}`
/** NocoDB's form, to the second. */
export const now = (): string => `${new Date().toISOString().slice(0, 19).replace('T', ' ')}+00:00`

export class DoubleTable {
  readonly id = newId('m')
  title: string
  readonly fields: Field[]
  private readonly kept = new Map<number, Values | null>()
  private readonly made: TableOption['generate']
  private last: number

  constructor({ title, key = { title: 'Id', type: 'ID' }, fields, rows = [], generate }: TableOption) {
    this.title = title
    this.made = generate
    this.last = generate?.count ?? 0
    this.fields = [
      systemField(key.title, key.type),
      systemField('CreatedAt', 'CreatedTime'),
      systemField('UpdatedAt', 'LastModifiedTime'),
      ...fields.map((option) => fieldOf(typeof option === 'string' ? { title: option } : option)),
    ]
    for (const row of rows) this.insert(row)
  }

  /** The column that tells rows apart. */
  get key(): Field {
    return this.fields[0]!
  }

  /** The row that an object of v2 names: by the title of the key, else by its id. */
  idIn(row: Values): number {
    return Number(row[this.key.title] ?? row[this.key.id])
  }

  get lastId(): number {
    return this.last
  }

  get(id: number): Values | undefined {
    const kept = this.kept.get(id)
    if (kept !== undefined) return kept ?? undefined
    if (this.made === undefined || id < 1 || id > this.made.count) return undefined
    return this.made.row(id)
  }

  /** Every row, of the Ids in a range, one after the other. */
  *rows(from = 1, upTo = this.last, lastFirst = false): Generator<readonly [number, Values]> {
    const first = Math.max(1, from)
    const last = Math.min(this.last, upTo)
    for (let step = 0; step <= last - first; step++) {
      const id = lastFirst ? last - step : first + step
      const row = this.get(id)
      if (row !== undefined) yield [id, row]
    }
  }

  /** The rows that hold this parent in the column of the key. */
  *linkedTo(key: string, parent: number): Generator<number> {
    const [from, upTo] = this.made?.linkedBetween?.(parent) ?? [1, this.last]
    for (const [id, row] of this.rows(from, upTo)) if (row[key] === parent) yield id
  }

  get size(): number {
    let size = this.made?.count ?? 0
    for (const [id, row] of this.kept) {
      const generated = id <= (this.made?.count ?? 0)
      if (row === null) size -= generated ? 1 : 0
      else size += generated ? 0 : 1
    }
    return size
  }

  insert(values: Values): number {
    const empty = Object.fromEntries(
      this.fields.map(({ title, type }) => [title, type === 'Checkbox' ? false : null]),
    )
    this.kept.set(++this.last, { ...empty, ...values, CreatedAt: now(), UpdatedAt: null })
    return this.last
  }

  update(id: number, values: Values): void {
    this.kept.set(id, { ...this.get(id), ...values, UpdatedAt: now() })
  }

  /** As the links endpoints write: UpdatedAt does not move. */
  link(id: number, key: string, parent: number | null): void {
    this.kept.set(id, { ...this.get(id), [key]: parent })
  }

  delete(id: number): void {
    this.kept.set(id, null)
  }

  /** People give a column another title: its cells go with it. */
  rename(field: Field, title: string): void {
    const former = field.title
    field.title = title
    for (const [id, row] of this.kept) {
      if (row === null || !(former in row)) continue
      const { [former]: cell, ...others } = row
      this.kept.set(id, { ...others, [title]: cell })
    }
  }

  field(titleOrId: string): Field | undefined {
    return this.fields.find(({ id, title }) => id === titleOrId || title === titleOrId)
  }
}

function systemField(title: string, type: string): Field {
  return { id: newId('c'), title, type, unique: false, choices: [] }
}

export function fieldOf({ title, type = 'SingleLineText', unique = false, options }: FieldOption): Field {
  return {
    id: newId('c'),
    title,
    type,
    unique,
    choices: options?.choices?.map((choice) => choice.title) ?? [],
  }
}

/** One `Links` on the parent; the child gets a link back and a foreign key, as in NocoDB 0.301.3. */
export function addLink(parent: DoubleTable, title: string, child: DoubleTable): Field {
  const key = `${parent.title}_id`
  const many: Field = { ...fieldOf({ title, type: 'Links' }), related: child.id, relation: 'hm', key }
  const one = fieldOf({ title: parent.title, type: 'LinkToAnotherRecord' })
  parent.fields.push(many)
  child.fields.push(systemField(key, 'ForeignKey'), { ...one, related: parent.id, relation: 'bt', key })
  return many
}
