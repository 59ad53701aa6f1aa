import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import type { Resolve } from '../outbox/address.ts'
import { ask, FetchFailure } from './request.ts'
import { limited, MEGABYTE, tooLong, unpack } from './unpack.ts'

/** What is kept of a list that was read, to know whether it has changed: never a word of it. */
const About = z.strictObject({
  address: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  sha256: z.string(),
  bytes: z.number(),
  contentType: z.string().nullable(),
  readAt: z.string(),
  /** How it was read: read otherwise, it says other things. */
  readAs: z.string(),
})
export type About = Readonly<z.infer<typeof About>>

/** What an address gave: a list, or that it is still the one that was read. */
export type Fetched =
  | { readonly status: 'unchanged'; readonly about: About }
  | {
      readonly status: 'read'
      readonly about: About
      /** The list, whole and unpacked. */
      readonly path: string
      /** Whether its words are those of the last time, though the address did not say so. */
      readonly isSame: boolean
      /** Once what it says is dealt with: the next time, it is read only if it has changed. */
      keep(): Promise<void>
      /** Once it is not needed any more. */
      drop(): Promise<void>
    }

/** How a list is fetched. */
export type FetchBy = {
  /** Where what is under way lies, and what is kept of lists. */
  readonly folder: string
  readonly allowPrivate: boolean
  readonly megabytes: number
  readonly minutes: number
  /** Whether a list that has not changed, and is read as it was, is left where it is. */
  readonly onlyIfChanged: boolean
  /** What tells how it is read. */
  readonly readAs: string
  readonly onBytes?: (done: number, total: number | null) => void
  readonly idleSeconds?: number
  /** Whoever waits for it wants it no more. */
  readonly signal?: AbortSignal
  readonly pauses?: readonly number[]
  readonly resolve?: Resolve
}

/** Where what is under way lies, and what is kept of lists: beside the store. */
export function sourcesFolder(dataDir: string): string {
  return join(dataDir, 'sources')
}

/** Seconds before an address that failed is asked again. */
const PAUSES = [1, 4, 15]

/**
 * Fetches a list into a file of its own: within limits of size and time, from public addresses only, begun again where it
 * was cut if the server knows how to go on with the same version, else from its beginning. INPUT_INVALID says why not.
 */
export async function fetchSource(address: string, by: FetchBy): Promise<Fetched> {
  const files = filesOf(by.folder, address)
  await mkdir(by.folder, { recursive: true })
  const late = AbortSignal.timeout(by.minutes * 60_000)
  const signal = by.signal === undefined ? late : AbortSignal.any([late, by.signal])
  const pauses = by.pauses ?? PAUSES
  for (let attempt = 0; ; attempt += 1)
    try {
      return await once(address, by, files, signal)
    } catch (cause) {
      const failure = failureOf(cause, signal, by)
      // The next attempt begins at its beginning, at once: it is another one.
      const isRefused = failure instanceof RangeRefused
      if (isRefused) await forgetPart(files)
      if (failure.isFinal || attempt >= pauses.length + (isRefused ? 1 : 0)) {
        // What took too long is gone on with the next time.
        if (failure.isFinal && !signal.aborted) await forgetPart(files)
        throw new PortreaError('INPUT_INVALID', `${address} ${failure.message}.`, { cause })
      }
      if (!isRefused) await pause((pauses[attempt] ?? 0) * 1000, undefined, { signal }).catch(() => undefined)
    }
}

type Files = Readonly<Record<'about' | 'part' | 'aboutPart' | 'list', string>>

function filesOf(folder: string, address: string): Files {
  const name = createHash('sha256').update(address).digest('hex').slice(0, 24)
  const at = (ending: string) => join(folder, `${name}.${ending}`)
  return { about: at('json'), part: at('part'), aboutPart: at('part.json'), list: at('list') }
}

async function once(address: string, by: FetchBy, files: Files, signal: AbortSignal): Promise<Fetched> {
  const before = await readAbout(files.about, address)
  const part = await partOf(files)
  const isReadAgain = !by.onlyIfChanged || before?.readAs !== by.readAs
  const headers = part !== null ? goOn(part) : isReadAgain ? {} : conditions(before)
  const { response } = await ask(address, {
    ...{ headers, signal, allowPrivate: by.allowPrivate, resolve: by.resolve },
    idleSeconds: by.idleSeconds ?? 30,
  })
  try {
    if (response.statusCode === 304 && before !== null) return { status: 'unchanged', about: before }
    const begun = begunAt(response, part)
    const seen = seenIn(response)
    await writeFile(files.aboutPart, JSON.stringify(seen), { mode: 0o600 })
    await download(response, files.part, begun, by)
    const about = {
      address,
      ...seen.kept,
      ...(await unpack(files, seen.isPacked, by.megabytes)),
      readAt: new Date().toISOString(),
      readAs: by.readAs,
    }
    await rm(files.aboutPart, { force: true })
    return readyOf(about, files, before)
  } finally {
    response.destroy()
  }
}

