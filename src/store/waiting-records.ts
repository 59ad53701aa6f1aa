import type { SQLInputValue } from 'node:sqlite'
import type { CrossGroup } from '../domain/completeness/cross-index.ts'
import type { StoredPair } from './duplicates.ts'
import type { Engine } from './engine.ts'
import { GROUP_COLUMNS, STATE, toRow, toState } from './record-rows.ts'
import type { RecordState, StateRow } from './record-rows.ts'
import { openScratch } from './scratch.ts'
import type { Scratch } from './scratch.ts'

/** A record, and its state; null: it is gone. */
export type WaitingState = readonly [id: number, state: RecordState | null]

/** What a piece of work has found of records, and the store has not learnt yet: a run over any base stays within its memory. */
export type WaitingRecords = WaitingStates & WaitingKeys & WaitingPairs & { close(): void }

type WaitingStates = {
  put(id: number, state: RecordState | null): void
  /** When a record was seen as it is known, of one whose state does not wait. */
  putStamp(id: number, stamp: string | null): void
  /** Whether its state waits. */
  has(id: number): boolean
  /** undefined: nothing waits of it. */
  state(id: number): RecordState | null | undefined
  stamp(id: number): string | null | undefined
  between(fromId: number, toId: number): readonly WaitingState[]
  of(column: 'epci' | 'commune', values: readonly string[]): readonly WaitingState[]
  withMark(group: Exclude<CrossGroup, 'point'>, marks: readonly number[]): readonly WaitingState[]
  /** All of them in the order of their ids, some at a time. */
  states(): Iterable<readonly WaitingState[]>
  stamps(): Iterable<ReadonlyMap<number, string | null>>
}

type WaitingKeys = {
  putKeys(id: number, keys: readonly number[]): void
  /** undefined: those of this record do not wait. */
  keys(id: number): readonly number[] | undefined
  under(key: number): readonly number[]
  allKeys(): Iterable<ReadonlyMap<number, readonly number[]>>
  /** Each key that one of them bears once, some at a time. */
  distinctKeys(): Iterable<readonly number[]>
}

type WaitingPairs = {
  /** In place of every pair that one of these was in. */
  putPairs(ids: readonly number[], pairs: Iterable<StoredPair>): void
  /** In place of every pair of the base. */
  putAllPairs(pairs: Iterable<StoredPair>): void
  /** Whether the pairs of this record are those that wait, and no others. */
  isPaired(id: number): boolean
  /** Those of these records, each once. */
  pairs(ids: readonly number[]): readonly StoredPair[]
  /** Whose pairs are replaced; 'all': of all. */
  paired(): 'all' | Iterable<readonly number[]>
  allPairs(): Iterable<readonly StoredPair[]>
}

const SOME = 1000
const NAMES = STATE.map((name) => `"${name}"`).join(', ')
const SCHEMA = `
create table states (${STATE.map((name) => `"${name}"${name === 'id' ? ' integer primary key' : ''}`).join(', ')}, gone integer not null);
${['epci', 'commune', ...Object.values(GROUP_COLUMNS)].map((name) => `create index states_${name} on states (${name})`).join('; ')};
create table stamps (id integer primary key, stamp text);
create table keyed (id integer primary key);
create table keys (id integer not null, key integer not null, primary key (id, key)) without rowid;
create index keys_key on keys (key);
create table paired (id integer primary key);
create table pairs (one integer not null, other integer not null, score real not null, reason text not null, denied integer not null, primary key (one, other)) without rowid;
create index pairs_other on pairs (other)`

/** Begins with nothing; what is more than some MB goes where the engine has room. */
export function waitingRecords(engine: Pick<Engine, 'folder' | 'unavailable'>): WaitingRecords {
  const scratch = openScratch(engine, SCHEMA)
  return { ...states(scratch), ...keys(scratch), ...pairs(scratch), close: () => scratch.close() }
}

type Row = StateRow & { readonly gone: number }

