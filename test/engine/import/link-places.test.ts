import { describe, expect, it } from 'vitest'
import { decideAll, decideProposals } from '../../../src/engine/import/decide.ts'
import { runImport } from '../../../src/engine/import/run-import.ts'
import { doubleBase } from '../../helpers/double-base.ts'
import type { Values } from '../../helpers/nocodb-double/store.ts'
import { plain } from '../../helpers/plain.ts'
import { actorRow, HALL, LIBRARY, proposals, rowsOf, shownProposals, sourceOf } from './source.ts'

const PHONE = '+33296604787'
/** A place that may be one of two records of the base. */
const PLACE = { ...LIBRARY, nom: 'Espace culturel Ti ar Skeud', telephone: PHONE }

async function stage() {
  const made = await doubleBase({
    EPCI: [{ Nom: 'Guingamp-Paimpol', SIREN: '200067981' }],
    Acteurs: [actorRow(LIBRARY), actorRow(HALL)],
  })
  const { double, parts } = made
  const run = () => runImport(parts, sourceOf({ a: PLACE }), { dryRun: false })
  const set = (cells: Values) => double.table('Propositions').update(1, cells)
  await run()
  return {
    ...made,
    ...{ run, set },
    say: (cells: Values) => {
      set(cells)
      return decideProposals(parts, [1])
    },
    shown: () => shownProposals(double).map(plain),
    told: () => plain(String(proposals(double)[0]?.['Suite donnée'] ?? '')),
    state: () => proposals(double)[0]?.['État'],
  }
}

const COLUMN = 'C’est la fiche n°'

describe('a place of which a person says which record it is', () => {
  it.each(['1', 'fiche n° 1', 'n°1'])(
    'is that record (« %s »): what it lacks is proposed at once',
    async (said) => {
      const { say, shown, told, state, double, run } = await stage()
      expect(proposals(double)).toHaveLength(1)
      await say({ [COLUMN]: said })
      expect(state()).toBe('Appliquée')
      expect(told()).toMatch(/^C'est Médiathèque de Callac \(fiche n° 1\) : 2 données sont proposées/u)
      expect(shown().slice(1).toSorted()).toEqual([
        expect.stringContaining(
          '/ Nom: Médiathèque de Callac → Espace culturel Ti ar Skeud (Différence, En attente)',
        ),
        `Médiathèque de Callac (fiche n° 1) / Téléphone: rien → ${PHONE} (À compléter, En attente)`,
      ])
      expect(rowsOf(double, 'Acteurs')).toHaveLength(2)
      const before = shown()
      expect(await run()).toMatchObject({ proposed: 0, moved: 0, counts: { new: 0, unsure: 0 } })
      expect(shown()).toEqual(before)
    },
  )

  it('is told that nothing was compared where what was proposed was changed', async () => {
    const { say, told, state, shown } = await stage()
    await say({ [COLUMN]: '1', 'Valeur proposée': 'Autre chose' })
    expect(state()).toBe('Appliquée')
    expect(told()).toMatch(
      /^C'est Médiathèque de Callac \(fiche n° 1\)\. Ce qui était proposé a été changé ici/u,
    )
    expect(shown()).toHaveLength(1)
  })

  it('is found where no call told of it, and done once', async () => {
    const { set, state, parts, shown } = await stage()
    set({ [COLUMN]: '1' })
    await decideAll(parts)
    expect(state()).toBe('Appliquée')
    const before = shown()
    await decideAll(parts)
    expect(shown()).toEqual(before)
  })

  it('is a new record where they say that it is none', async () => {
    const { say, state, double } = await stage()
    await say({ [COLUMN]: 'Aucune' })
    expect(state()).toBe('Appliquée')
    expect(rowsOf(double, 'Acteurs').map(({ Nom }) => Nom)).toContain(PLACE.nom)
  })

  it.each([
    ['999', 'ne désigne aucune fiche'],
    ['la médiathèque', 'ne désigne aucune fiche'],
    ['1 ou 2', 'désigne plusieurs fiches'],
  ])('waits where « %s » is no record', async (said, expected) => {
    const { say, state, told, shown } = await stage()
    await say({ [COLUMN]: said })
    expect(state()).toBe('En attente')
    expect(told()).toContain(expected)
    expect(shown()).toHaveLength(1)
  })

  it('is taken back by « Annuler », and may be another one then', async () => {
    const { say, state, double, run } = await stage()
    await say({ [COLUMN]: '1' })
    await say({ Décision: 'Annuler' })
    expect(state()).toBe('En attente')
    await run()
    expect(state()).toBe('En attente')
    await say({ Décision: null, [COLUMN]: '2' })
    expect(proposals(double)[0]).toMatchObject({ État: 'Appliquée', 'Numéro de fiche': '2' })
  })
})
