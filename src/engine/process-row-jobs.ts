import { fitsInPart } from '../domain/record-id.ts'
import type { TableKey } from '../columns/tables.ts'
import { parisDay } from '../domain/days.ts'
import type { RecordId } from '../domain/record-id.ts'
import { namedActors } from '../config/columns-file.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import { assertUnmoved } from '../nocodb/drift.ts'
import { readSirens, sirensOf } from '../nocodb/epci-identity.ts'
import { linkOf } from '../nocodb/actor-rows.ts'
import { readActorsByIds } from '../nocodb/read-actors.ts'
import { invitationTable } from '../nocodb/invitations.ts'
import { proposalTable } from '../nocodb/proposals.ts'
import { writeRecords } from '../nocodb/write-records.ts'
import type { Refusal } from '../nocodb/write-rows.ts'
import { storeDigest } from '../store/digest-key.ts'
import type { Lease } from '../store/leases.ts'
import { alone } from '../store/locks.ts'
import { rememberLinked } from '../store/records.ts'
import { judging } from './assess-records.ts'
import { dayRules } from './day-rules.ts'
import { decideProposals } from './import/decide.ts'
import { enqueueRecords } from './enqueue-records.ts'
import { epciLinks, linkMeans } from './epci-links.ts'
import { believedGone } from './live-brake.ts'
import type { LiveSync } from './live-memory.ts'
import { makeGroups } from './make-groups.ts'
import { processRecords } from './process-records.ts'
import { withRecordView } from './record-view.ts'
import type { RecordView } from './record-view.ts'
import { markEpcis, markStaleEpcis } from './stale-epcis.ts'
import { allKnown } from './whole-due.ts'

/** Which of the claims failed, and why; the others are done. */
export type Failures = ReadonlyMap<Lease, string>

/** Tables of which any change may change the figures of an EPCI. */
export const DECLARED: readonly TableKey[] = ['epcis', 'diagnostics', 'days', 'referents', 'conditions']

/**
 * Looks again at the rows that were told: reads them from NocoDB, writes the cells that differ beside each record, and
 * marks the EPCI that the change concerns: of a record that moved or was deleted, the former one too. Stopped anywhere
 * and done again, it ends in the same state. Throws what concerns them all (NocoDB or the store away).
 */
export async function processRowJobs(parts: LiveSync, claims: readonly Lease[]): Promise<Failures> {
  const { base, columns } = parts
  const ids = new Map<string, TableKey>(DECLARED.map((key) => [base.table(columns[key].title).id, key]))
  const invitations = invitationTable(base, columns)
  if (invitations !== null) ids.set(invitations.id, 'invitations') // a base may do without
  const actors = new Map(actorTables(base, columns).tables.map((one) => [one.table.id, one.idOf]))
  // A row that cannot be told apart is no record: the scan says so as long as it is there.
  const recordOf = ({ about, record }: Lease) =>
    actors.size === 1 || fitsInPart(Number(record)) ? actors.get(about)?.(Number(record)) : undefined
  const declared = claims.filter(({ about }) => ids.has(about))
  if (declared.length > 0) {
    const rows = declared.filter(({ about }) => ids.get(about) === 'epcis')
    await markStaleEpcis(parts, new Set(rows.map(({ record }) => Number(record))))
  }
  const grouped = await pressedGroups(
    parts,
    claims.filter(({ about, event }) => event === 'trigger' && ids.get(about) === 'days'),
  )
  const proposals = proposalTable(base, columns)?.id
  const told = claims.filter(({ about }) => about === proposals)
  const pressed = told.filter(({ event }) => event === 'trigger')
  const decided = await decideProposals(
    parts,
    told.map(({ record }) => Number(record)),
    new Set(pressed.map(({ record }) => Number(record))),
  )
  // What is told of another table concerns no figure: it is done.
  const { refused } = await lookAtRecords(parts, [
    ...claims.flatMap((claim) => recordOf(claim) ?? []),
    ...decided.touched,
  ])
  const reasons = new Map(
    refused.map(({ id, columns: cells, reason }) => [id, `${cells.join(', ')}: ${reason}`]),
  )
  return new Map(
    claims.flatMap((claim) => {
      const reason =
        claim.about === proposals
          ? decided.failures.get(Number(claim.record))
          : (grouped.get(claim) ?? reasons.get(recordOf(claim) ?? Number.NaN))
      return reason === undefined ? [] : [[claim, reason] as const]
    }),
  )
}

