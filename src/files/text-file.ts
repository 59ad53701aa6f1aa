import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { likeliestCodePage, notRead } from '../config/file-text.ts'
import { PortreaError } from '../errors.ts'

/** A text that is read part by part, so that its length does not matter. */
export type TextFile = {
  /** From its beginning, without byte order mark. */
  chunks(): AsyncIterable<string>
  /** French, for a person: how its letters were read. */
  readonly notes: readonly string[]
}

/** What a file begins with. */
export const BEGINNING = 4096

/**
 * Opens a text in whatever code its letters are; INPUT_INVALID where it cannot be read as text.
 * @param name how people know the file
 */
export async function openText(
  path: string,
  onBytes: (count: number) => void = () => {},
  name = path,
): Promise<TextFile> {
  const start = await beginningOf(path)
  refuseOther(start, name)
  const wide = utf16Of(start)
  if (wide !== null)
    return {
      chunks: () => decoded(path, new TextDecoder(wide), onBytes),
      notes: [`Le fichier est en UTF-16.`],
    }
  const sample = await sampleBesideUtf8(path)
  if (sample === null) return { chunks: () => decoded(path, new TextDecoder('utf-8'), onBytes), notes: [] }
  const { read, note } = likeliestCodePage(sample)
  return {
    chunks: () =>
      decoded(path, { decode: (bytes?: Buffer) => (bytes === undefined ? '' : read(bytes)) }, onBytes),
    notes: [note],
  }
}

/** The first bytes of a file; INPUT_INVALID where there is none. */
export async function beginningOf(path: string): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw notRead(path, cause)
  }
}

/** What people take for a list and is none that a reader here knows: by its first bytes, or its first signs. */
const OTHERS: readonly (readonly [start: readonly number[] | RegExp, told: string])[] = [
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    'est un classeur d’Excel 97-2003 (.xls), ou protégé par un mot de passe ; enregistrez-le sans mot de passe, en .xlsx ou en « CSV UTF-8 »',
  ],
  [[0x25, 0x50, 0x44, 0x46], 'est un PDF ; demandez la liste en CSV, en JSON ou en .xlsx'],
  [[0x1f, 0x8b], 'est compressé (gzip) ; donnez le fichier qu’il contient'],
  [
    /^<(?:!doctype\s+html|html|head|body)[\s>]/iu,
    'est une page web, pas une liste : l’adresse est sans doute celle de la page où la liste se télécharge',
  ],
  [/^<\?xml/iu, 'est du XML ; donnez un CSV, un JSON, un GeoJSON ou un .xlsx'],
]

function refuseOther(start: Buffer, path: string): void {
  const signs = start
    .toString('utf8')
    .replace(/^\uFEFF/u, '')
    .trim()
  const told = OTHERS.find(([pattern]) =>
    pattern instanceof RegExp ? pattern.test(signs) : pattern.every((byte, at) => start[at] === byte),
  )?.[1]
  if (told !== undefined) throw new PortreaError('INPUT_INVALID', `${path} ${told}.`)
  if (signs === '')
    throw new PortreaError('INPUT_INVALID', `${path} est vide ; donnez un fichier avec sa ligne de titres.`)
  if (utf16Of(start) === null && start.includes(0))
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} n’est pas du texte ; donnez un CSV, un JSON ou un .xlsx.`,
    )
}

/** UTF-16 is what spreadsheets call « texte Unicode »: of the two bytes of each sign of a table, one is 0. */
function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [at, byte] of start.entries()) if (byte === 0) zeros[at % 2]! += 1
  const [even, odd] = zeros as [number, number]
  const many = start.length / 4
  if (odd > many && even === 0) return 'utf-16le'
  return even > many && odd === 0 ? 'utf-16be' : null
}

/** The beginning of a text that is no UTF-8; null: it is UTF-8, to its end. */
async function sampleBesideUtf8(path: string): Promise<Buffer | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const kept: Buffer[] = []
  let size = 0
  let sound = true
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (size < SAMPLE) kept.push(chunk)
    size += chunk.length
    if (sound) sound = decodes(decoder, chunk)
    if (!sound && size >= SAMPLE) break
  }
  if (sound) sound = decodes(decoder, undefined)
  return sound ? null : Buffer.concat(kept)
}

/** So much of it tells the code page. */
const SAMPLE = 1_000_000

function decodes(decoder: Decoder, chunk: Buffer | undefined): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false // the caller looks for its code page
  }
}

type Decoder = { decode(bytes?: Buffer, options?: { stream: boolean }): string }

async function* decoded(
  path: string,
  decoder: Decoder,
  onBytes: (count: number) => void,
): AsyncGenerator<string> {
  let first = true
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 }) as AsyncIterable<Buffer>) {
    onBytes(chunk.length)
    const text = decoder.decode(chunk, { stream: true })
    yield first ? text.replace(/^\uFEFF/u, '') : text
    first = false
  }
  const end = decoder.decode()
  if (end !== '') yield end
}
