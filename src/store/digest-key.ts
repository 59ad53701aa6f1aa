import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Store } from './database.ts'
import { addWatermark, readWatermark } from './watermarks.ts'

/** Turns what people wrote into what may be kept of it: nobody reads the text from the digest without the key. */
export type Digest = {
  /** 16 signs. */
  readonly text: (text: string) => string
  /** The same of the key of a place in its source, which says by which key it was made. */
  readonly place: (key: string) => string
  /** Whether a digest of a place was made by this key: of another one's nothing is known any more. */
  readonly isPlace: (digest: string) => boolean
  /** To stand before a text that is made a number. */
  readonly salt: string
  /** Tells two keys apart. */
  readonly id: string
}

/** What texts of records need of it. */
export type TextDigest = Pick<Digest, 'text' | 'salt' | 'id'>

/** In `watermarks`, where a base would be named. */
const STORE = 'store'
const NAME = 'digest salt'

const salts = new WeakMap<Store, Promise<string>>()

/**
 * The digests of this store. Their key is made of a secret that is not in it (`keyed`) and of a salt that is, made at first
 * use: neither alone tells anything.
 */
export async function storeDigest(store: Store, keyed: (text: string) => string): Promise<Digest> {
  const known = salts.get(store) ?? readSalt(store)
  salts.set(store, known)
  known.catch(() => salts.delete(store)) // the store is away: it is asked again
  return digestBy(keyed(`digests ${await known}`))
}

async function readSalt(store: Store): Promise<string> {
  const salt = await readWatermark(store, STORE, NAME)
  if (salt !== null) return salt
  await addWatermark(store, STORE, NAME, randomBytes(24).toString('base64url'))
  return (await readWatermark(store, STORE, NAME)) as string
}

function digestBy(key: string): Digest {
  const text = (written: string) => createHmac('sha256', key).update(written).digest('base64url').slice(0, 16)
  const id = text('')
  const mark = `${id.slice(0, 4)}.`
  const place = (written: string) => mark + text(written)
  return { text, place, isPlace: (made) => made.startsWith(mark), salt: `${key}|`, id }
}

/** Whether a signature is the digest of this text; compared in constant time. */
export function isSignedBy(digest: Digest, signature: string, text: string): boolean {
  const [given, expected] = [Buffer.from(signature), Buffer.from(digest.text(text))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
