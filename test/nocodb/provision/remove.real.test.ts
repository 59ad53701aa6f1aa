import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { desiredBase } from '../../../src/app.ts'
import { runSync } from '../../../src/engine/run-sync.ts'
import type { Base } from '../../../src/nocodb/base.ts'
import { openMeta, openSdk } from '../../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../../src/nocodb/meta-client.ts'
import { MARK } from '../../../src/nocodb/meta-model.ts'
import { readSchema } from '../../../src/nocodb/provision/current-schema.ts'
import { keepManifest } from '../../../src/nocodb/provision/keep-manifest.ts'
import { readManifest, saveManifest } from '../../../src/nocodb/provision/manifest.ts'
import { provision } from '../../../src/nocodb/provision/provision.ts'
import { remove } from '../../../src/nocodb/provision/remove.ts'
import { writeRows } from '../../../src/nocodb/write-rows.ts'
import { describeEngines } from '../../helpers/engines.ts'
import { makeTestBase, settings } from '../../helpers/portrea-base.ts'
import type { TestBase } from '../../helpers/portrea-base.ts'
import { comparable } from './own-base.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const desired = desiredBase(settings)
type Loose = Readonly<Record<string, any>>

describeEngines('taking Portrea away', (nocodb) => {
  let test: TestBase
  let base: Base
  let meta: Sdk
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'remove', { schema: desired })
    base = test.base
    meta = await openSdk(base.http)
  })
  afterAll(() => test.close())

  const titles = (table: string) => [...base.table(table).columns.keys()]
  const columnId = (table: string, title: string) => base.table(table).columns.get(title)!.id

  it('leaves nothing of a base in which nobody wrote', async () => {
    const other = await makeTestBase(nocodb, 'remove all', { schema: desired })
    const { kept } = await remove(other.base, desired)
    expect(kept).toEqual([])
    expect((await meta.dbTable.list(other.base.id)).list).toEqual([])
    expect(await readManifest(base.http, other.base.id)).toBeNull()
    await other.close()
  })

  it('keeps every cell that people wrote and what theirs rests upon, and says why; the rest goes', async () => {
    const [brest] = await test.insert('EPCI', [{ Nom: 'Brest Métropole', SIREN: '242900314' }])
    const [actor] = await test.insert('Acteurs', [{ Nom: 'Lieu', Commune: 'Brest', 'Ne pas publier': true }])
    await test.link('Acteurs', 'EPCI', [{ id: actor!, target: brest! }])
    await runSync(test.parts, { trigger: 'command', dryRun: false, epcis: null })
    const acteurs = base.table('Acteurs').id
    const shared = String((await meta.dbView.gridCreate(acteurs, { title: 'Public', type: 3 })).id)
    const filter = { fk_column_id: columnId('Acteurs', 'Complétude (%)'), comparison_op: 'gt', value: '50' }
    await meta.dbTableFilter.create(shared, { ...filter, logical_op: 'and' } as never)
    await meta.dbViewShare.create(shared)
    const formula = {
      title: 'Mon calcul',
      uidt: 'Formula',
      formula: '{Latitude}*2',
      formula_raw: '{Latitude}*2',
    }
    await meta.dbTableColumn.create(acteurs, formula as never)
    await meta.dbTableColumn.create(base.table('Référents').id, {
      title: 'Ma colonne',
      uidt: 'LongText',
    } as never)

    const { removals, kept } = await remove(base, desired, { dryRun: true })
    const reasons = new Map(
      kept.map(({ what, reason }) => [
        what.replaceAll(/[\u202f\u00a0]/gu, ' '),
        reason.replaceAll(/[\u202f\u00a0]/gu, ' '),
      ]),
    )
    expect(reasons.get('Table « EPCI »')).toBe('1 ligne où « Nom » est rempli')
    expect(reasons.get('Table « Référents »')).toBe('elle a une colonne à vous, « Ma colonne »')
    expect(reasons.get('Colonne « Complétude (%) » de « Acteurs »')).toBe(
      'le filtre de la vue « Public » s’appuie sur elle',
    )
    expect(reasons.get('Colonne « Latitude » de « Acteurs »')).toBe(
      'la colonne « Mon calcul » s’appuie sur elle',
    )
    expect(reasons.get('Colonne « Ne pas publier » de « Acteurs »')).toBe('remplie dans 1 ligne')
    expect(reasons.get('Colonne « EPCI » de « Acteurs »')).toBe('remplie dans 1 ligne')
    expect(reasons.get('Colonne « Nom » de « Acteurs »')).toBe('elle nomme les lignes de la table')
    const before = await test.cells('Acteurs')
    await remove(base, desired)

    expect(
      titles('Acteurs')
        .filter((title) => base.table('Acteurs').columns.get(title)?.system === false)
        .sort(),
    ).toEqual(['Nom', 'Commune', 'EPCI', 'Complétude (%)', 'Latitude', 'Mon calcul', 'Ne pas publier'].sort())
    expect((await meta.dbTable.list(base.id)).list.map(({ title }) => title).sort()).toEqual([
      'Acteurs',
      'EPCI',
      'Référents',
    ])
    const [row] = (await test.cells('Acteurs')).values()
    const [was] = before.values()
    for (const title of ['Nom', 'Commune', 'EPCI', 'Ne pas publier', 'Complétude (%)'])
      expect([title, row?.[title]]).toEqual([title, was?.[title]])
    expect((await meta.dbTableFilter.read(shared)).list).toHaveLength(1)
    expect(removals.some(({ kind }) => kind === 'delete-view')).toBe(true)
  })

  it('takes what was kept once it is empty, and can be completed anew', async () => {
    await writeRows(base, base.table('Acteurs'), [{ id: 1, cells: { 'Ne pas publier': false } }])
    const { removals } = await remove(base, desired)
    expect(removals.map(({ kind }) => kind)).toEqual(['delete-column'])
    await provision(base, desired)
    expect((await provision(base, desired)).steps).toEqual([])
  })

  it('gives back a column that was handed over, with its cells, and takes away the choices that nobody used', async () => {
    const other = await makeTestBase(nocodb, 'remove taken', {
      before: async (baseId, client) => {
        const columns = [
          { title: 'Nom', column_name: 'nom', uidt: 'SingleLineText', pv: true },
          { title: 'Anomalies', column_name: 'anomalies', uidt: 'LongText' },
          {
            ...{ title: 'Étape', column_name: 'etape', uidt: 'SingleSelect' },
            colOptions: { options: [{ title: 'Abandonné', color: '#cfdffe' }] },
          },
        ]
        await client.dbTable.create(baseId, { title: 'Acteurs', table_name: 'acteurs', columns } as never)
      },
    })
    const [id] = await other.insert('Acteurs', [{ Nom: 'Lieu', Étape: 'Contacté' }])
    await writeRows(other.base, other.base.table('Acteurs'), [
      { id: id!, cells: { Anomalies: 'de Portrea' } },
    ])
    const manifest = await readManifest(base.http, other.base.id)
    expect(Object.values(manifest?.taken ?? {})).toEqual(['actors.anomalies'])
    await remove(other.base, desired)
    const left = other.base.table('Acteurs').columns
    expect([...left.values()].filter(({ system }) => !system).map(({ title }) => title)).toEqual([
      'Nom',
      'Anomalies',
      'Étape',
    ])
    expect(left.get('Étape')?.options).toEqual(['Abandonné', 'Contacté'])
    expect((await other.cells('Acteurs')).get(id!)).toMatchObject({
      Étape: 'Contacté',
      Anomalies: 'de Portrea',
    })
    await other.close()
  })

  it('knows its own by their marks where the manifest is lost, and never takes a copy that people made of it', async () => {
    const other = await makeTestBase(nocodb, 'remove copy', { schema: desired })
    const { id } = other.base.table('Référents')
    const named = async (wanted: string) =>
      ((await comparable(meta, other.base.id)) as Loose[]).find(({ title }) => title === wanted)
    await base.http.send({
      method: 'POST',
      path: `/api/v1/db/meta/duplicate/${other.base.id}/table/${id}`,
      body: { options: {} },
    })
    await vi.waitFor(
      async () => {
        await other.base.refresh()
        // Its columns come one after the other, the link last.
        const columns: string[] = (await named('Référents copy'))?.['columns'] ?? []
        expect(columns.filter((column) => column.includes(' LinkToAnotherRecord '))).toHaveLength(1)
      },
      { timeout: 60_000, interval: 250 },
    )
    const copied = () => named('Référents copy')
    const copy = await copied()
    await saveManifest(base.http, other.base.id, null)
    await remove(other.base, desired)
    // The copy leads to EPCI, which stays for it.
    expect((await meta.dbTable.list(other.base.id)).list.map(({ title }) => title)).toEqual([
      'EPCI',
      'Référents copy',
    ])
    expect((await copied())?.['columns'].length).toBe(copy?.['columns'].length)
    await other.close()
  })

  it('takes what any later provision makes under any title (views, forms, a webhook and its button), and nothing that people made', async () => {
    const other = await makeTestBase(nocodb, 'remove more', { schema: desired })
    const { id: epcis, columns } = other.base.table('EPCI')
    await other.insert('EPCI', [{ Nom: 'Brest Métropole', SIREN: '242900314' }])
    await meta.dbView.gridCreate(epcis, { title: 'La mienne', type: 3 })
    const before = await readSchema(await openMeta(base.http), other.base.id)
    const { title, fk_grp_col_id } = { title: 'Avancement', fk_grp_col_id: columns.get('Confiance')!.id }
    const mark = { meta: { [MARK]: 'done' } }
    await meta.dbView.kanbanCreate(epcis, { title, fk_grp_col_id, ...mark })
    await meta.dbView.formCreate(epcis, { title: 'Nouvel EPCI', ...mark })
    await meta.dbView.gridCreate(epcis, { title: 'Au gré du jour', ...mark })
    const hook = await meta.dbTableWebhook.create(epcis, {
      ...{
        title: 'Portrea : recalculer',
        event: 'manual',
        operation: ['trigger'],
        version: 'v3',
        active: true,
      },
      notification: {
        type: 'URL',
        payload: {
          ...{ method: 'POST', path: 'https://portrea.test/webhooks/nocodb', body: '{{ json event }}' },
          headers: [{ name: 'x-portrea-secret', value: 'a-secret', enabled: true }],
        },
      },
    } as never)
    await meta.dbTableColumn.create(epcis, {
      ...{
        title: 'Recalculer',
        column_name: 'recalculer',
        uidt: 'Button',
        type: 'webhook',
        label: 'Recalculer',
      },
      ...{ theme: 'solid', color: 'brand', fk_webhook_id: hook.id, ...mark },
    } as never)
    const announced = (await readManifest(base.http, other.base.id))!
    const after = await readSchema(await openMeta(base.http), other.base.id)
    await keepManifest(other.base, before, after, desired, announced, '9.9.9')
    const { removals, kept } = await remove(other.base, desired, { dryRun: true })
    const summaries = removals.map(({ summary }) => summary.replaceAll(/[\u202f\u00a0]/gu, ' '))
    for (const view of ['Avancement', 'Nouvel EPCI', 'Au gré du jour'])
      expect(summaries).toContain(`Vue « ${view} » de « EPCI »`)
    expect(summaries).toContain('Colonne « Recalculer » de « EPCI »')
    expect(summaries).toContain('Webhook « Portrea : recalculer » de « EPCI »')
    expect([...summaries, ...kept.map(({ what }) => what)].join()).not.toContain('La mienne')
    await remove(other.base, desired)
    const left = (await readSchema(await openMeta(base.http), other.base.id)).find(({ id }) => id === epcis)
    expect(left?.views.map((view) => view.title)).toEqual(['EPCI', 'La mienne'])
    expect(left?.columns.map((column) => column.title)).not.toContain('Recalculer')
    expect((await meta.dbTableWebhook.list(epcis)).list).toEqual([])
    await other.close()
  })

  it('is refused to an editor before anything is done', async () => {
    const editor = { ...base, http: { ...base.http, send: asEditor(base) } } as Base
    await expect(remove(editor, desired)).rejects.toMatchObject({ code: 'NOCODB_FORBIDDEN' })
  })
})

/** The same connection, whose user is told to be an editor. */
function asEditor({ http }: Base): Base['http']['send'] {
  return async (request) =>
    request.path === '/api/v1/auth/user/me'
      ? ({ email: 'e@example.org', base_roles: { editor: true } } as never)
      : http.send(request)
}
