import { LABELS } from '../../columns/labels.ts'
import { settlement } from '../../domain/import/settle.ts'
import type { ProposalState, Settlement } from '../../domain/import/settle.ts'
import type { RecordId } from '../../domain/record-id.ts'
import { namedActors } from '../../config/columns-file.ts'
import type { RowId } from '../../nocodb/cells.ts'
import { chunk } from '../../nocodb/chunk.ts'
import { assertUnmoved } from '../../nocodb/drift.ts'
import { isOfPlace, proposalTable, readProposals, readUndecided, sayingOf } from '../../nocodb/proposals.ts'
import type { ProposalRow } from '../../nocodb/proposals.ts'
import { withAddresses } from '../../nocodb/record-addresses.ts'
import { changeOf } from '../../nocodb/write-back.ts'
import type { Cells } from '../../nocodb/write-back.ts'
import { writeRows } from '../../nocodb/write-rows.ts'
import { storeDigest } from '../../store/digest-key.ts'
import { alone } from '../../store/locks.ts'
import { addRefusals, removeRefusals } from '../../store/refusals.ts'
import type { SyncContext } from '../sync-context.ts'
import { applyToRecords } from './apply-to-records.ts'
import type { Deciding, Outcome } from './deciding.ts'
import { createPlaces } from './create-places.ts'
import { linkPlaces, saidOfPlace } from './link-places.ts'
import { TEXTS } from './proposal-texts.ts'
import { revertRecords } from './revert-records.ts'

export type Decided = {
  /** Records that were changed or made: their figures follow. */
  readonly touched: readonly RecordId[]
  /** Rows on which what came of it could not be written, and why: they are tried again. */
  readonly failures: ReadonlyMap<RowId, string>
}

const NOTHING: Decided = { touched: [], failures: new Map() }

/**
 * Carries out what people decided on these rows of « Propositions », and writes there what came of it. Stopped anywhere and
 * done again it ends in the same state: nothing is written twice, and nothing over what a person wrote since. One replica
 * at a time.
 * @param pressed those whose button « Accepter » was pressed: a yes, where nothing else is decided
 */
export async function decideProposals(
  parts: SyncContext,
  ids: readonly RowId[],
  pressed: ReadonlySet<RowId> = new Set(),
): Promise<Decided> {
  const { base, columns, store } = parts
  const table = proposalTable(base, columns)
  if (table === null || ids.length === 0) return NOTHING
  const digest = await storeDigest(store, base.http.keyed)
  return alone(store, 'proposals', async () => {
    const rows = await readProposals(base, columns, ids)
    await assertUnmoved(base, [
      columns.proposals.title,
      columns.epcis.title,
      ...namedActors(columns).map(({ title }) => title),
    ])
    const isPressed = ({ id, decision }: ProposalRow) => decision === null && pressed.has(id)
    const said = rows.map((row) => (isPressed(row) ? { ...row, decision: 'accept' as const } : row))
    return settleAll({ ...parts, table, digest }, said)
  })
}

/** Rows that are read and settled together. */
const AT_ONCE = 50

/** The same for all that wait, whether or not a call told of them; gives the records that changed. */
export async function decideAll(parts: SyncContext): Promise<readonly RecordId[]> {
  const touched: RecordId[] = []
  for (const some of chunk(await readUndecided(parts.base, parts.columns), AT_ONCE)) {
    const done = await decideProposals(parts, some)
    touched.push(...done.touched)
    for (const [proposal, reason] of done.failures)
      parts.log.warn({ proposal, reason }, 'proposals: what came of a decision could not be written')
  }
  return touched
}

