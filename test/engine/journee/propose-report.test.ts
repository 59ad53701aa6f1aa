import { describe, expect, it } from 'vitest'
import { decideAll } from '../../../src/engine/import/decide.ts'
import { proposeReport } from '../../../src/engine/journee/propose-report.ts'
import { addFormDiagnostic } from '../../../src/nocodb/add-form-diagnostic.ts'
import { alone } from '../../../src/store/locks.ts'
import { doubleBase, geography, settings } from '../../helpers/double-base.ts'
import { plain } from '../../helpers/plain.ts'

const SIREN = '242900314'
const ORIGIN = {
  ...{ name: 'formulaire', source: 'Formulaire public, 24 novembre 2026' },
  why: 'Dit par le formulaire public le 24 novembre 2026.',
  epci: { siren: SIREN, name: 'Brest Métropole' },
}
const PLACE = {
  Nom: 'Médiathèque',
  Commune: 'Brest',
  'Code INSEE': '29019',
  'Code postal': '29200',
  EPCI_id: 1,
}

async function base() {
  const made = await doubleBase({
    EPCI: [
      { Nom: 'Brest Métropole', SIREN },
      { Nom: 'Haut-Léon Communauté', SIREN: '200067072' },
    ],
    Acteurs: [PLACE, { ...PLACE, Nom: 'Mairie' }, { ...PLACE, Nom: 'Mairie' }],
  })
  const rows = (table: string) => [...made.double.table(table).rows()].map(([, row]) => row)
  return { ...made, rows }
}

describe('what is reported without an account', () => {
  it('is a correction of the one record of that name and commune, and changes nothing of it', async () => {
    const { parts, double, rows } = await base()
    const before = { ...double.table('Acteurs').get(1) }
    const answers = { nom: ' médiatheque ', commune: 'BREST', telephone: '02 98 00 12 34' }
    for (const _ of [1, 2])
      expect(await proposeReport(parts, ORIGIN, { answers, closed: false })).toEqual({ kept: 1, faults: [] })
    const told = rows('Propositions').map((row) => [
      row['Nature'],
      row['Champ'],
      row['Numéro de fiche'],
      row['SIREN'],
    ])
    expect(told).toEqual([['À compléter', 'Téléphone', '1', SIREN]])
    expect(double.table('Acteurs').get(1)).toEqual(before)
  })

  it('is a new place where the base has none of that name, made once somebody accepts it', async () => {
    const { parts, double, rows } = await base()
    const answers = { nom: 'Café des ondes', commune: 'Brest', horaires: 'lundi 9h-12h' }
    await proposeReport(parts, ORIGIN, { answers, closed: false })
    expect(rows('Propositions').map((row) => [row['Nature'], row['Fiche'], row['Source']])).toEqual([
      ['Nouvelle fiche', 'Café des ondes', ORIGIN.source],
    ])
    for (const row of rows('Propositions')) row['Décision'] = 'Accepter'
    await decideAll(parts)
    expect(double.table('Acteurs').get(4)).toMatchObject({
      Nom: 'Café des ondes',
      Horaires: 'Mo 09:00-12:00',
    })
  })

  it('may be that a known place is closed; of an unknown or a twin it asks, and keeps nothing', async () => {
    const { parts, rows } = await base()
    const closed = (nom: string) =>
      proposeReport(parts, ORIGIN, { answers: { nom, commune: 'Brest' }, closed: true })
    expect(await closed('Médiathèque')).toEqual({ kept: 1, faults: [] })
    expect(rows('Propositions').map((row) => [row['Nature'], plain(String(row['Pourquoi']))])).toEqual([
      ['Disparue de la source', `${ORIGIN.why} Ce lieu n'existe plus, ou n'accueille plus le public.`],
    ])
    expect((await closed('Nulle part')).faults.map(({ field }) => field)).toEqual(['nom'])
    expect((await closed('Mairie')).faults.map(({ field }) => field)).toEqual(['nom'])
    const same = { answers: { nom: 'Médiathèque', commune: 'Brest', telephone: '  ' }, closed: false }
    expect((await proposeReport(parts, ORIGIN, same)).faults.map(({ field }) => field)).toEqual(['nom'])
    const nameless = { answers: { nom: '', commune: 'Brest' }, closed: true }
    expect((await proposeReport(parts, ORIGIN, nameless)).faults.map(({ field }) => field)).toEqual(['nom'])
    expect(rows('Propositions')).toHaveLength(1)
  })
})

describe('a diagnostic that is answered without an account', () => {
  const SAID = {
    ...{ siren: SIREN, day: '2026-11-24', author: 'Formulaire public', remark: 'une\ndeux' },
    answers: { aim: 'networking', meetingsPerYear: 0 },
  } as const
  const { columns } = settings

  it('is one row however often it comes, at once or later; another answer is another row', async () => {
    const { parts, rows } = await base()
    const add = (said: Parameters<typeof addFormDiagnostic>[3] = SAID) =>
      alone(parts.store, 'forms', () => addFormDiagnostic(parts.base, columns, geography, said))
    await Promise.all([add(), add(), add()])
    await add()
    expect(
      rows('Diagnostics').map((row) => [row['Objectif'], row['Rencontres par an'], row['Outil']]),
    ).toEqual([['Mise en réseau', 0, null]])
    await add({ ...SAID, answers: { aim: 'networking' } })
    await add({ ...SAID, day: '2026-11-25' })
    expect(rows('Diagnostics')).toHaveLength(3)
  })

  it('is noticed where NocoDB says yes and keeps nothing, or has no such EPCI', async () => {
    const { parts, double, rows } = await base()
    const refused = { code: 'NOCODB_REFUSED' }
    const elsewhere = addFormDiagnostic(parts.base, columns, geography, { ...SAID, siren: '200000001' })
    await expect(elsewhere).rejects.toMatchObject(refused)
    double.faults = ({ method }) => (method === 'POST' ? { kind: 'lose' } : undefined)
    await expect(addFormDiagnostic(parts.base, columns, geography, SAID)).rejects.toMatchObject(refused)
    const report = { answers: { nom: 'Café', commune: 'Brest' }, closed: false }
    await expect(proposeReport(parts, ORIGIN, report)).rejects.toMatchObject(refused)
    expect([rows('Diagnostics'), rows('Propositions')]).toEqual([[], []])
  })
})
