import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EpciReport } from '../../src/domain/epci-report.ts'
import { eventsAfter } from '../../src/store/events.ts'
import { saveReferenceCounts } from '../../src/store/reference-counts.ts'
import { getReport } from '../../src/store/reports.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { leftToWrite, planLeft, startLiveService } from '../helpers/live-service.ts'
import type { LiveService } from '../helpers/live-service.ts'
import { PREFILLED } from '../helpers/prefilled-actor.ts'

const BREST = '242900314'
const all = { trigger: 'command', dryRun: false, epcis: null } as const

describe('live work beside what a whole run does', () => {
  let test: LiveDouble
  let service: LiveService

  beforeEach(async () => {
    test = await makeLiveDouble()
    const { double } = test
    double.table('EPCI').insert({ Nom: 'Brest Métropole', SIREN: BREST, 'Acteurs attendus': 4 })
    for (const Nom of ['Médiathèque', 'Mission locale', 'Point numérique'])
      double.table('Acteurs').insert({ Nom, 'Code INSEE': '29019', EPCI_id: 1 })
    await runSync(test.parts, all)
    service = await startLiveService(test, { url: double.url, token: double.token })
    await service.settled()
    test.hooks(service.url)
  })
  afterEach(async () => {
    await service.stop()
    await test.close()
  })

  const send = (method: 'PATCH' | 'POST', table: string, row: object) =>
    test.base.http.send({
      method,
      path: `/api/v2/tables/${test.base.table(table).id}/records`,
      body: [row],
    })
  const report = async () => (await getReport(test.parts.store, BREST))?.report as EpciReport

  it('tells subscribers and the live feed what a saved record changes, once', async () => {
    const before = await eventsAfter(test.parts.store, 0, 999)
    await send('PATCH', 'Acteurs', { Id: 1, ...PREFILLED })
    await service.settled()
    await send('PATCH', 'Acteurs', { Id: 1, Source: 'Un autre' })
    await service.settled()
    const told = (await eventsAfter(test.parts.store, before.at(-1)?.id ?? 0, 999)).map(({ type, data }) => [
      type,
      data,
    ])
    expect(told).toMatchObject([
      ['prefill.changed', { siren: BREST, prefilled: 1, expected: 4 }],
      ['prefill.progress', { siren: BREST, threshold: 25 }],
    ])
  })

  it('counts for a référent·e the records that name them, whichever side changes', async () => {
    const referents = async () =>
      (await report()).prefillDetail.referents.map(({ referent, present, prefilled }) => [
        referent,
        present,
        prefilled,
      ])
    await send('POST', 'Référents', { Nom: 'Awa Diallo', EPCI_id: 1 })
    await service.settled()
    expect(await referents()).toEqual([[1, 0, 0]])
    await send('PATCH', 'Acteurs', { Id: 1, Référent·e: 'Awa Diallo' })
    await service.settled()
    await send('PATCH', 'Acteurs', { Id: 2, Référent·e: 'Awa Diallo' })
    await service.settled()
    expect(await referents()).toEqual([[1, 2, 0]])
    await send('PATCH', 'Référents', { Id: 1, Nom: 'Awa Le Goff' })
    await service.settled()
    expect(await referents()).toEqual([[1, 0, 0]])
    expect(await leftToWrite(test)).toEqual([])
  })

  it('takes up a reference list that was imported, at the next look', async () => {
    await send('PATCH', 'EPCI', { Id: 1, 'Acteurs attendus': null })
    await service.settled()
    const list = { source: 'liste.csv', importedAt: '2026-11-24T09:00:00Z' }
    await saveReferenceCounts(test.parts.store, list, [{ siren: BREST, records: 17 }])
    service.live.resync()
    await expect
      .poll(async () => (await report()).prefill, { timeout: 10_000 })
      .toMatchObject({ expected: 17, basis: 'reference_list' })
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
  })

  it('takes up a condition that was ticked, at the next look; a whole run then has nothing to add', async () => {
    const cell = () => String(test.double.table('EPCI').get(1)?.['Conditions de réussite'] ?? '')
    expect(cell()).toMatch(/^Les 13 conditions restent/)
    await send('PATCH', 'Conditions de réussite', { Id: 1, État: 'Remplie' })
    service.live.resync()
    await expect.poll(cell, { timeout: 10_000 }).toMatch(/^1 condition remplie /)
    await service.settled()
    expect((await report()).conditions.filter(({ status }) => status === 'ok')).toHaveLength(1)
    expect(await planLeft(test)).toEqual([])
  })

  it('tells of each record what the others say of it, as soon as one of them changes', async () => {
    const anomalies = (id: number) =>
      String(test.double.table('Acteurs').get(id)?.['Anomalies'] ?? '').match(/\[[a-z_.]+\]/gu)
    const { 'SIRET ou RNA': pivot, Typologie } = PREFILLED
    for (const Id of [1, 2]) await send('PATCH', 'Acteurs', { Id, 'SIRET ou RNA': pivot, Typologie })
    await service.settled()
    expect([anomalies(1), anomalies(2)]).toEqual([['[pivot.shared]'], ['[pivot.shared]']])
    await send('PATCH', 'Acteurs', { Id: 1, Téléphone: '02 98 00 00 00' })
    await service.settled()
    expect(anomalies(1)).toEqual(['[pivot.shared]', '[telephone.notation]'])
    expect((await report()).findings).toContainEqual(
      expect.objectContaining({ code: 'pivot.shared', records: 2 }),
    )
    expect(await leftToWrite(test)).toEqual([])
    await send('PATCH', 'Acteurs', { Id: 1, 'Vérifié exact': 'pivot.shared' })
    await service.settled()
    expect([anomalies(1), anomalies(2)]).toEqual([['[telephone.notation]'], ['[pivot.shared]']])
    await send('PATCH', 'Acteurs', { Id: 1, 'SIRET ou RNA': null })
    await service.settled()
    expect(anomalies(2)).toBeNull()
    expect(await leftToWrite(test)).toEqual([])
  })

  it('tells of each record which others may be the same place, and takes it back once they are not', async () => {
    const { Nom, Commune, Adresse, Courriels } = PREFILLED
    const twin = { Nom, Commune, Adresse, Courriels }
    const shown = (id: number) => test.double.table('Acteurs').get(id)?.['Doublons possibles'] ?? null
    await send('PATCH', 'Acteurs', { Id: 1, ...twin })
    await send('PATCH', 'Acteurs', { Id: 2, ...twin })
    await service.settled()
    expect([shown(1), shown(2)]).toEqual([
      expect.stringContaining('fiche n° 2'),
      expect.stringContaining('fiche n° 1'),
    ])
    expect(await report()).toMatchObject({ actors: 2, records: 3 })
    expect(await leftToWrite(test)).toEqual([])
    await send('PATCH', 'Acteurs', { Id: 2, Identifiant: 'structure-2' })
    await service.settled()
    expect(shown(1)).toContain('structure-2')
    await send('PATCH', 'Acteurs', { Id: 1, 'Pas un doublon de': '2' })
    await service.settled()
    expect([shown(1), shown(2)]).toEqual([null, null])
    expect(await report()).toMatchObject({ actors: 3, records: 3 })
    expect(await leftToWrite(test)).toEqual([])
  })
})
