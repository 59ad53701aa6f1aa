import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runImport } from '../../../src/engine/import/run-import.ts'
import { runSync } from '../../../src/engine/run-sync.ts'
import { makeLiveDouble } from '../../helpers/live-double.ts'
import type { LiveDouble } from '../../helpers/live-double.ts'
import { leftToWrite, startLiveService } from '../../helpers/live-service.ts'
import type { LiveService } from '../../helpers/live-service.ts'
import { plain } from '../../helpers/plain.ts'
import { actorRow, LIBRARY, proposals, rowsOf, sourceOf } from './source.ts'

const PHONE = '+33296604787'
const CAFE = {
  nom: 'Cybercentre de la gare',
  commune: 'Brest',
  code_postal: '29200',
  adresse: '8 place du 19e R.I.',
}
const all = { trigger: 'command', dryRun: false, epcis: null } as const

describe('a decision in NocoDB', () => {
  let test: LiveDouble
  let service: LiveService

  beforeEach(async () => {
    test = await makeLiveDouble()
    const { double } = test
    double.table('EPCI').insert({ Nom: 'Guingamp-Paimpol Agglomération', SIREN: '200067981' })
    double.table('EPCI').insert({ Nom: 'Brest Métropole', SIREN: '242900314' })
    double.table('Acteurs').insert(actorRow(LIBRARY))
    await runSync(test.parts, all)
    await runImport(test.parts, sourceOf({ a: { ...LIBRARY, telephone: PHONE }, c: CAFE }), { dryRun: false })
    service = await startLiveService(test, double)
    await service.settled()
    test.hooks(service.url)
  })
  afterEach(async () => {
    await service.stop()
    await test.close()
  })

  const say = (where: object, decision: string) => {
    const row = proposals(test.double).find((one) =>
      Object.entries(where).every(([title, cell]) => one[title] === cell),
    )
    return test.base.http.send({
      method: 'PATCH',
      path: `/api/v2/tables/${test.base.table('Propositions').id}/records`,
      body: [{ Id: row?.['Id'], Décision: decision }],
    })
  }
  const state = (where: object) =>
    proposals(test.double).find((one) =>
      Object.entries(where).every(([title, cell]) => one[title] === cell),
    )?.['État']
  const actor = (id: number) => test.double.table('Acteurs').get(id)
  const epci = (id: number) => test.double.table('EPCI').get(id)

  it('is in the record, in its figures and in those of its EPCI', async () => {
    const before = epci(1)?.['Complétude moyenne (%)'] as number
    await say({ Nature: 'À compléter' }, 'Accepter')
    await expect.poll(() => state({ Nature: 'À compléter' }), { timeout: 10_000 }).toBe('Appliquée')
    await service.settled()
    expect(actor(1)?.['Téléphone']).toBe(PHONE)
    expect(plain(String(actor(1)?.['À compléter']))).not.toContain('téléphone')
    expect(epci(1)?.['Complétude moyenne (%)']).toBeGreaterThan(before)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('makes a record that is assessed, and counts in its EPCI', async () => {
    expect(epci(2)?.["Nombre d'acteurs"]).toBe(0)
    await say({ Nature: 'Nouvelle fiche' }, 'Accepter')
    await expect.poll(() => state({ Nature: 'Nouvelle fiche' }), { timeout: 10_000 }).toBe('Appliquée')
    await service.settled()
    expect(rowsOf(test.double, 'Acteurs')).toHaveLength(2)
    expect(actor(2)).toMatchObject({ Nom: CAFE.nom, EPCI_id: 2, 'Complétude (%)': expect.any(Number) })
    expect(epci(2)?.["Nombre d'acteurs"]).toBe(1)
    expect(await leftToWrite(test)).toEqual([])
  })

  it('of which no call told is found at the next look', async () => {
    test.double.hooks.length = 0
    await say({ Nature: 'À compléter' }, 'Accepter')
    await sleep(300)
    expect(state({ Nature: 'À compléter' })).toBe('En attente')
    service.live.resync()
    await expect.poll(() => state({ Nature: 'À compléter' }), { timeout: 10_000 }).toBe('Appliquée')
  })
})
