import { hash } from 'node:crypto'
import type { ExportFormat } from '../config/exports-file.ts'
import { isExported } from '../domain/export/export-record.ts'
import type { ExportRecord, NotExported } from '../domain/export/export-record.ts'
import { PortreaError } from '../errors.ts'
import { exportFileOf } from './formats.ts'
import type { About } from './formats.ts'

/** A file as it is served. */
export type Served = {
  readonly body: Buffer
  /** Of its content, between quotes: the same content has the same one. */
  readonly etag: string
  /** The instant of the first reading that gave this content. */
  readonly since: Date
}

/** Gives the files that are served. */
export type ServedExports = {
  /** The file of one EPCI, or (`siren` null) of all; null: nothing is known of that EPCI. Throws what the reading throws. */
  get(format: ExportFormat, siren: string | null): Promise<Served | null>
}

type Parts = {
  /** Reads the base: all its records, those that may not be given included. */
  readonly read: () => Promise<readonly (ExportRecord | NotExported)[]>
  readonly about: About
  readonly minutes: number
  readonly now: () => Date
}

type Reading = {
  /** When the base is to be read again, in milliseconds. */
  readonly due: number
  readonly records: readonly (ExportRecord | NotExported)[]
  readonly at: Date
  readonly files: Map<string, Promise<Served>>
}

/**
 * What was read serves everybody for so many minutes, however many ask: the base is read once in that time. Where NocoDB
 * is away then, what was read before is served on for a day at most: nobody could keep a record back meanwhile. Where it
 * answers and cannot be read, nothing is served, for the column that keeps records back may be what is lost.
 */
export function servedExports({ read, about, minutes, now }: Parts): ServedExports {
  let latest: Reading | null = null
  let reading: Promise<Reading> | null = null
  /** What each file held last, and since when. */
  const contents = new Map<string, { readonly etag: string; readonly since: Date }>()
  const isFresh = ({ due }: Reading) => now().getTime() < due
  const readAgain = async (): Promise<Reading> => {
    const at = now()
    try {
      const records = await read()
      latest = { records, at, due: at.getTime() + minutes * MINUTE, files: new Map() }
    } catch (cause) {
      if (latest === null || !isAway(cause) || at.getTime() - latest.at.getTime() > MOST_HOURS * HOUR)
        throw cause
      latest = { ...latest, due: at.getTime() + AGAIN_MINUTES * MINUTE }
    } finally {
      reading = null
    }
    return latest
  }
  const current = async () => (latest !== null && isFresh(latest) ? latest : (reading ??= readAgain()))
  return {
    async get(format, siren) {
      const { records, at, files } = await current()
      const own = siren === null ? records : records.filter(({ epci }) => epci === siren)
      if (siren !== null && own.length === 0) return null
      const key = `${format} ${siren ?? ''}`
      const known = files.get(key)
      if (known !== undefined) return known
      const made = fileOf(format, own.filter(isExported), about).then((file): Served => {
        const before = contents.get(key)
        const since = before?.etag === file.etag ? before.since : at
        contents.set(key, { etag: file.etag, since })
        return { ...file, since }
      })
      files.set(key, made)
      made.catch(() => files.delete(key)) // asked again, it is made again
      return made
    },
  }
}

/** How soon a base that did not answer is asked again. */
const AGAIN_MINUTES = 1
const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** How long what was read is served while NocoDB is away. */
const MOST_HOURS = 24

function isAway(cause: unknown): boolean {
  return cause instanceof PortreaError && cause.code === 'NOCODB_UNAVAILABLE'
}

async function fileOf(
  format: ExportFormat,
  records: readonly ExportRecord[],
  about: About,
): Promise<Omit<Served, 'since'>> {
  const { body } = await exportFileOf(format, records, about)
  // A workbook bears the hour at which it was made: what it says is what is told apart.
  const said = JSON.stringify([format, about, records.map(({ fields }) => fields)])
  return { body, etag: `"${hash('sha256', said, 'base64url').slice(0, 22)}"` }
}
