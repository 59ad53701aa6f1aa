import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { desiredBase } from '../../../src/app.ts'
import { runSync } from '../../../src/engine/run-sync.ts'
import { setLinks } from '../../../src/nocodb/links.ts'
import { openMeta, openSdk } from '../../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../../src/nocodb/meta-client.ts'
import { readSchema } from '../../../src/nocodb/provision/current-schema.ts'
import { readManifest, saveManifest } from '../../../src/nocodb/provision/manifest.ts'
import { provision } from '../../../src/nocodb/provision/provision.ts'
import { remove } from '../../../src/nocodb/provision/remove.ts'
import { readRows } from '../../../src/nocodb/rows.ts'
import { describeEngines } from '../../helpers/engines.ts'
import { makeTestBase, settings } from '../../helpers/portrea-base.ts'
import type { TestBase } from '../../helpers/portrea-base.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const desired = desiredBase(settings)
const brest = { Nom: 'Brest Métropole', SIREN: '242900314', 'Chargé·e de déploiement': 'Maël Le Goff' }
const rennes = { Nom: 'Rennes Métropole', SIREN: '243500139', 'Chargé·e de déploiement': 'Ana Riou' }

describeEngines('taking away what Portrea made from rows, and wrote in people’s places', (nocodb) => {
  let test: TestBase
  let meta: Sdk
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'remove own', { schema: desired })
    meta = await openSdk(test.base.http)
    const epcis = await test.insert('EPCI', [brest, rennes])
    const referents = await test.insert('Référents', [{ Nom: 'Soizic' }, { Nom: 'Yann' }])
    await test.link(
      'Référents',
      'EPCI',
      referents.map((id, at) => ({ id, target: epcis[at]! })),
    )
    await provision(test.base, desired)
  })
  afterAll(() => test.close())

  const views = async (table: string) =>
    (await readSchema(await openMeta(test.base.http), test.base.id)).find(({ title }) => title === table)
      ?.views ?? []
  const lists = async () =>
    [...(await views('Acteurs')), ...(await views('EPCI'))].filter(({ key }) => key?.startsWith('per'))
  const links = async () => {
    const rows: unknown[] = []
    for await (const page of readRows(test.base, test.base.table('Acteurs'), { columns: ['EPCI'] }))
      rows.push(...page.map(({ EPCI }) => EPCI))
    return rows
  }

  it.each(['whole', 'without the lists, as where a provision was killed', 'lost'])(
    'knows the lists per EPCI and per person where the manifest is %s, renamed or not, and leaves copies to people',
    async (state) => {
      const manifest = (await readManifest(test.base.http, test.base.id))!
      const own = await lists()
      expect(own).toHaveLength(4)
      const ids = new Set(own.map(({ id }) => id))
      const kept = Object.entries(manifest.views).filter(([id]) => !ids.has(id))
      if (state === 'lost') await saveManifest(test.base.http, test.base.id, null)
      if (state.startsWith('without'))
        await saveManifest(test.base.http, test.base.id, { ...manifest, views: Object.fromEntries(kept) })
      await meta.dbView.update(own[0]!.id, { title: 'Mes fiches' })
      const copy = await meta.dbView.gridCreate(test.base.table('Acteurs').id, {
        ...{ title: `Copie ${state}`, type: 3, meta: own[0]!.meta },
      })
      const { removals } = await remove(test.base, desired, { dryRun: true })
      const going = new Set(removals.flatMap((one) => (one.kind === 'delete-view' ? [one.id] : [])))
      expect(own.filter(({ id }) => !going.has(id)).map(({ title }) => title)).toEqual([])
      expect(going.has(String(copy.id))).toBe(false)
      await meta.dbView.delete(String(copy.id))
      await meta.dbView.update(own[0]!.id, { title: own[0]!.title })
      await saveManifest(test.base.http, test.base.id, manifest)
    },
  )

  it('takes back the groups and the invitations that nobody touched, never those that people chose', async () => {
    const people = [
      { Nom: 'Ada', Groupe: 1, 'Groupe proposé par Portrea': 1 },
      { Nom: 'Grace', Groupe: 2, 'Groupe proposé par Portrea': 1 },
      { Nom: 'Alan', Groupe: 3 },
    ]
    await test.insert('Participants', people)
    await test.insert('Invitations', [
      { Acteur: 'CCAS', État: 'À inviter', 'Journée n°': 1, 'Numéro de fiche': '1' },
    ])
    await remove(test.base, desired)
    const groups = [...(await test.cells('Participants')).values()].map((row) => row['Groupe'])
    expect(groups.map(Number)).toEqual([0, 2, 3])
    expect([test.base.tables.has('Participants'), test.base.tables.has('Invitations')]).toEqual([true, false])

    await provision(test.base, desired)
    await test.insert('Invitations', [{ Acteur: 'Une élue', 'Journée n°': 1 }])
    const { kept } = await remove(test.base, desired)
    expect(kept.map(({ what }) => what)).toContainEqual(expect.stringContaining('Invitations'))
    await provision(test.base, desired)
  })

  it('empties the links that the service filled and that nobody touched; the column goes where nobody used it', async () => {
    const place = { Commune: 'Brest', 'Code postal': '29200' }
    await test.insert('Acteurs', [{ Nom: 'Un', ...place }, { Nom: 'Deux', ...place }, { Nom: 'Trois' }])
    const all = { trigger: 'command', dryRun: false, epcis: null } as const
    await runSync(test.parts, all)
    expect(await links()).toEqual([1, 1, null])
    const set = (id: number, target: number | null) =>
      setLinks(test.base, test.base.table('Acteurs'), 'EPCI', [{ id, target }])
    await set(1, 2)
    await set(3, 1)
    const { removals } = await remove(test.base, desired, { dryRun: true })
    expect(removals.filter(({ kind }) => kind === 'empty-links')).toHaveLength(1)
    const { kept } = await remove(test.base, desired)
    expect(await links()).toEqual([2, null, 1])
    expect(kept.some(({ what }) => what.includes('EPCI') && what.includes('Acteurs'))).toBe(true)
    expect(test.base.table('Acteurs').columns.has('EPCI rattaché par Portrea')).toBe(false)

    await provision(test.base, desired)
    await set(1, null)
    await set(3, null)
    await runSync({ ...test.parts }, all)
    await remove(test.base, desired)
    expect(test.base.table('Acteurs').columns.has('EPCI')).toBe(false)
  })
})
