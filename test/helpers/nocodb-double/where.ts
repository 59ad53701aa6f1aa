// The part of NocoDB's `where` that we use: conditions, ~and, ~or, groups.
import type { DoubleTable, Values } from './store.ts'

export type Condition = (id: number, row: Values) => boolean
export type Filter = {
  readonly matches: Condition
  readonly from: number
  readonly upTo: number
  /** The only Ids that can match; null: any in the range. */
  readonly ids: readonly number[] | null
}

/** A `where` that NocoDB would refuse. */
export class BadWhere extends Error {}

/** The rows that match, in the order of their Ids. */
export function* rowsWhere(
  table: DoubleTable,
  { matches, from, upTo, ids }: Filter,
  lastFirst = false,
): Generator<readonly [number, Values]> {
  if (ids === null) {
    for (const [id, row] of table.rows(from, upTo, lastFirst)) if (matches(id, row)) yield [id, row]
    return
  }
  const sorted = [...new Set(ids)].sort((one, other) => (lastFirst ? other - one : one - other))
  for (const id of sorted) {
    const row = table.get(id)
    if (row !== undefined && matches(id, row)) yield [id, row]
  }
}

/** The condition, and the range of Ids outside which nothing can match: a window is not looked for in the whole table. */
export function parseWhere(where: string | null, table: DoubleTable): Filter {
  if (where === null || where === '') return EVERYTHING
  const text = { rest: where }
  const filter = parseGroup(text, table)
  if (text.rest !== '') throw new BadWhere(`Invalid filter near "${text.rest}"`)
  return filter
}

const EVERYTHING: Filter = { matches: () => true, from: 1, upTo: Infinity, ids: null }

function parseGroup(text: { rest: string }, table: DoubleTable): Filter {
  let filter = parseTerm(text, table)
  for (;;) {
    const operator = /^~(and|or)/.exec(text.rest)?.[1]
    if (operator === undefined) return filter
    text.rest = text.rest.slice(operator.length + 1)
    const one = filter
    const other = parseTerm(text, table)
    filter =
      operator === 'and'
        ? {
            matches: (id, row) => one.matches(id, row) && other.matches(id, row),
            from: Math.max(one.from, other.from),
            upTo: Math.min(one.upTo, other.upTo),
            ids: one.ids ?? other.ids,
          }
        : {
            matches: (id, row) => one.matches(id, row) || other.matches(id, row),
            from: Math.min(one.from, other.from),
            upTo: Math.max(one.upTo, other.upTo),
            ids: one.ids === null || other.ids === null ? null : [...one.ids, ...other.ids],
          }
  }
}

function parseTerm(text: { rest: string }, table: DoubleTable): Filter {
  if (text.rest.startsWith('((')) {
    text.rest = text.rest.slice(1)
    const filter = parseGroup(text, table)
    if (!text.rest.startsWith(')')) throw new BadWhere('Invalid filter: a group is not closed')
    text.rest = text.rest.slice(1)
    return filter
  }
  const found = /^\(([^,]+),(\w+)(?:,(?:exactDate,)?([^)]*))?\)/.exec(text.rest)
  if (found === null) throw new BadWhere(`Invalid filter near "${text.rest}"`)
  text.rest = text.rest.slice(found[0].length)
  return condition(table, found[1]!, found[2]!, found[3] ?? '')
}

function condition(table: DoubleTable, name: string, operator: string, value: string): Filter {
  const field = table.field(name)
  if (field === undefined) throw new BadWhere(`Column alias '${name}' not found.`)
  const list = value.split(',').map((part) => part.trim())
  const test = TESTS[operator]
  if (test === undefined) throw new BadWhere(`Operation ${operator} is not supported`)
  const isId = field === table.key
  const key = field.relation === 'bt' ? (field.key ?? '') : field.title
  const matches: Condition = (id, row) => test(isId ? id : (row[key] ?? null), value, list)
  const ids = isId && (operator === 'in' || operator === 'eq') ? list.map(Number) : null
  return { matches, ids, ...(isId ? idRange(operator, value) : { from: 1, upTo: Infinity }) }
}

type Test = (cell: unknown, value: string, list: readonly string[]) => boolean
const compare = (cell: unknown, value: string): number => {
  if (cell === null || cell === '') return NaN
  const numbers = Number(cell) - Number(value)
  return Number.isNaN(numbers) ? Date.parse(String(cell)) - Date.parse(value) : numbers
}
const gte: Test = (cell, value) => compare(cell, value) >= 0
const lte: Test = (cell, value) => compare(cell, value) <= 0
const TESTS: Readonly<Record<string, Test>> = {
  eq: (cell, value) => String(cell ?? '') === value,
  neq: (cell, value) => String(cell ?? '') !== value,
  in: (cell, _value, list) => cell !== null && list.includes(String(cell)),
  like: (cell, value) => String(cell ?? '').includes(value.replaceAll('%', '')),
  gt: (cell, value) => compare(cell, value) > 0,
  lt: (cell, value) => compare(cell, value) < 0,
  gte,
  ge: gte,
  lte,
  le: lte,
  blank: (cell) => cell === null || cell === '',
  notblank: (cell) => cell !== null && cell !== '',
  checked: (cell) => cell === true,
  notchecked: (cell) => cell !== true,
}

function idRange(operator: string, value: string): { from: number; upTo: number } {
  const number = Number(value)
  if (operator.startsWith('g')) return { from: operator === 'gt' ? number + 1 : number, upTo: Infinity }
  if (operator.startsWith('l') && operator !== 'like')
    return { from: 1, upTo: operator === 'lt' ? number - 1 : number }
  return { from: 1, upTo: Infinity }
}
