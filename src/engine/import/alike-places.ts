import type { Actor } from '../../domain/actor.ts'
import { mentions } from '../../domain/duplicates/mention.ts'
import { placeComparer, placeIndex } from '../../domain/import/places.ts'
import type { Place } from '../../domain/import/places.ts'
import { readFields } from '../../domain/reading/read-fields.ts'
import { typeset } from '../../domain/typography.ts'
import type { ProposalRow } from '../../nocodb/proposals.ts'
import { ownersOf } from '../../store/source-places.ts'
import type { Deciding } from './deciding.ts'
import { shownRecord } from './import-base.ts'
import type { ImportBase } from './import-base.ts'
import { recordsNear } from './near-records.ts'

/**
 * Of the places that are to be made, those that the base has by now, as people know the record, and those that an earlier one
 * of them is too (null): another source may have brought it, or a person, since it was proposed.
 */
export async function alikePlaces(
  parts: Deciding,
  proposals: readonly ProposalRow[],
): Promise<ReadonlyMap<ProposalRow, string | null>> {
  const alike = new Map<ProposalRow, string | null>()
  if (proposals.length === 0) return alike
  const { threshold, crowd, matching } = parts.rules.duplicates
  const compare = placeComparer(parts.rules, Math.min(threshold, matching.unsure))
  const base = await recordsNear(parts, proposals.map(actorOf))
  const [places, before, among] = [new Map<string, Place>(), placeIndex(crowd), placeIndex(crowd)]
  for (const actor of base.actors.values()) {
    const place = compare.read(actor)
    places.set(actor.id, place)
    before.add(place)
  }
  const isOther = await otherPlaces(parts, base, proposals)
  for (const proposal of proposals) {
    const place = compare.read(actorOf(proposal))
    const found = compare
      .candidates(place, before.near(place))
      .find(
        ({ record, sure }) =>
          sure && !isOther(proposal, record, () => compare.same(place, places.get(record)!)),
      )
    if (found !== undefined) alike.set(proposal, base.shown(found.record))
    else if ([...among.near(place)].some((other) => compare.same(place, other))) alike.set(proposal, null)
    else among.add(place)
  }
  return alike
}

/** Whether a record is another place: a person said so, or it is one of the source's own already and no twin of this one. */
async function otherPlaces(
  { store, base: { id }, columns, digest }: Deciding,
  base: ImportBase,
  proposals: readonly ProposalRow[],
) {
  const why = columns.proposals.columns.why.title
  const owners = new Map<string, ReadonlyMap<string, string>>()
  for (const origin of new Set(proposals.map((one) => one.origin))) {
    owners.set(origin, await ownersOf(store, id, origin, [...base.actors.keys()]))
  }
  return (proposal: ProposalRow, record: string, isTwin: () => boolean): boolean => {
    const word = base.actors.get(record)?.notDuplicateOf ?? null
    if (word !== null && mentions(word, [proposal.key, fieldOf(proposal, 'id')])) return true
    if (isShown(why, base, proposal, record)) return true
    const owner = owners.get(proposal.origin)?.get(record) ?? null
    return owner !== null && owner !== digest.place(proposal.key) && !isTwin()
  }
}

/** Whether a person read that it may be this record, and said that it is another place. */
function isShown(why: string, { tables }: ImportBase, { kind, row }: ProposalRow, record: string): boolean {
  const number = shownRecord(tables, Number(record), null)
  return kind === 'unsure' && String(row[why] ?? '').includes(typeset(`(${number})`))
}

/** The place that a proposal is about, as its source says it. */
export function actorOf(proposal: ProposalRow): Actor {
  return {
    id: proposal.key,
    ...readFields((field) => fieldOf(proposal, field)),
    ...{ linkedEpci: null, contactedOn: null, step: null, verified: [], changedOn: null },
  }
}

function fieldOf({ changes }: ProposalRow, field: string): string | null {
  return changes?.find((one) => one.field === field)?.after ?? null
}
