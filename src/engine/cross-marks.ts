import { CROSS_GROUPS } from '../domain/completeness/cross-index.ts'
import type { CrossGroup } from '../domain/completeness/cross-index.ts'
import type { CrossMarks } from '../domain/completeness/cross-marks.ts'
import type { RecordState, ToldByOthers } from '../store/record-rows.ts'
import type { MarkedRecord } from '../store/records.ts'
import type { DayRules } from './day-rules.ts'
import type { RecordView } from './record-view.ts'

/** A record whose state changes; `before` undefined: it is new; `after` null: it is gone. */
export type StateChange = {
  readonly id: number
  readonly before: RecordState | undefined
  readonly after: RecordState | null
}

/**
 * What records tell of each other once these have changed (the view knows it already): of those of which others tell
 * something else than before, all that they tell. Only records that share a mark with a changed one, or lie in its EPCI
 * or commune, are looked at.
 */
export async function crossMarks(
  view: RecordView,
  day: DayRules,
  changes: readonly StateChange[],
): Promise<ReadonlyMap<number, ToldByOthers>> {
  const told = new Map<number, ToldByOthers>()
  const toldNow = new Map<number, ToldByOthers>()
  const note = (id: number, before: ToldByOthers, code: string, message: string | null) => {
    const { [code]: _, ...others } = told.get(id) ?? before
    told.set(id, message === null ? others : { ...others, [code]: message })
    toldNow.set(id, before)
  }
  for (const group of CROSS_GROUPS) {
    const code = day.cross.codes.get(group)?.code
    const touched = code === undefined ? [] : changes.filter((change) => touches(group, code, change))
    if (code === undefined || touched.length === 0) continue
    const { looked, around } = await neighbourhood(view, group, touched)
    const messages = messagesOf(day, group, around)
    const seen = new Set<number>()
    for (const { id, told: before } of looked) {
      seen.add(id)
      note(id, before, code, messages.get(id) ?? null)
    }
    for (const { id, after } of touched) if (after !== null && !seen.has(id)) note(id, after.told, code, null)
  }
  for (const [id, now] of told) if (sameTold(now, toldNow.get(id) ?? {})) told.delete(id)
  return told
}

/** Whether the change concerns what this group is told from; a new row may come with what was told of another. */
function touches(group: CrossGroup, code: string, { before, after }: StateChange): boolean {
  const [one, other] = [before?.marks ?? null, after?.marks ?? null]
  const bears = (marks: CrossMarks | null) => marks !== null && bearsMark(group, marks)
  if (after?.told[code] !== undefined && !bears(other)) return true
  if (!bears(one) && !bears(other)) return false
  if (one === null || other === null || before?.epci !== after?.epci) return true
  const keys = ['commune', 'accepted', ...(group === 'point' ? POINT : [group])] as const
  return keys.some((key) => !Object.is(one[key], other[key]))
}

const POINT = ['latitude', 'longitude'] as const

function bearsMark(group: CrossGroup, marks: CrossMarks): boolean {
  return group === 'point' ? !Number.isNaN(marks.latitude) : marks[group] !== 0
}

type Neighbourhood = {
  /** Those of which something else may be told. */
  readonly looked: readonly MarkedRecord[]
  /** All on which that hangs. */
  readonly around: readonly MarkedRecord[]
}

async function neighbourhood(
  view: RecordView,
  group: CrossGroup,
  changes: readonly StateChange[],
): Promise<Neighbourhood> {
  const states = changes.flatMap(({ before, after }) => [before, after]).filter((state) => state != null)
  if (group !== 'point') {
    const marks = new Set(states.map(({ marks: own }) => own?.[group] ?? 0).filter((mark) => mark !== 0))
    const looked = await view.withMark(group, [...marks])
    return { looked, around: looked }
  }
  const looked = await view.inPlaces(placesOf(states))
  // What is told of a point hangs on its commune and on its EPCI, whole.
  return { looked, around: await view.inPlaces(placesOf(looked)) }
}

function placesOf(records: readonly Pick<RecordState, 'epci' | 'marks'>[]) {
  const distinct = (names: readonly (string | null | undefined)[]) => [
    ...new Set(names.filter((name) => name != null)),
  ]
  return {
    epcis: distinct(records.map(({ epci }) => epci)),
    communes: distinct(records.map(({ marks }) => marks?.commune)),
  }
}

function messagesOf(
  day: DayRules,
  group: CrossGroup,
  records: readonly MarkedRecord[],
): ReadonlyMap<number, string> {
  const index = day.cross.index([group])
  for (const { id, epci, marks } of records) index.add(id, epci, marks)
  const messages = new Map<number, string>()
  for (const { key, findings } of index.findings())
    for (const { message } of findings) messages.set(key, message)
  return messages
}

/** Whether two say the same. */
export function sameTold(one: ToldByOthers, other: ToldByOthers): boolean {
  const codes = Object.keys(one)
  return codes.length === Object.keys(other).length && codes.every((code) => one[code] === other[code])
}
