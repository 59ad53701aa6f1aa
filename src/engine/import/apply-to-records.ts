import type { FieldChange } from '../../domain/import/proposal.ts'
import { mergedFrom } from '../../domain/import/merge.ts'
import type { RecordId } from '../../domain/record-id.ts'
import type { ActorRow } from '../../nocodb/actor-rows.ts'
import { actorTables } from '../../nocodb/actor-tables.ts'
import type { ActorTable } from '../../nocodb/actor-tables.ts'
import { ROW_ID } from '../../nocodb/cells.ts'
import type { Cell } from '../../nocodb/cells.ts'
import { exchangeCells } from '../../nocodb/compare-and-set.ts'
import type { Exchange, Exchanged } from '../../nocodb/compare-and-set.ts'
import { readSirens } from '../../nocodb/epci-identity.ts'
import { fieldWriter, listed } from '../../nocodb/field-cells.ts'
import { addedValues, recordOf } from '../../nocodb/proposals.ts'
import type { ProposalRow } from '../../nocodb/proposals.ts'
import { readActorsByIds } from '../../nocodb/read-actors.ts'
import { writeRows } from '../../nocodb/write-rows.ts'
import { enqueueRecords } from '../enqueue-records.ts'
import { attemptText, readAttempt } from './attempt.ts'
import type { WrittenCells } from './attempt.ts'
import type { Deciding, Outcome } from './deciding.ts'
import { shownRecord } from './import-base.ts'
import { TEXTS } from './proposal-texts.ts'

type Settled = readonly [ProposalRow, Outcome]
/** A proposal that can be written: where, and what stands there. */
type Ready = {
  readonly proposal: ProposalRow
  readonly record: ActorRow
  readonly exchange: Exchange
  readonly cells: WrittenCells
  readonly text: string
}

/**
 * Writes what was accepted into records of the base, where they still say what they said when it was proposed. What stands
 * there is noted on the proposal first; two proposals for one cell are written one after the other.
 */
export async function applyToRecords(parts: Deciding, proposals: readonly ProposalRow[]): Promise<Settled[]> {
  const settled: Settled[] = []
  for (let left = proposals; left.length > 0;) {
    const [now, later] = withoutRivals(left)
    settled.push(...(await applySome(parts, now)))
    left = later
  }
  return settled
}

/** Those of which no two are about one field of one record, and the others. */
function withoutRivals(proposals: readonly ProposalRow[]): [ProposalRow[], ProposalRow[]] {
  const taken = new Set<string>()
  const [now, later]: [ProposalRow[], ProposalRow[]] = [[], []]
  for (const one of proposals) {
    const places = (one.changes ?? []).map(({ field }) => `${one.recordId} ${field}`)
    ;(places.some((place) => taken.has(place)) ? later : now).push(one)
    for (const place of places) taken.add(place)
  }
  return [now, later]
}

async function applySome(parts: Deciding, proposals: readonly ProposalRow[]): Promise<Settled[]> {
  const records = await recordsOf(parts, proposals)
  const all = actorTables(parts.base, parts.columns)
  const shown = (record: string) => shownRecord(all, Number(record), null)
  const settled: Settled[] = []
  const ready: Ready[] = []
  for (const proposal of proposals) {
    const judged = judge(proposal, records.get(recordOf(proposal) ?? Number.NaN), shown)
    if ('state' in judged) settled.push([proposal, judged])
    else ready.push(judged)
  }
  const noted = await note(parts, ready)
  return [...settled, ...(await writeCells(parts, noted))]
}

