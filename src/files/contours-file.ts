import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PortreaError } from '../errors.ts'
import type { ContourZone } from './contours.ts'

/** Contours as they are kept, with whose they are. */
export type Contours = {
  readonly zones: readonly ContourZone[]
  readonly attribution: string
  readonly licence: string
  /** The address or the name of the file they come from, and the instant at which it was read. */
  readonly source: string
  readonly readAt: string
}

/** Where contours are kept: beside the store. */
export function contoursPath(dataDir: string): string {
  return join(dataDir, 'contours.json')
}

/** Keeps contours in place of the former ones; half-written ones are never seen. */
export async function keepContours(dataDir: string, contours: Contours): Promise<void> {
  const path = contoursPath(dataDir)
  try {
    await writeFile(`${path}.part`, JSON.stringify(contours))
    await rename(`${path}.part`, path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new PortreaError('INPUT_INVALID', `${path} ne peut pas être écrit (${code ?? String(cause)}).`, {
      cause,
    })
  }
}

/** Gives the contours that are kept, read again once they have changed; null: none are. */
export function keptContours(dataDir: string): () => Promise<Contours | null> {
  const path = contoursPath(dataDir)
  let latest: { readonly at: number; readonly contours: Contours | null } = { at: 0, contours: null }
  return async () => {
    const at = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    )
    if (at !== latest.at) latest = { at, contours: at === 0 ? null : await parsed(path) }
    return latest.contours
  }
}

async function parsed(path: string): Promise<Contours | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Contours // our own file, checked when it was written
  } catch {
    return null // damaged or gone meanwhile: the page says how to get them again
  }
}
