import { createHmac, randomBytes } from 'node:crypto'
import type { Store } from './database.ts'
import { readWatermark, saveWatermark } from './watermarks.ts'

/** Turns what people wrote into what may be kept of it: nobody reads the text from the digest without the key of this store. */
export type Digest = {
  /** 16 signs. */
  readonly text: (text: string) => string
  /** To stand before a text that is made a number. */
  readonly salt: string
}

/** In `watermarks`, where a base would be named. */
const STORE = 'store'
const NAME = 'digest key'

const known = new WeakMap<Store, Promise<Digest>>()

/** The digests of this store; its key is made at first use. */
export function storeDigest(store: Store): Promise<Digest> {
  const before = known.get(store)
  if (before !== undefined) return before
  const read = readKey(store).then(digestBy)
  known.set(store, read)
  read.catch(() => known.delete(store)) // the store is away: it is asked again
  return read
}

async function readKey(store: Store): Promise<string> {
  const key = await readWatermark(store, STORE, NAME)
  if (key !== null) return key
  await saveWatermark(store, STORE, NAME, randomBytes(24).toString('base64url'))
  return (await readWatermark(store, STORE, NAME)) as string // of two that made one, the last stands
}

function digestBy(key: string): Digest {
  return {
    text: (text) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 16),
    salt: `${key}|`,
  }
}
