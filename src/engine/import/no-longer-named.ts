import type { FieldName } from '../../domain/fields.ts'
import { goneProposal } from '../../domain/import/proposal.ts'
import { isOfPlace } from '../../nocodb/proposals.ts'
import type { ProposalMark } from '../../nocodb/proposals.ts'
import type { SyncContext } from '../sync-context.ts'
import type { ImportBase } from './import-base.ts'
import { TEXTS } from './proposal-texts.ts'
import type { Proposing } from './proposing.ts'
import type { Standing } from './standing.ts'

/** What a source names in a reading, beside what it named before. */
export type NamedNow = Proposing & {
  readonly base: ImportBase
  readonly standing: Standing
  readonly counts: { readonly read: number; readonly unreadable: number; readonly nameless: number }
  /** By the digest of its key, the record that a place is; null: none. */
  readonly seen: Map<string, string | null>
  /** Fields of which it has no column: what it said of them stands. */
  lacks: ReadonlySet<FieldName>
  /** Whether the source ended before its end. */
  cut: boolean
  /** SIREN of the EPCI that the source names a place of: of the others it says nothing. */
  readonly epcis: Set<string>
}

/** Whether so much was read that what it does not name can be said to be gone: by the shares of the brake. */
export function isWhole(parts: SyncContext, reading: NamedNow): boolean {
  const { counts, standing } = reading
  const { brake } = parts
  const before = [...standing.places.values()].filter(({ here }) => here).length
  const few = before - counts.read <= FEW || counts.read >= WHOLE * before
  return (
    isReadable(parts, reading) &&
    counts.read > 0 &&
    !reading.lacks.has('nom') &&
    few &&
    counts.read >= brake.rows.keep * before
  )
}

/**
 * How many of the places that it named before in the EPCI of which it speaks it does not name, where they are more than a
 * list loses: another list of the same name, or the same one with other identifiers, does not say that they are gone.
 */
export function namesNoMore({ base, seen, standing, epcis }: NamedNow): number | null {
  const { digest, places, rows } = standing
  const before = new Set<string>()
  for (const [key, { record, here }] of places) {
    const siren = record === null ? null : sirenOf(base, record)
    if (here && siren !== null && epcis.has(siren)) before.add(key)
  }
  for (const { kind, key, siren, state } of rows.values())
    if (isOfPlace(kind) && state === 'pending' && siren !== null && epcis.has(siren))
      before.add(digest.place(key))
  const lost = [...before].filter((key) => !seen.has(key)).length
  return lost > FEW && lost > (1 - WHOLE) * before.size ? lost : null
}

/** Whether it was read to its end, and few of its rows could not be. */
export function isReadable({ brake }: SyncContext, { counts, cut }: NamedNow): boolean {
  const sound = counts.read - counts.nameless
  return !cut && sound >= brake.records.keep * (counts.read + counts.unreadable)
}

/** A list that is kept loses few of its places from one reading to the next, or few in a hundred. */
const FEW = 10
const WHOLE = 0.8

/** Proposes to look at the records that the source names no more. */
export function tellGone(reading: NamedNow): void {
  const { base, seen, standing, epcis } = reading
  const named = new Set(seen.values())
  for (const [key, { record }] of standing.places)
    if (!seen.has(key) && record !== null && !named.has(record)) {
      const siren = sirenOf(base, record)
      // Of a list that is given a territory at a time, another part is read now.
      if (siren !== null && epcis.has(siren)) reading.propose(goneProposal(key, record), null)
    }
}

/** SIREN of the EPCI in which a record lies; null: it is gone, or lies in none that is known. */
function sirenOf(base: ImportBase, record: string): string | null {
  const actor = base.actors.get(record)
  return actor === undefined ? null : (base.epciOf(actor)?.siren ?? null)
}

/** What the source said once, and says no more. */
export function outdate({ seen, standing, moves, epcis, lacks }: NamedNow, whole: boolean): void {
  const { digest, places, rows, said } = standing
  const named = (mark: ProposalMark) => seen.has(mark.kind === 'gone' ? mark.key : digest.place(mark.key))
  // Of a place without EPCI, only what the reading before this one named can be said to have left.
  const wasHere = (mark: ProposalMark) => places.get(digest.place(mark.key))?.here === true
  const isTold = (mark: ProposalMark) => (mark.siren === null ? wasHere(mark) : epcis.has(mark.siren))
  for (const mark of rows.values()) {
    const open = mark.state === 'pending' || (mark.state === 'impossible' && mark.decision === null)
    const isUnsaid = !said.has(mark.code) && !mark.fields.some((field) => lacks.has(field))
    if (open && isUnsaid && ((whole && isTold(mark)) || named(mark)))
      moves.set(mark, { state: 'outdated', outcome: TEXTS.noMore() })
  }
}
