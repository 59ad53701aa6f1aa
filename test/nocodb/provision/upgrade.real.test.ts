import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { desiredBase } from '../../../src/app.ts'
import { openSdk } from '../../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../../src/nocodb/meta-client.ts'
import type {
  DesiredColumn,
  DesiredSchema,
  DesiredTable,
} from '../../../src/nocodb/provision/desired-schema.ts'
import {
  Manifest,
  readManifest,
  saveManifest,
  schemaFingerprint,
} from '../../../src/nocodb/provision/manifest.ts'
import { provision } from '../../../src/nocodb/provision/provision.ts'
import { upgrade } from '../../../src/nocodb/provision/upgrade.ts'
import { packageVersion } from '../../../src/version.ts'
import { describeEngines } from '../../helpers/engines.ts'
import { makeTestBase, settings } from '../../helpers/portrea-base.ts'
import type { TestBase } from '../../helpers/portrea-base.ts'
import { comparable, makeOwnTable } from './own-base.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/** What the first release makes of a base. */
const FIRST = firstSchema()

function firstSchema(): DesiredSchema {
  const frozen = parse(readFileSync(new URL('first-schema.yaml', import.meta.url), 'utf8')) as Pick<
    DesiredSchema,
    'links' | 'views'
  > & {
    readonly tables: readonly (Omit<DesiredTable, 'keys' | 'key'> & {
      readonly head: Pick<DesiredTable, 'key' | 'title' | 'description' | 'sort'>
      readonly keys: readonly (readonly [string, string])[]
    })[]
  }
  return {
    tables: frozen.tables.map(({ head, keys, ...rest }) => ({ ...rest, ...head, keys: new Map(keys) })),
    ...{ links: frozen.links, views: frozen.views, webhooks: null, sheet: null, families: null },
  }
}

/** The manifest of that release, sign by sign: what later ones must go on reading. */
const FIRST_MANIFEST = {
  format: 1,
  portrea: '0.1.0',
  schema: '0123456789ab',
  tables: { m1: 'actors' },
  columns: { c1: 'actors.nom' },
  views: { v1: 'À compléter' },
  taken: { c2: 'actors.anomalies' },
  options: { c3: ['Contacté'] },
  words: { c1: 'e2b1a371de1a' },
  rows: { '242900314': '716ddd721d31' },
}

const today = desiredBase(settings)

const priority: DesiredColumn = {
  ...{ title: 'Priorité', description: 'Ce qui presse.', uidt: 'SingleSelect', meta: {}, role: 'human' },
  ...{ options: [{ title: 'Haute', color: '#ffdce5' }], standard: false },
}

/** What a later release might want: a column, a choice, a view and an explanation more, one explanation less alike. */
const later: DesiredSchema = {
  ...today,
  tables: today.tables.map((table) =>
    table.key !== 'actors'
      ? table
      : {
          ...table,
          keys: new Map([...table.keys, ['Priorité', 'priority']]),
          columns: [...table.columns.map(laterColumn), priority],
        },
  ),
  views: [...today.views, { ...today.views[0]!, key: 'toReread', title: 'À relire' }],
}
function laterColumn(column: DesiredColumn): DesiredColumn {
  if (column.title === 'Étape')
    return { ...column, options: [...column.options, { title: 'Archivée', color: '#eeeeee' }] }
  if (column.title === 'Complétude (%)')
    return { ...column, description: 'Écrit par Portrea : autrement dit.' }
  if (column.title === 'Adresse') return { ...column, description: 'La rue et le numéro.' }
  return column.title === 'Horaires' ? { ...column, description: 'Quand le lieu ouvre.' } : column
}

