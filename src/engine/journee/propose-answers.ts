import { hash } from 'node:crypto'
import { placeFinder } from '../../domain/completeness/place.ts'
import { fold } from '../../domain/completeness/text.ts'
import { communeNamed } from '../../domain/completeness/commune-names.ts'
import { departmentsOf } from '../../domain/departments.ts'
import type { Geography } from '../../domain/geography.ts'
import { compileActorRules } from '../../domain/completeness/assess-actor.ts'
import { parisDay } from '../../domain/days.ts'
import { FIELDS } from '../../domain/fields.ts'
import type { Actor } from '../../domain/actor.ts'
import { hear } from '../../domain/journee/answers.ts'
import type { Answers, Heard } from '../../domain/journee/answers.ts'
import { beside } from '../../domain/journee/ticked.ts'
import type { FieldChange, Proposal } from '../../domain/import/proposal.ts'
import { frenchDay, typeset } from '../../domain/typography.ts'
import { PortreaError } from '../../errors.ts'
import { actorTables } from '../../nocodb/actor-tables.ts'
import { assertMayWrite } from '../../nocodb/drift.ts'
import { readSirens } from '../../nocodb/epci-identity.ts'
import { hasProposal, isWaiting } from '../../nocodb/proposal-answers.ts'
import { proposalCells, proposalCode } from '../../nocodb/proposals.ts'
import { readActorsByIds } from '../../nocodb/read-actors.ts'
import { withAddresses } from '../../nocodb/record-addresses.ts'
import { isCompleted } from './complete-place.ts'
import { shownRecord } from '../import/import-base.ts'
import { proposalWriter, stanceIn } from '../import/write-proposals.ts'
import type { SyncContext } from '../sync-context.ts'

/** Who says something of the places of an EPCI, and how that is told. */
export type AnswerOrigin = {
  /** The name of the source of these rows, for ever. */
  readonly name: string
  /** Its title for people. */
  readonly source: string
  /** Why it is proposed, in French. */
  readonly why: string
  readonly epci: { readonly siren: string; readonly name: string }
  /**
   * Somebody without an account says it, who sees nothing of the record: ticks come beside those that stand there, a place of
   * another EPCI is not heard, and what was said in this month ('YYYY-MM') is heard again in another.
   */
  readonly publicForm?: { readonly month: string }
}

/** The group of a journée. */
export type DayOrigin = {
  /** The row of « Journées ». */
  readonly journee: number
  /** 'YYYY-MM-DD' */
  readonly date: string
  /** From 1; null: no group. */
  readonly group: number | null
  readonly epci: AnswerOrigin['epci']
}

/** What a group says on the day of its journée. */
export function saidOnTheDay(origin: DayOrigin): AnswerOrigin {
  return {
    name: originOf(origin.journee),
    source: sourceText(origin),
    why: typeset(`Dit ${whoText(origin)}.`),
    epci: origin.epci,
  }
}

/** `gone`: the record is not there any more; `kept`: how many rows of « Propositions » now say it. */
export type Proposed = Omit<Heard, 'changes'> & { readonly kept: number; readonly gone: boolean }

/**
 * Makes of what people say of one record rows of « Propositions », for a référent·e to accept: nothing of a record changes
 * by itself, and the same said twice is one row. Where one value cannot be what is meant none is kept. Throws a PortreaError
 * where NocoDB is away, refuses, or has no such table.
 */
export async function proposeAnswers(
  parts: SyncContext,
  origin: AnswerOrigin,
  record: number,
  answers: Answers,
): Promise<Proposed> {
  const { base, columns, geography } = parts
  const sirens = await readSirens(base, columns, geography)
  const [row] = await readActorsByIds(base, columns, sirens, [record])
  // An address opens one EPCI: what is said of a record of elsewhere is not heard.
  if (row === undefined || placeFinder(geography)(row.actor).epci !== origin.epci.siren)
    return { ...NOT_HEARD, gone: true }
  const { changes, ...told } = hear(answers, row.actor, judge(parts))
  if (told.faults.length > 0) return { ...told, kept: 0, gone: false }
  const proposals = changes.flatMap((change) => changeProposals(parts, origin, row.actor.id, change))
  const tables = actorTables(base, columns)
  const shown = shownRecord(tables, record, row.actor.fields.nom)
  const kept = await insertProposals(parts, origin, proposals, shown, stanceIn(row.from))
  return { ...told, kept, gone: false }
}

/** One change of a record, as people are asked it; none: the record says it already. */
function changeProposals(
  { rules }: SyncContext,
  { why, publicForm }: AnswerOrigin,
  id: string,
  said: FieldChange,
): readonly Proposal[] {
  const seen = { change: said, adds: said.before === null }
  const found = publicForm === undefined ? seen : beside(said, rules.completeness)
  if (found === null) return []
  const { change, adds } = found
  const key = keyIn(`${id} ${change.field}`, publicForm)
  const kind = adds ? 'completion' : 'conflict'
  return [{ kind, key, record: id, changes: [change], why, confidence: null }]
}

/** The key of what is said of a record. */
export function keyIn(key: string, publicForm: AnswerOrigin['publicForm']): string {
  return publicForm === undefined ? key : `${key} ${publicForm.month}`
}

