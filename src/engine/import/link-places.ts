import { namedRecords } from '../../domain/duplicates/mention.ts'
import type { Actor } from '../../domain/actor.ts'
import { fold } from '../../domain/completeness/text.ts'
import { parisDay } from '../../domain/days.ts'
import { differencesBetween } from '../../domain/import/differences.ts'
import { proposalsOf } from '../../domain/import/proposal.ts'
import type { RecordId } from '../../domain/record-id.ts'
import { typeset } from '../../domain/typography.ts'
import { actorTables } from '../../nocodb/actor-tables.ts'
import type { ActorTables } from '../../nocodb/actor-tables.ts'
import { readSirens } from '../../nocodb/epci-identity.ts'
import type { EpciSirens } from '../../nocodb/epci-identity.ts'
import { insertRows } from '../../nocodb/insert-rows.ts'
import { isOfPlace } from '../../nocodb/proposals.ts'
import type { ProposalRow } from '../../nocodb/proposals.ts'
import { readActorsByIds } from '../../nocodb/read-actors.ts'
import type { Cells } from '../../nocodb/write-back.ts'
import { linkSourcePlaces, unlinkSourcePlace } from '../../store/source-places.ts'
import { actorOf } from './alike-places.ts'
import { attemptText, readAttempt } from './attempt.ts'
import type { Deciding, Outcome } from './deciding.ts'
import { importBaseOf, shownRecord } from './import-base.ts'
import type { ImportBase } from './import-base.ts'
import { proposing } from './proposing.ts'
import type { Proposing } from './proposing.ts'
import { TEXTS } from './proposal-texts.ts'
import { readStanding } from './standing.ts'

type Settled = readonly [ProposalRow, Outcome]

/** What a person says of a place beside « Décision »: that it is none of the records, or what they wrote of one. */
export type SaidOfPlace = 'none' | 'a_record' | null

/** Reads « C’est la fiche n° » of a proposal; null: nothing to be done about it, it is no place, or is decided on. */
export function saidOfPlace({ kind, state, decision, sameAs }: ProposalRow): SaidOfPlace {
  if (sameAs === null || !isOfPlace(kind) || decision === 'refuse' || decision === 'undo') return null
  if (state === 'applied') return null
  return NONE.has(fold(sameAs).replace(/[.! ]+$/u, '')) ? 'none' : 'a_record'
}

const NONE: ReadonlySet<string> = new Set(
  ['aucune', 'aucun', 'non', 'nouvelle', 'nouvelle fiche', 'aucune : nouvelle fiche', 'autre lieu'].map(fold),
)

/**
 * A person said which records these places are: the source is told so for ever, and what the records lack or say
 * otherwise is proposed at once, a row for each.
 */
export async function linkPlaces(parts: Deciding, proposals: readonly ProposalRow[]): Promise<Settled[]> {
  if (proposals.length === 0) return []
  const { base, columns, geography } = parts
  const all = actorTables(base, columns)
  const linking = { all, sirens: await readSirens(base, columns, geography), by: proposers(parts, all) }
  const settled: Settled[] = []
  for (const proposal of proposals) {
    const named = recordsNamed(all, proposal.sameAs ?? '')
    const [id] = named
    if (id === undefined || named.length > 1) {
      const said = proposal.sameAs ?? ''
      const text = id === undefined ? TEXTS.noSuchRecord(said) : TEXTS.severalRecords(said)
      settled.push([proposal, { state: null, text }])
    } else settled.push([proposal, await link(parts, linking, proposal, id)])
  }
  return settled
}

/** The records that a text names: « 12 », « fiche n° 12 », « n° 12 de « Associations » ». */
function recordsNamed(all: ActorTables, text: string): readonly RecordId[] {
  const [first] = all.tables
  if (first === undefined) return []
  const tables = all.tables.map((one) => ({ title: one.table.title, idOf: one.idOf }))
  const said = all.tables.length === 1 ? fold(text) : namedRecords(tables)(text)
  const found = [...said.matchAll(/(@?)(\d+)/gu)].map(([, other, number]) =>
    other === '@' ? Number(number) : first.idOf(Number(number)),
  )
  return [...new Set(found)].filter(Number.isSafeInteger)
}

/** What links that are made together share: « Propositions » is read once for each source. */
type Linking = {
  readonly all: ActorTables
  readonly sirens: EpciSirens
  readonly by: (proposal: ProposalRow) => Promise<Proposer>
}

type Proposer = {
  /** The records that are linked, as they are read. */
  readonly actors: Map<string, Actor>
  readonly held: ImportBase
  readonly made: Proposing
}

/** One who proposes for each source. */
function proposers(parts: Deciding, all: ActorTables): Linking['by'] {
  const { base, columns, table } = parts
  const known = new Map<string, Promise<Proposer>>()
  const insert = async (rows: readonly Cells[]) => {
    const { refused } = await insertRows(base, table, rows)
    return refused.map(({ reason }) => reason)
  }
  return async (proposal) => {
    const { origin } = proposal
    const title = String(proposal.row[columns.proposals.columns.source.title] ?? origin)
    const begin = async () => {
      const actors = new Map<string, Actor>()
      const held = importBaseOf(parts, all, actors)
      const standing = await readStanding(parts, origin)
      return {
        actors,
        held,
        made: proposing(parts, { name: origin, title }, { base: held, standing }, { insert }),
      }
    }
    const one = known.get(origin) ?? begin()
    known.set(origin, one)
    return one
  }
}

async function link(
  parts: Deciding,
  { all, sirens, by }: Linking,
  proposal: ProposalRow,
  id: RecordId,
): Promise<Outcome> {
  const { base, columns, geography, rules, store, digest, now, log } = parts
  const [row] = all.of(id) === undefined ? [] : await readActorsByIds(base, columns, sirens, [id])
  if (row === undefined) return { state: null, text: TEXTS.noSuchRecord(proposal.sameAs ?? '') }
  const { actor } = row
  const { origin, key } = proposal
  await linkSourcePlaces(store, base.id, [{ source: origin, key: digest.place(key), record: String(id) }])
  const place = actorOf(proposal)
  const differences = differencesBetween({ rules, geography, today: parisDay(now()) })(actor, place)
  const match = { kind: 'same', record: actor.id, score: 100, reason: BY_PERSON, differences } as const
  const { actors, held, made } = await by(proposal)
  actors.set(actor.id, actor)
  let found = 0
  for (const one of proposalsOf({ key, line: 0, actor: place }, match, held.shown))
    if (made.propose(one, null) !== 'refused') found += 1
  await made.flush(1)
  for (const reason of made.refused.splice(0))
    log.warn({ proposal: proposal.id, reason }, 'proposals: NocoDB refused what a linked place proposes')
  const shown = shownRecord(all, id, actor.fields.nom)
  const text = proposal.changes === null ? TEXTS.linkedLater(shown) : TEXTS.linked(shown, found)
  return { state: 'applied', text, link: id, attempt: attemptText({ linked: id }) }
}

const BY_PERSON = typeset('Une personne a dit que c’est cette fiche.')

/** Takes back what a person said of places; null of those that are no such. */
export async function unlinkPlace(
  { store, base, digest }: Deciding,
  proposal: ProposalRow,
): Promise<Outcome | null> {
  const noted = readAttempt(proposal.attempt)
  if (noted === null || !('linked' in noted)) return null
  await unlinkSourcePlace(store, base.id, { source: proposal.origin, key: digest.place(proposal.key) })
  return { state: 'pending', text: TEXTS.unlinked(), link: null, attempt: null }
}
