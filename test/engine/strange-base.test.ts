import { describe, expect, it } from 'vitest'
import { assertFits } from '../../src/nocodb/drift.ts'
import type { Values } from '../helpers/nocodb-double/store.ts'
import { plain } from '../helpers/plain.ts'
import { all, doubleBase as strangeBase, geography, settings } from '../helpers/double-base.ts'

const brest = { Nom: 'Brest Métropole', SIREN: '242900314' }

describe('a synchronisation of a base that is not quite ours', () => {
  it('reads a journée kept as a moment as its day in Paris, and then has nothing more to write', async () => {
    const { double, sync } = await strangeBase(
      { EPCI: [brest], Journées: [{ Date: '2027-05-05 22:30:00+00:00', EPCI_id: 1 }] },
      { types: { 'Journées.Date': 'DateTime' } },
    )
    await sync()
    expect(double.table('EPCI').get(1)?.['Prochaine journée']).toBe('2027-05-06')
    expect((await sync()).counts.cellsWritten).toBe(0)
  })

  it.each([
    ['SingleLineText', '15/01/2020'],
    ['DateTime', '2020-01-15 10:00:00+00:00'],
  ])(
    'believes a date of update in a column of type %s, not the day NocoDB touched the row',
    async (type, said) => {
      const { double, sync } = await strangeBase(
        { Acteurs: [{ Nom: 'Espace', 'Date de mise à jour': said }] },
        { types: { 'Acteurs.Date de mise à jour': type } },
      )
      await sync()
      expect(double.table('Acteurs').get(1)?.['Fraîcheur']).toBe('À actualiser')
    },
  )

  it('takes a population of 0 for one that nobody wrote, and whole numbers of expected actors', async () => {
    const { sync } = await strangeBase({
      EPCI: [
        { ...brest, Population: 0 },
        { Nom: 'Rennes Métropole', SIREN: '243500139', 'Acteurs attendus': 12.4 },
      ],
    })
    const { reports } = await sync()
    const brestToday = geography.epci('242900314')!.population
    const expected = reports.map(({ prefill }) => prefill.expected)
    expect(expected).toEqual([
      Math.round((brestToday * settings.rules.prefill.expected.per10000) / 10_000),
      12,
    ])
  })

  it.each(['242900314.0', '242 900 314', '="242900314"', '\u200b242900314'])(
    'reads a SIREN written %j as any other code',
    async (siren) => {
      const { sync } = await strangeBase({ EPCI: [{ Nom: 'Brest Métropole', SIREN: siren }] })
      const { reports, reported } = await sync()
      expect(reports.map((one) => one.siren)).toEqual(['242900314'])
      expect(reported.map(({ code }) => code)).not.toContain('epci.no_siren')
    },
  )

  it.each(['Number', 'Decimal', 'Currency'])('reads SIREN from a column of type %s', async (type) => {
    const { parts, sync } = await strangeBase(
      {
        EPCI: [{ Nom: 'Brest Métropole', SIREN: 242_900_314 }],
        Acteurs: [{ 'Code INSEE': 29_019, 'Code postal': 29_200 }],
      },
      { types: { 'EPCI.SIREN': type, 'Acteurs.Code INSEE': type, 'Acteurs.Code postal': type } },
    )
    expect(parts.base.drifts).toEqual([])
    const { reports } = await sync()
    expect(reports.map(({ siren, actors }) => [siren, actors])).toEqual([['242900314', 1]])
  })

  it('says what to do of a column that cannot hold SIREN', async () => {
    const { parts } = await strangeBase({ EPCI: [] }, { types: { 'EPCI.SIREN': 'Rating' } })
    expect(() => assertFits(parts.base)).toThrow(
      expect.objectContaining({
        faults: [expect.stringMatching(/SIREN.*Rating.*remettez ce type.*ou nommez une autre colonne/u)],
      }),
    )
  })

  it.each([
    ['Acteurs attendus', 0],
    ['Acteurs attendus', -5],
    ['Population', -3],
    ['Jours référents réels', -2],
    ['Jours chargé·e réels', -0.5],
  ])('tells of %s = %d, and does not count it', async (title, figure) => {
    const [odd, none] = await Promise.all(
      [{ [title]: figure }, {}].map(async (cells) => {
        const { sync } = await strangeBase({ EPCI: [{ ...brest, ...cells }] })
        return sync()
      }),
    )
    expect(odd!.reported.find(({ code }) => code === 'epci.odd_figure')).toMatchObject({
      rows: [1],
      message: expect.stringMatching(new RegExp(`Brest Métropole.*${title}`, 'u')),
    })
    expect(odd!.reports).toEqual(none!.reports)
  })

  it.each<[string, Values, RegExp]>([
    [
      'more present than invited',
      { 'Personnes invitées': 30, 'Personnes présentes': 40 },
      /40 « Personnes présentes » pour 30 « Personnes invitées »/u,
    ],
    [
      'more expected than invited',
      { 'Personnes invitées': 30, 'Personnes attendues': 31 },
      /31 « Personnes attendues » pour 30/u,
    ],
    [
      'somebody present and nobody invited',
      { 'Personnes invitées': 0, 'Personnes présentes': 4 },
      /4 « Personnes présentes » pour 0/u,
    ],
    [
      'fewer than nobody invited',
      { 'Personnes invitées': -30, 'Personnes présentes': 4 },
      /\(« Personnes invitées »\)/u,
    ],
  ])('tells of a journée with %s', async (_, people, message) => {
    const day = { Date: '2026-10-01', EPCI_id: 1, ...people }
    const { sync } = await strangeBase({ EPCI: [brest], Journées: [day] })
    const { reported } = await sync()
    const odd = reported.find(({ code }) => code === 'epci.odd_figure')
    expect(odd?.rows).toEqual([1])
    expect(plain(odd!.message)).toMatch(/Brest Métropole : journée du 1er octobre 2026/u)
    expect(plain(odd!.message)).toMatch(message)
  })

  it.each<[string, Values]>([
    ['as many present as invited', { 'Personnes invitées': 30, 'Personnes présentes': 30 }],
    ['nobody knows how many invited', { 'Personnes présentes': 30 }],
  ])('tells nothing of a journée with %s', async (_, people) => {
    const day = { Date: '2026-10-01', EPCI_id: 1, ...people }
    const { reported } = await (await strangeBase({ EPCI: [brest], Journées: [day] })).sync()
    expect(reported.map(({ code }) => code)).not.toContain('epci.odd_figure')
  })

  it('tells of a number of meetings below zero, and of which diagnostic', async () => {
    const form = { Date: '2026-03-01', 'Rencontres par an': -2, EPCI_id: 1 }
    const { reported } = await (await strangeBase({ EPCI: [brest], Diagnostics: [form] })).sync()
    const odd = reported.find(({ code }) => code === 'epci.odd_figure')
    expect(plain(odd!.message)).toMatch(/diagnostic du 1er mars 2026 \(« Rencontres par an »\)/u)
  })

  it.each<[string, string, Values, RegExp | null]>([
    [
      'Réseau, where there is none',
      'Réseau',
      { "Réseau d'acteurs": 'Aucun' },
      /^« Réseau » est retenu\. Préalable : constituer d'abord le réseau/u,
    ],
    [
      'Réseau, where nobody knows of one',
      'Réseau',
      {},
      /^« Réseau » est retenu\. Préalable : savoir si un réseau/u,
    ],
    [
      'Outil, without a référent·e',
      'Outil',
      { 'Référent·e·s désigné·e·s': 'Aucun' },
      /^« Outil » est retenu\. Préalable : désigner au moins une personne/u,
    ],
    ['Réseau, where it is there', 'Réseau', { "Réseau d'acteurs": 'Constitué' }, null],
    ['Généraliste', 'Généraliste', {}, null],
  ])('says in « Pourquoi » what is asked for first by %s', async (_, retained, answers, said) => {
    const aim = retained === 'Réseau' ? 'Base de données' : 'Mise en réseau'
    const { double, sync } = await strangeBase({
      EPCI: [{ ...brest, 'Référentiel retenu': retained }],
      Diagnostics: [{ Date: '2026-03-01', Objectif: aim, EPCI_id: 1, ...answers }],
    })
    await sync()
    const why = plain(String(double.table('EPCI').get(1)?.['Pourquoi']))
    if (said === null) expect(why).not.toContain('est retenu')
    else expect(why).toMatch(said)
  })

  it('tells of a journée without a date, which counts for nothing', async () => {
    const { double, sync } = await strangeBase({ EPCI: [brest], Journées: [{ Lieu: 'Mairie', EPCI_id: 1 }] })
    const { reported } = await sync()
    expect(reported.find(({ code }) => code === 'day.no_date')).toMatchObject({ count: 1, rows: [1] })
    expect(double.table('EPCI').get(1)?.['Prochaine journée']).toBeNull()
  })

  it('says that the table of its runs is missing before it writes anything', async () => {
    const { double, sync } = await strangeBase({ EPCI: [brest] }, { without: ['Synchronisations'] })
    await expect(sync()).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      faults: [expect.stringMatching(/«\s*Synchronisations\s*».*provision/su)],
    })
    expect(double.table('EPCI').get(1)?.['Référentiel recommandé']).toBeNull()
  })

  it('plans a row once, and no table that stays as it is', async () => {
    const twin = { Nom: 'Espace', Commune: 'Brest', 'Code INSEE': '29019', Téléphone: '02 98 00 00 00' }
    const { sync } = await strangeBase({ Acteurs: [twin, twin] })
    const { plan } = await sync({ ...all, dryRun: true })
    expect(plan?.map(({ table }) => table)).toEqual(['Acteurs'])
    expect(plan?.[0]?.changes.map(({ id }) => id)).toEqual([1, 2])
    expect(plan?.[0]?.changes[0]?.cells).toHaveProperty('Doublons possibles')
  })

  it('reports a « Référentiel retenu » that is none of the three, and goes by the recommended one', async () => {
    const odd = { ...brest, 'Référentiel retenu': 'Cartographie' }
    const { sync } = await strangeBase(
      { EPCI: [odd] },
      { types: { 'EPCI.Référentiel retenu': 'SingleLineText' } },
    )
    const { reported, reports } = await sync()
    expect(reported.find(({ code }) => code === 'epci.unknown_retained')).toMatchObject({
      count: 1,
      rows: [1],
    })
    expect(reports[0]?.workload.follows).toBe('recommended')
  })

  it('leaves a row of a run that failed while NocoDB answers', async () => {
    const { double, sync } = await strangeBase({ EPCI: [brest] }, { without: ['Diagnostics'] })
    await expect(sync()).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
    expect(double.table('Synchronisations').get(1)).toMatchObject({
      Résultat: 'Échouée',
      Message: expect.stringContaining('Diagnostics\u202f» manque dans NocoDB'),
    })
  })

  it('proposes a duplicate once, writes nothing the second time, and never asks again once a person denied it', async () => {
    const twin = { Nom: 'Espace', Commune: 'Brest', 'Code INSEE': '29019', Téléphone: '02 98 00 00 00' }
    const { double, sync } = await strangeBase({
      Acteurs: [
        { ...twin, Identifiant: 'structure-1' },
        { ...twin, Nom: 'ESPACE', Identifiant: 'structure-2' },
      ],
    })
    const actors = double.table('Acteurs')
    const cells = () => [1, 2].map((id) => actors.get(id)?.['Doublons possibles'] ?? null)
    await sync()
    expect(cells()).toEqual([expect.stringContaining('structure-2'), expect.stringContaining('structure-1')])
    expect((await sync()).counts.cellsWritten).toBe(0)
    actors.update(2, { 'Pas un doublon de': 'structure-1' })
    await sync()
    expect(cells()).toEqual([null, null])
    expect((await sync()).counts.cellsWritten).toBe(0)
  })
})
