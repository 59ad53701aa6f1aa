import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { desiredBase } from '../../../src/app.ts'
import { ROW_ID } from '../../../src/nocodb/cells.ts'
import { openSdk } from '../../../src/nocodb/meta-client.ts'
import { provision } from '../../../src/nocodb/provision/provision.ts'
import { readSources } from '../../../src/nocodb/provision/sources.ts'
import { rowKey } from '../../../src/nocodb/row-key.ts'
import { readByIds } from '../../../src/nocodb/rows.ts'
import { writeRows } from '../../../src/nocodb/write-rows.ts'
import { plain } from '../../helpers/plain.ts'
import { makeTestBase, settings } from '../../helpers/portrea-base.ts'
import type { TestBase } from '../../helpers/portrea-base.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** A table in somebody's own PostgreSQL, attached to the base as a second source; it takes the place of the actors. */
describe('a base to which another database is attached (NocoDB on PostgreSQL)', () => {
  const theirs = `lieux_${process.pid}`
  const coded = `codes_${process.pid}`
  const { epcis, actors } = settings.columns
  const named = { ...settings.columns, actors: { ...actors, title: theirs } }
  const desired = desiredBase({ ...settings, columns: named })
  const database = new pg.Client(inject('databaseUrl'))
  let test: TestBase
  beforeAll(async () => {
    await database.connect()
    await database.query(`create table ${theirs} ("gid" bigserial primary key, "Nom" text, "Commune" text)`)
    await database.query(`create table ${coded} ("code" text primary key, "Nom" text)`)
    await database.query(`insert into ${theirs} ("Nom") values ('Lieu A'), ('Lieu B')`)
    test = await makeTestBase(inject('postgresNocodb'), 'sources', { schema: null })
    const { hostname: host, port, username: user, password, pathname } = new URL(inject('databaseUrl'))
    await test.base.http.send({
      method: 'POST',
      path: `/api/v2/meta/bases/${test.base.id}/sources`,
      body: {
        ...{ alias: 'SIG du Pays', type: 'pg', inflection_column: 'none', inflection_table: 'none' },
        config: { client: 'pg', connection: { host, port, user, password, database: pathname.slice(1) } },
      },
    })
    // NocoDB reads the tables of the new source in a job of its own.
    for (let tries = 0; tries < 100 && !areRead(); tries += 1) {
      await wait(200)
      await test.base.refresh()
    }
  })
  const areRead = () =>
    [theirs, coded].every((title) => test.base.tables.get(title)?.columns.has('Nom') === true)
  afterAll(async () => {
    await (await openSdk(test.base.http)).base.delete(test.base.id)
    await database.query(`drop table ${theirs}, ${coded}`)
    await database.end()
    await test.close()
  })

  const columnsOf = async () =>
    (
      await database.query<{ name: string }>(
        'select column_name as name from information_schema.columns where table_name = $1 order by column_name collate "C"',
        [theirs],
      )
    ).rows.map(({ name }) => name)
  const lock = async (source: string, flags: object) =>
    test.base.http.send({
      method: 'PATCH',
      path: `/api/v2/meta/bases/${test.base.id}/sources/${source}`,
      body: flags,
    })
  const refusal = async (wanted = desired) => {
    const error = await provision(test.base, wanted, { dryRun: true }).catch((one: unknown) => one)
    return ((error as { faults?: readonly string[] }).faults ?? []).map(plain)
  }

  it('is refused before the first step, its tables and the other database as they were', async () => {
    expect(test.base.tables.has(theirs)).toBe(true)
    const before = await columnsOf()
    const sentence = expect.stringMatching(
      new RegExp(`« ${theirs} » est dans la source « SIG du Pays ».*« ${epcis.title} » n'y est pas`, 'u'),
    )
    expect(await refusal()).toEqual([sentence])
    await expect(provision(test.base, desired)).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
    expect(await columnsOf()).toEqual(before)
    await test.base.refresh()
    expect([...test.base.tables.keys()].toSorted()).toEqual([coded, theirs])
  })

  it('is read by the key that its own database gave it', async () => {
    const table = test.base.table(theirs)
    expect(rowKey(table)).toMatchObject({ wire: 'gid', uidt: 'Number' })
    const [row, other] = await readByIds(test.base, table, [2, 1], ['Nom'])
    expect([row?.[ROW_ID], row?.['Nom'], other?.[ROW_ID]]).toEqual([1, 'Lieu A', 2])
    const change = { id: 2, cells: { Nom: 'Lieu C' } }
    expect(await writeRows(test.base, table, [change])).toMatchObject({ rows: 1, refused: [] })
  })

  it('is refused for what is locked too, and for a key that is no number', async () => {
    const [own, other] = await readSources(test.base.http, test.base.id)
    expect([own?.name, other?.name]).toEqual([null, 'SIG du Pays'])
    await lock(other!.id, { is_schema_readonly: true, is_data_readonly: true })
    const byCode = { ...settings.columns, actors: { ...actors, title: coded } }
    expect(await refusal(desiredBase({ ...settings, columns: byCode }))).toEqual([
      expect.stringMatching(/NocoDB ne relie pas/u),
      expect.stringMatching(/^La structure de la source « SIG du Pays » est en lecture seule/u),
      expect.stringMatching(/^Les lignes de la source « SIG du Pays » sont en lecture seule/u),
      expect.stringMatching(/« code », est de type (?:SingleLine|Long)Text/u),
    ])
  })

  it('is completed beside them where the table of actors is Portrea’s own', async () => {
    const own = desiredBase(settings)
    expect(await refusal(own)).toEqual([])
    await provision(test.base, own)
    expect((await provision(test.base, own)).steps).toEqual([])
    expect(await columnsOf()).toEqual(['Commune', 'Nom', 'gid'])
  })
})
