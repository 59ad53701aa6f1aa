import { LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import { declared } from '../domain/declared.ts'
import { ANSWER_VALUES } from '../domain/diagnostic.ts'
import type { Answers, ChoiceKey, Situation } from '../domain/diagnostic.ts'
import type { Geography } from '../domain/geography.ts'
import { newAnswers } from '../domain/new-answers.ts'
import type { KeptDiagnostic, NewDiagnostic, SomeAnswers } from '../domain/new-answers.ts'
import type { MaturityRules } from '../domain/rules/maturity.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import type { Cell, RowId } from './cells.ts'
import { epciRowId } from './epci-identity.ts'
import { insertRows } from './insert-rows.ts'
import { readDiagnostics, readReferents } from './read-declared-rows.ts'

/** Answers of one EPCI that a person changes, and the day of it, 'YYYY-MM-DD'. */
export type GivenDiagnostic = NewDiagnostic & { readonly day: string }

/** What names the base and reads it. */
type Reading = {
  readonly columns: Columns
  readonly geography: Geography
  readonly rules: MaturityRules['declared']
}

/**
 * Adds a row to « Diagnostics » with the changed answers alone: the others keep their date and their author. Held first
 * against the answers as the base has them. Throws NOCODB_REFUSED where NocoDB does not take it.
 */
export async function addDiagnostic(
  base: Base,
  { columns, geography, rules }: Reading,
  { siren, seen, wished, day, author, remark }: GivenDiagnostic,
): Promise<KeptDiagnostic> {
  const { title, columns: names } = columns.diagnostics
  const epci = await epciRowId(base, columns, geography, siren)
  if (epci === null)
    throw new PortreaError(
      'NOCODB_REFUSED',
      `Aucune ligne de « ${columns.epcis.title} » n’a le SIREN ${siren}.`,
    )
  const now = await answersNow(base, columns, epci, day, rules)
  const decided = newAnswers(seen, wished, now.answers)
  if (decided.kind === 'moved') return { kind: 'moved', now }
  if (decided.kind === 'unchanged') return decided
  const row: Record<string, Cell> = {
    ...answerCells(decided.answers, columns),
    [names.date.title]: day,
    [names.epci.title]: epci,
    [names.author.title]: author,
    ...(remark === '' ? {} : { [names.remark.title]: remark }),
  }
  const { refused } = await insertRows(base, base.table(title), [row])
  const [first] = refused
  if (first !== undefined)
    throw new PortreaError('NOCODB_REFUSED', `NocoDB n’a pas pris ce diagnostic : ${first.reason}.`)
  return { kind: 'kept' }
}

async function answersNow(
  base: Base,
  columns: Columns,
  epci: RowId,
  day: string,
  rules: MaturityRules['declared'],
): Promise<Pick<Situation, 'answers' | 'listed'>> {
  const [diagnostics, referents] = await Promise.all([
    readDiagnostics(base, columns),
    readReferents(base, columns),
  ])
  const own = <Row extends { readonly epci: RowId | null }>(rows: readonly Row[]) =>
    rows.filter((row) => row.epci === epci)
  const listed = own(referents)
  const { answers } = declared(own(diagnostics), listed, day, rules)
  return { answers, listed: { referents: listed.length } }
}

function answerCells(answers: SomeAnswers, { diagnostics: { columns: names } }: Columns) {
  return Object.fromEntries(
    (Object.keys(answers) as (keyof Answers)[]).flatMap((key): [string, Cell][] => {
      const given = answers[key] ?? null
      if (given === null) return []
      const isChoice = Object.hasOwn(ANSWER_VALUES, key)
      const labels: Readonly<Record<string, string>> = isChoice ? LABELS.answer[key as ChoiceKey] : {}
      return [[names[key].title, labels[given] ?? given]]
    }),
  )
}
