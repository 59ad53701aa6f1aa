import { sql } from 'kysely'
import { partOf, SPAN } from '../domain/record-id.ts'
import type { Store } from './database.ts'
import { filledOf } from './records.ts'
import type { RecordState } from './record-rows.ts'

/**
 * How many records of one table are remembered, in how many of them each column of people (by its place in
 * `ActorRow.filled`) holds something as far as it is known, and of how many it is.
 */
export type TableRecords = {
  readonly rows: number
  readonly known: number
  readonly filled: readonly number[]
}

/** Those of the first table of actors of a base, and, by the parts of their records, of the others that have some. */
export type RecordCounts = TableRecords & { readonly others?: Readonly<Record<string, TableRecords>> }

/** Columns of people that are told apart: numbers are exact so far. */
const PLACES = 53

/** The counts, kept from one piece of work to the next: the work of a webhook must not hang on how large the base is. */
export async function readRecordCounts(store: Store, base: string): Promise<RecordCounts> {
  const kept = await store.db
    .selectFrom('recordCounts')
    .select('counts')
    .where('base', '=', base)
    .executeTakeFirst()
  return kept === undefined ? countRecords(store, base) : (JSON.parse(kept.counts) as RecordCounts)
}

/** Counts them all anew, and keeps that. */
export async function recountRecords(store: Store, base: string): Promise<void> {
  await saveCounts(store, base, await countRecords(store, base))
}

/** Keeps what the counts become, in the transaction in which the records change. */
export async function saveCounts(store: Store, base: string, counts: RecordCounts): Promise<void> {
  const text = JSON.stringify(counts)
  await store.db
    .insertInto('recordCounts')
    .values({ base, counts: text })
    .onConflict((conflict) => conflict.column('base').doUpdateSet({ counts: text }))
    .execute()
}

/** A record of which it is not kept which columns hold something: null. */
type Filled = RecordState['filled']

/** Counts that follow records as they change. */
export function movingCounts(counts: RecordCounts): {
  /** Before the store learns it: these records are to be so; null: they are gone. */
  move(
    store: Store,
    base: string,
    states: readonly (readonly [id: number, state: { readonly filled: Filled } | null])[],
  ): Promise<void>
  counts(): RecordCounts
} {
  const { others = {}, ...first } = counts
  const tables = new Map([[0, moving(first)]])
  for (const [part, own] of Object.entries(others)) tables.set(Number(part), moving(own))
  const add = (id: number, more: 1 | -1, holds: Filled) => {
    const part = partOf(id)
    const now = tables.get(part) ?? moving(NONE)
    tables.set(part, now)
    now.rows += more
    if (holds === null) return
    now.known += more
    for (let rest = holds, place = 0; rest > 0; place++, rest = Math.floor(rest / 2))
      if (rest % 2 === 1) now.filled[place]! += more
  }
  return {
    async move(store, base, states) {
      const before = await filledOf(
        store,
        base,
        states.map(([id]) => id),
      )
      for (const [id, holds] of before) add(id, -1, holds)
      for (const [id, state] of states) if (state !== null) add(id, 1, state.filled)
    },
    counts: () => together(tables),
  }
}

const NONE: TableRecords = { rows: 0, known: 0, filled: [] }

function moving({ rows, known, filled }: TableRecords) {
  return { rows, known, filled: Array.from({ length: PLACES }, (_, place) => filled[place] ?? 0) }
}

/** A table that has no record left is as one that never had any. */
function together(tables: ReadonlyMap<number, TableRecords>): RecordCounts {
  const others = [...tables].filter(([part, { rows }]) => part !== 0 && rows > 0)
  const first = tables.get(0) ?? moving(NONE)
  return others.length === 0 ? first : { ...first, others: Object.fromEntries(others) }
}

async function countRecords({ db }: Store, base: string): Promise<RecordCounts> {
  const part = sql<number>`id / ${sql.lit(SPAN)}`
  const found = await db
    .selectFrom('records')
    .where('base', '=', base)
    .select(({ fn }) => [
      part.as('part'),
      fn.countAll<number>().as('rows'),
      fn.count<number>('filled').as('known'),
      ...Array.from({ length: PLACES }, (_, place) =>
        sql<number | null>`sum((filled >> ${sql.lit(place)}) & 1)`.as(`c${place}`),
      ),
    ])
    .groupBy(part)
    .execute()
  return together(
    new Map(
      found.map((row) => {
        const counts = row as unknown as Readonly<Record<string, number | string | null>>
        const filled = Array.from({ length: PLACES }, (_, place) => Number(counts[`c${place}`] ?? 0))
        return [Number(row.part), { rows: Number(row.rows), known: Number(row.known), filled }]
      }),
    ),
  )
}
