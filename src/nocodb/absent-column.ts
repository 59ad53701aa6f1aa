import { PortreaError } from '../errors.ts'

/** An answer of NocoDB lacks a column that was asked for by its id: it bears another title by now, or is gone. */
export function absent(table: { readonly title: string }, title: string): PortreaError {
  return new PortreaError(
    'SCHEMA_MISMATCH',
    `La colonne « ${title} » de « ${table.title} » n’est pas dans la réponse de NocoDB : elle y a changé, la base est à rouvrir.`,
  )
}
