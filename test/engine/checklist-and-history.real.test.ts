import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeRows } from '../../src/nocodb/write-rows.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import type { SyncOptions } from '../../src/engine/run-sync.ts'
import { describeProduction } from '../helpers/engines.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

const BREST = '242900314'
const all: SyncOptions = { trigger: 'command', dryRun: false, epcis: null }
const CONDITIONS = settings.rules['success-conditions'].conditions
const shortOf = (key: string) => CONDITIONS.find((one) => one.key === key)!.short

describeProduction('the checklist and the history', (nocodb) => {
  let test: TestBase
  let epci: number
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'checklist')
    const [first] = await test.insert('EPCI', [
      { Nom: 'Brest Métropole', SIREN: BREST, Population: 213403 },
      { Nom: 'Rennes Métropole', SIREN: '243500139' },
    ])
    epci = first!
    await test.insert('Référents', [
      { Nom: 'Ana', Type: 'Institutionnel', EPCI: epci },
      { Nom: 'Bob', Type: 'Associatif', EPCI: epci },
    ])
    await test.insert('Journées', [{ Date: '2027-01-12', Animateur·rice·s: 1, EPCI: epci }])
  })
  afterAll(() => test.close())

  const rows = async (table: string) => [...(await test.cells(table)).values()]
  const sync = (day = '2026-11-24') =>
    runSync({ ...test.parts, now: () => new Date(`${day}T10:00:00Z`) }, all)
  const brest = async () =>
    (await rows('EPCI')).find((one) => one['SIREN'] === BREST) as Record<string, unknown>
  const write = (table: string, id: unknown, cells: Record<string, string | number | null>) =>
    writeRows(test.base, test.base.table(table), [{ id: Number(id), cells }])
  const condition = async (code: string) =>
    (await rows('Conditions de réussite')).find((one) => one['SIREN'] === BREST && one['Code'] === code)!
  const plain = (cell: unknown) =>
    String(cell)
      .replaceAll(/[\u00a0\u202f]/gu, ' ')
      .replaceAll('’', "'")

  describe('« Conditions de réussite »', () => {
    it('get a row for each EPCI, in the order of the list, with what the data say', async () => {
      const { refused } = await sync()
      expect(refused).toEqual([])
      const found = (await rows('Conditions de réussite')).filter((one) => one['SIREN'] === BREST)
      expect(found.map((one) => one['Code'])).toEqual(CONDITIONS.map(({ key }) => key))
      expect(new Set(found.map((one) => one['Rubrique']))).toEqual(
        new Set(['Mise en place opérationnelle', 'Communication', 'Logistique']),
      )
      expect(await condition('referent_pair')).toMatchObject({ "D'après les données": 'Remplie', État: null })
      expect(await condition('two_facilitators')).toMatchObject({ "D'après les données": 'À faire' })
      expect(plain((await condition('two_facilitators'))['Constat'])).toBe(
        '1 personne anime la journée du 12 janvier 2027 : il en faut 2.',
      )
      expect(await condition('room')).toMatchObject({ "D'après les données": null, Constat: null })
    })

    it('are summed up on the EPCI, the method of its référentiel beside them', async () => {
      expect(plain((await brest())['Conditions de réussite'])).toBe(
        `1 condition remplie sur 13. À faire : le délai d'un mois et ${shortOf('two_facilitators')}. 10 restent à renseigner.`,
      )
      expect(plain((await brest())["Méthode d'accompagnement"])).toMatch(
        /^• Soutien renforcé .* de concernement/,
      )
      await write('EPCI', epci, { 'Référentiel retenu': 'Outil' })
      await sync()
      expect(plain((await brest())["Méthode d'accompagnement"])).toMatch(/^• Phase de pré-remplissage/)
      expect(plain((await brest())['Au moment du choix'])).toMatch(
        /^« Outil » retenu le 24 novembre 2026\. Portrea recommandait alors « Généraliste »/u,
      )
      expect((await sync()).counts.cellsWritten).toBe(0)
    })

    it('leave what people tick as it is, and let it count first', async () => {
      const [facilitators, room] = [await condition('two_facilitators'), await condition('room')]
      await write('Conditions de réussite', facilitators['Id'], {
        État: 'Remplie',
        Remarque: 'Un voisin vient',
      })
      await write('Conditions de réussite', room['Id'], { État: 'À faire' })
      const own = { Condition: 'Un interprète', SIREN: BREST, État: 'À faire' }
      await test.insert('Conditions de réussite', [own])
      const before = await rows('Conditions de réussite')
      await sync()
      expect(plain((await brest())['Conditions de réussite'])).toBe(
        "2 conditions remplies sur 13. À faire : le délai d'un mois et la salle équipée. 9 restent à renseigner.",
      )
      expect(await rows('Conditions de réussite')).toEqual(before)
    })

    it('are brought up to date when the data change, and only then', async () => {
      const [day] = await rows('Journées')
      await write('Journées', day!['Id'], { Animateur·rice·s: 3 })
      await sync()
      expect(await condition('two_facilitators')).toMatchObject({
        ...{ "D'après les données": 'Remplie', État: 'Remplie', Remarque: 'Un voisin vient' },
      })
      expect((await sync()).counts).toMatchObject({ rowsWritten: 0, cellsWritten: 0 })
    })

    it('report a row whose condition is no longer in the list, and leave it', async () => {
      const gone = { Condition: 'Ancienne', SIREN: BREST, Code: 'former', État: 'Remplie' }
      await test.insert('Conditions de réussite', [gone])
      const { reported, counts } = await sync()
      expect(reported.find(({ code }) => code === 'condition.unknown_code')).toMatchObject({ count: 1 })
      expect(counts.cellsWritten).toBe(0)
    })

    it('are added for an EPCI that joins', async () => {
      await test.insert('EPCI', [{ Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' }])
      await sync()
      const found = (await rows('Conditions de réussite')).filter((one) => one['SIREN'] === '200068120')
      expect(found).toHaveLength(CONDITIONS.length)
    })
  })

  describe('« Historique »', () => {
    const history = async () =>
      (await rows('Historique'))
        .filter((one) => one['SIREN'] === BREST)
        .map((one) => [one['Date'], one["Nombre d'acteurs"], one['Charge référents (j)']])
    const move = () =>
      test.insert('Acteurs', [
        { Nom: `Lieu ${process.hrtime.bigint()}`, Commune: 'Brest', 'Code INSEE': '29019', EPCI: epci },
      ])

    it('has one row for each EPCI and day: the day’s row follows what changes within the day', async () => {
      const before = await history()
      expect(before.map(([date]) => date)).toEqual(['2026-11-24'])
      await move()
      await sync()
      const after = await history()
      expect(after.map(([date, actors]) => [date, actors])).toEqual([['2026-11-24', 1]])
    })

    it('has no row for a day on which nothing changed', async () => {
      await sync('2026-11-25')
      expect((await history()).map(([date]) => date)).toEqual(['2026-11-24'])
    })

    it('has a new row for a day with a change, and leaves the former ones', async () => {
      const [before] = await history()
      await move()
      const { counts } = await sync('2026-11-26')
      expect(counts.refused).toBe(0)
      const [first, second] = await history()
      expect(first).toEqual(before)
      expect(second?.slice(0, 2)).toEqual(['2026-11-26', 2])
      expect((await sync('2026-11-26')).counts.cellsWritten).toBe(0)
    })

    it('finds the last row of an EPCI however long ago it was', async () => {
      const old = Array.from({ length: 30 }, (_, index) => ({
        ...{ EPCI: 'Autre', SIREN: '111111111', Date: '2026-11-26', "Nombre d'acteurs": index },
      }))
      await test.insert('Historique', old)
      const before = (await rows('Historique')).length
      expect((await sync('2026-11-27')).counts.cellsWritten).toBe(0)
      expect((await rows('Historique')).length).toBe(before)
    })

    it('says in « Synchronisations » what each run read, wrote, was refused, took, by which rules', async () => {
      const last = (await rows('Synchronisations')).at(-1)
      expect(last).toMatchObject({
        ...{ Résultat: 'Réussie', Origine: 'Ligne de commande', 'Fiches lues': 2, 'EPCI évalués': 3 },
        ...{ 'Lignes écrites': 0, 'Cellules écrites': 0, 'Lignes refusées': 0 },
        Règles: settings.rules.fingerprint.slice('sha256:'.length, 'sha256:'.length + 12),
      })
      expect(Number(last?.['Durée (s)'])).toBeGreaterThanOrEqual(0)
      expect(String(last?.['Message'])).not.toBe('')
    })
  })
})
