import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/**
 * Where what we install is kept, outside the clone: PORTREA_CACHE_DIR, else the user's cache folder.
 * PostgreSQL refuses root and then runs as another user, who cannot enter a closed home: root with such
 * a home uses /var/cache/portrea.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.PORTREA_CACHE_DIR) return resolve(environment.PORTREA_CACHE_DIR)
  const folder = join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'portrea')
  return isRoot() && !openToOthers(folder) ? '/var/cache/portrea' : folder
}

/** The folder asked for where PostgreSQL's user can enter it, else one of the cache that stands for it. */
export function enterableFolder(wanted: string, cache = cacheFolder()): string {
  const folder = resolve(wanted)
  if (!isRoot() || openToOthers(folder)) return folder
  return join(cache, 'data', createHash('sha256').update(folder).digest('hex').slice(0, 12))
}

/** Whether a user other than its owner can go down to a folder (what is not made yet will be open). */
export function openToOthers(folder: string): boolean {
  if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
  const parent = dirname(folder)
  return parent === folder || openToOthers(parent)
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}
