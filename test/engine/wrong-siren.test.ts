import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { epciRowId } from '../../src/nocodb/epci-identity.ts'
import { readContacts } from '../../src/nocodb/read-contacts.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { leftToWrite, startLiveService } from '../helpers/live-service.ts'
import type { LiveService } from '../helpers/live-service.ts'
import { plain } from '../helpers/plain.ts'

const BREST = '242900314'
const RENNES = '243500139'
const all = { trigger: 'command', dryRun: false, epcis: null } as const

/** Row 1 bears the SIREN of Brest under the name of Rennes; row 2 is Brest. */
describe('a row of the table EPCI with the SIREN of another', () => {
  let test: LiveDouble
  let service: LiveService | null = null
  beforeEach(async () => {
    test = await makeLiveDouble()
    const { double } = test
    double.table('EPCI').insert({ Nom: 'Rennes Métropole', SIREN: BREST })
    double.table('EPCI').insert({ Nom: 'Brest Métropole', SIREN: BREST })
    double.table('Acteurs').insert({ Nom: 'Lié à la ligne de Rennes', EPCI_id: 1 })
    double.table('Acteurs').insert({ Nom: 'Lié, et situé à Brest', 'Code INSEE': '29019', EPCI_id: 1 })
    double.table('Acteurs').insert({ Nom: 'Lieu de Brest', EPCI_id: 2 })
    double.table('Diagnostics').insert({ Date: '2026-03-01', Gouvernance: 'Active', EPCI_id: 1 })
    double.table('Journées').insert({ Date: '2027-03-01', EPCI_id: 1 })
    double.table('Référents').insert({ Nom: 'Ana Riou', Nature: 'Institutionnel', EPCI_id: 1 })
  })
  afterEach(async () => {
    await service?.stop()
    service = null
    await test.close()
  })
  const said = (cell: unknown) => plain(String(cell))
  const epci = (id: number) => test.double.table('EPCI').get(id)
  const edit = (Id: number, cells: object) =>
    test.base.http.send({
      method: 'PATCH',
      path: `/api/v2/tables/${test.base.table('EPCI').id}/records`,
      body: [{ Id, ...cells }],
    })
  async function live() {
    service = await startLiveService(test, test.double)
    await service.settled()
    test.hooks(service.url)
    return service
  }

  it('puts nobody in charge of the other one, nor is its row', async () => {
    const { base, parts, double } = test
    double.table('EPCI').update(1, { 'Chargé·e de déploiement': 'Camille Le Goff' })
    double.table('EPCI').update(2, { 'Chargé·e de déploiement': 'Yann Kerbrat' })
    double.table('Référents').insert({ Nom: 'Ewen Guivarch', Nature: 'Institutionnel', EPCI_id: 2 })
    const { bySiren, referents } = await readContacts(base, parts.columns, parts.geography)
    expect([...bySiren]).toEqual([[BREST, 'Yann Kerbrat']])
    expect([...referents].map(([siren, people]) => [siren, people.map(({ name }) => name)])).toEqual([
      [BREST, ['Ewen Guivarch']],
    ])
    expect(await epciRowId(base, parts.columns, parts.geography, BREST)).toBe(2)
    expect(await epciRowId(base, parts.columns, parts.geography, RENNES)).toBeNull()
  })

  it('counts for nobody, and says so in the row, with the remedy', async () => {
    const { reports, reported } = await runSync(test.parts, all)
    expect(reports.map(({ siren, name, actors }) => [siren, name, actors])).toEqual([
      [BREST, 'Brest Métropole', 1],
    ])
    expect(reports[0]!.declared.answeredOn).toEqual({})
    expect(reports[0]!.prefill.collaborativeDay).toBeNull()
    expect(said(epci(1)?.['Pourquoi'])).toMatch(
      /^Le SIREN 242900314 est celui de « Brest Métropole » ; celui de « Rennes Métropole » est 243500139/u,
    )
    expect(epci(1)?.['Référentiel recommandé']).toBeNull()
    expect(reported.find(({ code }) => code === 'epci.wrong_siren')).toMatchObject({ count: 1, rows: [1] })
    expect((await runSync(test.parts, all)).counts.cellsWritten).toBe(0)
  })

  it('is computed as soon as its SIREN is mended, and what is linked to it counts', async () => {
    await runSync(test.parts, all)
    const { settled } = await live()
    await edit(1, { SIREN: RENNES })
    await expect.poll(() => epci(1)?.["Nombre d'acteurs"], { timeout: 10_000 }).toBe(2)
    await settled()
    expect(said(epci(1)?.['Pourquoi'])).not.toMatch(/SIREN/u)
    expect(epci(1)?.['Prochaine journée']).toBe('2027-03-01')
    expect(await leftToWrite(test)).toEqual([])
  })

  it('loses between two runs the figures that it was given while it bore another name', async () => {
    await edit(1, { Nom: 'Brest (ancienne saisie)' })
    await runSync(test.parts, all)
    expect(epci(1)).toMatchObject({ "Nombre d'acteurs": 3, 'Prochaine journée': '2027-03-01' })
    const { settled } = await live()
    await edit(1, { Nom: 'Rennes Métropole' })
    await expect.poll(() => said(epci(1)?.['Pourquoi']), { timeout: 10_000 }).toMatch(/^Le SIREN/u)
    await expect.poll(() => epci(2)?.["Nombre d'acteurs"], { timeout: 10_000 }).toBe(1)
    await settled()
    expect(epci(1)).toMatchObject({ "Nombre d'acteurs": null, 'Prochaine journée': null })
    expect(await leftToWrite(test)).toEqual([])
  })

  it('says no more of it once it has no SIREN', async () => {
    await runSync(test.parts, all)
    const { settled } = await live()
    await edit(1, { SIREN: null })
    await expect.poll(() => epci(1)?.['Pourquoi'], { timeout: 10_000 }).toBeNull()
    await settled()
    expect(await leftToWrite(test)).toEqual([])
  })

  it('writes nothing for either of two that nobody can tell apart', async () => {
    await edit(1, { Nom: 'Secteur pilote' })
    await edit(2, { Nom: 'Zone témoin' })
    const { reports } = await runSync(test.parts, all)
    expect(reports).toEqual([])
    for (const id of [1, 2]) {
      expect(said(epci(id)?.['Pourquoi'])).toMatch(
        /^Plusieurs lignes portent le SIREN 242900314, celui de « Brest/u,
      )
      expect(epci(id)?.["Nombre d'acteurs"]).toBeNull()
    }
  })

  it('is no reason to empty the others where one SIREN is dragged down the column: they wait for a person', async () => {
    const { double } = test
    const others = { 'Quimper Bretagne Occidentale': '200068120', 'Lorient Agglomération': '200042174' }
    await edit(1, { SIREN: RENNES })
    for (const [Nom, SIREN] of Object.entries(others)) double.table('EPCI').insert({ Nom, SIREN })
    double.table('EPCI').insert({ Nom: 'Saint-Brieuc Armor Agglomération', SIREN: '200069409' })
    await runSync(test.parts, all)
    const figures = () =>
      [1, 2, 3, 4, 5].map((id) => [epci(id)?.["Nombre d'acteurs"], epci(id)?.['Confiance']])
    const before = figures()
    let suspected = 0
    service = await startLiveService(test, test.double, { suspected: () => (suspected += 1) })
    await service.settled()
    test.hooks(service.url)
    await test.base.http.send({
      method: 'PATCH',
      path: `/api/v2/tables/${test.base.table('EPCI').id}/records`,
      body: [1, 3, 4, 5].map((Id) => ({ Id, SIREN: BREST })),
    })
    await expect.poll(() => suspected, { timeout: 10_000 }).toBe(1)
    expect((await runSync(test.parts, all)).held?.reasons.map(({ code }) => code)).toContain('column.emptied')
    expect(figures()).toEqual(before)
    for (const [Id, SIREN] of [
      [1, RENNES],
      [3, '200068120'],
      [4, '200042174'],
      [5, '200069409'],
    ] as const)
      await edit(Id, { SIREN })
    expect((await runSync(test.parts, all)).held).toBeNull()
    await service.settled()
    expect(figures()).toEqual(before)
  })
})
