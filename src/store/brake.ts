import type { BaseCounts, BrakeReason } from '../domain/brake.ts'
import type { Store } from './database.ts'

/** A base whose runs write nothing until a person accepts what they see, or it is mended. */
export type HeldBase = {
  /** ISO instant of the first run that was held. */
  readonly since: string
  /** The last one. */
  readonly run: string
  readonly reasons: readonly BrakeReason[]
  /** French: what, why, how to accept. */
  readonly message: string
  /** What that run saw: what a person accepts is this, and nothing worse. */
  readonly seen: BaseCounts
}

/** What the brake of a base remembers: what it looked like when a whole run last wrote (null: none did), what holds it. */
export type BrakeMemory = { readonly seen: BaseCounts | null; readonly held: HeldBase | null }

/** What is remembered of this base. */
export async function readBrake({ db }: Store, base: string): Promise<BrakeMemory> {
  const row = await db.selectFrom('brake').selectAll().where('base', '=', base).executeTakeFirst()
  return { seen: value<BaseCounts>(row?.seen), held: value<HeldBase>(row?.held) }
}

/** What holds each base that is held: a store serves one, seldom two. */
export async function listHeld({ db }: Store): Promise<HeldBase[]> {
  const rows = await db.selectFrom('brake').select('held').where('held', 'is not', null).execute()
  return rows.flatMap(({ held }) => value<HeldBase>(held) ?? [])
}

/** Keeps what a base looks like, lets go of it, and forgets other bases: the store serves this one now. */
export async function saveSeen({ db }: Store, base: string, seen: BaseCounts): Promise<void> {
  const text = JSON.stringify(seen)
  await db.deleteFrom('brake').where('base', '!=', base).execute()
  await db
    .insertInto('brake')
    .values({ base, seen: text, held: null })
    .onConflict((conflict) => conflict.column('base').doUpdateSet({ seen: text, held: null }))
    .execute()
}

/** Keeps what holds a base; null: nothing does any more. */
export async function saveHeld({ db }: Store, base: string, held: HeldBase | null): Promise<void> {
  const text = held === null ? null : JSON.stringify(held)
  await db
    .insertInto('brake')
    .values({ base, seen: null, held: text })
    .onConflict((conflict) => conflict.column('base').doUpdateSet({ held: text }))
    .execute()
}

/** Our own text. */
function value<Value>(stored: string | null | undefined): Value | null {
  return stored === null || stored === undefined ? null : (JSON.parse(stored) as Value)
}