function states(scratch: Scratch): WaitingStates {
  const put = `insert or replace into states (${NAMES}, gone) values (${STATE.map(() => '?').join(', ')}, ?)`
  const select = `select ${NAMES}, gone from states`
  const where = (column: string, values: readonly SQLInputValue[]) =>
    values.flatMap((value) => scratch.all<Row>(`${select} where ${column} = ?`, value).map(waiting))
  return {
    put(id, state) {
      const row: Readonly<Record<string, SQLInputValue>> = state === null ? {} : toRow(state)
      scratch.run(put, id, ...STATE.slice(1).map((name) => row[name] ?? null), state === null ? 1 : 0)
      scratch.run('delete from stamps where id = ?', id)
    },
    putStamp: (id, stamp) => scratch.run('insert or replace into stamps values (?, ?)', id, stamp),
    has: (id) => scratch.get('select id from states where id = ?', id) !== undefined,
    state(id) {
      const row = scratch.get<Row>(`${select} where id = ?`, id)
      return row === undefined ? undefined : waiting(row)[1]
    },
    stamp: (id) => scratch.get<Stamp>('select id, stamp from stamps where id = ?', id)?.stamp,
    between: (fromId, toId) =>
      scratch.all<Row>(`${select} where id between ? and ? order by id`, fromId, toId).map(waiting),
    of: where,
    withMark: (group, marks) => where(GROUP_COLUMNS[group], marks),
    *states() {
      for (const rows of pages<Row>(scratch, `${select} where id > ?`)) yield rows.map(waiting)
    },
    *stamps() {
      for (const rows of pages<Stamp>(scratch, 'select id, stamp from stamps where id > ?'))
        yield new Map(rows.map(({ id, stamp }) => [id, stamp]))
    },
  }
}

type Stamp = { readonly id: number; readonly stamp: string | null }

function waiting({ gone, ...row }: Row): WaitingState {
  return [row.id, gone === 1 ? null : toState(row)]
}

function keys(scratch: Scratch): WaitingKeys {
  const own = (id: number) =>
    scratch.all<{ key: number }>('select key from keys where id = ?', id).map(({ key }) => key)
  return {
    putKeys(id, some) {
      scratch.run('insert or replace into keyed values (?)', id)
      scratch.run('delete from keys where id = ?', id)
      for (const key of some) scratch.run('insert or ignore into keys values (?, ?)', id, key)
    },
    keys: (id) => (scratch.get('select id from keyed where id = ?', id) === undefined ? undefined : own(id)),
    under: (key) => scratch.all<{ id: number }>('select id from keys where key = ?', key).map(({ id }) => id),
    *allKeys() {
      for (const rows of pages<{ id: number }>(scratch, 'select id from keyed where id > ?'))
        yield new Map(rows.map(({ id }) => [id, own(id)]))
    },
    *distinctKeys() {
      const sql = 'select distinct key as id from keys where key > ?'
      for (const rows of pages<{ id: number }>(scratch, sql)) yield rows.map(({ id }) => id)
    },
  }
}

type PairRow = Omit<StoredPair, 'denied'> & { readonly denied: number }

function pairs(scratch: Scratch): WaitingPairs {
  const select = 'select one, other, score, reason, denied from pairs'
  let all = false
  const add = (found: Iterable<StoredPair>) => {
    for (const { one, other, score, reason, denied } of found)
      scratch.run(
        'insert or replace into pairs values (?, ?, ?, ?, ?)',
        one,
        other,
        score,
        reason,
        Number(denied),
      )
  }
  const isPaired = (id: number) => all || scratch.get('select id from paired where id = ?', id) !== undefined
  return {
    isPaired,
    putPairs(ids, found) {
      for (const id of ids) {
        scratch.run('insert or replace into paired values (?)', id)
        scratch.run('delete from pairs where one = ?', id)
        scratch.run('delete from pairs where other = ?', id)
      }
      add(found)
    },
    putAllPairs(found) {
      all = true
      scratch.run('delete from pairs')
      add(found)
    },
    pairs(some) {
      const found = new Map<string, PairRow>()
      if (scratch.get('select one from pairs limit 1') === undefined) return []
      for (const id of some)
        for (const end of ['one', 'other'])
          for (const row of scratch.all<PairRow>(`${select} where ${end} = ?`, id))
            found.set(`${row.one} ${row.other}`, row)
      return [...found.values()].map(toPair)
    },
    paired: () => (all ? 'all' : ids(scratch, 'select id from paired where id > ?')),
    *allPairs() {
      let [one, other] = [-1, -1]
      for (;;) {
        const rows = scratch.all<PairRow>(
          `${select} where (one, other) > (?, ?) order by one, other limit ${SOME}`,
          one,
          other,
        )
        if (rows.length > 0) yield rows.map(toPair)
        if (rows.length < SOME) return
        ;({ one, other } = rows.at(-1)!)
      }
    },
  }
}

function toPair({ denied, ...pair }: PairRow): StoredPair {
  return { ...pair, denied: denied === 1 }
}

function* ids(scratch: Scratch, sql: string): Generator<readonly number[]> {
  for (const rows of pages<{ id: number }>(scratch, sql)) yield rows.map(({ id }) => id)
}

/** The rows of a table in the order of their `id`, some at a time; `sql` asks for those after one. */
function* pages<One extends { readonly id: number }>(
  scratch: Scratch,
  sql: string,
): Generator<readonly One[]> {
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    const rows = scratch.all<One>(`${sql} order by id limit ${SOME}`, last)
    if (rows.length > 0) yield rows
    if (rows.length < SOME) return
    last = rows.at(-1)!.id
  }
}
