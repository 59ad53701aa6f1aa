import { letters } from '../../domain/completeness/text.ts'
import { parisDay } from '../../domain/days.ts'
import type { FieldName } from '../../domain/fields.ts'
import { isFormula, isWorking } from '../../domain/formula.ts'
import { goneProposal } from '../../domain/import/proposal.ts'
import type { Answers } from '../../domain/journee/answers.ts'
import { readValue } from '../../domain/reading/read-value.ts'
import { typeset } from '../../domain/typography.ts'
import { actorTables } from '../../nocodb/actor-tables.ts'
import { shownRecord } from '../import/import-base.ts'
import { stanceIn } from '../import/write-proposals.ts'
import type { SyncContext } from '../sync-context.ts'
import { epciRecords } from './day-records.ts'
import { insertProposals, keyIn, proposeAnswers, proposePlace } from './propose-answers.ts'
import type { AnswerOrigin, Proposed } from './propose-answers.ts'

/** What somebody reports of a place that they name; `closed`: it is there no more. */
export type Report = { readonly answers: Answers; readonly closed: boolean }

/**
 * Makes of what somebody without an account reports rows of « Propositions »: of the one record of the EPCI that bears this
 * name in this commune what differs, else a new place. Nothing of a record changes by itself, nor is any of it told. Throws
 * as `proposeAnswers`.
 */
export async function proposeReport(
  parts: SyncContext,
  said: AnswerOrigin,
  { answers, closed }: Report,
): Promise<Pick<Proposed, 'kept' | 'faults'>> {
  const origin = { ...said, publicForm: { month: parisDay(parts.now()).slice(0, 7) } }
  const working = workingFaults(answers)
  if (working.length > 0) return { kept: 0, faults: working }
  const { nom, commune, ...more } = answers
  const says = Object.values(more).some((value) => value.trim() !== '')
  const isNamed = [nom, commune].every((value) => value !== undefined && letters(value) !== '')
  const known = isNamed ? await bearing(parts, origin.epci.siren, nom!, commune!) : []
  const [record] = known
  if (record === undefined || known.length > 1)
    return isNamed && closed
      ? fault(known.length > 1 ? SEVERAL : NONE)
      : waits(await proposePlace(parts, origin, answers))
  if (!says && !closed) return fault(NOTHING_NEW)
  const { gone, kept, faults } = says ? await proposeAnswers(parts, origin, record.id, more) : NOTHING_SAID
  if (gone) return fault(GONE)
  if (faults.length > 0 || !closed) return waits({ kept, faults })
  const tables = actorTables(parts.base, parts.columns)
  const proposal = {
    ...goneProposal(keyIn(String(record.id), origin.publicForm), String(record.id)),
    why: typeset(`${origin.why} Ce lieu n’existe plus, ou n’accueille plus le public.`),
  }
  const stance = stanceIn(tables.tables[0]!)
  const shown = shownRecord(tables, record.id, record.name)
  return waits({ kept: kept + (await insertProposals(parts, origin, [proposal], shown, stance)), faults })
}

/** Nobody is thanked for what waits for nobody. */
function waits(said: Pick<Proposed, 'kept' | 'faults'>): Pick<Proposed, 'kept' | 'faults'> {
  return said.kept === 0 && said.faults.length === 0 ? fault(KNOWN) : said
}

/** What a spreadsheet would compute is never said of a place. */
function workingFaults(answers: Answers): Proposed['faults'] {
  return (Object.entries(answers) as [FieldName, string][]).flatMap(([field, written]) =>
    [written.trim(), readValue(field, written)?.trim() ?? ''].some((one) => isFormula(one) && isWorking(one))
      ? [{ field, message: typeset(WORKING) }]
      : [],
  )
}

const NOTHING_SAID = { gone: false, kept: 0, faults: [] } as const

async function bearing(parts: SyncContext, siren: string, name: string, commune: string) {
  const all = await epciRecords(parts, siren)
  return all.flatMap(({ actor: { id, fields } }) =>
    letters(fields.nom ?? '') === letters(name) && town(fields.commune ?? '') === town(commune)
      ? [{ id: Number(id), name: fields.nom }]
      : [],
  )
}

/** « St-Méen-le-Grand » is written in many ways. */
function town(written: string): string {
  return letters(written)
    .replaceAll(/\bst\b/gu, 'saint')
    .replaceAll(/\bste\b/gu, 'sainte')
}

function fault(message: string): Pick<Proposed, 'kept' | 'faults'> {
  return { kept: 0, faults: [{ field: 'nom', message: typeset(message) }] }
}

const NONE =
  'Aucune fiche de ce territoire ne porte ce nom dans cette commune : écrivez-le comme sur la cartographie.'
const SEVERAL =
  'Plusieurs fiches portent ce nom dans cette commune : dites-le à votre Hub, qui saura de laquelle il s’agit.'
const KNOWN =
  'Rien de nouveau ici : la base le dit déjà, ou on l’a déjà signalé ce mois-ci et un·e référent·e y a répondu.'
const GONE = 'La fiche de ce lieu vient de changer dans la base : envoyez de nouveau.'
const WORKING = 'Un tableur en ferait un calcul : écrivez-le sans le signe du début.'
const NOTHING_NEW =
  'Ce lieu est déjà dans la base : écrivez aussi ce qui est à ajouter ou à corriger, ou cochez qu’il n’existe plus.'
