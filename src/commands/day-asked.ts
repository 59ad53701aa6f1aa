import { frenchDay, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { SyncContext } from '../engine/sync-context.ts'
import type { RowId } from '../nocodb/cells.ts'
import { readDeclaredRows } from '../nocodb/read-declared-rows.ts'

/**
 * The row of « Journées » by its number, or by its day and the SIREN of its EPCI. Throws USAGE, and INPUT_INVALID where there
 * is none, or several.
 * @param option what stands before it on the command line: « --day »
 */
export async function dayAsked(
  { base, columns, geography }: SyncContext,
  asked: string,
  option: '' | '--day ',
): Promise<RowId> {
  const { epcis, journees } = await readDeclaredRows(base, columns, geography)
  const [, date, siren] = /^(\d{4}-\d{2}-\d{2})\+(\d{9})$/.exec(asked) ?? []
  if (date === undefined && !/^\d+$/.test(asked))
    throw new PortreaError(
      'USAGE',
      `${option}${asked} : donnez le numéro de la journée dans « ${columns.days.title} », ou son jour et le SIREN, par exemple 2027-03-12+242900314.`,
    )
  const rows = new Set(epcis.filter((one) => one.siren === siren).map(({ id }) => id))
  const found = journees.filter((one) =>
    date === undefined
      ? one.id === Number(asked)
      : one.date === date && one.epci !== null && rows.has(one.epci),
  )
  if (found.length === 1) return found[0]!.id
  const where = date === undefined ? `de numéro ${asked}` : `du ${frenchDay(date)} pour l'EPCI ${siren}`
  throw new PortreaError(
    'INPUT_INVALID',
    typeset(
      found.length === 0
        ? `Aucune journée ${where} dans « ${columns.days.title} ».`
        : `${found.length} journées ${where} : donnez le numéro de l'une, ${found.map(({ id }) => id).join(' ou ')}.`,
    ),
  )
}
