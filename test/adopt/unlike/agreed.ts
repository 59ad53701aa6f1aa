import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { readColumns } from '../../../src/config/columns-file.ts'
import { agreedTitles } from '../../../src/domain/adoption/agreement.ts'
import type { Mapping } from '../../../src/domain/mapping/mapping.ts'
import type { LiveTable } from '../../../src/domain/adoption/live-base.ts'
import { withTitles } from '../../../src/config/columns-document.ts'
import { CONFIG } from '../../helpers/rules.ts'
import { rightIn } from './describe.ts'
import type { Right, UnlikeBase } from './describe.ts'

/** The text of config/columns.yaml as a person who knows the base would have it: all that is right, in every way. */
export function agreedText(base: UnlikeBase, live: readonly LiveTable[]): string {
  const { tables, constants = {}, words = {} } = base
  const agreed = new Map<string, string>()
  const mapped = new Map<string, Record<string, unknown>>()
  for (const table of tables) {
    if (table.ours === null || agreed.has(table.ours)) continue
    agreed.set(table.ours, table.title)
    for (const [key, right] of rightIn(table, base)) {
      const place = `${table.ours}.${key}`
      if (right.kind === 'column') agreed.set(place, right.title)
      else mapped.set(place, fromOf(right))
    }
  }
  for (const [place, value] of Object.entries(constants)) mapped.set(place, { constant: value })
  const before = readFileSync(join(CONFIG, 'columns.yaml'), 'utf8')
  const { otherActors: _, ...names } = readColumns(CONFIG)
  const titles = agreedTitles(agreed, live, names, '(Portrea)')
  const document = parseDocument(
    withTitles(
      before,
      titles.map((one) => ({ ...one, comment: null })),
    ),
  )
  const set = (place: string, key: string, value: unknown) => {
    const [table, column] = place.split('.')
    document.setIn([table, 'columns', column, key], document.createNode(value))
  }
  for (const [place, from] of mapped) set(place, 'from', from)
  for (const [place, own] of Object.entries(words)) set(place, 'words', own)
  return document.toString({ lineWidth: 0 })
}

/** As config/columns.yaml writes it. */
export function fromOf(right: Right): Mapping {
  switch (right.kind) {
    case 'column':
      return { first: [right.title] }
    case 'words':
      return { each: right.columns }
    case 'days':
      return { days: right.columns }
    case 'join':
      return { join: right.columns }
    case 'first':
      return { first: right.columns }
    case 'all':
      return { all: right.columns }
    case 'point':
      return { point: right.title }
    case 'address':
      return { address: right.title }
    case 'constant':
      return { constant: right.value }
  }
}