async function settleAll(parts: Deciding, rows: readonly ProposalRow[]): Promise<Decided> {
  const [linked, others] = [rows.filter(isLinked), rows.filter((row) => !isLinked(row))]
  // « aucune » is a yes to a new record.
  const asked = Map.groupBy(others, (row) =>
    settlement(row.state, saidOfPlace(row) === 'none' ? 'accept' : row.decision),
  )
  const of = (what: Settlement) => asked.get(what) ?? []
  const outcomes = new Map<ProposalRow, Outcome>()
  const all = (some: Iterable<readonly [ProposalRow, Outcome]>) => {
    for (const [row, outcome] of some) outcomes.set(row, outcome)
  }
  all(of('refuse').map((row) => [row, { state: 'refused', text: refusedText(row) }]))
  all(
    of('reopen').map((row) => [
      row,
      { state: 'pending', text: row.decision === 'undo' ? TEXTS.nothingToUndo() : null },
    ]),
  )
  all(of('tell_outdated').map((row) => [row, { state: null, text: TEXTS.toOutdated() }]))
  all(of('tell_applied').map((row) => [row, { state: null, text: TEXTS.toApplied() }]))
  all(of('tell_nothing_to_undo').map((row) => [row, { state: null, text: TEXTS.nothingToUndo() }]))
  const apply = of('apply')
  all(
    apply
      .filter(({ kind }) => kind === 'gone')
      .map((row) => [row, { state: 'impossible', text: TEXTS.gone() }]),
  )
  const some = apply.filter((row) => !outcomes.has(row))
  all(
    some
      .filter(({ changes }) => changes === null)
      .map((row) => [row, { state: 'impossible', text: TEXTS.altered() }]),
  )
  const sound = some.filter((row) => !outcomes.has(row))
  all(
    await applyToRecords(
      parts,
      sound.filter(({ kind }) => !isOfPlace(kind)),
    ),
  )
  all(
    await createPlaces(
      parts,
      sound.filter(({ kind }) => isOfPlace(kind)),
    ),
  )
  all(await linkPlaces(parts, linked))
  all(await revertRecords(parts, of('revert')))
  await remember(parts, outcomes)
  return {
    touched: [...outcomes.values()].flatMap(({ touched }) => touched ?? []),
    failures: await write(parts, outcomes),
  }
}

function isLinked(row: ProposalRow): boolean {
  return saidOfPlace(row) === 'a_record'
}

function refusedText({ kind }: ProposalRow): string {
  if (kind === 'gone') return TEXTS.refusedGone()
  return kind === 'unsure' ? TEXTS.refusedUnsure() : TEXTS.refused()
}

/** What is not wanted is remembered before the row says so, and forgotten as soon as it is wanted after all. */
async function remember(
  { store, base, digest }: Deciding,
  outcomes: ReadonlyMap<ProposalRow, Outcome>,
): Promise<void> {
  const sayings = (...states: readonly ProposalState[]) =>
    [...outcomes].flatMap(([{ code }, { state }]) =>
      state !== null && states.includes(state) ? digest.text(sayingOf(code)) : [],
    )
  await addRefusals(store, base.id, sayings('refused', 'undone'))
  await removeRefusals(store, base.id, sayings('pending', 'applied'))
}

async function write(
  { base, columns, table, now }: Deciding,
  outcomes: ReadonlyMap<ProposalRow, Outcome>,
): Promise<ReadonlyMap<RowId, string>> {
  const { columns: names } = columns.proposals
  const instant = `${now().toISOString().slice(0, 19)}Z`
  const said = [...outcomes].map(
    ([{ state: before, recordId, decision }, { state, text, touched, link, attempt }]): Cells => {
      const after = state ?? before
      return {
        [names.state.title]: LABELS.proposalState[after],
        [names.outcome.title]: text,
        // The yes of a button is written down as that of the select.
        ...(decision === 'accept' ? { [names.decision.title]: LABELS.decision.accept } : {}),
        ...(after === 'applied' && before !== 'applied' ? { [names.appliedOn.title]: instant } : {}),
        ...(touched === undefined || recordId !== null ? {} : { [names.recordId.title]: String(touched) }),
        ...(link === undefined ? {} : { [names.recordId.title]: link === null ? null : String(link) }),
        ...(attempt === undefined && after !== 'impossible' && after !== 'outdated'
          ? {}
          : { [names.attempt.title]: attempt ?? null }),
      }
    },
  )
  const rows = [...outcomes.keys()]
  const changes = (await withAddresses(base, columns, said)).flatMap(
    (cells, at) => changeOf(rows[at]!.row, cells) ?? [],
  )
  const { refused } = await writeRows(base, table, changes)
  return new Map(refused.map(({ id, columns: cells, reason }) => [id, `${cells.join(', ')}: ${reason}`]))
}
