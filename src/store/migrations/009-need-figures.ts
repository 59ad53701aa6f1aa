import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Figures of need by EPCI, from files that the Hub imports: one table, no personal data. */
export async function needFigures(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('need_figures')
    .addColumn('siren', 'text', (column) => column.notNull())
    .addColumn('figure', 'text', (column) => column.notNull())
    .addColumn('value', 'double precision', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('year', 'integer')
    .addColumn('imported_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('need_figures_key', ['siren', 'figure'])
    .execute()
}
