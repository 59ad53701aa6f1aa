import { describe, expect, it } from 'vitest'
import { all, doubleBase, settings } from '../helpers/double-base.ts'
import type { Values } from '../helpers/nocodb-double/store.ts'

const BREST = { Nom: 'Brest Métropole', SIREN: '242900314' }
const QUIMPER = { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' }
const SIRET = '43493312300029'
const brest = (more: Values = {}): Values => ({
  Nom: 'Espace',
  Commune: 'Brest',
  'Code INSEE': '29019',
  'Code postal': '29200',
  EPCI_id: 1,
  ...more,
})
const point = (latitude: number, longitude: number): Values => ({ Latitude: latitude, Longitude: longitude })

async function syncedBase(actors: readonly Values[]) {
  const base = await doubleBase({
    EPCI: [BREST, QUIMPER],
    Acteurs: actors.map((one, at) => ({ Identifiant: `a-${at}`, ...one })),
  })
  const cell = (id: number) => (base.double.table('Acteurs').get(id)?.['Anomalies'] as string | null) ?? ''
  /** Rows that a synchronisation reads by their ids. */
  const readAgain = async () => {
    const before = base.double.calls.length
    const result = await base.sync()
    const wheres = base.double.calls.slice(before).map(({ query }) => query.get('where') ?? '')
    const ids = wheres.flatMap((where) => /^\(\w+,in,([\d,]+)\)/.exec(where)?.[1]?.split(',') ?? [])
    return { counts: result.counts, ids: [...new Set(ids)].map(Number) }
  }
  const change = (id: number, values: Values) => base.double.table('Acteurs').update(id, values)
  return { ...base, cell, readAgain, change }
}

describe('what other records tell of a row', () => {
  it('stands in « Anomalies », and a second synchronisation neither writes nor reads it again', async () => {
    const { sync, cell, readAgain } = await syncedBase([
      brest({ 'SIRET ou RNA': SIRET }),
      brest({ 'SIRET ou RNA': SIRET, Identifiant: 'a-0', Téléphone: '02 98' }),
      brest(point(48.39, -4.49)),
      brest(point(48.4, -4.48)),
      brest(point(48.38, -4.5)),
      brest(point(48.85, 2.35)),
    ])
    const { reports } = await sync()
    expect(cell(1)).toContain('2 fiches portent ce numéro, dans la même commune')
    expect(cell(1).match(/\[[a-z_.]+\]/gu)).toEqual(['[id.repeated]', '[pivot.shared]'])
    expect(cell(2).match(/\[[a-z_.]+\]/gu)).toEqual([
      '[telephone.invalid]',
      '[id.repeated]',
      '[pivot.shared]',
    ])
    expect(cell(6)).toMatch(/à 50\d km des autres fiches de Brest .*\[latitude\.outlier\]$/u)
    const counted = new Map(reports[0]?.findings.map(({ code, records }) => [code, records]))
    expect([counted.get('pivot.shared'), counted.get('latitude.outlier')]).toEqual([2, 1])
    expect(await readAgain()).toMatchObject({ counts: { cellsWritten: 0 } })
  })

  it('follows the others: one more, one less, nobody left', async () => {
    const { sync, cell, change, readAgain, double } = await syncedBase([
      brest({ 'SIRET ou RNA': SIRET }),
      brest({ 'SIRET ou RNA': SIRET }),
      brest(),
    ])
    await sync()
    change(3, { 'SIRET ou RNA': SIRET, Commune: 'Guipavas', 'Code INSEE': '29075', 'Code postal': '29490' })
    await sync()
    for (const id of [1, 2, 3]) expect(cell(id)).toContain('3 fiches portent ce numéro, dans 2 communes')
    expect(await readAgain()).toMatchObject({ counts: { cellsWritten: 0 } })
    double.table('Acteurs').delete(2)
    change(1, { 'SIRET ou RNA': '35600000011275' })
    expect((await readAgain()).ids).toEqual([1, 3])
    expect([cell(1), cell(3)]).toEqual(['', ''])
    expect(await readAgain()).toMatchObject({ counts: { cellsWritten: 0 } })
  })

  it('is silenced by a person’s word on that row, and still counts for the others', async () => {
    const { sync, cell, change, readAgain } = await syncedBase([
      brest({ 'SIRET ou RNA': SIRET }),
      brest({ 'SIRET ou RNA': SIRET }),
    ])
    await sync()
    change(1, { 'Vérifié exact': 'pivot.shared' })
    const { reported } = await sync()
    expect(reported.map(({ code }) => code)).not.toContain('actor.unknown_code')
    expect([cell(1), cell(2).includes('2 fiches')]).toEqual(['', true])
    expect(await readAgain()).toMatchObject({ counts: { cellsWritten: 0 } })
  })

  it('stays beside the row’s own anomalies when those change, in their order', async () => {
    const { sync, cell, change, readAgain } = await syncedBase([
      brest({ 'SIRET ou RNA': SIRET, Téléphone: '02 98 00 00 00' }),
      brest({ 'SIRET ou RNA': SIRET }),
    ])
    await sync()
    expect(cell(1).match(/\[[a-z_.]+\]/gu)).toEqual(['[pivot.shared]', '[telephone.notation]'])
    change(1, { Téléphone: '02 98', 'Code INSEE': '29039' })
    await sync()
    expect(cell(1).match(/\[[a-z_.]+\]/gu)).toEqual([
      '[telephone.invalid]',
      '[pivot.shared]',
      '[code_insee.other_commune]',
    ])
    change(1, { Anomalies: 'À vérifier — effacé. [pivot.shared]' })
    await sync()
    expect(cell(1)).toContain('[telephone.invalid]')
    expect(cell(1)).not.toContain('effacé')
    expect((await readAgain()).counts.cellsWritten).toBe(0)
  })

  it('comes to rest where a thousand signs do not hold it', async () => {
    const faulty = Object.fromEntries(
      [
        'Site web',
        'Courriels',
        'Horaires',
        'Itinérance',
        'Services',
        'Frais à charge',
        'Prise de rendez-vous',
      ].map((title) => [title, 'une valeur tout à fait fausse, et assez longue pour remplir la cellule']),
    )
    const { sync, cell, readAgain } = await syncedBase([
      brest({ 'SIRET ou RNA': SIRET, ...faulty }),
      brest({ 'SIRET ou RNA': SIRET }),
    ])
    await sync()
    expect(cell(1)).toMatch(/\n… et \d autres anomalies$/u)
    expect(await readAgain()).toMatchObject({ counts: { cellsWritten: 0 } })
  })

  it('is written only in the EPCI asked for, though all are read', async () => {
    const { sync, cell } = await syncedBase([
      brest({ 'SIRET ou RNA': SIRET }),
      { Nom: 'Espace', 'Code INSEE': '29232', EPCI_id: 2, 'SIRET ou RNA': SIRET },
    ])
    await sync({ ...all, epcis: [QUIMPER.SIREN] })
    expect(cell(1)).toBe('')
    expect(cell(2)).toContain('2 fiches portent ce numéro, dans 2 communes')
    const { plan } = await sync({ ...all, dryRun: true })
    const planned = plan?.find(({ table }) => table === settings.columns.actors.title)?.changes
    expect(planned?.map(({ id }) => id)).toEqual([1])
    expect(planned?.[0]?.cells['Anomalies']).toContain('[pivot.shared]')
  })

  it('needs more than one reading by ids where many rows are new to it', async () => {
    const { sync, cell, readAgain } = await syncedBase(
      Array.from({ length: 900 }, () => brest({ 'SIRET ou RNA': SIRET })),
    )
    await sync()
    expect([1, 450, 900].every((id) => cell(id).includes('900 fiches portent'))).toBe(true)
    expect(await readAgain()).toMatchObject({ counts: { cellsWritten: 0 } })
  })
})
