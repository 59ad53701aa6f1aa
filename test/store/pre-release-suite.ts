import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import type { Store, StoreOptions } from '../../src/store/database.ts'
import { countDeliveries } from '../../src/store/deliveries.ts'
import { listFailed } from '../../src/store/inbox.ts'
import { failingReceivers } from '../../src/store/receivers.ts'
import { getRun } from '../../src/store/runs.ts'

/** Stores that were made before the first release. */
export function preReleaseTests(opened: () => [Store, StoreOptions]): void {
  /** Puts the tables of before the first release, and `rows`, in the place of ours. */
  const turnBack = async ({ db, engine }: Store, ...rows: readonly string[]) => {
    const ours = engine.schema === null ? '"' : `"${engine.schema}"."`
    const frozen = readFileSync(new URL('pre-release.sql', import.meta.url), 'utf8')
    const statements = frozen.split('\n').filter((line) => line !== '' && !line.startsWith('--'))
    for (const name of Object.keys(await columns({ db, engine })))
      await sql.raw(`drop table ${ours}${name}"`).execute(db)
    for (const statement of [...statements, ...rows])
      await sql.raw(statement.replace(/(?<=^create table |^insert into | on )"/u, ours)).execute(db)
  }

  it('opens a store of the last days before the first release, and keeps what it holds', async () => {
    const [store, options] = opened()
    await turnBack(
      store,
      `insert into "runs" ("id", "started_at", "status", "trigger", "dry_run", "rules", "base") values ('a', '2026-11-24T09:00:00.000Z', 'done', 'command', 0, 'r', 'base')`,
      `insert into "inbox" ("base", "about", "record", "event", "received_at", "version", "attempts", "next_try", "reason", "dead", "claimed_by", "claimed_until", "claimed_version") values ('base', 't', '1', 'update', '2026-11-24T09:00:00.000Z', 2, 3, '2026-11-24T09:00:00.000Z', 'why', 1, 'w', '2026-11-24T09:00:15.000Z', 2)`,
      `insert into "receivers" ("subscription", "since", "last_failure_at", "reason", "told_at") values ('hub', '2026-11-24T09:00:00.000Z', '2026-11-24T09:00:00.000Z', 'why', '2026-11-24T09:30:00.000Z')`,
      `insert into "deliveries" ("id", "subscription", "type", "at", "data", "status", "attempts", "next_try_at") values ('d', 'hub', 'sync.done', '2026-11-24T09:00:00.000Z', '{}', 'dead', 9, '2026-11-24T09:00:00.000Z')`,
    )
    const again = await openStore(options)
    expect(await getRun(again, 'a')).not.toBeNull()
    expect(await listFailed(again, 9)).toMatchObject([{ record: '1', attempts: 3, reason: 'why' }])
    expect(await failingReceivers(again)).toMatchObject([{ notifiedAt: '2026-11-24T09:30:00.000Z' }])
    expect(await countDeliveries(again)).toMatchObject([{ subscription: 'hub', dead: 1 }])
    expect(await again.db.selectFrom('migrations').select('name').execute()).toEqual([
      { name: '001-schema' },
      { name: '002-cross-facts' },
      { name: '003-record-facts' },
      { name: '004-record-counts' },
      { name: '005-sources' },
      { name: '006-source-counts' },
    ])
    await again.close()
    await openStore(options).then(({ close }) => close())
  })

  it('has the same columns, whether it was made at once or comes from before the first release', async () => {
    const [store, options] = opened()
    const made = await columns(store)
    await turnBack(store)
    const again = await openStore(options)
    expect(await columns(again)).toEqual(made)
    await again.close()
  })

  it('refuses an older one before anything is changed, and says how to start again', async () => {
    const [store, options] = opened()
    await turnBack(store, `delete from "migrations" where "name" = '009-need-figures'`)
    const before = await columns(store)
    await expect(openStore(options)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/antérieur à la première version.*Pour recommencer/u),
    })
    expect(await columns(store)).toEqual(before)
  })
}

/** The columns of each table, in the order of their names. */
async function columns({ db, engine }: Pick<Store, 'db' | 'engine'>): Promise<Record<string, string[]>> {
  const tables = await db.introspection.getTables()
  return Object.fromEntries(
    tables
      .filter(({ schema }) => engine.schema === null || schema === engine.schema)
      .map(({ name, columns: all }) => [
        name,
        all.map((one) => `${one.name} ${one.dataType}${one.isNullable ? '?' : ''}`).toSorted(),
      ]),
  )
}
