import { afterAll, beforeAll, expect, it } from 'vitest'
import { runImport } from '../../../src/engine/import/run-import.ts'
import { runSync } from '../../../src/engine/run-sync.ts'
import { describeProduction } from '../../helpers/engines.ts'
import { startReceiver } from '../../helpers/hook-receiver.ts'
import type { HookReceiver } from '../../helpers/hook-receiver.ts'
import { HOOK_SECRET, leftToWrite, startLiveService } from '../../helpers/live-service.ts'
import type { LiveService } from '../../helpers/live-service.ts'
import { makeTestBase } from '../../helpers/portrea-base.ts'
import type { TestBase } from '../../helpers/portrea-base.ts'
import { actorRow, HALL, LIBRARY, sourceOf } from './source.ts'

const CAFE = {
  nom: 'Cybercentre de la gare',
  commune: 'Brest',
  code_postal: '29200',
  adresse: '8 place du 19e R.I.',
}
const SERVICES = ['Aide aux démarches administratives', 'Maîtrise des outils numériques du quotidien']

describeProduction('decisions on proposals, by the webhooks that provision set', (nocodb) => {
  let receiver: HookReceiver
  let test: TestBase
  let service: LiveService
  let library: number
  let hall: number

  beforeAll(async () => {
    receiver = await startReceiver()
    test = await makeTestBase(nocodb, 'proposals', { target: { url: receiver.url, secret: HOOK_SECRET } })
    await test.insert('EPCI', [{ Nom: 'Brest Métropole', SIREN: '242900314' }])
    const rows = [{ ...actorRow(LIBRARY), Services: SERVICES[0] }, actorRow(HALL)]
    ;[library, hall] = (await test.insert('Acteurs', rows as never)) as [number, number]
    await runSync(test.parts, { trigger: 'command', dryRun: false, epcis: null })
    service = await startLiveService(test, nocodb)
    receiver.to = service.url
    await service.settled()
  })
  afterAll(async () => {
    await service.stop()
    await receiver.stop()
    await test.close()
  })

  const source = () =>
    sourceOf({
      a: {
        ...LIBRARY,
        ...{
          telephone: '+33296604787',
          services: SERVICES.join('|'),
          latitude: '48.4046',
          longitude: '-3.4276',
        },
      },
      b: { ...HALL, telephone: '+33296604700', adresse: '1, place Jean Auffret (rez-de-chaussée)' },
      c: CAFE,
    })
  const proposals = async () => [...(await test.cells('Propositions')).values()]
  const proposal = async (record: string, field: string | null) =>
    (await proposals()).find(
      (row) => String(row['Fiche']).startsWith(record) && (row['Champ'] ?? null) === field,
    )!
  const say = async (record: string, field: string | null, decision: string) => {
    const Id = (await proposal(record, field))['Id']
    const path = `/api/v2/tables/${test.base.table('Propositions').id}/records`
    await test.base.http.send({ method: 'PATCH', path, body: [{ Id, Décision: decision }] })
    await service.settled()
    return proposal(record, field)
  }
  const actor = async (id: number) => (await test.cells('Acteurs')).get(id)!

  it('proposes, and the second time changes nothing', async () => {
    const first = await runImport(test.parts, source(), { dryRun: false })
    expect(first).toMatchObject({ refused: [], counts: { new: 1 } })
    const before = await proposals()
    expect(before.map((row) => row['Champ']).toSorted()).toEqual(
      expect.arrayContaining(['Latitude, Longitude', 'Services', 'Téléphone']),
    )
    expect(await runImport(test.parts, source(), { dryRun: false })).toMatchObject({ proposed: 0, moved: 0 })
    expect(await proposals()).toEqual(before)
  })

  it('writes what is accepted, in an empty cell and in others, in lists and in numbers, and puts it back', async () => {
    const before = await actor(library)
    for (const field of ['Téléphone', 'Services', 'Latitude, Longitude'])
      expect((await say('Médiathèque', field, 'Accepter'))['État']).toBe('Appliquée')
    expect(await actor(library)).toMatchObject({ Téléphone: '+33296604787', Services: SERVICES.join(',') })
    expect(Number((await actor(library))['Latitude'])).toBe(48.4046)
    expect((await say('Mairie', 'Téléphone', 'Accepter'))['État']).toBe('Appliquée')
    expect((await actor(hall))['Téléphone']).toBe('+33296604700')
    for (const field of ['Téléphone', 'Services', 'Latitude, Longitude'])
      expect((await say('Médiathèque', field, 'Annuler'))['État']).toBe('Annulée')
    const { Téléphone, Services, Latitude, Longitude } = before
    expect(await actor(library)).toMatchObject({ Téléphone, Services, Latitude, Longitude })
    expect((await say('Mairie', 'Téléphone', 'Annuler'))['État']).toBe('Annulée')
    expect((await actor(hall))['Téléphone']).toBe(HALL.telephone)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('never writes over what a person wrote meanwhile', async () => {
    const path = `/api/v2/tables/${test.base.table('Acteurs').id}/records`
    const body = [{ Id: library, Téléphone: '02 98 00 11 22' }]
    await test.base.http.send({ method: 'PATCH', path, body })
    expect((await say('Médiathèque', 'Téléphone', 'Accepter'))['État']).toBe('Dépassée')
    expect((await actor(library))['Téléphone']).toBe('02 98 00 11 22')
  })

  it('makes a record once, which counts in its EPCI', async () => {
    const row = await say(CAFE.nom, null, 'Accepter')
    expect(row['État']).toBe('Appliquée')
    const made = [...(await test.cells('Acteurs')).values()].filter(({ Nom }) => Nom === CAFE.nom)
    expect(made).toHaveLength(1)
    expect(made[0]?.['EPCI']).toMatchObject({ Nom: 'Brest Métropole' })
    expect([...(await test.cells('EPCI')).values()][0]?.["Nombre d'acteurs"]).toBe(1)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('takes the click on « Accepter » for a yes, and a number for the record that a place is', async () => {
    const meta = { phone: '+33296604711', place: 'Espace culturel Ti ar Skeud' }
    const places = { ...HALL, telephone: '+33296458130', site_web: 'https://callac.bzh' }
    await runImport(
      test.parts,
      sourceOf(
        { b: places, d: { ...LIBRARY, nom: meta.place, telephone: meta.phone, courriels: 'ti@callac.bzh' } },
        { name: 'autre' },
      ),
      { dryRun: false },
    )
    const { list } = await test.base.http.send<{ list: { id: string; event: string }[] }>({
      method: 'GET',
      path: `/api/v2/meta/tables/${test.base.table('Propositions').id}/hooks`,
    })
    const hook = list.find(({ event }) => event === 'manual')!
    const row = await proposal('Mairie', 'Site web')
    await test.base.http.send({
      method: 'POST',
      path: `/api/v2/meta/hooks/${hook.id}/trigger/${String(row['Id'])}`,
    })
    await service.settled()
    expect(await proposal('Mairie', 'Site web')).toMatchObject({ État: 'Appliquée', Décision: 'Accepter' })
    expect((await actor(hall))['Site web']).toBe('https://callac.bzh')
    const { Id } = await proposal(meta.place, null)
    const path = `/api/v2/tables/${test.base.table('Propositions').id}/records`
    await test.base.http.send({ method: 'PATCH', path, body: [{ Id, 'C’est la fiche n°': String(library) }] })
    await service.settled()
    expect(await proposal(meta.place, null)).toMatchObject({ État: 'Appliquée' })
    expect(await proposal('Médiathèque', 'Courriels')).toMatchObject({ 'Valeur proposée': 'ti@callac.bzh' })
  })

  it('finds what no call told of, by the columns as this server filters them', async () => {
    receiver.loses = () => true
    const Id = (await proposal('Médiathèque', 'Services'))['Id']
    const path = `/api/v2/tables/${test.base.table('Propositions').id}/records`
    await test.base.http.send({ method: 'PATCH', path, body: [{ Id, Décision: 'Accepter' }] })
    receiver.loses = () => false
    service.live.resync()
    await expect
      .poll(async () => (await proposal('Médiathèque', 'Services'))['État'], { timeout: 20_000 })
      .toBe('Appliquée')
  })
})