/** The same for a place that the base does not have; its name and commune are needed, and told where they lack. */
export async function proposePlace(
  parts: SyncContext,
  origin: AnswerOrigin,
  answers: Answers,
): Promise<Pick<Proposed, 'kept' | 'faults'>> {
  const { changes, faults } = hear(answers, NOTHING, judge(parts))
  const says = (field: string) => changes.some((one) => one.field === field)
  const lacking = (['nom', 'commune'] as const).filter(
    (field) => !says(field) && !faults.some((one) => one.field === field),
  )
  const all = [...faults, ...lacking.map((field) => ({ field, message: LACKING[field] }))]
  if (all.length > 0) return { kept: 0, faults: all }
  const name = changes.find(({ field }) => field === 'nom')?.after ?? ''
  const commune = changes.find(({ field }) => field === 'commune')?.after ?? ''
  const key = hash('sha256', JSON.stringify([fold(name), fold(commune)]), 'base64url').slice(0, 14)
  const { why } = origin
  const [first] = actorTables(parts.base, parts.columns).tables
  const proposal: Proposal = { kind: 'new', key, record: null, changes, why, confidence: null }
  const where = {
    ...NOTHING,
    fields: { ...NOTHING.fields, ...Object.fromEntries(changes.map(({ field, after }) => [field, after])) },
  }
  const lies = placeFinder(parts.geography)(where).epci
  if (origin.publicForm !== undefined && isElsewhere(commune, lies, origin.epci.siren, parts.geography))
    return { kept: 0, faults: [{ field: 'commune', message: ELSEWHERE }] }
  const epci =
    lies === null || lies === origin.epci.siren
      ? origin.epci
      : { siren: lies, name: parts.geography.epci(lies)?.name ?? lies }
  const kept = await insertProposals(parts, { ...origin, epci }, [proposal], name, stanceIn(first!))
  return { kept, faults: [] }
}

/** Whether a commune is of another EPCI: by its codes, else by its name, alone in its département and in none of this one. */
function isElsewhere(name: string, lies: string | null, siren: string, geography: Geography): boolean {
  if (lies !== null) return lies !== siren
  const codes = geography.epci(siren)?.communes ?? []
  const around = departmentsOf(codes).flatMap((department) => geography.byDepartment(department))
  const own = around.filter(({ epci }) => epci === siren)
  const named = communeNamed(name, own) ?? communeNamed(name, around)
  return named !== null && named.epci !== siren
}

const ELSEWHERE = typeset("Cette commune n'est pas dans ce territoire.")
const NOT_HEARD: Proposed = { kept: 0, gone: false, faults: [], nothing: 0, same: 0 }

const LACKING = {
  nom: typeset('Écrivez le nom du lieu.'),
  commune: typeset('Écrivez la commune du lieu.'),
}

/** A record of which nothing is known. */
const NOTHING: Actor = {
  id: '',
  fields: Object.fromEntries(FIELDS.map((field) => [field, null])) as Actor['fields'],
  linkedEpci: null,
  contactedOn: null,
  step: null,
  verified: [],
  changedOn: null,
}

function judge({ rules, geography, now }: SyncContext) {
  return compileActorRules(rules.completeness, geography, parisDay(now()), 'journee')
}

/** The name of the source of the rows of a journée, for ever. */
export function originOf(journee: number): string {
  return `journee-${journee}`
}

/** « par le groupe 3 à la journée du 10 février 2027 » */
function whoText({ group, date }: DayOrigin): string {
  return `${group === null ? '' : `par le groupe ${group} `}à la journée du ${frenchDay(date)}`
}

/** « Journée du 10 février 2027, groupe 3 » */
export function sourceText({ group, date }: Pick<DayOrigin, 'group' | 'date'>): string {
  return `Journée du ${frenchDay(date)}${group === null ? '' : `, groupe ${group}`}`
}

/** Longer nobody waits with a phone in hand: it sends again by itself. */
const PATIENCE_MS = 20_000

/**
 * Adds those that are not there yet, and looks whether they are. Gives how many are there; of a public form, how many wait for
 * an answer. Throws a PortreaError where NocoDB is away or refuses.
 */
export async function insertProposals(
  parts: SyncContext,
  origin: AnswerOrigin,
  proposals: readonly Proposal[],
  shown: string,
  stance: ReturnType<typeof stanceIn>,
): Promise<number> {
  const { base, columns, now } = parts
  assertMayWrite(base)
  const writer = proposalWriter(parts)
  const { name: named, source, epci } = origin
  const within = new Set<Proposal>() // said by a row that was there, which was read again
  const fresh = async () => {
    const rows = []
    for (const proposal of proposals) {
      if (await hasProposal(base, columns, proposalCode(named, proposal))) continue
      if (proposal.record === null && (await isCompleted(parts, named, proposal))) {
        within.add(proposal)
        continue
      }
      const context = {
        ...{ origin: named, source, shown, epci },
        at: now().toISOString(),
      }
      rows.push(proposalCells(columns, proposal, { ...context, ...stance(proposal) }))
    }
    return withAddresses(base, columns, rows)
  }
  try {
    const refused = await writer.insertFresh(fresh, PATIENCE_MS)
    if (refused.length > 0)
      throw new PortreaError('NOCODB_REFUSED', `NocoDB a refusé une proposition : ${refused[0]}`)
    // NocoDB may answer yes to what it does not keep.
    let waiting = 0
    for (const proposal of proposals) {
      const code = proposalCode(named, proposal)
      if (within.has(proposal) || (await isWaiting(base, columns, code))) waiting += 1
      else if (!(await hasProposal(base, columns, code)))
        throw new PortreaError('NOCODB_REFUSED', 'NocoDB n’a pas gardé une proposition.')
    }
    return origin.publicForm === undefined ? proposals.length : waiting
  } finally {
    await writer.close()
  }
}
