import type { Readable } from 'node:stream'
import { openPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { PortreaError } from '../errors.ts'
import { xmlParts } from './xml-parts.ts'

/** A part of a workbook may be so long once it is unpacked, in bytes. */
const LONGEST = 2_000_000_000

/** The parts of a workbook, by their path in it. */
export type Package = {
  has(path: string): boolean
  size(path: string): number
  open(path: string): Promise<AsyncIterable<Buffer>>
  close(): void
}

/**
 * Opens a workbook; INPUT_INVALID says what it is where it is no .xlsx.
 * @param path how people know the file
 */
export async function openPackage(file: string, path = file): Promise<Package> {
  const zip = await opened(file, path)
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    refuseOther(entries, path)
  } catch (cause) {
    zip.close()
    throw cause instanceof PortreaError ? cause : damaged(path, cause)
  }
  return {
    has: (name) => entries.has(name),
    size: (name) => entries.get(name)?.uncompressedSize ?? 0,
    async open(name) {
      const entry = entries.get(name)
      if (entry === undefined) throw damaged(path, new Error(`${name} is missing`))
      return bytesOf(await zip.openReadStreamPromise(entry), path)
    },
    close: () => zip.close(),
  }
}

async function opened(file: string, path: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { lazyEntries: true, autoClose: false })
  } catch (cause) {
    throw damaged(path, cause)
  }
}

/** What is wrong in the archive is told as such, wherever it is met. */
async function* bytesOf(stream: Readable, path: string): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (cause) {
    throw damaged(path, cause)
  } finally {
    stream.destroy()
  }
}

function refuseOther(entries: ReadonlyMap<string, Entry>, path: string): void {
  const told = entries.has('xl/workbook.xml')
    ? null
    : entries.has('xl/workbook.bin')
      ? 'est un classeur binaire (.xlsb) ; enregistrez-le en .xlsx'
      : entries.has('content.xml')
        ? 'est un classeur OpenDocument (.ods) ; enregistrez-le en .xlsx ou en « CSV UTF-8 »'
        : 'est une archive ZIP, pas un classeur ; donnez le fichier qu’elle contient'
  if (told !== null) throw new PortreaError('INPUT_INVALID', `${path} ${told}.`)
  if ([...entries.values()].some(({ uncompressedSize }) => uncompressedSize > LONGEST))
    throw new PortreaError(
      'INPUT_INVALID',
      `${path} dépasse deux gigaoctets une fois ouvert ; donnez un CSV.`,
    )
}

function damaged(path: string, cause: unknown): PortreaError {
  return new PortreaError(
    'INPUT_INVALID',
    `${path} est abîmé, ou n’est pas un classeur .xlsx ; enregistrez-le de nouveau.`,
    {
      cause,
    },
  )
}

/** Reads a part whole by its elements. */
export async function readElements(
  parts: Package,
  path: string,
  open: (name: string, attribute: (name: string) => string | undefined) => void,
): Promise<void> {
  for await (const _ of xmlParts(await parts.open(path), { open }));
}
