import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/domain/days.ts'
import { saveHistory } from '../../src/store/history.ts'
import { eventsAfter } from '../../src/store/events.ts'
import { saveReferenceCounts } from '../../src/store/reference-counts.ts'
import { getReport } from '../../src/store/reports.ts'
import { all, doubleBase } from '../helpers/double-base.ts'
import type { DoubleBase } from '../helpers/double-base.ts'
import { PREFILLED } from '../helpers/prefilled-actor.ts'

const SIREN = '242900314'
const TODAY = '2026-11-24'
const brest = { Nom: 'Brest Métropole', SIREN, 'Acteurs attendus': 10 }

const whole = { ...PREFILLED, EPCI_id: 1 }
const bare = { Nom: 'Lieu', Commune: 'Brest', 'Code INSEE': '29019', EPCI_id: 1 }
const day = { Date: addDays(TODAY, 30), EPCI_id: 1 }

/** What was pre-filled some days before today, as former runs left it. */
const before = ({ parts }: DoubleBase, days: number, prefilled: number) =>
  saveHistory(parts.store, addDays(TODAY, -days), [
    {
      siren: SIREN,
      actors: 9,
      completeness: null,
      publishable: null,
      freshness: null,
      recommended: null,
      confidence: null,
      prefilled,
      expected: 10,
    },
  ])
const at = (days: number, hour = 10) => ({
  now: () => new Date(`${addDays(TODAY, days)}T${String(hour).padStart(2, '0')}:00:00Z`),
})
const row = ({ double }: DoubleBase) => double.table('EPCI').get(1)!

describe('the pre-fill written back', () => {
  it('says when it ends and where it stands, from the days before', async () => {
    const base = await doubleBase({
      EPCI: [brest],
      Acteurs: [whole, whole, whole, whole, bare],
      Journées: [day],
    })
    await before(base, 14, 1)
    await base.sync()
    expect(row(base)).toMatchObject({
      'Pré-remplissage (%)': 40,
      'Fiches pré-remplies': 4,
      'Fiches attendues': 10,
      'Prochaine journée': addDays(TODAY, 30),
      'Fin prévue': '2026-12-24', // three in fourteen days: six more take 28
      Alerte: 'Dans les temps',
    })
  })

  it('leaves empty what nobody can know yet', async () => {
    const base = await doubleBase({ EPCI: [brest], Acteurs: [whole], Journées: [day] })
    await base.sync()
    expect(row(base)).toMatchObject({ 'Fin prévue': null, Alerte: null })
  })

  it('writes nothing more the same day, whatever the hour', async () => {
    const base = await doubleBase({ EPCI: [brest], Acteurs: [whole, whole, bare], Journées: [day] })
    await before(base, 14, 1)
    await base.sync(all, at(0, 1))
    expect((await base.sync(all, at(0, 20))).counts.cellsWritten).toBe(0)
  })

  it('keeps its date through a quiet week-end', async () => {
    const base = await doubleBase({ EPCI: [brest], Acteurs: [whole, whole, whole, bare] })
    for (const [days, count] of [
      [16, 1],
      [14, 1],
      [13, 1],
    ] as const)
      await before(base, days, count)
    const friday = at(3)
    await base.sync(all, friday)
    const shown = row(base)['Fin prévue']
    expect(shown).not.toBeNull()
    for (const days of [4, 5]) expect((await base.sync(all, at(days))).counts.cellsWritten).toBe(0)
    expect(row(base)['Fin prévue']).toBe(shown)
  })

  it('measures against the imported list where no target is declared', async () => {
    const base = await doubleBase({ EPCI: [{ ...brest, 'Acteurs attendus': null }], Acteurs: [whole] })
    const list = { source: 'liste.csv', importedAt: '2026-11-01T00:00:00Z' }
    await saveReferenceCounts(base.parts.store, list, [{ siren: SIREN, records: 4 }])
    const { reports } = await base.sync()
    expect(reports[0]?.prefill).toMatchObject({
      expected: 4,
      basis: 'reference_list',
      list: 'liste.csv',
      progress: 25,
    })
  })

  it('is consolidating once the last journée is past and no other is planned, never late', async () => {
    const base = await doubleBase({
      EPCI: [brest],
      Acteurs: [whole],
      Journées: [{ ...day, Date: '2026-11-20' }],
    })
    await base.sync()
    expect(row(base)).toMatchObject({ Alerte: 'Consolidation', 'Prochaine journée': null })
  })
})

