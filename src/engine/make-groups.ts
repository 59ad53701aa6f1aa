import { commandLine } from '../domain/command-line.ts'
import { noteText, summaryText } from '../domain/groups/group-sentences.ts'
import { standings } from '../domain/groups/participant.ts'
import { planGroups } from '../domain/groups/plan-groups.ts'
import type { GroupPlan } from '../domain/groups/plan-groups.ts'
import { frenchList, typeset } from '../domain/typography.ts'
import type { Cell, RowId } from '../nocodb/cells.ts'
import { exchangeCells } from '../nocodb/compare-and-set.ts'
import type { Exchange } from '../nocodb/compare-and-set.ts'
import { assertUnmoved } from '../nocodb/drift.ts'
import { missingForGroups, readParticipants } from '../nocodb/participants.ts'
import type { ParticipantRow } from '../nocodb/participants.ts'
import { readByIds } from '../nocodb/rows.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { alone } from '../store/locks.ts'
import type { SyncContext } from './sync-context.ts'

/** What came of the groups of one journée. Names stay in memory: whoever asked may be shown them. */
export type MadeGroups = {
  readonly plan: GroupPlan
  readonly people: readonly ParticipantRow[]
  readonly summary: string
  /** Sentences of the notes, by the row that they stand beside. */
  readonly notes: ReadonlyMap<RowId, string>
  /** Rows whose « Groupe » was written, and those where a person wrote something meanwhile, which stays. */
  readonly written: number
  readonly overtaken: number
  /** Why something could not be written; in French. */
  readonly refused: readonly string[]
}

type Asked = Pick<SyncContext, 'base' | 'columns' | 'rules' | 'store'>

/**
 * Proposes groups for the participants of a journée, in « Groupe » where it is empty or holds the service's own proposal,
 * with remarks beside each and a summary on the journée; twice changes nothing. `dryRun`: nothing is written. One replica
 * at a time. A base without the columns for it is told in `refused`.
 */
export function makeGroups(parts: Asked, day: RowId, dryRun = false): Promise<MadeGroups> {
  return alone(parts.store, 'groups', async () => {
    const { base, columns, rules } = parts
    const missing = missingForGroups(base, columns)
    const settings = rules['success-conditions'].groups
    if (missing.length > 0) return without(missing, planGroups([], settings))
    const people = await readParticipants(base, columns, day)
    const plan = planGroups(people, settings)
    const [notes, summary] = [notesOf(plan, people), summaryText(plan, settings)]
    const made = { plan, people, summary, notes }
    if (dryRun) return { ...made, written: 0, overtaken: 0, refused: [] }
    await assertUnmoved(base, [columns.participants.title, columns.days.title])
    const placed = await writeGroups(parts, people, plan)
    const refused = [
      ...(await writeNotes(parts, people, notes)),
      ...(await writeSummary(parts, day, summary)),
      ...placed.refused,
    ]
    return { ...made, ...placed, refused: [...new Set(refused)] }
  })
}

function without(missing: readonly string[], plan: GroupPlan): MadeGroups {
  const what = frenchList(missing.map((title) => `« ${title} »`))
  const reason = typeset(`Pour faire des groupes il manque ${what} : lancez \`${commandLine('upgrade')}\`.`)
  const nothing = { people: [], summary: reason, notes: new Map<RowId, string>() }
  return { ...nothing, plan, written: 0, overtaken: 0, refused: [reason] }
}

function notesOf({ notes }: GroupPlan, people: readonly ParticipantRow[]): ReadonlyMap<RowId, string> {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const nameOf = (id: RowId) => names.get(id) ?? `n° ${id}`
  const byRow = Map.groupBy(notes, ({ id }) => id)
  return new Map(
    [...byRow].map(([id, own]) => [id, own.map((note) => `${noteText(note, nameOf)}.`).join('\n')]),
  )
}

/** Where nobody chose otherwise, and still has not when it is written. */
async function writeGroups({ base, columns }: Asked, people: readonly ParticipantRow[], plan: GroupPlan) {
  const { group, proposedGroup } = columns.participants.columns
  const standing = standings(people)
  const numberOf = new Map(
    plan.groups.flatMap(({ number, members }) => members.map((id) => [id, number] as const)),
  )
  const exchanges = people.flatMap((one): Exchange[] => {
    const number = numberOf.get(one.id)
    const kind = standing.get(one.id)!.kind
    if (number === undefined || kind === 'chosen' || kind === 'out') return []
    if (one.group === number && one.proposed === number) return []
    const were = { [group.title]: one.group, [proposedGroup.title]: one.proposed }
    return [{ id: one.id, were, cells: { [group.title]: number, [proposedGroup.title]: number } }]
  })
  const done = [...(await exchangeCells(base, base.table(columns.participants.title), exchanges)).values()]
  const refused = done.flatMap((one) => (one.kind === 'refused' ? [one.reason ?? NOT_KEPT] : []))
  return {
    written: done.filter(({ kind }) => kind === 'kept').length,
    overtaken: done.filter(({ kind }) => kind === 'changed').length,
    refused,
  }
}

const NOT_KEPT = 'NocoDB n’a pas gardé le groupe'

async function writeNotes(
  { base, columns }: Asked,
  people: readonly ParticipantRow[],
  notes: ReadonlyMap<RowId, string>,
): Promise<string[]> {
  const { title } = columns.participants.columns.groupNote
  const table = base.table(columns.participants.title)
  if (!table.columns.has(title)) return []
  const changes = people.flatMap(({ id, note }): Change[] => {
    const now = notes.get(id) ?? null
    return now === note ? [] : [{ id, cells: { [title]: now } }]
  })
  return (await writeRows(base, table, changes)).refused.map(({ reason }) => reason)
}

async function writeSummary({ base, columns }: Asked, day: RowId, summary: string): Promise<string[]> {
  const { title } = columns.days.columns.groupsMade
  const table = base.table(columns.days.title)
  if (!table.columns.has(title)) return []
  const [row] = await readByIds(base, table, [day], [title])
  const stands: Cell = row?.[title] ?? null
  if (row === undefined || stands === summary) return []
  return (await writeRows(base, table, [{ id: day, cells: { [title]: summary } }])).refused.map(
    ({ reason }) => reason,
  )
}
