import { describe, expect, it } from 'vitest'
import { getReport } from '../../src/store/reports.ts'
import { all, doubleBase } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'

const SIREN = '242900314'
const brest = { Nom: 'Brest Métropole', SIREN }
const at = (day: string) => ({ now: () => new Date(`${day}T10:00:00Z`) })
const TITLE = 'Au moment du choix'

describe('« Au moment du choix », night after night', () => {
  it('is written with the choice, kept through another recommendation, gone with the choice', async () => {
    const base = await doubleBase({ EPCI: [brest] })
    const row = () => base.double.table('EPCI').get(1)!
    await base.sync(all, at('2026-11-24'))
    expect(row()[TITLE] ?? null).toBeNull()
    Object.assign(row(), { 'Référentiel retenu': 'Réseau' })
    await base.sync(all, at('2026-11-24'))
    const told =
      '« Réseau » retenu le 24 novembre 2026. Portrea recommandait alors « Généraliste » (confiance faible).'
    expect(plain(String(row()[TITLE]))).toBe(told)
    base.double.table('Diagnostics').insert({
      ...{ Date: '2026-11-24', Objectif: 'Base de données', EPCI_id: 1 },
    })
    await base.sync(all, at('2026-11-25'))
    expect(row()['Référentiel recommandé']).toBe('Outil')
    expect(plain(String(row()[TITLE]))).toBe(told)
    expect((await base.sync(all, at('2026-11-25'))).counts.cellsWritten).toBe(0)
    Object.assign(row(), { 'Référentiel retenu': null })
    await base.sync(all, at('2026-11-25'))
    expect(row()[TITLE]).toBeNull()
  })

  it('says no more than is known at the first sight of a base, and leaves what a person wrote there', async () => {
    const words = 'Décidé en comité de pilotage.'
    const base = await doubleBase({
      EPCI: [
        { ...brest, 'Référentiel retenu': 'Outil' },
        { Nom: 'Rennes Métropole', SIREN: '243500139', 'Référentiel retenu': 'Outil', [TITLE]: words },
      ],
    })
    await base.sync(all, at('2026-11-24'))
    const cell = (id: number) => plain(String(base.double.table('EPCI').get(id)![TITLE]))
    expect(cell(1)).toMatch(/^« Outil » retenu au plus tard le 24 novembre 2026\. .* n'est pas connu/)
    expect(cell(2)).toBe(words)
    Object.assign(base.double.table('EPCI').get(2)!, { 'Référentiel retenu': null })
    await base.sync(all, at('2026-11-25'))
    expect(cell(2)).toBe(words)
  })

  it('stands in the report, with the stage and the working axes', async () => {
    const base = await doubleBase({
      EPCI: [{ ...brest, Étape: 'Convention proposée', 'Axes de travail': 'Les mairies\nLes aidants' }],
    })
    await base.sync()
    const { report } = (await getReport(base.parts.store, SIREN))!
    expect(report).toMatchObject({
      ...{ atChoice: null, stage: 'convention_proposed', workingAxes: 'Les mairies\nLes aidants' },
    })
  })
})
