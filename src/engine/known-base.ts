import { isDeepStrictEqual } from 'node:util'
import { PortreaError } from '../errors.ts'
import type { Base, Naming } from '../nocodb/base.ts'
import { assertFits, assertMayWrite } from '../nocodb/drift.ts'
import type { DesiredSchema } from '../nocodb/provision/desired-schema.ts'
import type { Store } from '../store/database.ts'
import { readKnownColumns, saveKnownColumns } from '../store/known-columns.ts'
import type { SyncContext } from './sync-context.ts'

/** The names of config/columns.yaml, and what this store remembers of what bore them. */
export function namesKnownTo(store: Store, desired: DesiredSchema): Naming {
  return { desired, recall: (base) => readKnownColumns(store, base) }
}

/** Remembers what stands in a base that fits, so that it is followed under any name. */
export async function rememberNames(store: Store, { id, known, drifts }: Base): Promise<void> {
  if (drifts.length > 0) return
  if (isDeepStrictEqual(known, await readKnownColumns(store, id))) return
  await saveKnownColumns(store, id, known)
}

/**
 * A base that changes while it is read is looked at again, once: what stands then is what counts, or what is told. What
 * was written before is right, or is written again.
 */
export async function readAgainOnce<Result>(
  { base, store, log }: Pick<SyncContext, 'base' | 'store' | 'log'>,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read()
  } catch (cause) {
    const changed = cause instanceof PortreaError && cause.code === 'SCHEMA_MISMATCH'
    if (!changed || base.drifts.length > 0) throw cause
    await base.refresh()
    assertFits(base)
    await rememberNames(store, base)
    log.warn({ reason: cause.message }, 'the base changed while it was read: it is read again')
    return read()
  }
}

/** A base to work on, as it was opened last. */
export type Fit = {
  /** Opens it, and closes it again where it does not fit or may not be written to. Throws why. */
  open(): Promise<Base>
}

/**
 * Opens a base to work on, and sees when it stops fitting, fits again, or fits otherwise than before: then figures may be
 * old, and people are to be told.
 * @param changed a whole run is due: it says what is wrong, or reads everything again
 */
export function watchedFit(store: Store, open: () => Promise<Base>, changed: () => void): Fit {
  let fault: string | null = null
  let form: string | null = null
  const noted = (cause: unknown) => {
    if (!(cause instanceof PortreaError) || !DOES_NOT_FIT.includes(cause.code)) return
    if (fault !== cause.message) changed()
    fault = cause.message
  }
  const checked = async () => {
    const base = await open()
    try {
      assertFits(base)
      assertMayWrite(base)
      await rememberNames(store, base)
      return base
    } catch (cause) {
      await base.close()
      throw cause
    }
  }
  return {
    async open() {
      const base = await checked().catch((cause: unknown) => {
        noted(cause)
        throw cause
      })
      const { renamed, known } = base
      const now = JSON.stringify([renamed, known])
      for (const one of renamed) if (form !== now) base.log.warn(one, RENAMED)
      if (fault !== null || (form !== null && form !== now)) changed()
      fault = null
      form = now
      return base
    },
  }
}

const DOES_NOT_FIT: readonly PortreaError['code'][] = ['SCHEMA_MISMATCH', 'NOCODB_FORBIDDEN']
const RENAMED = 'renamed in NocoDB, and followed: run adopt to bring config/columns.yaml up to date'
