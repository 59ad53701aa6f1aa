import { LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import { ANSWER_VALUES } from '../domain/diagnostic.ts'
import type { Answers, ChoiceKey } from '../domain/diagnostic.ts'
import type { Geography } from '../domain/geography.ts'
import { UNKNOWN_LABEL } from '../domain/labels.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import type { Cell } from './cells.ts'
import { readSirens } from './epci-identity.ts'
import { insertRows } from './insert-rows.ts'

/** A diagnostic of one EPCI, as a person gives it. */
export type GivenDiagnostic = {
  readonly siren: string
  readonly answers: Answers
  /** 'YYYY-MM-DD' */
  readonly day: string
  readonly author: string
  readonly remark: string
}

/** Adds a row to « Diagnostics », what is not known said as such. Throws NOCODB_REFUSED where NocoDB does not take it. */
export async function addDiagnostic(
  base: Base,
  columns: Columns,
  geography: Geography,
  { siren, answers, day, author, remark }: GivenDiagnostic,
): Promise<void> {
  const { title, columns: names } = columns.diagnostics
  const [epci] = [...(await readSirens(base, columns, geography)).of].find(([, one]) => one === siren) ?? []
  if (epci === undefined)
    throw new PortreaError(
      'NOCODB_REFUSED',
      `Aucune ligne de « ${columns.epcis.title} » n’a le SIREN ${siren}.`,
    )
  const choices = (Object.keys(ANSWER_VALUES) as ChoiceKey[]).map((key): [string, Cell] => {
    const labels: Readonly<Record<string, string>> = LABELS.answer[key]
    const given = answers[key]
    return [names[key].title, given === null ? UNKNOWN_LABEL : (labels[given] ?? null)]
  })
  const row: Record<string, Cell> = {
    ...Object.fromEntries(choices),
    [names.meetingsPerYear.title]: answers.meetingsPerYear,
    [names.date.title]: day,
    [names.epci.title]: epci,
    [names.author.title]: author,
    ...(remark === '' ? {} : { [names.remark.title]: remark }),
  }
  const { refused } = await insertRows(base, base.table(title), [row])
  const [first] = refused
  if (first !== undefined)
    throw new PortreaError('NOCODB_REFUSED', `NocoDB n’a pas pris ce diagnostic : ${first.reason}.`)
}
