import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startReceiver } from '../helpers/hook-receiver.ts'
import type { HookReceiver } from '../helpers/hook-receiver.ts'
import { createContractBase } from './contract-base.ts'
import type { Server } from './contract-base.ts'

type Answer = Record<string, any>

/** What NocoDB's webhooks tell, and what they do not: the live work rests on it, so the double must do the same. */
export function hooksContract(name: string, openServer: () => Promise<Server>): void {
  describe(name, () => {
    let server: Server
    let receiver: HookReceiver
    let base: string
    let table: string
    let epci: string
    let key: string
    let link: string
    let manual: string
    const call = async <T = Answer>(method: string, path: string, body?: unknown): Promise<T> => {
      const headers = { 'xc-token': server.token, 'content-type': 'application/json' }
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const answer = await fetch(server.url + path, init)
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
      return JSON.parse(text) as T
    }
    const records = (method: string, body: unknown, of = table) =>
      call<{ Id: number }[]>(method, `/api/v2/tables/${of}/records`, body)
    const insert = async (...rows: object[]) => (await records('POST', rows)).map(({ Id }) => Id)
    const told = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return receiver.calls
        .splice(0)
        .map(({ type, rows }) => [type.replace('records.', ''), ...rows.toSorted((a, b) => a - b)])
    }
    const hook = (title: string, columns: string[], more = {}) => ({
      ...{ title, event: 'after', operation: ['insert', 'update', 'delete'], version: 'v3', active: true },
      ...{ condition: false, trigger_field: columns.length > 0, trigger_fields: columns },
      notification: {
        type: 'URL',
        payload: {
          ...{ method: 'POST', path: receiver.url, body: '{{ json event }}', parameters: [], auth: '' },
          headers: [{ name: 'x-portrea-secret', value: 'of-the-contract', enabled: true }],
        },
      },
      ...more,
    })

    beforeAll(async () => {
      server = await openServer()
      receiver = await startReceiver()
      base = (await createContractBase(server, 0)).id
      const { list } = await call('GET', `/api/v3/meta/bases/${base}/tables`)
      const idOf = (title: string) => list.find((one: Answer) => one['title'] === title).id as string
      ;[table, epci] = [idOf('Acteurs'), idOf('EPCI')]
      const { columns } = await call('GET', `/api/v2/meta/tables/${table}`)
      const column = (title: string) => columns.find((one: Answer) => one['title'] === title)
      link = column('EPCI').id
      key = columns.find((one: Answer) => one['uidt'] === 'ForeignKey').title
      const hooks = `/api/v2/meta/tables/${table}/hooks`
      await call('POST', hooks, hook('Contract', [column('Nom').id, column('Effectif').id, link]))
      const pressed = { event: 'manual', operation: ['trigger'] }
      manual = (await call('POST', hooks, hook('Pressed', [], pressed))).id
    }, 120_000)
    afterAll(() => receiver.stop())

    it('tell of one call a request, with all its rows', async () => {
      const ids = await insert({ Nom: 'a' }, { Nom: 'b' }, { Nom: 'c' })
      expect(await told()).toEqual([['after.insert', ...ids]])
      await records(
        'PATCH',
        ids.map((Id) => ({ Id, Nom: 'autre' })),
      )
      expect(await told()).toEqual([['after.update', ...ids]])
      await records(
        'DELETE',
        ids.map((Id) => ({ Id })),
      )
      expect(await told()).toEqual([['after.delete', ...ids]])
    })

    it('tell of an update only where a column named changed, in any of its rows', async () => {
      const [one, two] = await insert({ Nom: 'a' }, { Nom: 'b' })
      await told()
      await records('PATCH', [{ Id: one, Fraîcheur: 'À jour', 'Complétude (%)': 12.5 }])
      await records('PATCH', [{ Id: one, Nom: 'a' }])
      expect(await told()).toEqual([])
      await records('PATCH', [
        { Id: one, 'Complétude (%)': 13 },
        { Id: two, Nom: 'changé' },
      ])
      expect(await told()).toEqual([['after.update', one, two]])
    })

    it('tell of a link set by its foreign key, not of one set by the links endpoint, nor of UpdatedAt', async () => {
      const [id] = await insert({ Nom: 'a' })
      await told()
      await records('PATCH', [{ Id: id, [key]: 1 }])
      expect(await told()).toEqual([['after.update', id]])
      const stamp = () =>
        call('GET', `/api/v2/tables/${table}/records?where=(Id,eq,${id})&fields=Id,UpdatedAt`)
      const before = (await stamp()).list
      await call('POST', `/api/v2/tables/${table}/links/${link}/records/${id}`, [{ Id: 2 }])
      expect(await told()).toEqual([])
      expect((await stamp()).list).toEqual(before)
    })

    it('tell nothing of a bulk update of v1, even of columns named', async () => {
      const [id] = await insert({ Nom: 'a' })
      await told()
      const path = `/api/v1/db/data/bulk/noco/${base}/${table}/all?where=${encodeURIComponent(`(Id,in,${id})`)}`
      await call('PATCH', path, { Nom: 'en bloc' })
      expect(await told()).toEqual([])
    })

    it('tell nothing of the rows that a deleted EPCI was linked to: they lose their link in silence', async () => {
      const [{ Id: parent }] = (await records('POST', [{ Nom: 'Passager' }], epci)) as [{ Id: number }]
      const [id] = await insert({ Nom: 'a', [key]: parent })
      await told()
      await records('DELETE', [{ Id: parent }], epci)
      expect(await told()).toEqual([])
      const { list } = await call('GET', `/api/v2/tables/${table}/records?where=(Id,eq,${id})&fields=Id,EPCI`)
      expect(list[0].EPCI).toBeNull()
    })

    it('tell of the row whose button is pressed', async () => {
      const [id] = await insert({ Nom: 'a' })
      await told()
      await call('POST', `/api/v2/meta/hooks/${manual}/trigger/${id}`)
      expect(await told()).toEqual([['manual.trigger', id]])
    })

    it('are tried once by a test call, without rows', async () => {
      const path = `/api/v2/meta/tables/${table}/hooks`
      const { list } = await call('GET', path)
      // On SQLite the list says 0 and 1, which the test call refuses.
      const flags = { active: true, async: false, payload: true, condition: false, trigger_field: true }
      const contract = { ...list.find(({ title }: Answer) => title === 'Contract'), ...flags }
      await call('POST', `${path}/test`, { payload: { data: {}, user: {} }, hook: contract })
      expect(await told()).toEqual([['after.insert']])
      const payload = { ...JSON.parse(contract.notification).payload, path: 'http://127.0.0.1:9/' }
      const gone = { ...contract, notification: JSON.stringify({ type: 'URL', payload }) }
      const refused = call('POST', `${path}/test`, { payload: { data: {}, user: {} }, hook: gone })
      await expect(refused).rejects.toThrow(/: 400 .*ERR_WEBHOOK_ERROR/)
    })
  })
}