async function recordsOf(
  { base, columns, geography }: Deciding,
  proposals: readonly ProposalRow[],
): Promise<ReadonlyMap<RecordId, ActorRow>> {
  const ids = [...new Set(proposals.flatMap((one) => recordOf(one) ?? []))]
  if (ids.length === 0) return new Map()
  const rows = await readActorsByIds(base, columns, await readSirens(base, columns, geography), ids)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What a proposal comes to by what its record says now: how it is written, or what became of it without. */
function judge(
  proposal: ProposalRow,
  record: ActorRow | undefined,
  shown: (record: string) => string,
): Ready | Outcome {
  if (record === undefined) return { state: 'outdated', text: TEXTS.recordGone() }
  const changes = proposal.changes ?? []
  const other = proposal.kind === 'merge' ? mergedFrom(proposal.key) : null
  const done = other === null ? TEXTS.applied() : TEXTS.merged(shown(other))
  const before = readAttempt(proposal.attempt)
  const noted = before !== null && 'cells' in before ? before.cells : null
  const { row, from } = record
  const write = fieldWriter(from)
  const cells: { -readonly [Field in keyof WrittenCells]: WrittenCells[Field] } = {}
  const were: Record<string, Cell> = {}
  const wanted: Record<string, Cell> = {}
  const says = changes.map((change) => standing(change, proposal, record))
  // Killed after it was written: what was noted tells what stood there.
  const isOurs = noted !== null && changes.every(({ field }) => holdsNoted(record, field, noted))
  if (isOurs) return { state: 'applied', text: done, touched: record.id, attempt: proposal.attempt ?? '' }
  if (says.every((one) => one === 'said')) return { state: 'outdated', text: TEXTS.alreadyThere() }
  if (says.includes('changed')) return { state: 'outdated', text: TEXTS.changed() }
  for (const change of changes) {
    const title = from.names[change.field]?.title ?? ''
    const raw = row[title] ?? null
    const made = write(change.field, { value: change.after, adds: addedTo(change, proposal, record), raw })
    if ('fault' in made) return { state: 'impossible', text: made.fault }
    cells[change.field] = [raw, made.cell]
    were[made.title] = raw
    wanted[made.title] = made.cell
  }
  const [first] = changes
  const isList = first !== undefined && addedValues(proposal.kind, first) !== null && other === null
  const text = isList ? TEXTS.added(String(cells[first.field]?.[0] ?? '')) : done
  return { proposal, record, cells, text, exchange: { id: row[ROW_ID], were, cells: wanted } }
}

/** Whether a record says what it said when it was proposed, or says it already, or something else by now. */
function standing(
  change: FieldChange,
  { kind }: ProposalRow,
  record: ActorRow,
): 'as_before' | 'said' | 'changed' {
  const now = record.actor.fields[change.field]
  if (now === change.before) return 'as_before'
  if (now === change.after) return 'said'
  const adds = addedValues(kind, change)
  if (adds === null || now === null) return 'changed'
  const has = new Set(listed(now))
  if (adds.every((one) => has.has(one))) return 'said'
  return takesMore(record, change) ? 'as_before' : 'changed'
}

/** Whether values go beside what stands in a cell. A list in a plain text is written whole: people part its values by any sign. */
function takesMore({ from }: ActorRow, { field }: FieldChange): boolean {
  const named = from.names[field]
  return named?.words !== undefined || from.table.columns.get(named?.title ?? '')?.kind === 'multiselect'
}

/** Of a list: what it lacks by now; null: the value takes the place of what stands there. */
function addedTo(change: FieldChange, { kind }: ProposalRow, record: ActorRow): readonly string[] | null {
  const adds = addedValues(kind, change)
  if (adds === null) return null
  const { actor, from, row } = record
  if (!takesMore(record, change))
    return row[from.names[change.field]?.title ?? ''] === change.before ? null : adds
  const has = new Set(listed(actor.fields[change.field]))
  return adds.filter((one) => !has.has(one))
}

function holdsNoted({ row, from }: ActorRow, field: FieldChange['field'], noted: WrittenCells): boolean {
  const pair = noted[field]
  return pair !== undefined && (row[from.names[field]?.title ?? ''] ?? null) === pair[1]
}

/** Notes what stands there, before it is replaced; those of which it could not be noted wait. */
async function note({ base, columns, table }: Deciding, ready: readonly Ready[]): Promise<readonly Ready[]> {
  const { attempt } = columns.proposals.columns
  const changes = ready.map(({ proposal, cells }) => ({
    id: proposal.id,
    cells: { [attempt.title]: attemptText({ cells }) },
  }))
  const { refused } = await writeRows(base, table, changes)
  const lost = new Set(refused.map(({ id }) => id))
  return ready.filter(({ proposal }) => !lost.has(proposal.id))
}

async function writeCells(parts: Deciding, ready: readonly Ready[]): Promise<Settled[]> {
  const { base, columns, log } = parts
  const settled: Settled[] = []
  for (const [from, some] of byTableOf(ready)) {
    const done = await exchangeCells(
      base,
      from.table,
      some.map(({ exchange }) => exchange),
    )
    const written = some.filter(({ exchange }) => done.get(exchange)?.kind === 'kept')
    await enqueueRecords(
      { ...parts, base, columns },
      written.map(({ record }) => record.id),
    )
    for (const one of some) {
      const found = done.get(one.exchange)!
      if (found.kind === 'refused')
        log.warn({ proposal: one.proposal.id, reason: found.reason }, 'proposals: NocoDB refused a value')
      settled.push([one.proposal, outcomeOf(one, found)])
    }
  }
  return settled
}

function byTableOf(ready: readonly Ready[]): Map<ActorTable, Ready[]> {
  return Map.groupBy(ready, ({ record }) => record.from)
}

function outcomeOf({ record, cells, text }: Ready, { kind }: Exchanged): Outcome {
  switch (kind) {
    case 'kept':
      return { state: 'applied', text, touched: record.id, attempt: attemptText({ cells }) }
    case 'refused':
      return { state: 'impossible', text: TEXTS.notKept() }
    case 'changed':
      return { state: 'outdated', text: TEXTS.changed() }
    case 'gone':
      return { state: 'outdated', text: TEXTS.recordGone() }
  }
}
