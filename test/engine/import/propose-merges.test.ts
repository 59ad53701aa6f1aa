import { describe, expect, it } from 'vitest'
import { decideProposals } from '../../../src/engine/import/decide.ts'
import { proposeMerges } from '../../../src/engine/import/propose-merges.ts'
import { doubleBase } from '../../helpers/double-base.ts'
import { plain } from '../../helpers/plain.ts'
import { actorRow, HALL, LIBRARY, proposals, rowsOf, shownProposals } from './source.ts'

const SIRET = '21220025700013'
const PHONE = '+33296455234'
const fuller = {
  ...actorRow(LIBRARY),
  'SIRET ou RNA': SIRET,
  Horaires: 'Mo-Fr 09:00-12:00',
  'Site web': 'https://callac.bzh',
}
const other = {
  ...actorRow({ ...LIBRARY, nom: 'Médiathèque municipale de Callac', telephone: PHONE }),
  ...{ 'SIRET ou RNA': SIRET, 'Site web': 'https://autre.bzh' },
}

async function stage(actors = [actorRow(HALL), fuller, other]) {
  const made = await doubleBase({ Acteurs: actors })
  await made.sync()
  const say = (id: number, decision: string | null) => {
    made.double.table('Propositions').update(id, { Décision: decision })
    return decideProposals(made.parts, [id])
  }
  return {
    ...made,
    say,
    propose: (dryRun = false) => proposeMerges(made.parts, { dryRun }),
    shown: () => shownProposals(made.double).map(plain),
    told: () => proposals(made.double).map((row) => plain(String(row['Suite donnée'] ?? ''))),
  }
}

describe('a sure duplicate', () => {
  it('is proposed as what the record that stays lacks, both named, once', async () => {
    const { propose, shown, double } = await stage()
    expect(await propose(true)).toMatchObject({ pairs: 1, toComplete: 1, proposed: 0 })
    expect(shown()).toEqual([])
    expect(await propose()).toMatchObject({ pairs: 1, toComplete: 1, proposed: 1 })
    expect(shown()).toEqual([
      `Médiathèque de Callac (fiche n° 2) / Téléphone: rien → ${PHONE} (Doublon à fusionner, En attente)`,
    ])
    const why = plain(String(proposals(double)[0]?.['Pourquoi']))
    expect(why).toContain('Même lieu que Médiathèque municipale de Callac (fiche n° 3)')
    expect(why).toContain('Médiathèque de Callac (fiche n° 2) reste')
    expect(await propose()).toMatchObject({ toComplete: 1, proposed: 0, moved: 0 })
  })

  it('is not merged where one of the two is kept back from others', async () => {
    const { propose, shown } = await stage([actorRow(HALL), fuller, { ...other, 'Ne pas publier': true }])
    expect(await propose()).toMatchObject({ pairs: 0, proposed: 0 })
    expect(shown()).toEqual([])
  })

  it('completes the record that stays on a yes, deletes nothing, says what is left to do, and is put back', async () => {
    const { propose, say, shown, told, double } = await stage()
    await propose()
    const before = { ...double.table('Acteurs').get(2) }
    await say(1, 'Accepter')
    expect(double.table('Acteurs').get(2)).toMatchObject({
      Téléphone: PHONE,
      'Site web': 'https://callac.bzh',
    })
    expect(rowsOf(double, 'Acteurs')).toHaveLength(3)
    expect(told()[0]).toContain('supprimez fiche n° 3 vous-même')
    expect(await propose()).toMatchObject({ toComplete: 0, proposed: 0, moved: 0 })
    await say(1, 'Annuler')
    expect(double.table('Acteurs').get(2)?.['Téléphone']).toBe(before['Téléphone'])
    expect(shown()[0]).toContain('Annulée')
    expect(await propose()).toMatchObject({ refusedBefore: 1, proposed: 0 })
  })

  it('is outdated where a person says that the two are two, and refused for good', async () => {
    const { propose, say, shown, sync, double } = await stage()
    await propose()
    double.table('Acteurs').update(2, { 'Pas un doublon de': '3' })
    await sync()
    expect(await propose()).toMatchObject({ pairs: 0, moved: 1 })
    expect(shown()[0]).toContain('Dépassée')
    double.table('Acteurs').update(2, { 'Pas un doublon de': null })
    await sync()
    await propose()
    const [, again] = proposals(double)
    await say(Number(again?.['Id'] ?? 1), 'Refuser')
    expect(await propose()).toMatchObject({ refusedBefore: 1, proposed: 0 })
  })

  it('keeps the record that people validated, and is none where a person is to judge', async () => {
    const validated = { ...other, Étape: 'Validée' }
    const { propose, shown } = await stage([actorRow(HALL), fuller, validated])
    await propose()
    expect(shown()).toEqual([expect.stringContaining('fiche n° 3')])
    const two = await stage([
      { ...actorRow({ ...HALL, nom: 'Mairie de Callac' }), 'SIRET ou RNA': SIRET },
      {
        ...actorRow({ ...HALL, nom: 'CCAS de Callac', courriels: 'ccas@callac.bzh' }),
        'SIRET ou RNA': SIRET,
      },
    ])
    expect(await two.propose()).toMatchObject({ pairs: 0, proposed: 0 })
  })
})
