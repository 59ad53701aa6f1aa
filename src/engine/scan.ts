import type { RecordId } from '../domain/record-id.ts'
import { readActorStamps } from '../nocodb/read-actors.ts'
import type { Where } from '../nocodb/read-actors.ts'
import type { RowId } from '../nocodb/cells.ts'
import { recordsByIds, seenBetween } from '../store/records.ts'
import type { SeenRecord } from '../store/records.ts'
import type { Judging } from './assess-records.ts'
import type { SyncContext } from './sync-context.ts'

/** Some records of a base, and which of them are to be read whole. */
export type Scanned = {
  readonly ids: readonly RecordId[]
  readonly changed: readonly RecordId[]
  /** Known, and there no more, or in a table that is none of actors any more. */
  readonly gone: readonly RecordId[]
  /** NocoDB's own instant of the one that changed last; null: none is told. */
  readonly newest: string | null
}

/**
 * Looks at four narrow columns of each record, a page at a time, and tells those that are not as they were when they were
 * last judged: new, changed, linked elsewhere, judged by other rules, or which the calendar alone may change by now.
 * @param where only those that match; then nothing is told of those that are gone
 */
export async function* scan(
  { base, columns, store }: SyncContext,
  judging: Pick<Judging, 'via' | 'assessedBy' | 'day'>,
  where?: Where,
): AsyncGenerator<Scanned> {
  let last = 0
  for await (const page of readActorStamps(base, columns, where)) {
    const end = page.at(-1)?.id ?? last
    const ids = page.map(({ id }) => id)
    const known =
      where === undefined
        ? await seenBetween(store, base.id, last + 1, end)
        : await recordsByIds(store, base.id, ids)
    last = end
    const changed = page.filter((row) => !isAsJudged(row, known.get(row.id), judging)).map(({ id }) => id)
    const here = new Set(ids)
    const gone = where === undefined ? [...known.keys()].filter((id) => !here.has(id)) : []
    const stamps = page.map(({ stamp }) => stamp).filter((stamp) => stamp !== null)
    yield { ids, changed, gone, newest: stamps.toSorted().at(-1) ?? null }
  }
  if (where !== undefined) return
  // Records beyond the last row of the last table were deleted there.
  const beyond = await seenBetween(store, base.id, last + 1, Number.MAX_SAFE_INTEGER)
  yield { ids: [], changed: [], gone: [...beyond.keys()], newest: null }
}

function isAsJudged(
  { stamp, link }: { readonly stamp: string | null; readonly link: RowId | null },
  known: SeenRecord | undefined,
  { via, assessedBy, day }: Pick<Judging, 'via' | 'assessedBy' | 'day'>,
): boolean {
  if (known === undefined || stamp === null || known.stamp !== stamp) return false
  if (known.via !== via(link) || known.assessedBy !== assessedBy) return false
  return known.nextTurn === null || known.nextTurn > day.today
}
