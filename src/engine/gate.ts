import { readActors } from '../nocodb/read-actors.ts'
import type { EpciSirens } from '../nocodb/epci-identity.ts'
import type { RecordId } from '../domain/record-id.ts'
import { actorTables, byTable } from '../nocodb/actor-tables.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { assessRecord, recordChange } from './assess-records.ts'
import type { Judging } from './assess-records.ts'
import type { SyncContext } from './sync-context.ts'
import { textsOf } from './process-records.ts'
import type { RecordView } from './record-view.ts'
import type { Sink } from './write-plan.ts'

/** What stands between the reading of the records and what is written of it. */
export type Gate = {
  /**
   * What a page, or some records, ask for; the view knows their states.
   * @param looked records that may have been looked at before: what they asked for then counts no more
   */
  take(changes: readonly Change[], looked?: readonly RecordId[]): Promise<void>
  /** Cells that only all records together tell. */
  late(changes: readonly Change[]): Promise<void>
  /** Lets through what was kept. A gate that is never opened leaves base and store as they were. */
  open(again: ReadingAgain): Promise<void>
  /** How much was asked for so far. */
  asked(): { readonly rows: number; readonly cells: number }
}

/** What it takes to find the cells of all records once more. */
export type ReadingAgain = {
  readonly judging: Judging
  readonly sirens: EpciSirens
  readonly written: (siren: string | null) => boolean
  /** Whether « Doublons possibles » is among the cells to find: where all records are read, it comes late. */
  readonly withPairs: boolean
}

type Parts = SyncContext & {
  readonly view: RecordView
  readonly sink: Sink
  /** When the store learns what was seen: page by page where there is nothing to hold it against; in a dry run never. */
  readonly learns: 'at once' | 'once open' | 'never'
}

/** Some 10 MB of cells. */
const MOST_ROWS = 8_000

/**
 * Keeps what the pages ask for until all is read, so that each row is written once, with what the others tell of it: mostly
 * next to nothing. Where it is more than `mostRows` (a first run, other rules, a new year), the cells are let go, and found
 * again by a second reading once it opens: a run stays within its memory.
 */
export function newGate(parts: Parts, mostRows = MOST_ROWS): Gate {
  const asked = { rows: 0, cells: 0 }
  const kept = keeper(mostRows)
  const late = keeper(mostRows)
  return {
    async take(changes, looked = []) {
      count(asked, changes)
      if (parts.learns === 'at once') await parts.view.commit()
      kept.keep(changes, looked)
    },
    async late(changes) {
      count(asked, changes)
      late.keep(changes)
    },
    async open(again) {
      await learn(parts)
      const withPairs = again.withPairs || late.changes() === null
      const changes = late.changes() === null ? null : kept.changes()
      if (changes === null) await readAgain(parts, { ...again, withPairs })
      else await takeActors(parts, changes)
      await takeActors(parts, late.changes() ?? [])
    },
    asked: () => asked,
  }
}

/** The changes of up to so many rows, the last of each; null once there were more. */
function keeper(most: number): {
  keep(changes: readonly Change[], instead?: readonly RecordId[]): void
  changes(): readonly Change[] | null
} {
  let kept: Map<RecordId, Change> | null = new Map()
  return {
    keep(changes, instead = []) {
      for (const id of instead) kept?.delete(id)
      for (const change of changes) kept?.set(change.id, change)
      if (kept !== null && kept.size > most) kept = null
    },
    changes: () => (kept === null ? null : [...kept.values()]),
  }
}

function count(asked: { rows: number; cells: number }, changes: readonly Change[]): void {
  asked.rows += changes.length
  for (const { cells, link } of changes) asked.cells += Object.keys(cells).length + (link ? 2 : 0)
}

async function learn({ view, learns }: Parts): Promise<void> {
  if (learns !== 'never') await view.commit()
}

/** Each change goes to its row in the table of its record. */
async function takeActors({ base, sink, columns }: Parts, changes: readonly Change[]): Promise<void> {
  const all = actorTables(base, columns)
  for (const [{ title }, own] of byTable(all, changes, ({ id }) => id))
    await sink.take(
      title,
      own.map((change) => ({ ...change, id: all.rowOf(change.id) })),
    )
}

/** The cells of every record once more, those that come late aside: what is known of it says what the others tell. */
async function readAgain(parts: Parts, { judging, sirens, written, withPairs }: ReadingAgain): Promise<void> {
  const { base, columns, view } = parts
  let last = 0
  for await (const page of readActors(base, columns, sirens)) {
    const end = page.at(-1)?.id ?? last
    const known = await view.between(last + 1, end)
    last = end
    const assessed = page.map((row) => assessRecord(judging, row, known.get(row.id)))
    const texts = withPairs ? await textsOf({ ...parts, judging, sirens }, assessed) : null
    const changes = assessed.flatMap((one) => {
      const pairs = texts === null ? undefined : (texts.get(one.row.id) ?? null)
      const change = recordChange(judging, one, one.state.told, pairs)
      return change === null || !written(one.state.epci) ? [] : [change]
    })
    await takeActors(parts, changes)
  }
}
