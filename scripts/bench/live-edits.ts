import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage.ts'
import { settings } from './our-work.ts'

/** How long after the edit was sent its figures stood in the database, in milliseconds; those never seen are Infinity. */
export type EditTimes = { readonly record: readonly number[]; readonly epci: readonly number[] }

const LOOK_MS = 4
const PATIENCE_MS = 15_000

type Edit = {
  readonly record: number
  readonly epci: number
  readonly sent: number
  /** What stood there before, and how many records of the EPCI are to be pre-filled after. */
  readonly before: string | null
  readonly prefilled: number
}

/**
 * People spoil the postal code of records that were whole, or mend it again: `perSecond` edits, one EPCI after the other. Each
 * moves the record's own completeness and its EPCI's count of pre-filled records; both are looked for in PostgreSQL.
 */
export async function timeEdits(
  stage: Stage,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<EditTimes> {
  const { base, database } = stage
  const { actors, epcis } = settings.columns
  const table = base.table(actors.title)
  const candidates = await database.wholeRecords()
  const sound = new Map(candidates.map(({ id, postcode }) => [id, postcode]))
  const counts = await database.numbers(epcis.title, epcis.columns.prefilledRecords.title)
  const byEpci = [...Map.groupBy(candidates, ({ epci }) => epci).values()]
  const watch = watching(stage)
  const total = perSecond * seconds
  const begin = performance.now()
  const edits: Promise<unknown>[] = []
  for (let at = 0; at < total; at += 1) {
    const due = begin + (at * 1000) / perSecond
    if (due > performance.now()) await sleep(due - performance.now())
    const list = byEpci[at % byEpci.length]!
    const { id, epci } = list[Math.floor(at / byEpci.length / 2) % list.length]!
    const spoil = Math.floor(at / byEpci.length) % 2 === 0
    const prefilled = Number(counts.get(epci) ?? 0) + (spoil ? -1 : 1)
    counts.set(epci, String(prefilled))
    await watch.add(id, epci, prefilled)
    const cell = spoil ? 'abc' : (sound.get(id) ?? null)
    const path = `/api/v2/tables/${table.id}/records`
    edits.push(
      base.http.send({ method: 'PATCH', path, body: [{ Id: id, [actors.columns.code_postal.title]: cell }] }),
    )
  }
  await Promise.all(edits)
  return watch.end()
}

/** Looks at the database every few milliseconds until all that is awaited stands there. */
function watching({ database }: Stage) {
  const { actors, epcis } = settings.columns
  const records: Edit[] = []
  const territories: Edit[] = []
  const times = { record: [] as number[], epci: [] as number[] }
  const state = { ended: false }
  const look = async () => {
    const [cells, numbers] = await Promise.all([
      database.numbers(
        actors.title,
        actors.columns.completeness.title,
        records.map(({ record }) => record),
      ),
      database.numbers(
        epcis.title,
        epcis.columns.prefilledRecords.title,
        territories.map(({ epci }) => epci),
      ),
    ])
    const now = performance.now()
    settle(records, times.record, now, ({ record, before }) => cells.get(record) !== before)
    settle(territories, times.epci, now, ({ epci, prefilled }) => Number(numbers.get(epci)) === prefilled)
  }
  const run = (async () => {
    while (!state.ended || records.length + territories.length > 0) {
      await look()
      await sleep(LOOK_MS)
    }
  })()
  return {
    async add(record: number, epci: number, prefilled: number) {
      const before = (await database.numbers(actors.title, actors.columns.completeness.title, [record])).get(
        record,
      )
      const edit = { record, epci, prefilled, before: before ?? null, sent: performance.now() }
      // A count that moves on before it was seen took at least until now.
      const former = territories.findIndex((one) => one.epci === epci)
      if (former >= 0) times.epci.push(performance.now() - territories.splice(former, 1)[0]!.sent)
      records.push(edit)
      territories.push(edit)
    },
    async end(): Promise<EditTimes> {
      state.ended = true
      await run
      return times
    },
  }
}

function settle(waiting: Edit[], times: number[], now: number, isThere: (edit: Edit) => boolean): void {
  for (let at = waiting.length - 1; at >= 0; at -= 1) {
    const edit = waiting[at]!
    const late = now - edit.sent > PATIENCE_MS
    if (!late && !isThere(edit)) continue
    times.push(late ? Infinity : now - edit.sent)
    waiting.splice(at, 1)
  }
}
