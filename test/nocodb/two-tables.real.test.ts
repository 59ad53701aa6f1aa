import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { desiredBase } from '../../src/app.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import type { Sdk } from '../../src/nocodb/meta-client.ts'
import { openMeta } from '../../src/nocodb/meta-client.ts'
import { readSchema } from '../../src/nocodb/provision/current-schema.ts'
import { provision } from '../../src/nocodb/provision/provision.ts'
import { remove } from '../../src/nocodb/provision/remove.ts'
import { cli } from '../helpers/cli.ts'
import { describeProduction } from '../helpers/engines.ts'
import { startReceiver } from '../helpers/hook-receiver.ts'
import type { HookReceiver } from '../helpers/hook-receiver.ts'
import { HOOK_SECRET, planLeft, startLiveService } from '../helpers/live-service.ts'
import { plain } from '../helpers/plain.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'
import { CONFIG } from '../helpers/rules.ts'
import { ASSOCIATIONS, SHIPPED, TWO_TABLES } from '../helpers/two-tables.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 })

const SOON = { timeout: 20_000 }
const all = { trigger: 'command', dryRun: false, epcis: null } as const
const TITLES = ['Dénomination', 'Ville', 'CP', 'Tél', 'Mail', 'RNA ou SIRET', 'Pas un doublon de', 'Notes']
const ROWS = [
  { Dénomination: 'Club informatique', Ville: 'Brest', CP: '29200', Tél: '02 98', Notes: 'à appeler' },
  {
    Dénomination: 'Espace du Port',
    Ville: 'Brest',
    CP: '29200',
    Tél: '02 98 00 00 00',
    Mail: 'port@example.org',
  },
]
const PORT = {
  ...{ Nom: 'Espace du Port', Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200' },
  ...{ Téléphone: '02 98 00 00 00', Courriels: 'port@example.org' },
}

/** « Associations » as people made it: columns and rows of their own. */
async function makeAssociations(baseId: string, meta: Sdk): Promise<void> {
  const columns = TITLES.map((title, at) => ({
    ...{ title, column_name: `c${at}`, uidt: 'SingleLineText' },
    ...(at === 0 ? { pv: true } : {}),
  }))
  const { id } = await meta.dbTable.create(baseId, {
    ...{ title: 'Associations', table_name: 'associations', columns },
  } as never)
  await meta.dbDataTableRow.create(String(id), ROWS)
}

describeProduction('two tables of actors', (nocodb) => {
  let test: TestBase
  let receiver: HookReceiver
  let desired: ReturnType<typeof desiredBase>
  beforeAll(async () => {
    receiver = await startReceiver()
    const target = { url: receiver.url, secret: HOOK_SECRET }
    desired = { ...desiredBase({ ...settings, columns: TWO_TABLES }, { target }), views: [] }
    test = await makeTestBase(nocodb, 'two tables', {
      ...{ before: makeAssociations, schema: desired, columns: TWO_TABLES },
    })
    await test.insert('EPCI', [{ Nom: 'Brest Métropole', SIREN: '242900314' }])
    await test.insert('Acteurs', [
      { Nom: 'Mairie annexe', 'Code INSEE': '29019', Commune: 'Brest', 'Code postal': '29200' },
      PORT,
    ])
  })
  afterAll(async () => {
    await receiver.stop()
    await test.close()
  })

  const cell = async (table: string, id: number, title: string) =>
    (await test.cells(table)).get(id)?.[title] ?? null
  const theirs = async () =>
    [...(await test.cells('Associations')).values()].map((row) =>
      Object.fromEntries(TITLES.map((title) => [title, row[title] ?? null])),
    )

  it('are completed alike, what people made as it was; a second time there is nothing to do', async () => {
    const { base } = test
    const added = ['Complétude (%)', 'À compléter', 'Anomalies', 'Doublons possibles', 'Fraîcheur', 'EPCI']
    expect([...base.table('Associations').columns.keys()]).toEqual(expect.arrayContaining(added))
    expect(base.table('Associations').columns.get('EPCI')?.kind).toBe('link')
    expect(base.table('EPCI').columns.get('Associations')?.kind).toBe('links')
    expect(base.table('Associations').columns.has('Étape')).toBe(false)
    expect(await theirs()).toEqual(ROWS.map((row) => expect.objectContaining(row)))
    expect((await provision(base, desired, { dryRun: true })).steps).toEqual([])
  })

  it('are one census, linked, counted and held against each other; a second run writes nothing', async () => {
    const { counts, refused } = await runSync(test.parts, all)
    expect(refused).toEqual([])
    expect(counts).toMatchObject({ actorsRead: 4, linked: 4 })
    expect(await cell('EPCI', 1, "Nombre d'acteurs")).toBe(3)
    expect(plain(String(await cell('Associations', 1, 'Anomalies')))).toContain('[telephone.invalid]')
    expect(plain(String(await cell('Acteurs', 2, 'Doublons possibles')))).toContain(
      '(fiche n° 2 de « Associations »)',
    )
    expect(plain(String(await cell('Associations', 2, 'Doublons possibles')))).toContain(
      '(fiche n° 2 de « Acteurs »)',
    )
    expect(await theirs()).toEqual(ROWS.map((row) => expect.objectContaining(row)))
    expect((await runSync(test.parts, all)).counts.cellsWritten).toBe(0)
    const whole = await runSync(test.parts, { ...all, whole: true })
    expect(whole.counts).toMatchObject({ cellsWritten: 0, differing: 0 })
  })

  it('are watched alike: an edit in either changes the row and its EPCI a moment later', async () => {
    const service = await startLiveService(test, nocodb)
    receiver.to = service.url
    try {
      await service.settled()
      const { id } = test.base.table('Associations')
      const send = (method: 'PATCH' | 'POST' | 'DELETE', row: object) =>
        test.base.http.send({ method, path: `/api/v2/tables/${id}/records`, body: [row] })
      await send('PATCH', { Id: 2, 'Pas un doublon de': '2 de « Acteurs »' })
      await expect.poll(() => cell('EPCI', 1, "Nombre d'acteurs"), SOON).toBe(4)
      await expect.poll(() => cell('Acteurs', 2, 'Doublons possibles'), SOON).toBeNull()
      await send('DELETE', { Id: 1 })
      await expect.poll(() => cell('EPCI', 1, "Nombre d'acteurs"), SOON).toBe(3)
      await service.settled()
      expect(await planLeft(test)).toEqual([])
    } finally {
      await service.stop()
    }
  })

  it('are linked by a column of theirs that names the EPCI, whichever table has it', async () => {
    const [id] = await test.insert('Associations', [{ Dénomination: 'Ailleurs', Notes: 'Brest Métropole' }])
    const config = await mkdtemp(join(tmpdir(), 'portrea-config-'))
    onTestFinished(() => rm(config, { recursive: true }))
    await cp(CONFIG, config, { recursive: true })
    const text = `${SHIPPED}\notherActors: ${JSON.stringify([ASSOCIATIONS])}\n`
    await writeFile(join(config, 'columns.yaml'), text)
    const said = await cli(['adopt', '--link-epcis', 'Notes', '--yes', '--json'], {
      ...{ NOCODB_URL: nocodb.url, NOCODB_TOKEN: nocodb.token, NOCODB_BASE: test.base.id },
      ...{ PORTREA_CONFIG_DIR: config, PORTREA_DATA_DIR: config },
    })
    expect(JSON.parse(said.stdout)).toMatchObject({ linked: 1, refused: [], links: [{ by: 'text' }] })
    expect(await cell('Associations', id!, 'EPCI')).toMatchObject({ Id: 1 })
    const { id: table } = test.base.table('Associations')
    const path = `/api/v2/tables/${table}/records`
    await test.base.http.send({ method: 'DELETE', path, body: [{ Id: id }] })
  })

  describe('taken away', () => {
    it('leave nothing of ours in either, and all that people made in theirs', async () => {
      const before = await theirs()
      const { kept } = await remove(test.base, desired)
      const schema = await readSchema(await openMeta(test.base.http), test.base.id)
      const table = schema.find(({ title }) => title === 'Associations')
      const titles = table?.columns.map(({ title }) => title) ?? []
      expect(titles).toEqual(expect.arrayContaining(TITLES))
      for (const title of ['Complétude (%)', 'Anomalies', 'EPCI rattaché par Portrea', 'EPCI'])
        expect(titles).not.toContain(title)
      expect(kept.filter(({ what }) => what.includes('Associations'))).toEqual([])
      expect(await theirs()).toEqual(before)
    })
  })
})
