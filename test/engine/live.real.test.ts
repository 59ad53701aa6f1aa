import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getReport } from '../../src/store/reports.ts'
import { countedOfEpci } from '../../src/store/records.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { describeProduction } from '../helpers/engines.ts'
import { startReceiver } from '../helpers/hook-receiver.ts'
import type { HookReceiver } from '../helpers/hook-receiver.ts'
import { HOOK_SECRET, leftToWrite, startLiveService } from '../helpers/live-service.ts'
import type { LiveService } from '../helpers/live-service.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

const BREST = '242900314'
const RENNES = '243500139'

describeProduction('live, by the webhooks that provision set', (nocodb) => {
  let receiver: HookReceiver
  let test: TestBase
  let service: LiveService
  let brest: number
  let rennes: number
  let actors: number[]

  beforeAll(async () => {
    receiver = await startReceiver()
    test = await makeTestBase(nocodb, 'live', { target: { url: receiver.url, secret: HOOK_SECRET } })
    ;[brest, rennes] = (await test.insert('EPCI', [
      { Nom: 'Brest Métropole', SIREN: BREST, Population: 213403 },
      { Nom: 'Rennes Métropole', SIREN: RENNES, Population: 470000 },
    ])) as [number, number]
    actors = await test.insert(
      'Acteurs',
      Array.from({ length: 12 }, (_, at) => ({
        Nom: `Lieu ${at}`,
        'Code INSEE': at < 8 ? '29019' : '35238',
        'Date de mise à jour': '2026-10-01',
      })),
    )
    await test.link(
      'Acteurs',
      'EPCI',
      actors.slice(0, 4).map((id) => ({ id, target: brest })),
    )
    await runSync(test.parts, { trigger: 'command', dryRun: false, epcis: null })
    service = await startLiveService(test, nocodb)
    receiver.to = service.url
    await service.settled()
    receiver.calls.length = 0
  })
  afterAll(async () => {
    await service.stop()
    await receiver.stop()
    await test.close()
  })

  const call = <T>(method: 'POST' | 'PATCH' | 'DELETE', table: string, body: unknown) =>
    test.base.http.send<T>({ method, path: `/api/v2/tables/${test.base.table(table).id}/records`, body })
  const edit = (table: string, cells: Record<string, unknown>) => call('PATCH', table, [cells])
  const cell = async (table: string, id: number, title: string) => (await test.cells(table)).get(id)?.[title]
  const settled = async () => {
    await service.settled()
    return receiver.calls.splice(0)
  }

  it('shows the figures of a record and of its EPCI after one edit: one hook, no echo', async () => {
    const before = await cell('Acteurs', actors[0]!, 'Complétude (%)')
    const mean = await cell('EPCI', brest, 'Complétude moyenne (%)')
    await edit('Acteurs', { Id: actors[0], Téléphone: '+33298000000' })
    expect(await settled()).toEqual([{ type: 'records.after.update', table: 'Acteurs', rows: [actors[0]] }])
    expect(await cell('Acteurs', actors[0]!, 'Complétude (%)')).toBeGreaterThan(before as number)
    expect(await cell('EPCI', brest, 'Complétude moyenne (%)')).toBeGreaterThan(mean as number)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('is not called for an edit that changes nothing, nor for the cells that it writes itself', async () => {
    await edit('Acteurs', { Id: actors[0], Téléphone: '+33298000000' })
    await edit('Acteurs', { Id: actors[0], 'Complétude (%)': 3, 'À compléter': 'faux' })
    await edit('EPCI', { Id: brest, Pourquoi: 'faux' })
    expect(await settled()).toEqual([])
    service.live.resync()
    await expect
      .poll(async () => cell('Acteurs', actors[0]!, 'Complétude (%)'), { timeout: 10_000 })
      .not.toBe(3)
    await settled()
    await edit('EPCI', { Id: brest, 'Chargé·e de déploiement': 'A. B.' })
    expect(await settled()).toHaveLength(1)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('counts a new record, and no longer one that was deleted', async () => {
    const [made] = await call<{ Id: number }[]>('POST', 'Acteurs', [
      { Nom: 'Nouveau', 'Code INSEE': '35238', 'Date de mise à jour': '2026-10-01' },
    ])
    await settled()
    expect(await cell('EPCI', rennes, "Nombre d'acteurs")).toBe(5)
    expect(await cell('Acteurs', made!.Id, 'À compléter')).toContain('SIRET')
    await call('DELETE', 'Acteurs', [{ Id: made!.Id }, { Id: actors[11]! }])
    const calls = await settled()
    expect(calls.map(({ type, rows }) => [type, rows.toSorted()])).toEqual([
      ['records.after.delete', [actors[11]!, made!.Id].toSorted()],
    ])
    expect(await cell('EPCI', rennes, "Nombre d'acteurs")).toBe(3)
    expect([...(await countedOfEpci(service.store, test.base.id, RENNES)).keys()]).toEqual(
      actors.slice(8, 11),
    )
    expect(await leftToWrite(test)).toEqual([])
  })

  it('recomputes both EPCI when a record moves from one to the other', async () => {
    const key = test.base.table('Acteurs').foreignKeys.get('EPCI')!
    await edit('Acteurs', { Id: actors[1], [key]: rennes })
    expect(await settled()).toHaveLength(1)
    expect(await cell('EPCI', brest, "Nombre d'acteurs")).toBe(7)
    expect(await cell('EPCI', rennes, "Nombre d'acteurs")).toBe(4)
    expect(await leftToWrite(test)).toEqual([])
  })

  it.each([
    ['Diagnostics', { Date: '2026-11-01', Objectif: 'Base de données' }, 'Référentiel recommandé', 'Outil'],
    ['Journées', { Date: '2027-02-03', 'Personnes invitées': 30 }, 'Prochaine journée', '2027-02-03'],
  ])(
    'recomputes an EPCI for a new row of %s, one changed, one deleted',
    async (table, row, title, wanted) => {
      const key = test.base.table(table).foreignKeys.get('EPCI')!
      const was = await cell('EPCI', rennes, title)
      const [made] = await call<{ Id: number }[]>('POST', table, [{ ...row, [key]: rennes }])
      await settled()
      expect(await cell('EPCI', rennes, title)).toBe(wanted)
      await edit(table, { Id: made!.Id, [key]: brest })
      await settled()
      expect([await cell('EPCI', rennes, title), await cell('EPCI', brest, title)]).toEqual([was, wanted])
      await call('DELETE', table, [{ Id: made!.Id }])
      await settled()
      expect(await cell('EPCI', brest, title)).toBe(was)
      expect(await leftToWrite(test)).toEqual([])
    },
  )

  it('follows the choice of a référentiel, and what people expect', async () => {
    await edit('EPCI', { Id: brest, 'Référentiel retenu': 'Réseau', 'Acteurs attendus': 40 })
    await settled()
    const row = (await test.cells('EPCI')).get(brest)
    expect(row).toMatchObject({ 'Charge selon': 'Retenu', 'Fiches attendues': 40 })
    expect(await getReport(service.store, BREST)).toMatchObject({ report: { retained: 'reseau' } })
  })

  it('recalculates an EPCI and its records when its button is pressed', async () => {
    const table = test.base.table('EPCI')
    const { list } = await test.base.http.send<{ list: { id: string; event: string }[] }>({
      method: 'GET',
      path: `/api/v2/meta/tables/${table.id}/hooks`,
    })
    await edit('Acteurs', { Id: actors[2], 'À compléter': 'faux' })
    await edit('EPCI', { Id: brest, Pourquoi: 'faux' })
    const hook = list.find(({ event }) => event === 'manual')!
    await test.base.http.send({ method: 'POST', path: `/api/v2/meta/hooks/${hook.id}/trigger/${brest}` })
    expect(await settled()).toEqual([{ type: 'records.manual.trigger', table: 'EPCI', rows: [brest] }])
    const computed = (await test.cells('EPCI')).get(brest)?.['Calculé le']
    expect(String(computed)).toMatch(/^2026-11-24 10:\d\d:00\+00:00$/)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('makes the groups of a journée when its button is pressed; a choice of a person stays; twice writes nothing', async () => {
    const [day] = await test.insert('Journées', [{ Intitulé: 'Brest', Date: '2027-03-12' }])
    const rows = Array.from({ length: 11 }, (_, at) => ({
      ...{ Nom: `Prénom Nom${at}`, Structure: `S${at % 3}`, Anime: at < 2 },
      ...(at === 4 ? { Groupe: 5 } : {}),
      ...(at === 6 ? { Avec: 'Nom7', 'Pas avec': 'Personne Inconnue' } : {}),
    }))
    const people = await test.insert('Participants', rows)
    await test.link(
      'Participants',
      'Journée',
      people.map((id) => ({ id, target: day! })),
    )
    await settled()
    const { list } = await test.base.http.send<{ list: { id: string; event: string }[] }>({
      method: 'GET',
      path: `/api/v2/meta/tables/${test.base.table('Journées').id}/hooks`,
    })
    const hook = list.find(({ event }) => event === 'manual')!
    const press = async () => {
      await test.base.http.send({ method: 'POST', path: `/api/v2/meta/hooks/${hook.id}/trigger/${day}` })
      expect(await settled()).toEqual([{ type: 'records.manual.trigger', table: 'Journées', rows: [day] }])
      return test.cells('Participants')
    }
    const placed = await press()
    const groupOf = (at: number) => placed.get(people[at]!)?.['Groupe']
    const sizes = [...Map.groupBy(placed.values(), (row) => row['Groupe']).values()].map(
      (some) => some.length,
    )
    expect(sizes.toSorted()).toEqual([5, 6])
    expect([groupOf(4), placed.get(people[4]!)?.['Groupe proposé par Portrea'] ?? null]).toEqual([5, null])
    expect(groupOf(6)).toBe(groupOf(7))
    expect(new Set([groupOf(0), groupOf(1)]).size).toBe(2)
    expect(placed.get(people[6]!)?.['À savoir sur le groupe']).toMatch(/Personne Inconnue/)
    expect(await cell('Journées', day!, 'Groupes')).toMatch(/^11 personnes/)
    const again = await press()
    expect([...again.values()]).toEqual([...placed.values()])
    await edit('Participants', { Id: people[0], Groupe: null })
    const after = await press()
    expect(after.get(people[0]!)?.['Groupe'] ?? null).toBeNull()
    await call('DELETE', 'Journées', [{ Id: day }])
    await settled()
  })

  it('takes a burst of edits of one EPCI, and writes its row at most once a second', async () => {
    service.log.lines.length = 0
    for (let round = 0; round < 12; round += 1) {
      const cells = (Id: number, at: number) => ({
        Id,
        Horaires: round % 2 === 0 ? `Mo-Fr 0${at}:00-12:00` : null,
        Adresse: `${round} rue`,
      })
      await call('PATCH', 'Acteurs', actors.slice(3, 5).map(cells))
      await sleep(250) // as people save, so that figures follow in between
    }
    await settled()
    expect(await leftToWrite(test)).toEqual([])
    const begins = service.log.lines
      .filter(({ msg, epcis }) => msg === 'figures computed' && (epcis as string[]).includes(BREST))
      .map(({ time, milliseconds }) => Number(time) - Number(milliseconds))
    expect(begins.length).toBeGreaterThan(1)
    const gaps = begins.slice(1).map((time, at) => time - begins[at]!)
    expect(Math.min(...gaps)).toBeGreaterThan(980)
  })

  it('says no more of a telephone that two shared, once one of them is mended', async () => {
    const shared = { Téléphone: '+33298111111', 'Date de mise à jour': '2026-10-01' }
    const [here, there] = await test.insert('Acteurs', [
      { Nom: 'Accueil', 'Code INSEE': '29019', ...shared },
      { Nom: 'Permanence', 'Code INSEE': '35238', ...shared },
    ])
    await settled()
    const told = async () =>
      (await Promise.all([here!, there!].map((id) => cell('Acteurs', id, 'Anomalies')))).map((text) =>
        String(text).includes('telephone.shared'),
      )
    expect(await told()).toEqual([true, true])
    await edit('Acteurs', { Id: here, Téléphone: '+33298222222' })
    await settled()
    expect(await told()).toEqual([false, false])
    expect(await leftToWrite(test)).toEqual([])
    await call('DELETE', 'Acteurs', [{ Id: here }, { Id: there }])
    await settled()
  })

  it('computes nothing of a row while it bears the name of another EPCI than its SIREN', async () => {
    const why = async () => String(await cell('EPCI', rennes, 'Pourquoi'))
    await edit('EPCI', { Id: rennes, Nom: 'Lorient Agglomération' })
    await settled()
    expect(await why()).toMatch(/^Le SIREN 243500139 est celui de .*Rennes Métropole/u)
    expect(await cell('EPCI', rennes, "Nombre d'acteurs")).toBeNull()
    expect(await leftToWrite(test)).toEqual([])
    await edit('EPCI', { Id: rennes, Nom: 'Rennes Métropole' })
    await settled()
    expect(await why()).not.toContain('SIREN')
    expect(await leftToWrite(test)).toEqual([])
  })

  it('lets go of an EPCI that was deleted: its records are looked at again', async () => {
    await call('DELETE', 'EPCI', [{ Id: rennes }])
    await settled()
    expect(await getReport(service.store, RENNES)).toBeNull()
    expect(await leftToWrite(test)).toEqual([])
  })
})