/** Makes the groups of the journées whose button was pressed; gives the reasons where it failed. */
async function pressedGroups(parts: LiveSync, claims: readonly Lease[]): Promise<Failures> {
  const failures = new Map<Lease, string>()
  for (const claim of claims) {
    const { refused } = await makeGroups(parts, Number(claim.record))
    if (refused.length > 0) failures.set(claim, refused.join(' ; '))
  }
  return failures
}

/** What NocoDB refused, and whether it is believed about the records that it does not give any more. */
export type LookedAt = { readonly refused: readonly Refusal[]; readonly believed: boolean }

/**
 * Looks at these records whole, writes the cells that differ, and marks the EPCI whose figures follow; the others of which
 * something else is told now go to the inbox.
 */
export async function lookAtRecords(parts: LiveSync, asked: readonly RecordId[]): Promise<LookedAt> {
  const ids = [...new Set(asked)].filter(Number.isSafeInteger)
  if (ids.length === 0) return { refused: [], believed: true }
  // Two that learnt at once, here or in another replica, would not see what their records tell of each other.
  return alone(parts.store, 'records', () => withRecordView(parts, (view) => lookAt(parts, view, ids)))
}

async function lookAt(parts: LiveSync, view: RecordView, ids: readonly RecordId[]): Promise<LookedAt> {
  const { base, columns, store, now } = parts
  const today = parisDay(now())
  const [known, { rows, sirens }, means, digest, all] = await Promise.all([
    view.byIds(ids),
    readRows(parts, ids),
    linkMeans(parts),
    storeDigest(store, base.http.keyed),
    allKnown(parts),
  ])
  await assertUnmoved(base, [...namedActors(columns).map(({ title }) => title), columns.epcis.title])
  const here = new Set(rows.map(({ id }) => id))
  const missing = [...known.keys()].filter((id) => !here.has(id))
  const gone = await believedGone(parts, missing)
  const judge = judging(parts, dayRules(parts, today, digest), sirens, epciLinks({ ...means, sirens }))
  const look = { ...parts, view, judging: judge, sirens, allKnown: all, written: () => true }
  const { changes, others, epcis } = await processRecords(look, rows, gone)
  const { refused, filled } = await writeRecords(base, columns, changes)
  await markEpcis(parts, [...epcis], 'update') // stopped here, they are computed once for nothing
  await view.commit()
  await rememberLinked(store, base.id, filled)
  await markEpcis(parts, [...epcis], 'update') // what was computed meanwhile did not know it
  await enqueueRecords(parts, others)
  return { refused, believed: gone.length === missing.length }
}

/**
 * The rows, and the EPCI of the base. Links are read by what is remembered of the EPCI, unless one leads to another, or
 * is to be filled.
 */
async function readRows({ base, columns, geography, memory }: LiveSync, ids: readonly RecordId[]) {
  const known = memory.declaredRows()
  const sirens = sirensOf(known?.epcis ?? [])
  const there = new Set(known?.epcis.map(({ id }) => id))
  const rows = await readActorsByIds(base, columns, sirens, ids)
  if (rows.every((row) => there.has(linkOf(row) ?? NaN))) return { rows, sirens }
  const now = await readSirens(base, columns, geography)
  const fresh = rows.map((row) => {
    const link = linkOf(row)
    const linkedEpci = link === null ? null : (now.of.get(link) ?? null)
    const notInEpci = link === null ? null : (now.wrong.get(link) ?? null)
    return { ...row, actor: { ...row.actor, linkedEpci, notInEpci } }
  })
  return { rows: fresh, sirens: now }
}
