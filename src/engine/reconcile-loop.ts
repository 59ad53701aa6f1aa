import type { NocodbSettings } from '../config/nocodb-file.ts'
import type { Base } from '../nocodb/base.ts'
import { tryLock } from '../store/locks.ts'
import type { Store } from '../store/database.ts'
import type { Lock } from '../store/engine.ts'
import { lastDoneRun } from '../store/runs.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'
import type { LiveSync } from './live-memory.ts'
import type { WriteLock } from './write-lock.ts'
import { reconcile } from './reconcile.ts'
import type { BaseConnection } from './base-connection.ts'
import { allKnown } from './whole-due.ts'
import { workLoop } from './work-loop.ts'

const WATERMARK = 'reconciled'
const ASIDE_MS = 500
/** Ids and links are read whole: for at most a hundredth of the time. */
const SHARE = 100

/** Reconciles at start, then every few minutes, one replica at a time; and soon after a notice was missed. */
export function reconcileLoop(
  parts: Omit<LiveSync, 'base'> & { readonly settings: NocodbSettings['live'] },
  base: BaseConnection,
  turn: WriteLock,
  found: () => void,
): { resync(): void; stop(): Promise<void> } {
  const { log, settings } = parts
  const everyMs = settings.reconcileMinutes * 60_000
  let due = true // at start, even where another replica did it last
  let nextLinks = 0
  const look = async (opened: Base) => {
    const begin = performance.now()
    const links = begin >= nextLinks && (await allKnown({ ...parts, base: opened })) // else a whole run reads them all
    const { epcis, rows } = await reconcile({ ...parts, base: opened }, { links })
    const end = performance.now()
    if (links) nextLinks = end + SHARE * (end - begin)
    const facts = { epcis, rows, links, milliseconds: Math.round(end - begin) }
    log[epcis + rows === 0 ? 'debug' : 'info'](facts, 'reconciled: looked for what no webhook told')
    if (epcis + rows > 0) found()
  }
  const loop = workLoop('reconcile', log, async () => {
    const opened = await base.get()
    if ((await lastDoneRun(parts.store)) === null) return ASIDE_MS // the first whole run comes before
    const left = due ? 0 : await untilNext(parts, opened.id, everyMs)
    if (left > 0) return left
    if (!(await base.stands())) return 0
    const lock = await tryLock(parts.store, 'reconcile')
    if (lock === null) return ASIDE_MS
    const missed = due
    due = false
    try {
      if ((await lookIn(turn, () => look(opened), lock)) === null) {
        due = missed
        return ASIDE_MS
      }
      await saveWatermark(parts.store, opened.id, WATERMARK, parts.now().toISOString())
      return everyMs
    } catch (cause) {
      due = true
      base.forget()
      throw cause
    }
  })
  return {
    resync() {
      due = true
      loop.wake()
    },
    stop: () => loop.stop(),
  }
}

async function lookIn(turn: WriteLock, look: () => Promise<void>, lock: Lock): Promise<true | null> {
  try {
    return await turn.during(async () => {
      await look()
      return true as const
    })
  } finally {
    await lock.release()
  }
}

/** When this base was last looked at, by whichever process; null: never. */
export async function readReconciled(store: Store, base: string): Promise<Date | null> {
  const last = await readWatermark(store, base, WATERMARK)
  return last === null ? null : new Date(last)
}

/** Another replica may have done it; an instant to come was written by a clock that has since been set back. */
async function untilNext(
  { store, now }: Pick<LiveSync, 'store' | 'now'>,
  base: string,
  everyMs: number,
): Promise<number> {
  const last = await readReconciled(store, base)
  const since = last === null ? everyMs : now().getTime() - last.getTime()
  return since < 0 ? 0 : Math.max(0, everyMs - since)
}
