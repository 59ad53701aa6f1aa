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

describe('what is reported by who does not see the record', () => {
  const report = (parts: Parameters<typeof proposeReport>[0], answers: object, closed = false) =>
    proposeReport(parts, ORIGIN, { answers: { nom: 'Médiathèque', commune: 'Brest', ...answers }, closed })
  const faultsOf = async (...given: Parameters<typeof report>) =>
    (await report(...given)).faults.map(({ field, message }) => [field, plain(message)])
  const LIST = ['Aide aux démarches administratives', 'Maîtrise des outils numériques du quotidien']

  it('adds what is ticked to a list, and takes nothing away', async () => {
    const { parts, double, rows } = await base()
    const [first, second] = LIST
    double.table('Acteurs').get(1)!['Services'] = first
    expect(await report(parts, { services: second })).toEqual({ kept: 1, faults: [] })
    expect(rows('Propositions').map((row) => [row['Nature'], row['Champ']])).toEqual([
      ['À compléter', 'Services'],
    ])
    for (const row of rows('Propositions')) row['Décision'] = 'Accepter'
    await decideAll(parts)
    expect(String(double.table('Acteurs').get(1)!['Services']).split(/[,|]/u).toSorted()).toEqual(LIST)
    expect(await faultsOf(parts, { services: first })).toEqual([['nom', expect.stringContaining('déjà')]])
  })

  it('is heard again in another month, and not thanked for where it was answered in this one', async () => {
    const { parts, rows } = await base()
    const at = (day: string) => ({ ...parts, now: () => new Date(`${day}T10:00:00Z`) })
    expect(await report(at('2026-11-24'), {}, true)).toEqual({ kept: 1, faults: [] })
    for (const row of rows('Propositions')) row['État'] = 'Refusée'
    expect(await faultsOf(at('2026-11-25'), {}, true)).toEqual([['nom', expect.stringContaining('déjà')]])
    expect(await report(at('2026-12-02'), {}, true)).toEqual({ kept: 1, faults: [] })
    expect(rows('Propositions')).toHaveLength(2)
  })

  it('is no formula, and of no commune of elsewhere', async () => {
    const { parts, rows } = await base()
    expect(await faultsOf(parts, { telephone: '=HYPERLINK("x")', horaires: '+A1(2)' })).toEqual([
      ['telephone', expect.stringContaining('tableur')],
      ['horaires', expect.stringContaining('tableur')],
    ])
    expect(await faultsOf(parts, { nom: 'Café', commune: 'Roscoff' })).toEqual([
      ['commune', "Cette commune n'est pas dans ce territoire."],
    ])
    expect(rows('Propositions')).toEqual([])
    expect(await report(parts, { telephone: '+33(0)2 98 00 12 34' })).toEqual({ kept: 1, faults: [] })
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

  it('counts anew where somebody comes back to a former answer on the same day', async () => {
    const { parts, rows } = await base()
    const add = (aim: 'networking' | 'database') =>
      addFormDiagnostic(parts.base, columns, geography, { ...SAID, answers: { aim }, remark: '=1+1' })
    for (const aim of ['networking', 'database', 'networking', 'networking'] as const) await add(aim)
    expect(rows('Diagnostics').map((row) => [row['Objectif'], row['Remarque']])).toEqual([
      ['Mise en réseau', "'=1+1"],
      ['Base de données', "'=1+1"],
      ['Mise en réseau', "'=1+1"],
    ])
  })

  it('needs no column for remarks, but one that tells who answered', async () => {
    const without = async (title: string) => {
      const { parts, rows } = await base()
      const table = parts.base.table('Diagnostics')
      const named = new Map([...table.columns].filter(([name]) => name !== title))
      const tables = new Map([...parts.base.tables, [table.title, { ...table, columns: named }]])
      const lacking = { ...parts.base, tables, table: (name: string) => tables.get(name)! }
      await addFormDiagnostic(lacking, columns, geography, SAID)
      return rows('Diagnostics').map((row) => row['Auteur·rice'])
    }
    expect(await without('Remarque')).toEqual(['Formulaire public'])
    await expect(without('Auteur·rice')).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
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
