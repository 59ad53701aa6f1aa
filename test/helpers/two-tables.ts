import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseColumns } from '../../src/config/columns-file.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import { CONFIG } from './rules.ts'

export const SHIPPED = readFileSync(join(CONFIG, 'columns.yaml'), 'utf8')

/** « Associations », beside « Acteurs »: a table of people's, with some columns of its own under names of its own. */
export const ASSOCIATIONS = {
  title: 'Associations',
  columns: {
    nom: 'Dénomination',
    commune: 'Ville',
    code_postal: 'CP',
    telephone: 'Tél',
    courriels: 'Mail',
    pivot: 'RNA ou SIRET',
    notDuplicateOf: 'Pas un doublon de',
  },
} as const

/** The names that ship, with these tables of actors beside the first one. */
export function columnsWith(...others: readonly object[]): Columns {
  return parseColumns(`${SHIPPED}\notherActors: ${JSON.stringify(others)}\n`)
}

/** Two tables of actors. */
export const TWO_TABLES = columnsWith(ASSOCIATIONS)

/** A table of actors with all the columns of « Acteurs ». */
export function likeActors(title: string): object {
  return { title, columns: parseColumns(SHIPPED).actors.columns }
}
