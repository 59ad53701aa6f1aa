import { commandLine } from '../domain/command-line.ts'
import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { PortreaError } from '../errors.ts'
import { openStore } from './database.ts'
import { tryLock } from './locks.ts'
import { SQLITE_FILE } from './sqlite.ts'

/**
 * Copies the SQLite store of a folder into a new file, whole and of one moment, also while the service runs.
 * Throws USAGE where the file is there already, STORE_UNAVAILABLE where the store cannot be read or the copy written.
 */
export async function backUp(dataDir: string, file: string): Promise<void> {
  if (existsSync(file))
    throw new PortreaError('USAGE', `${file} existe déjà : donnez un autre nom, aucune copie n’est écrasée.`)
  const { close } = await openStore({ dataDir })
  try {
    copyInto(join(dataDir, SQLITE_FILE), file)
  } catch (cause) {
    throw new PortreaError(
      'STORE_UNAVAILABLE',
      `Aucune copie n’a pu être écrite dans ${file} (${words(cause)}).`,
      {
        cause,
      },
    )
  } finally {
    await close()
  }
}

/**
 * Puts a copy in the place of the SQLite store of a folder; gives the path under which the former one is saved.
 * Throws INPUT_INVALID for a file that is no copy of a store, STORE_UNAVAILABLE for one of a newer Portrea, and
 * SYNC_RUNNING; nothing is changed then.
 */
export async function restore(dataDir: string, file: string, moment: string): Promise<string> {
  refuseOthers(file)
  const store = await openStore({ dataDir })
  const lock = await tryLock(store, 'sync')
  await store.close()
  if (lock === null)
    throw new PortreaError(
      'SYNC_RUNNING',
      'Une synchronisation est en cours : arrêtez le service, puis remettez la copie.',
    )
  const aside = mkdtempSync(join(dataDir, 'restore-'))
  try {
    const copy = join(aside, SQLITE_FILE)
    copyFileSync(file, copy)
    await openStore({ dataDir: aside }).then(({ close }) => close()) // brought to this version, or refused
    const place = join(dataDir, SQLITE_FILE)
    const saved = join(dataDir, `before-restore-${moment.replaceAll(/\D/gu, '')}.sqlite`)
    copyInto(place, saved)
    const source = new DatabaseSync(copy, { readOnly: true })
    await backup(source, place).finally(() => source.close())
    return saved
  } finally {
    rmSync(aside, { recursive: true })
    await lock.release()
  }
}

/** The file is made first, closed to other users, and taken away where it cannot be filled. */
function copyInto(place: string, file: string): void {
  closeSync(openSync(file, 'wx', 0o600))
  const database = new DatabaseSync(place, { readOnly: true, timeout: 10_000 })
  try {
    database.prepare('vacuum into ?').run(file)
  } catch (cause) {
    rmSync(file)
    throw cause
  } finally {
    database.close()
  }
}

function refuseOthers(file: string): void {
  if (!existsSync(file)) throw new PortreaError('INPUT_INVALID', `${file} n’existe pas.`)
  const fault = (cause?: unknown) =>
    new PortreaError(
      'INPUT_INVALID',
      `${file} n’est pas une copie de la mémoire de Portrea : donnez-en une faite par \`${commandLine('export', '--store')}\`.`,
      { cause },
    )
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      const first = database.prepare("select 1 from migrations where name like '001-%'").get()
      if (first === undefined) throw fault()
    } finally {
      database.close()
    }
  } catch (cause) {
    throw cause instanceof PortreaError ? cause : fault(cause)
  }
}

function words(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
