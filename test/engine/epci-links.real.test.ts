import { afterAll, beforeAll, expect, it } from 'vitest'
import { setLinks } from '../../src/nocodb/links.ts'
import { readRows } from '../../src/nocodb/rows.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import type { SyncOptions } from '../../src/engine/run-sync.ts'
import { describeProduction } from '../helpers/engines.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

const all: SyncOptions = { trigger: 'command', dryRun: false, epcis: null }
const TRACE = 'EPCI rattaché par Portrea'
const PLACES = [
  { 'Code INSEE': '29019' },
  { Commune: 'Rennes', 'Code postal': '35000' },
  { Commune: 'Guipavas', 'Code postal': '29490', 'Code INSEE': '29019' },
  {},
  { Commune: 'Rennes', 'Code INSEE': '29019' },
]

describeProduction('the link of records to their EPCI', (nocodb) => {
  let test: TestBase
  let epcis: number[]
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'links')
    epcis = await test.insert('EPCI', [
      { Nom: 'Brest Métropole', SIREN: '242900314' },
      { Nom: 'Rennes Métropole', SIREN: '243500139' },
    ])
    await test.insert(
      'Acteurs',
      Array.from({ length: 50 }, (_, at) => ({ Nom: `Lieu ${at}`, ...PLACES[at % PLACES.length] })),
    )
  })
  afterAll(() => test.close())

  const links = async () => {
    const rows: unknown[] = []
    for await (const page of readRows(test.base, test.base.table('Acteurs'), { columns: ['EPCI'] }))
      rows.push(...page.map(({ EPCI }) => EPCI))
    return rows
  }

  it('is shown by a dry run, set by a run, and then left: listed are as many as are counted', async () => {
    const { plan } = await runSync(test.parts, { ...all, dryRun: true })
    const planned = plan?.find(({ table }) => table === 'Acteurs')?.changes ?? []
    expect(planned.filter(({ link }) => link !== undefined)).toHaveLength(30)
    expect((await links()).every((link) => link === null)).toBe(true)

    const { counts } = await runSync(test.parts, all)
    expect(counts).toMatchObject({ linked: 30, refused: 0 })
    const listed = await Promise.all(
      epcis.map(async (id) => (await links()).filter((link) => link === id).length),
    )
    const actors = [...(await test.cells('Acteurs')).values()]
    expect(listed).toEqual([20, 10])
    // Ten whose name and code contradict each other count where their code is, and say that the EPCI is to be chosen.
    const counted = [...(await test.cells('EPCI')).values()].map((row) => row["Nombre d'acteurs"])
    const left = actors.filter((row) => String(row['À compléter']).includes('se contredisent'))
    expect([counted, left.length]).toEqual([[30, 10], 10])
    const again = await runSync(test.parts, all)
    expect(again.counts).toMatchObject({ linked: 0, cellsWritten: 0, rowsWritten: 0 })
  })

  it('is not set again where a person emptied it', async () => {
    const id = 1 + (await links()).indexOf(epcis[0]!)
    await setLinks(test.base, test.base.table('Acteurs'), 'EPCI', [{ id, target: null }])
    for (let run = 0; run < 2; run++) await runSync(test.parts, all)
    expect((await links())[id - 1]).toBeNull()
    const row = (await test.cells('Acteurs')).get(id)
    expect(row).toMatchObject({ [TRACE]: `Brest Métropole (n° ${epcis[0]})` })
  })
})
