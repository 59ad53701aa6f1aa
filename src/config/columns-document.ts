import { isMap, isScalar, parseDocument } from 'yaml'
import type { Document, Scalar, YAMLMap } from 'yaml'

/** A new title for a table (`column` null) or a column, and a line of comment that says why; null: no comment. */
export type NewTitle = {
  readonly table: string
  readonly column: string | null
  readonly title: string
  readonly comment: string | null
}

/** What begins the comments written here: the next time they are replaced, and people's own stay. */
const OURS = ' adopté : '

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
