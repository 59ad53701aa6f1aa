import { rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Values } from '../helpers/nocodb-double/store.ts'
import { all, doubleBase, settings } from '../helpers/double-base.ts'
import { openStore } from '../../src/store/database.ts'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const brest = { Nom: 'Brest Métropole', SIREN: '242900314' }
const rennes = { Nom: 'Rennes Métropole', SIREN: '243500139' }
const inBrest = { Nom: 'Espace', Commune: 'Brest', 'Code postal': '29200', 'Code INSEE': '29019' }
const TRACE = 'EPCI rattaché par Portrea'
/** French typography is tried elsewhere. */
const plain = (cell: unknown) => String(cell ?? '').replaceAll(/[\u00a0\u202f]/gu, ' ')

const base = (actors: readonly Values[], epcis: readonly Values[] = [brest, rennes]) =>
  doubleBase({ EPCI: epcis, Acteurs: actors })
type TestBase = Awaited<ReturnType<typeof base>>
const actor = ({ double }: TestBase, id = 1): Values => ({
  ...{ EPCI_id: null, [TRACE]: null },
  ...double.table('Acteurs').get(id)!,
})
const empty = ({ double }: TestBase, id = 1) => double.table('Acteurs').link(id, 'EPCI_id', null)

describe('the link of a record to its EPCI', () => {
  it.each<[string, Values]>([
    ['the INSEE code', { 'Code INSEE': '29019' }],
    ['a code, beside the commune in capitals', { 'Code INSEE': '29019', Commune: 'BREST CEDEX 2' }],
    ['the commune and the postal code', { Commune: 'BREST', 'Code postal': '29200' }],
    ['two communes of one EPCI', { 'Code INSEE': '29019', Commune: 'Guipavas', 'Code postal': '29490' }],
    ['a code, beside a CEDEX that nobody knows', { 'Code INSEE': '29019', 'Code postal': '29238' }],
  ])('is set where it is empty and %s names one EPCI', async (_, place) => {
    const test = await base([{ Nom: 'Espace', ...place }])
    const { counts } = await test.sync()
    expect(actor(test)).toMatchObject({ EPCI_id: 1, [TRACE]: 'Brest Métropole (n° 1)' })
    expect(counts.linked).toBe(1)
    expect((await test.sync()).counts).toMatchObject({ linked: 0, cellsWritten: 0, rowsWritten: 0 })
  })

  it.each<[string, Values, readonly Values[], string]>([
    ['nothing tells the place', {}, [brest], 'Il manque l’EPCI, '],
    [
      'a code and a name point apart',
      { 'Code INSEE': '29019', Commune: 'Rennes' },
      [brest, rennes],
      'Il manque l’EPCI (la commune et ses codes se contredisent)',
    ],
    [
      'a code and a postal code point apart',
      { 'Code INSEE': '29019', 'Code postal': '35000' },
      [brest, rennes],
      'Il manque l’EPCI (la commune et ses codes se contredisent)',
    ],
    [
      'its EPCI is not followed',
      inBrest,
      [rennes],
      'Il manque l’EPCI (Brest Métropole n’a pas de ligne dans « EPCI »)',
    ],
    [
      'two rows bear its SIREN',
      inBrest,
      [brest, rennes, brest],
      'Il manque l’EPCI (Brest Métropole a deux lignes dans « EPCI »)',
    ],
  ])('is left where %s, and « À compléter » says so', async (_, place, epcis, words) => {
    const test = await base([{ Nom: 'Espace', ...place }], epcis)
    expect((await test.sync()).counts.linked).toBe(0)
    expect(actor(test)).toMatchObject({ EPCI_id: null, [TRACE]: null })
    expect(plain(actor(test)['À compléter'])).toContain(words)
  })

  it('is never written over: a link that stands counts, whatever the commune says', async () => {
    const test = await base([{ ...inBrest, EPCI_id: 2 }])
    await test.sync()
    expect(actor(test)).toMatchObject({ EPCI_id: 2, [TRACE]: null })
    expect(plain(actor(test)['À compléter'])).not.toContain('EPCI')
  })

  it('is not written over where somebody chose while the run was reading', async () => {
    const test = await base([inBrest])
    const slow = { onProgress: () => test.double.table('Acteurs').link(1, 'EPCI_id', 2) }
    const { counts, refused } = await test.sync({ ...all, ...slow })
    expect(actor(test)).toMatchObject({ EPCI_id: 2, [TRACE]: null })
    expect(counts.linked).toBe(0)
    expect(refused).toEqual([])
  })

  it('stays empty for good once somebody emptied it, also where the store is lost', async () => {
    const test = await base([inBrest])
    await test.sync()
    empty(test)
    await test.sync()
    expect(actor(test)).toMatchObject({ EPCI_id: null })
    expect(plain(actor(test)['À compléter'])).toContain('Il manque l’EPCI')
    await otherStore(test)
    expect(actor(test)).toMatchObject({ EPCI_id: null })
  })

  it('stays empty where a person set and emptied it, also where the store is lost', async () => {
    const test = await base([{ ...inBrest, EPCI_id: 2 }])
    await test.sync()
    empty(test)
    for (let run = 0; run < 2; run++) await test.sync()
    expect(actor(test)).toMatchObject({ EPCI_id: null, [TRACE]: null })
    await otherStore(test)
    expect(actor(test)).toMatchObject({ EPCI_id: null, [TRACE]: null })
  })

  it('is not said to have been taken away by hand where the store that knew it is lost', async () => {
    const test = await base([
      inBrest,
      { Nom: 'Nulle part' },
      { ...inBrest, Commune: 'Rennes' },
      { ...inBrest, EPCI_id: 2 },
    ])
    await test.sync()
    for (const id of [1, 4]) empty(test, id)
    await test.sync()
    const before = [1, 2, 3, 4].map((id) => plain(actor(test, id)['À compléter']))
    await otherStore(test)
    const after = [1, 2, 3, 4].map((id) => plain(actor(test, id)['À compléter']))
    expect(after.slice(0, 3)).toEqual(before.slice(0, 3))
    expect(before[0]).toContain('(retiré à la main)') // its trace says so
    expect(before[1]).not.toContain('(')
    expect(before[3]).toContain('(retiré à la main)')
    expect(after[3]).toMatch(/l’EPCI,? /u)
    expect(after[3]).not.toContain('retiré')
  })

  it('is set again where its EPCI left the base and came back: nobody chose', async () => {
    const test = await base([inBrest, { ...inBrest, EPCI_id: 1 }])
    await test.sync()
    test.double.table('EPCI').delete(1)
    for (const id of [1, 2]) empty(test, id)
    await test.sync()
    const back = test.double.table('EPCI').insert(brest)
    await test.sync()
    expect(actor(test)).toMatchObject({ EPCI_id: back, [TRACE]: `Brest Métropole (n° ${back})` })
    expect(actor(test, 2)).toMatchObject({ EPCI_id: back })
  })

  it('is set again where its row was deleted and entered anew between two looks, with the same SIREN', async () => {
    const test = await base([{ ...inBrest, EPCI_id: 1 }])
    for (let run = 0; run < 2; run++) await test.sync()
    test.double.table('EPCI').delete(1)
    empty(test)
    const back = test.double.table('EPCI').insert(brest)
    await test.sync()
    expect(actor(test)).toMatchObject({ EPCI_id: back, [TRACE]: `Brest Métropole (n° ${back})` })
  })

  it('follows the commune once it is mended', async () => {
    const test = await base([{ ...inBrest, Commune: 'Rennes' }])
    await test.sync()
    test.double.table('Acteurs').update(1, { Commune: 'Brest' })
    await test.sync()
    expect(actor(test)['EPCI_id']).toBe(1)
  })

  it('makes no record fresh: it is not a person who changed it', async () => {
    const test = await base([{ ...inBrest, 'Date de mise à jour': '2020-01-15' }])
    const later = { now: () => new Date('2026-12-24T10:00:00Z') }
    await test.sync({ ...all })
    await test.sync(all, later)
    expect(actor(test)['Fraîcheur']).toBe('À actualiser')
    test.double.table('Acteurs').link(1, 'EPCI_id', 2) // a person did
    await test.sync(all, later)
    expect(actor(test)['Fraîcheur']).toBe('À jour')
  })

  it('is shown by a dry run, which writes nothing', async () => {
    const test = await base([inBrest])
    const { plan } = await test.sync({ ...all, dryRun: true })
    const changes = plan?.find(({ table }) => table === 'Acteurs')?.changes
    expect(changes).toMatchObject([{ id: 1, link: { title: 'EPCI', target: 1 } }])
    expect(actor(test)).toMatchObject({ EPCI_id: null, [TRACE]: null })
  })

  it.each([{ linkEpcis: false }])('is left alone where config says so', async (changed) => {
    const test = await base([inBrest])
    const nocodb = Object.create(test.parts.base, {
      settings: { value: { ...settings.nocodb, ...changed } },
    }) as typeof test.parts.base
    await test.sync(all, { base: nocodb })
    expect(actor(test)).toMatchObject({ EPCI_id: null })
    expect(plain(actor(test)['À compléter'])).toContain('Il manque l’EPCI')
  })

  it('lists in each EPCI as many records as it counts', async () => {
    const places = [inBrest, { 'Code INSEE': '35238' }, { Commune: 'Guipavas', 'Code postal': '29490' }, {}]
    const test = await base(Array.from({ length: 40 }, (_, at) => ({ Nom: `Lieu ${at}`, ...places[at % 4] })))
    await test.sync()
    const links = [...test.double.table('Acteurs').rows()].map(([, row]) => row['EPCI_id'])
    for (const [id, row] of test.double.table('EPCI').rows())
      expect(row["Nombre d'acteurs"]).toBe(links.filter((link) => link === id).length)
  })
})

/** A run with a store that knows nothing. */
async function otherStore({ sync }: TestBase): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portrea-lost-'))
  const store = await openStore({ dataDir })
  for (let run = 0; run < 2; run++) await sync(all, { store })
  await store.close()
  await rm(dataDir, { recursive: true })
}
