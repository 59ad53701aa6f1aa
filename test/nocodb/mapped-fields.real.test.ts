import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseColumns } from '../../src/config/columns-file.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import { desiredBase } from '../../src/app.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { readActors } from '../../src/nocodb/read-actors.ts'
import type { ActorRow } from '../../src/nocodb/actor-rows.ts'
import type { DesiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { nameTables } from '../../src/nocodb/names.ts'
import { provision } from '../../src/nocodb/provision/provision.ts'
import { newName } from '../../src/nocodb/provision/new-name.ts'
import { describeEngines } from '../helpers/engines.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'
import { columnsText } from '../helpers/columns-text.ts'

const TICKED = { 'Aide aux démarches': 'x', Ateliers: 'Non' }
const PLACE = {
  Nom: 'Le Relais',
  ...{ 'N°': '12', Voie: 'rue de la Paix', Ville: 'Brest', 'CP ': '29200' },
  ...{ Géo: '48.39, -4.48', Lundi: '9h-12h', Mardi: 'Fermé', 'Tél 1': null, 'Tél 2': '02 98 00 00 00' },
  ...{ Public: 'seniors', Avancement: 'Fait' },
  ...TICKED,
}

const MAPPED = {
  nom: { title: 'Nom' },
  commune: { title: 'Ville' },
  adresse: { title: 'Adresse', from: { join: ['N°', 'Voie'] } },
  latitude: { title: 'Latitude', from: { point: 'Géo' } },
  longitude: { title: 'Longitude', from: { point: 'Géo' } },
  horaires: { title: 'Horaires', from: { days: { Mo: 'Lundi', Tu: 'Mardi' } } },
  telephone: { title: 'Téléphone', from: { first: ['Tél 1', 'Tél 2'] } },
  typologie: { title: 'Typologie', from: { constant: 'RFS' } },
  services: {
    title: 'Services',
    from: {
      each: {
        'Aide aux démarches': 'Aide aux démarches administratives',
        Ateliers: 'Compréhension du monde numérique',
      },
    },
  },
  publics_specifiquement_adresses: { title: 'Public', words: { seniors: 'Seniors (+ 65 ans)' } },
  step: { title: 'Avancement', words: { Fait: 'Validée' } },
}

function withoutViews(schema: DesiredSchema): DesiredSchema {
  return { ...schema, webhooks: null, views: [], sheet: null, families: null }
}

describeEngines('a base whose people hold the fields in their own way', (nocodb) => {
  let test: TestBase
  let columns: Columns
  const actors = async (): Promise<ActorRow[]> => {
    const rows: ActorRow[] = []
    for await (const page of readActors(test.base, columns, { of: new Map(), wrong: new Map() }))
      rows.push(...page)
    return rows
  }
  beforeAll(async () => {
    columns = parseColumns(columnsText({ actors: MAPPED }))
    const schema = desiredBase({ ...settings, columns })
    test = await makeTestBase(nocodb, 'mapped', {
      schema: withoutViews(schema),
      before: async (base, meta) => {
        const taken = new Set(['id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'nc_order'])
        const titles = Object.keys(PLACE)
        const made = await meta.dbTable.create(base, {
          title: 'Acteurs',
          table_name: 'acteurs',
          columns: titles.map((title, at) => ({
            ...{ title, column_name: newName(title, taken), uidt: 'SingleLineText', pv: at === 0 },
          })) as never,
        })
        await meta.dbDataTableRow.create(String(made.id), [PLACE] as never)
      },
    })
  }, 120_000)
  afterAll(() => test.close())

  it('is completed with what Portrea writes, and with no column for a field that is mapped', async () => {
    const titles = [...test.base.table('Acteurs').columns.keys()]
    expect(titles).toEqual(expect.arrayContaining(['Complétude (%)', 'À compléter', 'Courriels']))
    for (const title of ['Adresse', 'Latitude', 'Horaires', 'Téléphone', 'Typologie', 'Services'])
      expect(titles).not.toContain(title)
    expect(
      (await provision(test.base, withoutViews(desiredBase({ ...settings, columns })), { dryRun: true }))
        .steps,
    ).toEqual([])
  })

  it('reads the record as the standard would write it', async () => {
    const [{ actor }] = (await actors()) as [ActorRow]
    expect(actor.fields).toMatchObject({
      ...{ nom: 'Le Relais', commune: 'Brest', adresse: '12 rue de la Paix', typologie: 'RFS' },
      ...{
        latitude: '48.39',
        longitude: '-4.48',
        horaires: 'Mo 09:00-12:00; Tu off',
        telephone: '02 98 00 00 00',
      },
      ...{ services: 'Aide aux démarches administratives', courriels: null },
      publics_specifiquement_adresses: 'Seniors (+ 65 ans)',
    })
    expect(actor.step).toBe('Validée')
  })

  it('keeps the day of a record that another mapping reads otherwise: nobody touched it', async () => {
    const table = test.base.table('Acteurs')
    const [{ id }] = (await actors()) as [ActorRow]
    const path = `/api/v2/tables/${table.id}/records`
    await test.base.http.send({
      method: 'PATCH',
      path,
      body: [{ Id: id, 'Date de mise à jour': '2023-01-05' }],
    })
    const later = () => new Date(Date.now() + 3_600_000) // by then NocoDB's own instants are settled
    const run = (mapping: object) =>
      runSync(
        {
          ...test.parts,
          now: later,
          columns: parseColumns(columnsText({ actors: { ...MAPPED, ...mapping } })),
        },
        { trigger: 'command', dryRun: false, epcis: null },
      )
    const freshness = async () => [...(await test.cells('Acteurs')).values()][0]?.['Fraîcheur']
    expect((await run({})).counts.cellsWritten).toBeGreaterThan(0)
    await run({})
    expect(await freshness()).toBe('À actualiser')
    await run({ complement_adresse: { title: 'Complément', from: { first: ['Voie'] } } })
    expect(await freshness()).toBe('À actualiser')
  })

  it('is synchronised, twice to nothing, and a change of one of several columns is a change of the record', async () => {
    const parts = { ...test.parts, columns }
    const options = { trigger: 'command', dryRun: false, epcis: null } as const
    const { counts, refused } = await runSync(parts, options)
    expect([refused, counts.actorsRead]).toEqual([[], 1])
    expect((await runSync(parts, options)).counts.cellsWritten).toBe(0)
    const [before] = await actors()
    const table = test.base.table('Acteurs')
    const body = [{ Id: before!.id, Ateliers: 'Oui' }]
    await test.base.http.send({ method: 'PATCH', path: `/api/v2/tables/${table.id}/records`, body })
    const [after] = await actors()
    expect(after!.actor.fields.services).toBe(
      'Aide aux démarches administratives|Compréhension du monde numérique',
    )
    expect(after!.fingerprint).not.toBe(before!.fingerprint)
  })

  it('is told of where a column that a field is mapped from is no more, by its name', () => {
    const tables = [...test.base.tables.values()].map((table) => {
      const kept = [...table.columns].filter(([title]) => title !== 'Voie')
      return { ...table, columns: new Map(kept) }
    })
    const { drifts } = nameTables(tables, desiredBase({ ...settings, columns }), {}, new Map())
    expect(drifts).toEqual([expect.objectContaining({ kind: 'missing', table: 'Acteurs', column: 'Voie' })])
  })
})
