import { describe, expect, it } from 'vitest'
import { runImport } from '../../../src/engine/import/run-import.ts'
import { readSourceCounts } from '../../../src/store/source-counts.ts'
import { doubleBase } from '../../helpers/double-base.ts'
import { plain } from '../../helpers/plain.ts'
import { actorRow, LIBRARY, rowsOf, sourceOf } from './source.ts'
import type { Says } from './source.ts'

const BREST = '242900314'
const place = (nom: string, typologie: string | null, more: Says = {}): Says => ({
  ...{ nom, commune: 'Brest', code_postal: '29200', code_insee: '29019', typologie, ...more },
})
const HOUSE = place('France Services de Brest', 'RFS', { adresse: '1 rue de Siam' })
const LIBRARIES = {
  a: place('Médiathèque des Capucins', 'BIB', { adresse: '25 rue de Pontaniou' }),
  b: place('Médiathèque de Bellevue', 'Médiathèque', { adresse: 'Place Napoléon III' }),
  c: place('Cyberespace du port', null, { adresse: '2 quai de la Douane' }),
}

async function base() {
  const made = await doubleBase({
    EPCI: [{ Nom: 'Brest Métropole', SIREN: BREST }],
    Acteurs: [actorRow(LIBRARY)],
  })
  const run = (places: Parameters<typeof sourceOf>[0], name = 'reseau', dryRun = false) =>
    runImport(made.parts, sourceOf(places, { name }), { dryRun })
  const counts = async (name = 'reseau') =>
    ((await readSourceCounts(made.parts.store, made.parts.base.id)).get(name) ?? []).map(
      ({ siren, kind, records }) => [siren, kind, records],
    )
  const expected = async () => (await made.sync()).reports.find(({ siren }) => siren === BREST)?.prefill
  return { ...made, run, counts, expected }
}

describe('a source that is read', () => {
  it('leaves how many places of each kind it names in each EPCI, each place once', async () => {
    const { run, counts } = await base()
    await run({ ...LIBRARIES, again: LIBRARIES.a, l: { ...LIBRARY, typologie: 'BIB|ASSO' } })
    expect(await counts()).toEqual([
      ['200067981', 'BIB', 1],
      [BREST, '', 1],
      [BREST, 'BIB', 2],
    ])
  })

  it('says in « EPCI » how many are expected at least, from which lists, and which kinds are in none', async () => {
    const { run, expected, double } = await base()
    const before = await expected()
    expect(before).toMatchObject({ basis: 'default_ratio', listed: null })
    await run(LIBRARIES)
    await run({ h: HOUSE }, 'france-services')
    const after = await expected()
    expect(after).toMatchObject({ basis: 'source_lists', expected: 3, listed: { records: 3, floor: true } })
    expect(after?.byPopulation).toBe(before?.expected)
    const [row] = rowsOf(double, 'EPCI')
    expect(row).toMatchObject({ 'Fiches attendues': 3, Alerte: 'Sans date' })
    const told = plain(String(row?.['Attendues selon']))
    expect(told).toContain("Au moins 3 attendues d'après les listes lues.")
    expect(told).toContain('Dans aucune liste : Association')
    expect(told).toMatch(/La population en donnerait \d+/u)
  })

  it('takes the place of its last reading in the EPCI that it names, and is forgotten where it is empty', async () => {
    const { run, counts } = await base()
    await run({ ...LIBRARIES, l: { ...LIBRARY, typologie: 'BIB' } })
    await run({ h: HOUSE })
    expect(await counts()).toEqual([
      ['200067981', 'BIB', 1],
      [BREST, 'RFS', 1],
    ])
    await run({})
    expect(await counts()).toEqual([])
  })

  it('leaves nothing of a trial, nor of a list that breaks off or cannot be read', async () => {
    const { run, counts, parts } = await base()
    await run(LIBRARIES, 'reseau', true)
    expect(await counts()).toEqual([])
    await run(LIBRARIES)
    await run({ a: LIBRARIES.a, x: 'illisible', y: 'illisible', z: 'illisible' })
    const broken = sourceOf({ a: LIBRARIES.a }, { end: new Error('cut') })
    await expect(runImport(parts, broken, { dryRun: false })).rejects.toThrow('cut')
    expect(await counts()).toContainEqual([BREST, 'BIB', 2])
  })
})