describeEngines('upgrading a base of the first release', (nocodb) => {
  let test: TestBase
  let meta: Sdk
  let before: Awaited<ReturnType<typeof comparable>>
  let manifest: Manifest | null
  let rows: Map<number, Record<string, unknown>>
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'first release', { schema: FIRST })
    meta = await openSdk(test.base.http)
    const [epci] = await test.insert('EPCI', [
      { Nom: 'Brest Métropole', SIREN: '242900314', 'Référentiel retenu': 'Outil' },
    ])
    const [actor] = await test.insert('Acteurs', [{ Nom: 'Lieu', Étape: 'Contacté', Typologie: 'BIB|EPN' }])
    await test.link('Acteurs', 'EPCI', [{ id: actor!, target: epci! }])
    const hours = test.base.table('Acteurs').columns.get('Horaires')!
    await meta.dbTableColumn.update(hours.id, {
      title: 'Horaires',
      uidt: 'SingleLineText',
      description: 'Demander à Anne.',
    } as never)
    before = await comparable(meta, test.base.id)
    rows = await test.cells('Acteurs')
    manifest = await readManifest(test.base.http, test.base.id)
  })
  afterAll(() => test.close())

  const description = async (title: string) =>
    (await meta.dbTable.read(test.base.table('Acteurs').id)).columns?.find((one) => one.title === title)
      ?.description

  it('says what it would do, and does nothing, in a dry run', async () => {
    const { from, steps, done } = await upgrade(test.base, later, { dryRun: true })
    expect([from, done]).toEqual([{ version: packageVersion(), schema: schemaFingerprint(FIRST) }, 0])
    const kinds = steps.map(({ kind }) => kind)
    expect(kinds).toEqual(
      expect.arrayContaining(['add-options', 'add-column', 'create-view', 'describe-column']),
    )
    expect(await comparable(meta, test.base.id)).toEqual(before)
    expect(await readManifest(test.base.http, test.base.id)).toEqual(manifest)
  })

  it('adds what is new, renews the explanations that nobody rewrote, keeps every cell, and remembers its version', async () => {
    const { done, steps } = await upgrade(test.base, later)
    expect(done).toBe(steps.length)
    for (const { title, columns } of later.tables)
      expect([...test.base.table(title).columns.keys()]).toEqual(
        expect.arrayContaining(columns.map((column) => column.title)),
      )
    expect(test.base.table('Acteurs').columns.get('Priorité')?.options).toEqual(['Haute'])
    expect(test.base.table('Acteurs').columns.get('Étape')?.options).toContain('Archivée')
    expect(await description('Complétude (%)')).toBe('Écrit par Portrea : autrement dit.')
    expect(await description('Adresse')).toBe('La rue et le numéro.')
    expect(await description('Horaires')).toBe('Demander à Anne.')
    const after = await test.cells('Acteurs')
    for (const [id, row] of rows) expect(after.get(id)).toMatchObject(row)
    expect(await readManifest(test.base.http, test.base.id)).toMatchObject({
      ...{ portrea: packageVersion(), schema: schemaFingerprint(later) },
    })
  })

  it('is told by provision what is its own where the manifest was lost', async () => {
    const kept = await readManifest(test.base.http, test.base.id)
    await saveManifest(test.base.http, test.base.id, null)
    expect(await upgrade(test.base, later)).toMatchObject({ from: null, steps: [], done: 0 })
    expect(await provision(test.base, later)).toEqual({ steps: [], done: 0 })
    const again = (await readManifest(test.base.http, test.base.id))!
    expect(again).toEqual({ ...kept, words: again.words })
    await saveManifest(test.base.http, test.base.id, kept)
  })

  it('has nothing to do the second time', async () => {
    const kept = await readManifest(test.base.http, test.base.id)
    const { from, to, steps } = await upgrade(test.base, later)
    expect([from, steps]).toEqual([to, []])
    expect(await readManifest(test.base.http, test.base.id)).toEqual(kept)
  })

  it('knows later which explanation people rewrote in between', async () => {
    const place = test.base.table('Acteurs').columns.get('Priorité')!
    const words = { title: 'Priorité', uidt: 'SingleSelect', description: 'Vu en réunion.' }
    const { colOptions } = (await meta.dbTableColumn.get(place.id)) as unknown as { colOptions: object }
    await meta.dbTableColumn.update(place.id, { ...words, colOptions } as never)
    const again = {
      ...later,
      tables: later.tables.map((table) => ({
        ...table,
        columns: table.columns.map((column) =>
          ['Priorité', 'Adresse'].includes(column.title) && table.key === 'actors'
            ? { ...column, description: 'Encore autre chose.' }
            : column,
        ),
      })),
    }
    expect((await upgrade(test.base, again)).steps).toHaveLength(1)
    expect([await description('Priorité'), await description('Adresse')]).toEqual([
      'Vu en réunion.',
      'Encore autre chose.',
    ])
  })

  it('leaves alone a base that a newer Portrea completed', async () => {
    const kept = await readManifest(test.base.http, test.base.id)
    await saveManifest(test.base.http, test.base.id, { ...kept!, portrea: '99.0.0' })
    await expect(upgrade(test.base, today)).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
  })
})

describeEngines('upgrading a base that no Portrea completed', (nocodb) => {
  it('does nothing there, and says so, whatever people have made; what provision completed is up to date', async () => {
    const test = await makeTestBase(nocodb, 'upgrade-fresh', {
      schema: null,
      before: (base, meta) => makeOwnTable(meta, base),
    })
    const { tables } = test.base
    expect(await upgrade(test.base, today)).toMatchObject({ from: null, steps: [], done: 0 })
    await test.base.refresh()
    expect([...test.base.tables.keys()]).toEqual([...tables.keys()])
    expect(await readManifest(test.base.http, test.base.id)).toBeNull()
    await provision(test.base, today)
    expect(await upgrade(test.base, today)).toMatchObject({ from: {}, steps: [], done: 0 })
    await test.close()
  })
})

it('reads the manifest of the first release', () => {
  expect(Manifest.parse(FIRST_MANIFEST)).toEqual(FIRST_MANIFEST)
})
