import { isDeepStrictEqual } from 'node:util'
import type { Mapping } from '../../../src/domain/mapping/mapping.ts'
import type { LiveColumn, LiveTable } from '../../../src/domain/adoption/live-base.ts'
import type { ColumnProposal } from '../../../src/domain/adoption/match-columns.ts'
import { verdictOf } from '../../../src/domain/adoption/verdict.ts'
import type { DecidedTables, Proposal } from '../../../src/domain/adoption/propose.ts'
import { adoption, profile, proposing } from '../proposed.ts'
import { rightIn } from './describe.ts'
import type { Right, UnlikeBase, UnlikeColumn, UnlikeTable } from './describe.ts'

/** What a person who knows the base meets while joining it. */
export type Measured = {
  /** Tables and columns of ours that are there. */
  readonly true: number
  /** Found without a question. */
  readonly right: number
  /** Asked about, the right one first. */
  readonly asked: number
  /** Asked about, another one first. */
  readonly askedWrong: readonly string[]
  /** Taken without a question, and wrong. */
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
}

/** The proposals for a base, after each decision of a person. */
type Proposing = (decided: DecidedTables) => Proposal

/**
 * Answers as somebody would who knows the base: agrees to what is sure, and where there is a question takes what is
 * right, be it the last on the list.
 */
export function measure(base: UnlikeBase, propose: Proposing): Measured {
  const seen = { right: 0, asked: 0 }
  const [wrong, askedWrong, missed]: string[][] = [[], [], []]
  const decided = new Map<string, string | null>()
  let all = 0
  const note = (
    key: string,
    verdict: 'match' | 'ask' | 'none',
    isRight: boolean,
    is: boolean,
    title: string,
  ) => {
    if (is) all += 1
    if (verdict === 'none' && is) missed!.push(key)
    if (verdict === 'none') return
    if (isRight) seen[verdict === 'match' ? 'right' : 'asked'] += 1
    else (verdict === 'match' ? wrong! : askedWrong!).push(`${key} = ${title}`)
  }
  for (const { key } of propose(decided).tables) {
    const table = propose(decided).tables.find((one) => one.key === key)!
    const right = base.tables.filter(({ ours }) => ours === key).map(({ title }) => title)
    const verdict = verdictOf(table, adoption)
    const isRight = right.includes(table.title ?? '')
    note(key, verdict, isRight, right.length > 0, table.title ?? '')
    const reached =
      verdict === 'match' || [table.title, ...table.rivals].some((one) => right.includes(one ?? ''))
    const taken = verdict === 'match' || isRight ? table.title : (right[0] ?? null)
    decided.set(key, verdict === 'none' || !reached ? null : taken)
  }
  for (const table of propose(decided).tables) {
    const theirs = base.tables.find(({ title }) => title === decided.get(table.key))
    const own = base.tables.find(({ ours }) => ours === table.key)
    const right =
      theirs?.ours === table.key ? rightIn(theirs, base) : own === undefined ? new Map() : rightIn(own, base)
    const here = theirs?.ours === table.key
    for (const [constant] of Object.entries(base.constants ?? {}))
      if (constant.startsWith(`${table.key}.`)) right.set(constant.slice(table.key.length + 1), 'constant')
    for (const column of table.columns) {
      const is = right.get(column.key) as Right | undefined
      const mapped = table.mapped.find(({ key, from }) => key === column.key && isPutTogether(from))
      const verdict = theirs === undefined ? 'none' : (mapped?.verdict ?? verdictOf(column, adoption))
      const agreed =
        mapped === undefined ? is !== undefined && agrees(column, is) : isMade(mapped.from, is, base)
      const title = mapped === undefined ? (column.title ?? '') : JSON.stringify(mapped.from)
      note(`${table.key}.${column.key}`, verdict, here && agreed, is !== undefined, title)
    }
  }
  return { true: all, ...seen, askedWrong: askedWrong!, wrong: wrong!, missed: missed! }
}

/** Whether a field is put together: what stands beside a single column is one more question. */
function isPutTogether(from: Mapping | null): from is Mapping {
  return from !== null && !('first' in from || 'all' in from)
}

function isMade(from: Mapping | null, right: Right | undefined | 'constant', base: UnlikeBase): boolean {
  if (from === null || right === undefined) return false
  if (right === 'constant' || typeof right === 'string')
    return 'constant' in from && Object.values(base.constants ?? {}).includes(from.constant)
  switch (right.kind) {
    case 'words':
      return 'each' in from && isDeepStrictEqual({ ...from.each }, { ...right.columns })
    case 'days':
      return 'days' in from && isDeepStrictEqual({ ...from.days }, { ...right.columns })
    case 'join':
      return 'join' in from && isDeepStrictEqual(from.join, right.columns)
    case 'point':
      return 'point' in from && from.point === right.title
    case 'address':
      return 'address' in from && from.address === right.title
    default:
      return false
  }
}

function agrees(column: ColumnProposal, right: Right): boolean {
  return right.kind === 'column' && column.title === right.title
}

/** The base as adoption reads it. */
export function liveTables({ tables }: UnlikeBase): LiveTable[] {
  return tables.map((table) => ({
    title: table.title,
    made: null,
    columns: [...table.columns.map(liveColumn), ...listsOf(table, tables)],
  }))
}

/** What is met in a base that is held in memory. */
export function measuredAlone(base: UnlikeBase): Measured {
  return measure(base, proposing(liveTables(base)))
}

function liveColumn({ title, uidt, cells, choices = [], link }: UnlikeColumn): LiveColumn {
  const type =
    link === undefined ? (uidt ?? 'SingleLineText') : link.kind === 'mm' ? 'Links' : 'LinkToAnotherRecord'
  return {
    ...{ title, type, made: null },
    profile: profile([...choices, ...sample(cells).map(text)]),
    link: type === 'LinkToAnotherRecord' ? { table: link!.to, otherSide: link!.list } : null,
  }
}

/** Half from the beginning and half from the end, as adoption reads a table. */
function sample(cells: readonly unknown[]): readonly unknown[] {
  const { rows } = adoption.sample
  return cells.length <= rows ? cells : [...cells.slice(0, rows / 2), ...cells.slice(-rows / 2)]
}

function text(cell: unknown): string {
  return cell === null || cell === undefined ? '' : String(cell)
}

/** The other sides of links, which NocoDB adds to the table that they lead to. */
function listsOf({ title }: UnlikeTable, tables: readonly UnlikeTable[]): LiveColumn[] {
  return tables
    .flatMap(({ columns }) => columns)
    .flatMap(({ link }) => (link === undefined || link.to !== title ? [] : [link]))
    .map(({ list }) => ({ title: list, type: 'Links', made: null, profile: null, link: null }))
}

/** « 22 true: 17 right, 4 asked, 1 asked otherwise, 0 wrong, 0 missed » */
export function figuresOf(measured: Measured): string {
  const { right, asked, askedWrong, wrong, missed } = measured
  const found = `${right} right, ${asked} asked, ${askedWrong.length} asked otherwise`
  return `${measured.true} true: ${found}, ${wrong.length} wrong, ${missed.length} missed`
}
