import { isMap, isSeq, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import type { Mapping } from '../domain/mapping/mapping.ts'
import type { Words } from '../domain/mapping/words.ts'

/** A table of actors to be added to `otherActors`: its title, and those of its columns by their keys; of some, how they are read. */
export type AddedActors = {
  readonly title: string
  readonly columns: Readonly<Record<string, string | AddedColumn>>
}

type AddedColumn = { readonly title: string; readonly from?: Mapping; readonly words?: Words }

const KEY = 'otherActors'

/** The text of a columns.yaml with these tables of actors beside those that it names: all else stays as people left it. */
export function withOtherActors(text: string, added: readonly AddedActors[]): string {
  if (added.length === 0) return text
  const document = parseDocument(text)
  if (!isSeq(document.get(KEY))) document.set(KEY, document.createNode([]))
  for (const table of added) document.addIn([KEY], entryOf(document, table))
  return written(document)
}

/** A name that another table of actors, or a column of it, has now (`column` null: the table), by the one that the file gives it. */
export type RenamedActors = {
  readonly table: string
  readonly column: string | null
  readonly now: string
}

/** The text of a columns.yaml in which they bear these names. */
export function withActorsRenamed(text: string, renamed: readonly RenamedActors[]): string {
  if (renamed.length === 0) return text
  const document = parseDocument(text)
  const list = document.get(KEY)
  if (!isSeq(list)) return text
  const places = new Map(
    list.items.map((item, at) => [isMap(item) ? String(item.get('title')) : '', at] as const),
  )
  for (const { table, column, now } of renamed) {
    const at = places.get(table)
    if (at === undefined) continue
    const path = column === null ? [KEY, at, 'title'] : [KEY, at, 'columns', column]
    document.setIn(column !== null && isMap(document.getIn(path)) ? [...path, 'title'] : path, now)
  }
  return written(document)
}

/** One line for the table, one for its columns, or one each where some are read in a way of their own. */
function entryOf(document: Document, { title, columns }: AddedActors) {
  const entry = document.createNode({ title, columns })
  const names = entry.get('columns')
  const isPlain = Object.values(columns).every((one) => typeof one === 'string')
  if (isMap(names)) {
    names.flow = isPlain
    for (const { value } of names.items) if (isMap(value)) value.flow = true
  }
  return entry
}

function written(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}
