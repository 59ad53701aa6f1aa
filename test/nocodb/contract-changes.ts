import type { Logger } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '../../src/config/nocodb-file.ts'
import { openBase } from '../../src/nocodb/base.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { ROW_ID } from '../../src/nocodb/cells.ts'
import { readRows } from '../../src/nocodb/rows.ts'
import { writeRows } from '../../src/nocodb/write-rows.ts'
import { createContractBase } from './contract-base.ts'
import type { Server } from './contract-base.ts'

type Way = { readonly routes: readonly Route[]; readonly foreignKeys: boolean }

/** What a base that is open answers once a person has changed it: never a cell that is not the one asked for. */
export function changes(way: Way, server: () => Server, log: Logger): void {
  describe(`a base that people change while it is open, by ${way.routes.join(', ')}`, () => {
    let base: Base
    beforeAll(async () => {
      const home = await createContractBase(server(), 3)
      const settings = {
        ...way,
        connections: 4,
        pageSize: 300,
        timeLimitSeconds: 30,
        linkEpcis: true,
        wholeEveryDays: 7,
      }
      base = await openBase({ ...server(), base: home.id }, settings, log)
    }, 60_000)
    afterAll(() => base.close())

    const call = <T>(method: 'GET' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
      base.http.send<T>({ method, path, ...(body === undefined ? {} : { body }) })
    const set = async (title: string, change: Record<string, unknown>) => {
      const table = base.table('Lecture').id
      const { columns } = await call<{ columns: Record<string, unknown>[] }>(
        'GET',
        `/api/v2/meta/tables/${table}`,
      )
      const whole = columns.find((one) => one['title'] === title)!
      await call('PATCH', `/api/v2/meta/columns/${String(whole['id'])}`, { ...whole, ...change })
    }
    const read = async (columns: readonly string[]) => {
      const rows: unknown[] = []
      for await (const page of readRows(base, base.table('Lecture'), { columns })) rows.push(...page)
      return rows
    }
    const mismatch = { code: 'SCHEMA_MISMATCH' }

    it('has not moved while nobody changes it', async () => {
      expect(await base.moved()).toBe(false)
    })

    it('does not take a column under a new title for an empty one', async () => {
      await set('Nom', { title: 'Intitulé' })
      await expect(read(['Nom'])).rejects.toMatchObject(mismatch)
      expect(await base.moved()).toBe(true)
      await base.refresh()
      expect(await base.moved()).toBe(false)
      expect(await read(['Intitulé'])).toMatchObject([{ Intitulé: 'Ligne 0' }, {}, {}])
    })

    it('sees a new type, and new titles of the columns that the server keeps', async () => {
      await set('Autre', { uidt: 'LongText', dt: 'text' })
      expect(await base.moved()).toBe(true)
      await base.refresh()
      await set('UpdatedAt', { title: 'Touché le' })
      await expect(read(['UpdatedAt'])).rejects.toMatchObject(mismatch)
      await base.refresh()
      expect(await read(['UpdatedAt'])).toMatchObject([{ UpdatedAt: null }, {}, {}])
    })

    it('tells rows apart by a key that has another title by now', async (test) => {
      test.skip(server().engine === 'SQLite', 'NocoDB changes no primary key on SQLite')
      await set('Id', { title: 'N° de ligne' })
      if (way.routes.includes('v2')) await expect(read(['Intitulé'])).rejects.toMatchObject(mismatch)
      await base.refresh()
      const table = base.table('Lecture')
      const change = { id: 2, cells: { Intitulé: 'Deux' } }
      expect(await writeRows(base, table, [change])).toMatchObject({ rows: 1, refused: [] })
      expect(await read(['Intitulé'])).toMatchObject([
        { [ROW_ID]: 1, Intitulé: 'Ligne 0' },
        { [ROW_ID]: 2, Intitulé: 'Deux' },
        { [ROW_ID]: 3 },
      ])
    })

    it('does not take a column that is gone for an empty one', async () => {
      const { id } = base.table('Lecture').columns.get('Autre')!
      await call('DELETE', `/api/v2/meta/columns/${id}`)
      await expect(read(['Autre'])).rejects.toMatchObject(mismatch)
      await base.refresh()
    })

    it('sees a table under a new title', async () => {
      const title = `Lieux ${way.routes.length}`
      await call('PATCH', `/api/v2/meta/tables/${base.table('Acteurs').id}`, { title, table_name: title })
      expect(await base.moved()).toBe(true)
      await base.refresh()
      expect(base.tables.has(title)).toBe(true)
    })

    it('does not take a table that is gone for one without rows, nor its rows for refused ones', async () => {
      const table = base.table('Lecture')
      await call('DELETE', `/api/v2/meta/tables/${table.id}`)
      await expect(read(['Intitulé'])).rejects.toMatchObject(mismatch)
      const change = { id: 1, cells: { Intitulé: 'x' } }
      await expect(writeRows(base, table, [change])).rejects.toMatchObject(mismatch)
      expect(await base.moved()).toBe(true)
    })
  })
}
