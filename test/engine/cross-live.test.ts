import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runSync } from '../../src/engine/run-sync.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { leftToWrite, startLiveService } from '../helpers/live-service.ts'
import type { LiveService } from '../helpers/live-service.ts'

const all = { trigger: 'command', dryRun: false, epcis: null } as const
const PHONE = '+33298000000'
const SIRET = '43493312300029'

/** Records 1 to 5 lie in Brest (row 1), 6 to 8 in Rennes (row 2). */
describe('what records tell of each other, between two runs', () => {
  let test: LiveDouble
  let service: LiveService
  beforeEach(async () => {
    test = await makeLiveDouble()
    const { double } = test
    double.table('EPCI').insert({ Nom: 'Brest Métropole', SIREN: '242900314' })
    double.table('EPCI').insert({ Nom: 'Rennes Métropole', SIREN: '243500139' })
    const brest = { 'Code INSEE': '29019', EPCI_id: 1 }
    const rennes = { 'Code INSEE': '35238', EPCI_id: 2 }
    const rows = [
      { ...brest, Téléphone: PHONE, Latitude: 48.39, Longitude: -4.49 },
      { ...brest, 'SIRET ou RNA': SIRET, Latitude: 48.4, Longitude: -4.48 },
      { ...brest, 'SIRET ou RNA': SIRET, Latitude: 48.38, Longitude: -4.5 },
      { ...brest, Identifiant: 'structure-1', Latitude: 48.85, Longitude: 2.35 },
      { ...brest, Latitude: 48.39, Longitude: -4.5 },
      { ...rennes, Téléphone: '02 98 00 00 00' },
      { ...rennes, Identifiant: 'structure-1' },
      rennes,
    ]
    for (const [at, row] of rows.entries())
      double.table('Acteurs').insert({ Nom: `Lieu ${at}`, 'Date de mise à jour': '2026-10-01', ...row })
    await runSync(test.parts, all)
    service = await startLiveService(test, double)
    await service.settled()
    test.hooks(service.url)
  })
  afterEach(async () => {
    await service.stop()
    await test.close()
  })
  const codes = (...ids: number[]) =>
    ids.map((id) => {
      const cell = test.double.table('Acteurs').get(id)?.['Anomalies']
      return [...String(cell ?? '').matchAll(/\[((?:telephone|pivot|id|latitude)\.[a-z]+)\]/gu)]
        .map(([, code]) => code)
        .filter((code) => !['telephone.notation'].includes(code!))
        .join()
    })
  const send = (method: 'POST' | 'PATCH' | 'DELETE', body: object) =>
    test.base.http.send({
      method,
      path: `/api/v2/tables/${test.base.table('Acteurs').id}/records`,
      body: [body],
      idempotent: true,
    })
  async function comesTo(ids: readonly number[], expected: readonly string[]) {
    await expect.poll(() => codes(...ids), { timeout: 10_000 }).toEqual(expected)
    await service.settled()
    expect(await leftToWrite(test)).toEqual([])
  }

  it('stands where a whole run found it', () => {
    expect(codes(1, 2, 3, 4, 5, 6, 7, 8)).toEqual([
      'telephone.shared',
      'pivot.shared',
      'pivot.shared',
      'id.repeated,latitude.outlier',
      '',
      'telephone.shared',
      'id.repeated',
      '',
    ])
  })

  it('goes from a record that was mended, and from the one it shared a number with, in another EPCI too', async () => {
    await send('PATCH', { Id: 1, Téléphone: '+33298000001' })
    await comesTo([1, 6], ['', ''])
  })

  it.each([
    ['a SIRET changed', 2, { 'SIRET ou RNA': null }, [2, 3], ['', '']],
    ['an identifier changed', 7, { Identifiant: 'structure-2' }, [4, 7], ['latitude.outlier', '']],
    ['a point mended', 4, { Latitude: 48.39, Longitude: -4.49 }, [4], ['id.repeated']],
    ['a point moved away', 5, { Latitude: 43.3, Longitude: 5.4 }, [5], ['latitude.outlier']],
    ['a telephone that two have', 8, { Téléphone: PHONE }, [1, 6, 8], Array(3).fill('telephone.shared')],
    ['a finding accepted', 1, { 'Vérifié exact': 'telephone.shared' }, [1, 6], ['', 'telephone.shared']],
    ['a record linked elsewhere', 6, { EPCI_id: 1 }, [1, 6], ['', '']],
  ])('follows %s', async (_, Id, cells, ids, expected) => {
    await send('PATCH', { Id, ...cells })
    await comesTo(ids, expected)
  })

  it('goes with the record that is deleted, and comes with a new one', async () => {
    await send('DELETE', { Id: 6 })
    await comesTo([1], [''])
    await send('POST', { Nom: 'Nouveau', Téléphone: PHONE, 'Code INSEE': '35238', EPCI_id: 2 })
    await comesTo([1, 9], ['telephone.shared', 'telephone.shared'])
  })

  it('keeps no telephone and no SIRET in the store', async () => {
    const rows = await test.parts.store.db.selectFrom('records').selectAll().execute()
    expect(rows.filter(({ phone }) => phone !== 0)).toHaveLength(2)
    const text = JSON.stringify(rows)
    for (const number of ['33298000000', SIRET]) expect(text).not.toContain(number)
  })
})
