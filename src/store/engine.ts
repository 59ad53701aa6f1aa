import type { Dialect } from 'kysely'
import { PortreaError } from '../errors.ts'
import type { InboxRow } from './tables.ts'

/** A lock in hand; `held` is false once it was released, or lost with the connection that held it. */
export type Lock = { readonly release: () => Promise<void>; readonly held: () => boolean }

/** `alone`: nobody else may have it; `together`: many may, while nobody has it alone. */
export type LockKind = 'alone' | 'together'

/** « Look at this row again », as a webhook says it: no cell of it. */
export type WebhookNotice = Readonly<Pick<InboxRow, 'base' | 'about' | 'record' | 'event'>>

/** Where webhooks write what they say, until the worker moves it into the inbox. */
export type WebhookSpool = {
  /** All or none, durable when it returns. */
  put(notices: readonly WebhookNotice[], at: Date): void
  /** The oldest notices, since when they wait, and how to be rid of them; null: there is none. Taken twice does no harm. */
  take(): { readonly notices: readonly WebhookNotice[]; readonly at: Date; forget(): void } | null
  close(): void
}

/** How a store may be lost while it is open: its file was taken away, or its bytes are spoiled. */
export type StoreLoss = 'gone' | 'damaged'

/** What the two engines, SQLite and PostgreSQL, each bring. */
export type Engine = {
  readonly name: 'sqlite' | 'postgresql'
  /** Path of the file, or address of the server without its password: for people. */
  readonly place: string
  /** The schema our tables live in, apart from those of others; null: the file is ours. */
  readonly schema: string | null
  readonly dialect: Dialect
  /** Where files of one piece of work may grow; null: where the system has temporary ones. */
  readonly folder: string | null
  /** Takes a lock that dies with its holder; null: another has it. */
  readonly tryLock: (name: string, kind: LockKind) => Promise<Lock | null>
  /** Where the store is written by one at a time: a webhook would wait for the worker. null: nobody waits there. */
  readonly spool: WebhookSpool | null
  /** Whether the store was lost since it was opened: nothing that is written to it will last. */
  readonly loss: () => StoreLoss | null
  /** Keeps a copy of one moment, which takes its place where it is lost; null: the server has its own ways. */
  readonly keepCopy: (() => void) | null
  /** The STORE_UNAVAILABLE for what went wrong. */
  readonly unavailable: (cause: unknown) => PortreaError
}

/** A store that does not answer: where it is, what it said, how to mend it. */
export function unavailable(place: string, remedy: string, cause: unknown): PortreaError {
  return new PortreaError(
    'STORE_UNAVAILABLE',
    `La mémoire ${place} ne peut pas servir (${reason(cause)}). ${remedy}`,
    { cause },
  )
}

/** A refused connection is an AggregateError with an empty message, one error an address: say those. */
function reason(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reason).join('; ')
  return cause instanceof Error ? cause.message : String(cause)
}
