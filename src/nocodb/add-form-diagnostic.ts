import { LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import { ANSWER_VALUES } from '../domain/diagnostic.ts'
import type { ChoiceKey } from '../domain/diagnostic.ts'
import type { Geography } from '../domain/geography.ts'
import { asText } from '../domain/formula.ts'
import type { SomeAnswers } from '../domain/new-answers.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import { ROW_ID, sameCell } from './cells.ts'
import type { Cell, Row } from './cells.ts'
import { epciRowId } from './epci-identity.ts'
import { insertRows } from './insert-rows.ts'
import { readByIds, readEveryRow } from './rows.ts'

/** What somebody without an account answered of one EPCI, on a day, 'YYYY-MM-DD'. */
export type FormDiagnostic = {
  readonly siren: string
  readonly day: string
  readonly answers: SomeAnswers
  readonly author: string
  /** '' where none was written. */
  readonly remark: string
}

/** Whether « Diagnostics » has where to say who answered: without it a stranger's answer could not be told from a member's. */
export function tellsWho(base: Base, { diagnostics }: Columns): boolean {
  return base.tables.get(diagnostics.title)?.columns.has(diagnostics.columns.author.title) === true
}

/**
 * Adds a row to « Diagnostics », unless the last one of its EPCI and day says the same: a form that is sent twice is one row,
 * also where the answer to the first was lost; who comes back to a former answer has said it anew. To be called by one at a
 * time. Throws NOCODB_REFUSED where the row is not there afterwards, SCHEMA_MISMATCH where nothing could say who answered.
 */
export async function addFormDiagnostic(
  base: Base,
  columns: Columns,
  geography: Geography,
  { siren, day, answers, author, remark }: FormDiagnostic,
): Promise<void> {
  const { title, columns: names } = columns.diagnostics
  const epci = await epciRowId(base, columns, geography, siren)
  if (epci === null)
    throw new PortreaError(
      'NOCODB_REFUSED',
      `Aucune ligne de « ${columns.epcis.title} » n’a le SIREN ${siren}.`,
    )
  const table = base.table(title)
  if (!tellsWho(base, columns))
    throw new PortreaError('SCHEMA_MISMATCH', `« ${title} » n’a pas la colonne « ${names.author.title} ».`)
  const wished: Record<string, Cell> = {
    ...answerCells(answers, columns),
    [names.date.title]: day,
    [names.epci.title]: epci,
    [names.author.title]: asText(author),
    [names.remark.title]: remark === '' ? null : asText(remark),
  }
  // A base that was taken over may have no column for a remark.
  const said = Object.fromEntries(Object.entries(wished).filter(([column]) => table.columns.has(column)))
  const agrees = (row: Row, column: string) =>
    sameCell(table.columns.get(column)?.kind ?? 'other', said[column] ?? null, row[column] ?? null)
  const isSame = (row: Row) => Object.keys(said).every((column) => agrees(row, column))
  const titles = Object.keys(said)
  const rows = await readEveryRow(base, table, titles)
  const last = rows.findLast((row) => [names.date.title, names.epci.title].every((of) => agrees(row, of)))
  if (last !== undefined && isSame(last)) return
  const row = Object.fromEntries(Object.entries(said).filter(([, cell]) => cell !== null))
  const { ids, refused } = await insertRows(base, table, [row])
  const [first] = refused
  if (first !== undefined)
    throw new PortreaError('NOCODB_REFUSED', `NocoDB n’a pas pris ce diagnostic : ${first.reason}.`)
  // NocoDB may answer yes to what it does not keep.
  const kept = await readByIds(
    base,
    table,
    ids.filter((id) => id !== null),
    titles,
  )
  if (!kept.some((one) => ids.includes(one[ROW_ID]) && isSame(one)))
    throw new PortreaError('NOCODB_REFUSED', 'NocoDB n’a pas gardé ce diagnostic.')
}

/** A cell for each of the ten questions: empty where nothing is said. */
function answerCells(answers: SomeAnswers, { diagnostics: { columns: names } }: Columns) {
  const choices = (Object.keys(ANSWER_VALUES) as ChoiceKey[]).map((key): [string, Cell] => {
    const given = answers[key] ?? null
    const labels: Readonly<Record<string, string>> = LABELS.answer[key]
    return [names[key].title, given === null ? null : (labels[given] ?? given)]
  })
  return { ...Object.fromEntries(choices), [names.meetingsPerYear.title]: answers.meetingsPerYear ?? null }
}