function readyOf(about: About, files: Files, before: About | null): Fetched {
  const drop = () => rm(files.list, { force: true })
  return {
    ...{ status: 'read', about, path: files.list, drop },
    isSame: before?.sha256 === about.sha256,
    async keep() {
      await writeFile(files.about, JSON.stringify(about), { mode: 0o600 })
      await drop()
    },
  }
}

async function readAbout(path: string, address: string): Promise<About | null> {
  const about = About.safeParse(await jsonOf(path))
  return about.success && about.data.address === address ? about.data : null
}

async function jsonOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null // not there yet, or cut while it was written: the list is read whole
  }
}

function conditions(before: About | null): Record<string, string> {
  return {
    ...(before?.etag == null ? {} : { 'if-none-match': before.etag }),
    ...(before?.lastModified == null ? {} : { 'if-modified-since': before.lastModified }),
  }
}

/** What is known of a download that was cut: `validator` is the version that it is a part of. */
const Seen = z.strictObject({
  kept: About.pick({ etag: true, lastModified: true, contentType: true }),
  validator: z.string().nullable(),
  isPacked: z.boolean(),
})
type Part = { readonly size: number; readonly seen: z.infer<typeof Seen> }

/** The part that is there and can be gone on with. */
async function partOf(files: Files): Promise<Part | null> {
  const seen = Seen.safeParse(await jsonOf(files.aboutPart))
  const size = await stat(files.part).then(
    (one) => one.size,
    () => 0,
  )
  return seen.success && seen.data.validator !== null && size > 0 ? { size, seen: seen.data } : null
}

function goOn({ size, seen }: Part): Record<string, string> {
  return { range: `bytes=${size}-`, 'if-range': seen.validator ?? '' }
}

function seenIn({ headers }: IncomingMessage): Part['seen'] {
  const { etag = null, 'last-modified': lastModified = null, 'content-type': contentType = null } = headers
  // A weak tag does not say that bytes are the same.
  const validator = etag !== null && !etag.startsWith('W/') ? etag : lastModified
  const packed = headers['content-encoding'] ?? 'identity'
  if (!['identity', 'gzip', 'x-gzip'].includes(packed))
    throw new FetchFailure(`répond dans un codage qui n’a pas été demandé (${packed})`, true)
  return { kept: { etag, lastModified, contentType }, validator, isPacked: packed !== 'identity' }
}

/** Where the body of this answer begins in the list. */
function begunAt({ statusCode = 0, headers }: IncomingMessage, part: Part | null): number {
  if (statusCode === 200) return 0
  if (statusCode === 206 && part !== null) {
    const from = /^bytes (\d+)-/u.exec(headers['content-range'] ?? '')?.[1]
    const told = [headers.etag, headers['last-modified']].filter((one) => one !== undefined)
    const isSame = told.length === 0 || told.includes(part.seen.validator ?? '')
    if (Number(from) === part.size && isSame) return part.size
  }
  if (statusCode === 206 || statusCode === 416) throw new RangeRefused()
  const isFinal = statusCode < 500 && statusCode !== 429 && statusCode !== 408
  throw new FetchFailure(`répond ${statusCode}`, isFinal)
}

/** The server does not go on where it was cut: the part is of no use. */
class RangeRefused extends FetchFailure {
  constructor() {
    super('ne donne qu’une partie de la liste', false)
  }
}

async function download(response: IncomingMessage, path: string, begun: number, by: FetchBy): Promise<void> {
  const length = Number(response.headers['content-length'] ?? Number.NaN)
  const total = Number.isFinite(length) ? begun + length : null
  if (total !== null && total > by.megabytes * MEGABYTE) throw tooLong(by.megabytes)
  let done = begun
  const counted = limited(by.megabytes, begun, (bytes) => {
    done += bytes
    by.onBytes?.(done, total)
  })
  await pipeline(response, counted, createWriteStream(path, { flags: begun === 0 ? 'w' : 'a', mode: 0o600 }))
}

async function forgetPart(files: Files): Promise<void> {
  await rm(files.part, { force: true })
  await rm(files.aboutPart, { force: true })
}

function failureOf(cause: unknown, signal: AbortSignal, by: FetchBy): FetchFailure {
  if (signal.aborted) return new FetchFailure(`ne s’est pas lue en ${by.minutes} min`, true, { cause })
  if (cause instanceof FetchFailure) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const isDisk = /^(?:ENOSPC|EACCES|EROFS|EDQUOT)$/u.test(code)
  const what = isDisk ? `ne peut pas être gardée dans ${by.folder}` : 'ne se lit pas jusqu’au bout'
  return new FetchFailure(`${what}${code === '' ? '' : ` (${code})`}`, isDisk, { cause })
}