describe('who follows the records, and what to do next', () => {
  const people = [
    { Nom: 'Maëlle Le Modèle', Type: 'Associatif', EPCI_id: 1 },
    { Nom: 'Yann Kerfictif', Type: 'Institutionnel', EPCI_id: 1 },
  ]
  const rows = {
    EPCI: [brest],
    Référents: people,
    Acteurs: [
      { ...whole, Référent·e: 'Maëlle Le Modèle' },
      { ...bare, Référent·e: 'LE MODELE Maelle' },
      { ...bare, Référent·e: 'Quelqu’un' },
      whole,
    ],
  }

  it('are counted by row of « Référents », and nobody is named in the store or the report', async () => {
    const base = await doubleBase(rows)
    const { reports, reported } = await base.sync()
    expect(reports[0]?.prefillDetail).toMatchObject({
      referents: [
        { referent: 1, kind: 'associative', present: 2, prefilled: 1, progress: 50 },
        { referent: 2, kind: 'institutional', present: 0, progress: null, status: null },
      ],
      withoutReferent: { present: 2, prefilled: 1 },
      next: [
        { record: 2, gain: 10 },
        { record: 3, gain: 10 },
      ],
    })
    expect(reported).toContainEqual(expect.objectContaining({ code: 'actor.unknown_referent', rows: [3] }))
    const stored = JSON.stringify(await getReport(base.parts.store, SIREN))
    expect(stored).not.toMatch(/Modèle|MODELE|Kerfictif|Quelqu/)
  })

  it('see what the last journée brought, in all and by référent·e, where none is to come', async () => {
    const base = await doubleBase({ ...rows, Journées: [{ Date: '2026-11-10', EPCI_id: 1 }] })
    const actors = base.double.table('Acteurs')
    actors.delete(4)
    await base.sync(all, at(-20))
    actors.insert(whole)
    actors.update(2, { ...whole, Référent·e: 'Maëlle Le Modèle', Étape: 'Validée' })
    Object.assign(actors.get(2)!, { UpdatedAt: `${addDays(TODAY, -2)} 10:00:00+00:00` })
    const { reports } = await base.sync()
    const since = '2026-11-10'
    expect(reports[0]?.prefill.consolidation).toEqual({
      ...{ since, created: 1, completed: 2, confirmed: 1, left: 1 },
    })
    expect(reports[0]?.prefillDetail.referents[0]?.consolidation).toEqual({
      ...{ since, created: 0, completed: 1, confirmed: 1, left: 0 },
    })
    const next = { Journées: [{ Date: '2026-11-10', EPCI_id: 1 }, day] }
    const planned = await doubleBase({ ...rows, ...next })
    expect((await planned.sync()).reports[0]?.prefill.consolidation).toBeNull()
    const fresh = await doubleBase({ ...rows, Journées: [{ Date: since, EPCI_id: 1 }] })
    expect((await fresh.sync()).reports[0]?.prefill).toMatchObject({
      ...{ status: 'consolidating', consolidation: { created: null, completed: null, left: 2 } },
    })
  })

  it('have a speed of their own after some days', async () => {
    const base = await doubleBase(rows)
    await base.sync()
    base.double.table('Acteurs').update(2, { ...whole, Référent·e: 'Maëlle Le Modèle' })
    const { reports } = await base.sync(all, at(4))
    expect(reports[0]?.prefillDetail.referents[0]).toMatchObject({ prefilled: 2, speed: 0.25, speedDays: 4 })
  })
})

describe('what is told', () => {
  const told = async ({ parts }: DoubleBase) =>
    (await eventsAfter(parts.store, 0, 100))
      .map(({ type }) => type)
      .filter((type) => !type.startsWith('sync.'))

  it('is nothing at first sight and nothing where nothing changed', async () => {
    const base = await doubleBase({ EPCI: [brest], Acteurs: [whole, bare], Journées: [day] })
    await base.sync()
    await base.sync()
    expect(await told(base)).toEqual([])
  })

  it('is the progress, on passing a threshold', async () => {
    const base = await doubleBase({ EPCI: [brest], Acteurs: [whole, whole, bare] })
    await base.sync()
    base.double.table('Acteurs').update(3, whole)
    await base.sync()
    expect(await told(base)).toEqual(['prefill.changed', 'prefill.progress'])
  })

  it('is a run from its start to its end, and nothing of a dry one', async () => {
    const base = await doubleBase({ EPCI: [brest] })
    await base.sync({ ...all, dryRun: true })
    expect(await eventsAfter(base.parts.store, 0, 10)).toEqual([])
    const { id, counts } = await base.sync()
    const events = await eventsAfter(base.parts.store, 0, 10)
    expect(events.map(({ type }) => type)).toEqual(['sync.started', 'sync.progress', 'sync.completed'])
    expect(events.at(-1)?.data).toEqual({ run: id, trigger: 'command', epcis: null, counts })
  })

  it('is a failure, with its code and no more', async () => {
    const base = await doubleBase({ EPCI: [brest] }, { without: ['Synchronisations'] })
    await expect(base.sync()).rejects.toMatchObject({
      faults: [expect.stringContaining('Synchronisations')],
    })
    const events = await eventsAfter(base.parts.store, 0, 10)
    expect(events.at(-1)).toMatchObject({ type: 'sync.failed', data: { code: 'SCHEMA_MISMATCH' } })
    expect(JSON.stringify(events)).not.toContain('Synchronisations')
  })
})
