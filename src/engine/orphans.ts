import type { Columns } from '../config/columns-file.ts'
import { typeset } from '../domain/typography.ts'
import type { DeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { issueLog } from './data-issues.ts'

/** Reports the rows that say of no EPCI what they say. */
export function reportOrphans(
  { epcis, diagnostics, journees, referents }: DeclaredRows,
  reported: ReturnType<typeof issueLog>,
): void {
  const known = new Set(epcis.map(({ id }) => id))
  const without = <Row extends { readonly epci: number | null }>(rows: readonly Row[]) =>
    rows.filter(({ epci }) => epci === null || !known.has(epci))
  for (const { id } of without(diagnostics)) reported.add('diagnostic.no_epci', id)
  for (const { id } of without(journees)) reported.add('day.no_epci', id)
  for (const { id } of without(referents)) reported.add('referent.no_epci', id)
}

/** The cells « À vérifier » of the diagnostics that count for no EPCI: why, as far as they do not say so yet. */
export function orphanNotes(
  { diagnostics: { columns } }: Columns,
  { epcis, diagnostics }: DeclaredRows,
): Change[] {
  const sirens = new Map(epcis.map(({ id, siren }) => [id, siren]))
  const { title } = columns.toCheck
  return diagnostics.flatMap(({ id, epci, toCheck }) => {
    const siren = epci === null ? undefined : sirens.get(epci)
    const note = siren === undefined ? NO_EPCI : siren === null ? NO_SIREN : toCheck
    return note === toCheck ? [] : [{ id, cells: { [title]: note } }]
  })
}

const NO_EPCI = typeset(
  "Aucun EPCI n'est choisi : ce diagnostic ne compte pour aucun territoire. Choisissez l'EPCI.",
)
const NO_SIREN = typeset(
  "L'EPCI choisi n'a pas de SIREN, ou n'a pas le sien : ce diagnostic ne compte pour aucun territoire tant que sa ligne n'est pas corrigée.",
)
