import type { Columns } from '../config/columns-file.ts'
import { faultyEpciRows } from '../domain/epci-rows.ts'
import type { Geography } from '../domain/geography.ts'
import { readValue } from '../domain/reading/read-value.ts'
import { shownName } from '../domain/shown-name.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { readMatching } from './rows.ts'

/** Which EPCI a row of their table says it is. */
export type EpciIdentity = {
  readonly id: RowId
  /** 9 digits; null where it is missing or is no SIREN, and where it cannot be that of the row. */
  readonly siren: string | null
  /** The SIREN as it is written. */
  readonly writtenSiren: string | null
  /** Its name as it is written; null: none. */
  readonly ownName: string | null
}

/** The same, once all the rows were seen. */
export type JudgedEpci = EpciIdentity & {
  /** Why the written SIREN cannot be that of the row, in French; null: it may be. */
  readonly fault: string | null
}

/** What links to the rows of the table EPCI mean. */
export type EpciSirens = {
  /** The SIREN of each row that has one. */
  readonly of: ReadonlyMap<RowId, string>
  /** The SIREN that a row bears and that cannot be its own. */
  readonly wrong: ReadonlyMap<RowId, string>
}

/** The SIREN of the rows of the table EPCI, and nothing else of them. */
export async function readSirens(base: Base, columns: Columns, geography: Geography): Promise<EpciSirens> {
  const { siren, name } = columns.epcis.columns
  const query = { columns: [siren.title, name.title] }
  const rows: EpciIdentity[] = []
  for await (const page of readMatching(base, base.table(columns.epcis.title), query))
    rows.push(...page.map((row) => epciIdentity(row, columns)))
  return sirensOf(judgedEpcis(rows, geography))
}

/** The row of an EPCI in the table of that name; null: none bears this SIREN as its own. */
export async function epciRowId(
  base: Base,
  columns: Columns,
  geography: Geography,
  siren: string,
): Promise<RowId | null> {
  const { of } = await readSirens(base, columns, geography)
  return [...of].find(([, one]) => one === siren)?.[0] ?? null
}

/** The same of rows that were read. */
export function sirensOf(
  rows: readonly Pick<JudgedEpci, 'id' | 'siren' | 'writtenSiren' | 'fault'>[],
): EpciSirens {
  const wrong = rows.filter(({ fault }) => fault !== null)
  return {
    of: new Map(rows.flatMap(({ id, siren }) => (siren === null ? [] : [[id, siren] as const]))),
    wrong: new Map(wrong.flatMap(({ id, writtenSiren: one }) => (one === null ? [] : [[id, one] as const]))),
  }
}

/** The rows of the table, with what is wrong with their SIREN, which then is not theirs. */
export function judgedEpcis<One extends Pick<EpciIdentity, 'id' | 'siren' | 'ownName'>>(
  rows: readonly One[],
  geography: Geography,
): (One & { readonly fault: string | null })[] {
  const faults = faultyEpciRows(
    rows.map(({ id, siren, ownName: name }) => ({ id, siren, name })),
    geography,
  )
  return rows.map((row) => {
    const fault = faults.get(row.id) ?? null
    return fault === null ? { ...row, fault } : { ...row, siren: null, fault }
  })
}

/** Reads it from the row; of its SIREN, only all the rows tell whether it may be its own. */
export function epciIdentity(row: Row, { epcis: { columns } }: Columns): EpciIdentity {
  const siren = sirenOf(row[columns.siren.title] ?? null)
  return { id: row[ROW_ID], siren, writtenSiren: siren, ownName: shownCell(row[columns.name.title] ?? null) }
}

/** The SIREN that a cell holds, read as any other code, its spaces left aside; null: it is empty, or no nine digits. */
export function sirenOf(cell: Cell): string | null {
  const digits = readValue('pivot', String(cell ?? ''))?.replaceAll(/\s/g, '') ?? ''
  return /^\d{9}$/.test(digits) ? digits : null
}

/** A name in a cell, as it may be shown; null: none. */
export function shownCell(cell: Cell): string | null {
  return shownName(String(cell ?? '')) || null
}
