import { commandLine } from '../../domain/command-line.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FieldChange, Proposal } from '../../domain/import/proposal.ts'
import { LABELS } from '../../columns/labels.ts'
import type { ProposalState } from '../../domain/import/settle.ts'
import type { ActorTable } from '../../nocodb/actor-tables.ts'
import { chunk } from '../../nocodb/chunk.ts'
import { assertUnmoved } from '../../nocodb/drift.ts'
import { fieldWriter } from '../../nocodb/field-cells.ts'
import { insertRows } from '../../nocodb/insert-rows.ts'
import { addedValues, proposalTable, readProposals } from '../../nocodb/proposals.ts'
import type { ProposalMark } from '../../nocodb/proposals.ts'
import type { Table } from '../../nocodb/schema.ts'
import { changeOf } from '../../nocodb/write-back.ts'
import type { Cells } from '../../nocodb/write-back.ts'
import { writeRows } from '../../nocodb/write-rows.ts'
import { alone } from '../../store/locks.ts'
import { PortreaError } from '../../errors.ts'
import type { SyncContext } from '../sync-context.ts'
import { writeLock } from '../write-lock.ts'

/** How a proposal stands before anybody decided: it waits, or cannot be written and says where to. */
export type Stance = { readonly state: ProposalState; readonly outcome: string | null }

/** Writes rows of « Propositions » between other writings, never beside a whole run. */
export type ProposalWriter = {
  /** Inserts these rows; gives why NocoDB refused some. */
  insert(rows: readonly Cells[]): Promise<readonly string[]>
  /**
   * Inserts what `make` finds to be lacking, looked at right before, one at a time: the same asked twice at once makes no
   * two rows. Throws SYNC_RUNNING where a whole run is at work for longer than `patience` (milliseconds).
   */
  insertFresh(make: () => Promise<readonly Cells[]>, patience: number): Promise<readonly string[]>
  /** Moves rows on which nobody has decided; gives how many moved. */
  move(marks: ReadonlyMap<ProposalMark, Stance>): Promise<number>
  close(): Promise<void>
}

const [ASIDE_MS, AT_ONCE] = [200, 100]

/** Opens it; throws SCHEMA_MISMATCH where the base has no such table. */
export function proposalWriter(parts: SyncContext): ProposalWriter {
  const { base, columns, store } = parts
  const table = tableOf(parts)
  const turn = writeLock(parts, () => {})
  const during = async <Result>(work: () => Promise<Result>, patience = Infinity): Promise<Result> => {
    const limit = performance.now() + patience
    for (;;) {
      if (performance.now() > limit)
        throw new PortreaError('SYNC_RUNNING', 'Une synchronisation est en cours : attendez sa fin.')
      // A whole run is at work: it is waited for.
      const done = await turn.during(async () => {
        await assertUnmoved(base, [columns.proposals.title])
        return { result: await work() }
      })
      if (done !== null) return done.result
      await sleep(ASIDE_MS)
    }
  }
  return {
    async insert(rows) {
      const reasons: string[] = []
      for (const some of chunk(rows, AT_ONCE)) {
        const { refused } = await during(() => insertRows(base, table, some))
        reasons.push(...refused.map(({ reason }) => reason))
      }
      return reasons
    },
    async insertFresh(make, patience) {
      const insert = async () => {
        const rows = await make()
        return rows.length === 0 ? [] : (await insertRows(base, table, rows)).refused
      }
      const refused = await during(() => alone(store, 'proposals', insert), patience)
      return refused.map(({ reason }) => reason)
    },
    async move(marks) {
      let moved = 0
      for (const some of chunk([...marks], AT_ONCE))
        moved += await during(() => alone(store, 'proposals', () => moveSome(parts, table, new Map(some))))
      return moved
    },
    close: () => turn.close(),
  }
}

/** Looked at again right before: what a person decided meanwhile, or was written by it, stands. */
async function moveSome(
  { base, columns, log }: SyncContext,
  table: Table,
  marks: ReadonlyMap<ProposalMark, Stance>,
): Promise<number> {
  const byId = new Map([...marks].map(([mark, stance]) => [mark.id, { mark, stance }]))
  const { state, outcome } = columns.proposals.columns
  const rows = await readProposals(base, columns, [...byId.keys()])
  const changes = rows.flatMap((row) => {
    const asked = byId.get(row.id)
    if (asked === undefined || row.decision !== null || row.state !== asked.mark.state) return []
    const { stance } = asked
    const cells = { [state.title]: LABELS.proposalState[stance.state], [outcome.title]: stance.outcome }
    return changeOf(row.row, cells) ?? []
  })
  const { refused } = await writeRows(base, table, changes)
  for (const { id, reason } of refused) log.warn({ proposal: id, reason }, 'import: a proposal was not moved')
  return changes.length - refused.length
}

function tableOf({ base, columns }: SyncContext): Table {
  const table = proposalTable(base, columns)
  if (table !== null) return table
  throw new PortreaError(
    'SCHEMA_MISMATCH',
    `La table « ${columns.proposals.title} » manque à la base « ${base.title} » : lancez \`${commandLine('provision')}\`.`,
  )
}

/** How proposals about the records of a table begin: some can be written by people only, and are told so at once. */
export function stanceIn(from: ActorTable): (proposal: Proposal) => Stance {
  const write = fieldWriter(from)
  const faultOf = ({ field, after }: FieldChange, adds: readonly string[] | null) => {
    const made = write(field, { value: after, adds, raw: null })
    return 'fault' in made ? [made.fault] : []
  }
  return ({ kind, changes }) => {
    const needed =
      kind === 'new' || kind === 'unsure' ? changes.filter(({ field }) => field === 'nom') : changes
    const [fault] = needed.flatMap((change) => faultOf(change, addedValues(kind, change)))
    return fault === undefined ? { state: 'pending', outcome: null } : { state: 'impossible', outcome: fault }
  }
}
