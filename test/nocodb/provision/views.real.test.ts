import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { desiredBase } from '../../../src/app.ts'
import { openBase } from '../../../src/nocodb/base.ts'
import type { Base } from '../../../src/nocodb/base.ts'
import { openHttp } from '../../../src/nocodb/http.ts'
import { insertRows } from '../../../src/nocodb/insert-rows.ts'
import { createBase, openSdk } from '../../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../../src/nocodb/meta-client.ts'
import { provision } from '../../../src/nocodb/provision/provision.ts'
import { writeRows } from '../../../src/nocodb/write-rows.ts'
import { describeEngines } from '../../helpers/engines.ts'
import { settings } from '../../helpers/portrea-base.ts'
import { comparable, shownColumns } from './own-base.ts'

type Loose = Readonly<Record<string, any>>

const desired = desiredBase(settings, { publicUrl: 'https://portrea.example.org' })
const log = pino({ level: 'silent' })

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

describeEngines('the views that provision makes', (nocodb) => {
  let meta: Sdk
  let base: Base
  beforeAll(async () => {
    const http = openHttp(nocodb.url, nocodb.token, settings.nocodb, log)
    const id = await createBase(http, `Views ${process.hrtime.bigint()}`)
    http.close()
    base = await openBase({ url: nocodb.url, token: nocodb.token, base: id }, settings.nocodb, log)
    meta = await openSdk(base.http)
    await provision(base, desired)
  })
  afterAll(async () => {
    await meta.base.delete(base.id)
    await base.close()
  })

  const views = async (table: string) =>
    (await meta.dbView.list(base.table(table).id)).list as unknown as Loose[]
  const view = async (table: string, title: string) => {
    const found = (await views(table)).find((one) => one['title'] === title)
    if (found === undefined) throw new Error(`no view "${title}"`)
    return found
  }
  const insert = async (table: string, ...rows: Readonly<Record<string, string | number>>[]) => {
    const { ids, refused } = await insertRows(base, base.table(table), rows)
    expect(refused).toEqual([])
    return ids.map(Number)
  }
  /** The names of the rows that people see in a view, in order. */
  const seen = async (table: string, title: string, name = 'Nom') => {
    const query = { viewId: String((await view(table, title))['id']), fields: name, limit: 100 }
    const path = `/api/v2/tables/${base.table(table).id}/records`
    const { list } = await base.http.send<{ list: Loose[] }>({ method: 'GET', path, query })
    return list.map((row) => row[name])
  }

  it('are grids, kanbans, a calendar and forms, each with a description', async () => {
    const kinds = async (table: string) =>
      (await views(table)).slice(1).map(({ title, type, description }) => [title, type, description !== ''])
    expect(await kinds('Acteurs')).toEqual([
      ...[
        ['À compléter', 3, true],
        ['À contacter', 3, true],
        ['Anomalies', 3, true],
      ],
      ...[
        ['Doublons possibles', 3, true],
        ['Avancement', 4, true],
        ['Nouvel acteur', 1, true],
      ],
    ])
    expect(await kinds('EPCI')).toEqual([
      ...[
        ['Recommandations', 3, true],
        ['Pré-remplissage à risque', 3, true],
      ],
      ...[
        ['Diagnostics manquants', 3, true],
        ['Types de territoire', 3, true],
      ],
      ...[['Référentiels retenus', 4, true]],
    ])
    expect(await kinds('Journées')).toEqual([['Calendrier', 6, true]])
    expect(await kinds('Diagnostics')).toEqual([['Diagnostic', 1, true]])
  })

  it('show the rows that they are for, and no other', async () => {
    const [epci] = await insert(
      'EPCI',
      { Nom: 'CC Là', SIREN: '200000001', Alerte: 'En retard' },
      { Nom: 'CC Ici', SIREN: '200000002', Alerte: 'Terminé' },
    )
    await insert('Diagnostics', { Date: '2026-11-01', EPCI: epci! })
    await insert(
      'Acteurs',
      { Nom: 'Appel à faire', Étape: 'À contacter', 'Dernier contact': '2020-01-01', 'Complétude (%)': 90 },
      {
        Nom: 'Jamais vu',
        Anomalies: 'À vérifier — …',
        'Complétude (%)': 10,
        'À compléter': 'Il manque tout.',
      },
      {
        Nom: 'Vu un jour',
        'Dernier contact': '2026-01-01',
        Anomalies: 'À corriger — …',
        'Complétude (%)': 5,
        'À compléter': 'Il manque presque tout.',
      },
      { Nom: 'Complet', Étape: 'Validée', 'Complétude (%)': 100, 'Doublons possibles': 'Fiche n° 1' },
    )
    expect(await seen('Acteurs', 'À contacter')).toEqual(['Appel à faire', 'Jamais vu'])
    expect(await seen('Acteurs', 'À compléter')).toEqual(['Vu un jour', 'Jamais vu'])
    expect(await seen('Acteurs', 'Anomalies')).toEqual(['Vu un jour', 'Jamais vu'])
    expect(await seen('Acteurs', 'Doublons possibles')).toEqual(['Complet'])
    expect(await seen('EPCI', 'Pré-remplissage à risque')).toEqual(['CC Là'])
    expect(await seen('EPCI', 'Diagnostics manquants')).toEqual(['CC Ici'])
  })

  it('ask in the form what config/views.yaml asks, in its order, and nothing else', async () => {
    const { id } = await view('Diagnostics', 'Diagnostic')
    const form = (await meta.dbView.formRead(String(id))) as Loose
    const asked = (form['columns'] as Loose[])
      .filter(({ show }) => Boolean(show))
      .toSorted((one, other) => one['order'] - other['order'])
    expect(asked.map(({ label }) => label).slice(0, 3)).toEqual([
      'De quel EPCI parlez-vous\u202f?',
      'À quelle date\u202f?',
      'Existe-t-il une gouvernance locale de l’inclusion numérique\u202f?',
    ])
    expect(asked).toHaveLength(14)
    expect(asked.filter(({ required }) => Boolean(required))).toHaveLength(1)
    expect(asked.every(({ description }) => description !== '')).toBe(true)
  })

  it('put a button on each EPCI that opens its sheet, and lead it elsewhere when the service moves', async () => {
    const path = `/api/v2/tables/${base.table('EPCI').id}/records`
    const url = async () => {
      const query = { where: '(SIREN,eq,200000001)', fields: 'Fiche territoire' }
      const { list } = await base.http.send<{ list: Loose[] }>({ method: 'GET', path, query })
      return list[0]?.['Fiche territoire'].url
    }
    expect(await url()).toBe('https://portrea.example.org/epcis/200000001')
    const moved = desiredBase(settings, { publicUrl: 'https://ailleurs.example.org' })
    expect((await provision(base, moved)).steps.map(({ kind }) => kind)).toEqual(['set-sheet'])
    expect(await url()).toBe('https://ailleurs.example.org/epcis/200000001')
    expect((await provision(base, moved)).steps).toEqual([])
    expect((await provision(base, desiredBase(settings))).steps).toEqual([]) // no address is no reason to take it away
    await provision(base, desired)
  })

  describe('for people', () => {
    it('make a list of its own for each EPCI that has référents, with its address beside their names', async () => {
      const [here, there] = await insert(
        'EPCI',
        { Nom: `CC de l'Oust, "là"`, SIREN: '200000003' },
        { Nom: 'CC Sans', SIREN: '200000004' },
      )
      await insert(
        'Référents',
        { Nom: 'Ana', EPCI: here! },
        { Nom: 'Bob', EPCI: here! },
        { Nom: 'Sans EPCI' },
      )
      await insert('Acteurs', { Nom: 'Chez nous', EPCI: here! }, { Nom: 'Ailleurs', EPCI: there! })
      const { steps } = await provision(base, desired)
      const lists = Array.from({ length: 5 }, () => 'create-view')
      expect(steps.map(({ kind }) => kind)).toEqual([...lists, 'link-referents'])
      const title = `CC de l'Oust, "là"\u00a0: à compléter`
      expect(await seen('Acteurs', title)).toEqual(['Chez nous'])
      const list = await view('Acteurs', title)
      const path = `/api/v2/tables/${base.table('Référents').id}/records`
      const rows = await base.http.send<{ list: Loose[] }>({
        method: 'GET',
        path,
        query: { fields: 'Nom,Sa liste', sort: 'Nom' },
      })
      const address = `${nocodb.url}/dashboard/#/nc/${base.id}/${base.table('Acteurs').id}/${list['id']}`
      expect(rows.list.map((row) => [row['Nom'], row['Sa liste']])).toEqual([
        ['Ana', address],
        ['Bob', address],
        ['Sans EPCI', null],
      ])
      const waits = { SIREN: '200000003', État: 'En attente' }
      await insert(
        'Propositions',
        { Fiche: 'À décider', ...waits, Nature: 'À compléter' },
        { Fiche: 'Autrement', ...waits, Nature: 'Différence' },
        { Fiche: 'Refusée', ...waits, Nature: 'À compléter', État: 'Refusée' },
        { Fiche: 'Ailleurs', ...waits, Nature: 'À compléter', SIREN: '200000004' },
      )
      const own = `CC de l'Oust, "là"\u00a0: propositions`
      expect((await seen('Propositions', own, 'Fiche')).toSorted()).toEqual(['Autrement', 'À décider'])
      for (const one of ['Ana', 'Bob'])
        expect((await seen('Propositions', `Propositions pour ${one}`, 'Fiche')).toSorted()).toEqual([
          'Autrement',
          'À décider',
        ])
      const all = await seen('Propositions', "À compléter d'un geste", 'Fiche')
      expect(all.toSorted()).toEqual(['Ailleurs', 'À décider'])
      expect((await provision(base, desired)).steps).toEqual([])
    })

    it('make one for each chargé·e de déploiement, of the EPCI that they follow', async () => {
      await insert('EPCI', { Nom: 'CC Suivie', SIREN: '200000005', 'Chargé·e de déploiement': 'Enora' })
      await provision(base, desired)
      expect(await seen('EPCI', 'Suivi\u00a0: Enora')).toEqual(['CC Suivie'])
    })

    it('write the address again where it was lost, and make no second list', async () => {
      const before = (await views('Acteurs')).length
      await writeRows(base, base.table('Référents'), [{ id: 1, cells: { 'Sa liste': null } }])
      expect((await provision(base, desired)).steps.map(({ kind }) => kind)).toEqual(['link-referents'])
      expect(await views('Acteurs')).toHaveLength(before)
    })
  })

  it('are people’s own once they are made: what people change in them, or take away from them, stays so', async () => {
    const { id } = await view('Acteurs', 'À contacter')
    const table = base.table('Acteurs').id
    const [filter] = (await meta.dbTableFilter.read(String(id))).list as Loose[]
    await meta.dbTableFilter.delete(String(filter?.['id']))
    await meta.dbView.update(String(id), { title: 'Mes appels' })
    const shown = await shownColumns(meta, table, String(id))
    const changed = await comparable(meta, base.id)
    expect((await provision(base, desired)).steps).toEqual([])
    expect(await comparable(meta, base.id)).toEqual(changed)
    expect(await shownColumns(meta, table, String(id))).toEqual(shown)
  })
})
