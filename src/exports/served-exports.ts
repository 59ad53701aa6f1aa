import { hash } from 'node:crypto'
import type { ExportFormat } from '../config/exports-file.ts'
import { isExported } from '../domain/export/export-record.ts'
import type { ExportRecord, NotExported } from '../domain/export/export-record.ts'
import { exportFileOf } from './formats.ts'
import type { About } from './formats.ts'

/** A file as it is served. */
export type Served = {
  readonly body: Buffer
  /** Of its content, between quotes: the same content has the same one. */
  readonly etag: string
  /** The instant at which the base was read for it. */
  readonly readAt: Date
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
  readonly records: readonly (ExportRecord | NotExported)[]
  readonly at: Date
  readonly files: Map<string, Promise<Served>>
}

/**
 * What was read serves everybody for so many minutes, however many ask: the base is read once in that time. Where the
 * base does not answer then, what was read before is served on; only the first reading can fail.
 */
export function servedExports({ read, about, minutes, now }: Parts): ServedExports {
  let latest: Reading | null = null
  let reading: Promise<Reading> | null = null
  const isFresh = ({ at }: Reading) => now().getTime() - at.getTime() < minutes * 60_000
  const readAgain = async (): Promise<Reading> => {
    const at = now()
    try {
      latest = { records: await read(), at, files: new Map() }
    } catch (cause) {
      if (latest === null) throw cause
      latest = { ...latest, at: new Date(at.getTime() - (minutes - AGAIN_MINUTES) * 60_000) }
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
      const made = fileOf(format, own.filter(isExported), about, at)
      files.set(key, made)
      return made
    },
  }
}

/** How soon a base that did not answer is asked again. */
const AGAIN_MINUTES = 1

async function fileOf(
  format: ExportFormat,
  records: readonly ExportRecord[],
  about: About,
  readAt: Date,
): Promise<Served> {
  const { body } = await exportFileOf(format, records, about)
  return { body, etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"`, readAt }
}
