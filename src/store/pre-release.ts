import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { PortreaError } from '../errors.ts'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'

/** The steps by which the last state before the first release was reached: a store that took them all holds every table. */
const STEPS = [
  '001-first-tables',
  '002-snapshots',
  '004-prefill-and-events',
  '005-inbox',
  '006-brake',
  '007-receivers',
  '008-publishable',
  '009-need-figures',
]

/** Names of columns that have changed since: old → new, by table. */
const RENAMED = {
  inbox: {
    dead: 'failed',
    claimed_by: 'leased_by',
    claimed_until: 'leased_until',
    claimed_version: 'leased_version',
  },
  receivers: { told_at: 'notified_at' },
} as const

/**
 * Brings a store of the last days before the first release to `schema`, its first migration; answers whether it was one.
 * Throws STORE_UNAVAILABLE for one that is older still.
 */
export async function convertPreRelease(
  engine: Engine,
  db: Kysely<Tables>,
  applied: ReadonlySet<string>,
  schema: string,
): Promise<boolean> {
  if (!STEPS.some((name) => applied.has(name))) return false
  if (!STEPS.every((name) => applied.has(name))) throw tooOld(engine)
  for (const [table, columns] of Object.entries(RENAMED))
    for (const [old, name] of Object.entries(columns))
      await db.schema.alterTable(table).renameColumn(old, name).execute()
  await db.deleteFrom('migrations').where('name', 'in', STEPS).execute()
  await db.insertInto('migrations').values({ name: schema, appliedAt: new Date().toISOString() }).execute()
  return true
}

/** Gives the spool of webhooks the name that it has now: what waits in it is not lost. One that cannot be read is left. */
export function renameSpool(folder: string, file: string): void {
  const [old, place] = [join(folder, 'portrea.letters.sqlite'), join(folder, file)]
  if (!existsSync(old) || existsSync(place)) return
  try {
    const database = new DatabaseSync(old)
    try {
      database.exec('pragma journal_mode = delete; alter table letters rename to notices')
    } finally {
      database.close()
    }
    renameSync(old, place)
  } catch {} // what it held is looked for when the service starts
}

function tooOld({ name, place }: Engine): PortreaError {
  const remedy =
    name === 'sqlite'
      ? 'Pour recommencer, arrêtez Portrea, déplacez ce fichier et « portrea.copy.sqlite » hors de leur dossier, puis relancez'
      : 'Pour recommencer, arrêtez Portrea, renommez ou supprimez le schéma « portrea » de cette base PostgreSQL, puis relancez'
  return new PortreaError(
    'STORE_UNAVAILABLE',
    `La mémoire ${place} vient d’un Portrea antérieur à la première version, que celui-ci ne reprend pas. ${remedy} : tout ce que dit NocoDB est recalculé ; seuls l’historique quotidien et les chiffres importés sont à refaire.`,
  )
}
