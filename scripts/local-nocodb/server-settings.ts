import { join } from 'node:path'
import { postgresPrograms } from './install.ts'

/** What the parent sends first; any later message, or its end, means: stop. */
export type ServerSettings = {
  readonly folder: string
  readonly modules: string
  readonly port: number
  readonly email: string
  readonly password: string
  readonly postgres: { port: number; password: string } | null
  /** Speed before safety, and the folder is deleted at the end. */
  readonly disposable: boolean
  /** Folder of the real sqlite3 module, for SQLite only. */
  readonly sqlite3: string | null
}

/** What is said to the parent, once each. */
export type ServerNews =
  | { readonly ready: { readonly databaseUrl: string | null } }
  | { readonly failed: string }

/** Where the programs and the data of its PostgreSQL are. */
export function postgresPlace(settings: ServerSettings): { programs: string; folder: string } {
  return { programs: postgresPrograms(settings.modules), folder: join(settings.folder, 'pg') }
}
