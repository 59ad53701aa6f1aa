import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { FetchFailure } from './request.ts'

/** In bytes. */
export const MEGABYTE = 1_000_000

/** Lets so much through, and no more. */
export function limited(
  megabytes: number,
  begun: number,
  onChunk: (bytes: number, chunk: Buffer) => void,
): Transform {
  let sum = begun
  return new Transform({
    transform(chunk: Buffer, _, done) {
      sum += chunk.length
      if (sum > megabytes * MEGABYTE) return done(tooLong(megabytes))
      onChunk(chunk.length, chunk)
      done(null, chunk)
    },
  })
}

/** More is given than is taken. */
export function tooLong(megabytes: number): FetchFailure {
  return new FetchFailure(
    `donne plus de ${megabytes} Mo ; si c’est bien la liste, dites-le dans sa source (\`megabytes\`)`,
    true,
  )
}

/** The whole list, unpacked where it came packed, and what tells it from another. */
export async function unpack(
  files: { readonly part: string; readonly list: string },
  isPacked: boolean,
  megabytes: number,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  const counted = limited(megabytes, 0, (count, chunk) => {
    bytes += count
    hash.update(chunk)
  })
  if (isPacked || (await isGzip(files.part))) {
    try {
      await pipeline(
        createReadStream(files.part),
        createGunzip(),
        counted,
        createWriteStream(files.list, { mode: 0o600 }),
      )
    } catch (cause) {
      await rm(files.list, { force: true })
      throw cause instanceof FetchFailure
        ? cause
        : new FetchFailure('donne un fichier compressé qui est abîmé', true, { cause })
    }
    await rm(files.part, { force: true })
  } else {
    await pipeline(createReadStream(files.part), counted, async (chunks) => {
      for await (const _ of chunks);
    })
    await rename(files.part, files.list)
  }
  return { sha256: hash.digest('hex'), bytes }
}

async function isGzip(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 1 }) as AsyncIterable<Buffer>)
    return chunk[0] === 0x1f && chunk[1] === 0x8b
  return false
}
