import { isMap, isScalar, parseDocument } from 'yaml'
import type { Document, Scalar, YAMLMap } from 'yaml'
import type { Mapping } from '../domain/mapping/mapping.ts'
import type { Words } from '../domain/mapping/words.ts'

/** A new title for a table (`column` null) or a column, and a line of comment that says why; null: no comment. */
export type NewTitle = {
  readonly table: string
  readonly column: string | null
  readonly title: string
  readonly comment: string | null
}

/** How a field of the table of actors is read in a base: of which columns (null: its own), in which words. */
export type AgreedMapping = {
  readonly key: string
  readonly from: Mapping | null
  readonly words: Words | null
}

/** The same text in which these fields are read so; words are added to those that stand there. */
export function withMappings(text: string, mappings: readonly AgreedMapping[]): string {
  const document = parseDocument(text)
  for (const { key, from, words } of mappings) {
    const path = ['actors', 'columns', key]
    const node: unknown = document.getIn(path, true)
    if (!isMap(node))
      document.setIn(path, document.createNode({ title: isScalar(node) ? node.value : key }, { flow: true }))
    if (from !== null) document.setIn([...path, 'from'], document.createNode(from, { flow: true }))
    for (const [word, meaning] of Object.entries(words ?? {})) {
      if (!document.hasIn([...path, 'words']))
        document.setIn([...path, 'words'], document.createNode({}, { flow: true }))
      document.setIn([...path, 'words', word], meaning)
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

/** What begins the comments written here: the next time they are replaced, and people's own stay. */
const OURS = ' adopté : '

/**
 * What a columns.yaml calls the tables that were adopted, and their columns: `table` or `table.column` → title. A table
 * was if a comment of ours stands in it.
 */
export function adoptedNames(text: string): ReadonlyMap<string, string> {
  const document = parseDocument(text)
  if (!isMap(document.contents)) return new Map()
  const names = new Map<string, string>()
  for (const { key, value } of document.contents.items) {
    if (!isMap(value)) continue
    const columns: unknown = value.get('columns')
    const pairs = isMap(columns) ? columns.items : []
    const all = [value.get('title', true), ...pairs.map((pair) => pair.value)]
    if (!all.some((node) => (isScalar(node) || isMap(node)) && node.comment?.includes(OURS) === true))
      continue
    names.set(String(key), titleOf(value.get('title', true)))
    for (const pair of pairs) names.set(`${String(key)}.${String(pair.key)}`, titleOf(pair.value))
  }
  return names
}

function titleOf(node: unknown): string {
  if (isMap(node)) return String(node.get('title'))
  return isScalar(node) ? String(node.value) : ''
}

/** The text of a columns.yaml with other titles: comments, order and layout stay as people left them. */
export function withTitles(text: string, titles: readonly NewTitle[]): string {
  const document = parseDocument(text)
  for (const one of titles) setTitle(document, one)
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

function setTitle(document: Document, { table, column, title, comment }: NewTitle): void {
  const path = column === null ? [table, 'title'] : [table, 'columns', column]
  const node: unknown = document.getIn(path, true)
  if (isMap(node)) {
    node.set('title', title)
    comments(node, comment)
  } else {
    const scalar = isScalar(node) ? node : document.createNode(title)
    scalar.value = title
    document.setIn(path, scalar)
    comments(scalar, comment)
  }
}

/** A comment of ours goes at the end of the line; one of theirs is kept before it. */
function comments(node: Scalar | YAMLMap, comment: string | null): void {
  const [theirs = ''] = (node.comment ?? '').split(OURS)
  const both = `${theirs.trimEnd()}${comment === null ? '' : `${OURS}${comment}`}`
  node.comment = both === '' ? null : both
}
