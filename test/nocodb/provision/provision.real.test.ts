import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readColumns } from '../../../src/config/columns-file.ts'
import { readNocodbSettings } from '../../../src/config/nocodb-file.ts'
import { readViewWords } from '../../../src/config/views-file.ts'
import { FIELDS } from '../../../src/domain/fields.ts'
import { PortreaError } from '../../../src/errors.ts'
import { openBase } from '../../../src/nocodb/base.ts'
import type { Base } from '../../../src/nocodb/base.ts'
import { openHttp } from '../../../src/nocodb/http.ts'
import type { Http } from '../../../src/nocodb/http.ts'
import { insertRows } from '../../../src/nocodb/insert-rows.ts'
import { createBase, openSdk } from '../../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../../src/nocodb/meta-client.ts'
import { desiredSchema } from '../../../src/nocodb/provision/desired-schema.ts'
import { readManifest, saveManifest } from '../../../src/nocodb/provision/manifest.ts'
import type { Step } from '../../../src/nocodb/provision/plan.ts'
import { applyProvision, proposeProvision, provision } from '../../../src/nocodb/provision/provision.ts'
import { writeRows } from '../../../src/nocodb/write-rows.ts'
import { describeEngines } from '../../helpers/engines.ts'
import { CONFIG, rules } from '../../helpers/rules.ts'
import { comparable, makeOwnTable, ownThings, shownColumns } from './own-base.ts'

const log = pino({ level: 'silent' })
const settings = readNocodbSettings(CONFIG)
const columns = readColumns(CONFIG)
const beside = { words: readViewWords(CONFIG), publicUrl: 'https://portrea.example.org' }
const desired = desiredSchema(columns, rules, beside)

// A provision is some 600 calls: seconds on a free machine, more on a busy one.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

describeEngines('provision', (nocodb) => {
  let http: Http
  let meta: Sdk
  const opened: Base[] = []
  beforeAll(async () => {
    http = openHttp(nocodb.url, nocodb.token, settings, log)
    meta = await openSdk(http)
  })
  afterAll(async () => {
    for (const base of opened) {
      await meta.base.delete(base.id)
      await base.close()
    }
    http.close()
  })

  /** A new base, filled by `fill` before it is opened. */
  async function newBase(fill?: (id: string) => Promise<unknown>): Promise<Base> {
    const id = await createBase(http, `Provision ${process.hrtime.bigint()}`)
    await fill?.(id)
    const base = await openBase({ url: nocodb.url, token: nocodb.token, base: id }, settings, log)
    opened.push(base)
    return base
  }

  describe('from nothing', () => {
    let base: Base
    beforeAll(async () => void (base = await newBase()))

    it('plans without doing when asked to', async () => {
      const { steps, done } = await provision(base, desired, { dryRun: true })
      expect([steps.length, done]).toEqual([50, 0])
      expect((await meta.dbTable.list(base.id)).list).toEqual([])
    })

    it('makes every table, column, link and view, well within a minute', async () => {
      const before = Date.now()
      const told: string[] = []
      const { done } = await provision(base, desired, { onStep: ({ step }) => void told.push(step.summary) })
      expect(Date.now() - before).toBeLessThan(60_000)
      expect([done, told.length]).toEqual([50, 50])
      for (const { title, columns: wanted } of desired.tables)
        expect([...base.table(title).columns.keys()]).toEqual(
          expect.arrayContaining(wanted.map((one) => one.title)),
        )
      expect(base.table('Acteurs').columns.get('EPCI')?.kind).toBe('link')
      expect(base.table('EPCI').columns.get('Acteurs')?.kind).toBe('links')
      expect(base.table('Participants').columns.get('Journée')?.kind).toBe('link')
    })

    it('finds nothing to do the second time', async () => {
      const before = await comparable(meta, base.id)
      expect(await provision(base, desired)).toEqual({ steps: [], done: 0 })
      expect(await comparable(meta, base.id)).toEqual(before)
    })

    it('describes columns and links, and names each row by its first column', async () => {
      const table = await meta.dbTable.read(base.table('Acteurs').id)
      const find = (title: string) => table.columns?.find((one) => one.title === title)
      expect(find('Nom')?.description).toBe('Nom du lieu, tel que le public le connaît.')
      expect(table.columns?.filter(({ pv }) => pv)).toMatchObject([{ title: 'Nom' }])
      expect(find('EPCI')?.description).toMatch(/^L’EPCI dont relève le lieu/)
      expect(table.description).toMatch(/^Les lieux et acteurs/)
    })

    it('shows in « À compléter » the useful columns, then all that it may ask for, the least complete first', async () => {
      const { id } = base.table('Acteurs')
      const view = (await meta.dbView.list(id)).list.find(({ title }) => title === 'À compléter')
      const shown = await shownColumns(meta, id, String(view?.id))
      expect(shown.slice(0, 3)).toEqual(['Nom', 'À compléter', 'Complétude (%)'])
      expect(FIELDS.filter((field) => !shown.includes(columns.actors.columns[field].title))).toEqual([])
      expect((await meta.dbTableSort.list(String(view?.id))).list).toMatchObject([{ direction: 'asc' }])
    })

    it('is taken up where it broke off, in the middle of any step', async () => {
      const other = await newBase()
      for (const calls of [1, 12, 61, 64, 67, 150, 230, 330, 420, 470, 520, 560, 600]) {
        const broken = { ...other, http: breakingAfter(other.http, calls) }
        await provision(broken, desired).catch((error: unknown) => expect(error).toBeInstanceOf(Broken))
      }
      await provision(other, desired)
      expect(await comparable(meta, other.id)).toEqual(await comparable(meta, base.id))
      expect((await provision(other, desired)).steps).toEqual([])
    })
  })

  describe('on a base with names and things of its own', () => {
    const actors = {
      ...columns.actors,
      title: 'Lieux',
      columns: {
        ...columns.actors.columns,
        pivot: { title: 'siret', description: '' },
        epci: { title: 'Interco', description: '' },
        step: { title: 'Avancement', description: '' },
      },
    }
    const mapped = desiredSchema({ ...columns, actors }, rules, beside)
    let base: Base
    let before: Awaited<ReturnType<typeof ownThings>>
    beforeAll(async () => {
      base = await newBase((id) => makeOwnTable(meta, id))
      before = await ownThings(meta, base.table('Lieux').id)
    })

    it('completes it: its own columns, rows and views, which may be public, show what they showed', async () => {
      await provision(base, mapped)
      expect((await provision(base, mapped)).steps).toEqual([])
      expect(base.table('Lieux').columns.get('Interco')?.kind).toBe('link')
      expect(base.table('Lieux').columns.has('SIRET ou RNA')).toBe(false)
      expect(await ownThings(meta, base.table('Lieux').id)).toEqual(before)
    })

    it('adds the options that a select of its own lacks: what people chose stays', async () => {
      const { options } = base.table('Lieux').columns.get('Avancement') ?? { options: [] }
      expect(options).toEqual(['Abandonné', 'Contacté', 'À contacter', 'À compléter', 'Validée'])
    })
  })

  it('stops before anything is done where a column has a type that cannot serve', async () => {
    const base = await newBase((id) =>
      meta.dbTable.create(id, {
        title: 'Acteurs',
        table_name: 'acteurs',
        columns: [
          { title: 'Nom', column_name: 'nom', uidt: 'SingleLineText', pv: true },
          { title: 'Complétude (%)', column_name: 'completude', uidt: 'SingleLineText' },
          { title: 'EPCI', column_name: 'epci', uidt: 'SingleLineText' },
        ],
      }),
    )
    const before = await comparable(meta, base.id)
    const error: unknown = await provision(base, desired).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(PortreaError)
    expect(error).toMatchObject({
      code: 'SCHEMA_MISMATCH',
      faults: [
        expect.stringMatching(
          /«\sComplétude \(%\)\s» de «\sActeurs\s» est de type SingleLineText\s; Portrea y attend Decimal.*columns\.yaml/u,
        ),
        expect.stringMatching(
          /«\sEPCI\s» de «\sActeurs\s» est de type SingleLineText\s; Portrea y attend un lien/u,
        ),
      ],
    })
    expect(await comparable(meta, base.id)).toEqual(before)
  })

  it('stops where a column to be written back is somebody’s and holds values; takes charge of it once it is empty', async () => {
    const columnsOfTheirs = [
      { title: 'Nom', column_name: 'nom', uidt: 'SingleLineText', pv: true },
      { title: 'Anomalies', column_name: 'anomalies', uidt: 'LongText' },
      { title: 'Complétude (%)', column_name: 'completude', uidt: 'Decimal' },
      {
        ...{ title: 'Fraîcheur', column_name: 'fraicheur', uidt: 'SingleSelect' },
        colOptions: { options: [{ title: 'Du jour', color: '#cfdffe' }] },
      },
    ]
    const base = await newBase((id) =>
      meta.dbTable.create(id, { title: 'Acteurs', table_name: 'acteurs', columns: columnsOfTheirs } as never),
    )
    const rows = base.table('Acteurs')
    const { ids } = await insertRows(base, rows, [{ Nom: 'Lieu', Anomalies: 'Sonner chez le gardien' }])
    await expect(provision(base, desired)).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      faults: [
        expect.stringMatching(/«\sAnomalies\s» de «\sActeurs\s» n’est pas de Portrea, et 1 ligne y tient/u),
      ],
    })
    await writeRows(base, rows, [{ id: ids[0]!, cells: { Anomalies: null } }])
    await provision(base, desired)
    expect((await provision(base, desired)).steps).toEqual([])
    expect(base.table('Acteurs').columns.get('Fraîcheur')?.options).toContain('Du jour')
    await writeRows(base, base.table('Acteurs'), [{ id: ids[0]!, cells: { Anomalies: 'de Portrea' } }])
    expect((await provision(base, desired)).steps).toEqual([])
  })

  describe('a plan that was shown', () => {
    it('is what is applied, step by step, and leaves nothing to do', async () => {
      const base = await newBase()
      const shown = await proposeProvision(base, desired)
      const told: Step[] = []
      expect(await applyProvision(base, desired, shown, { onStep: ({ step }) => void told.push(step) })).toBe(
        shown.steps.length,
      )
      expect(told).toEqual(shown.steps)
      expect((await proposeProvision(base, desired)).steps).toEqual([])
    })

    it('is not applied where the base has changed since: what differs is told, and nothing is done', async () => {
      const base = await newBase()
      const shown = await proposeProvision(base, desired)
      await meta.dbTable.create(base.id, {
        ...{ title: 'Participants', table_name: 'participants' },
        columns: [{ title: 'Nom', column_name: 'nom', uidt: 'SingleLineText', pv: true }],
      })
      const before = await comparable(meta, base.id)
      await expect(applyProvision(base, desired, shown)).rejects.toMatchObject({
        code: 'SCHEMA_MISMATCH',
        message: expect.stringMatching(/a changé depuis que ce plan a été montré\s; rien n’y a été fait/u),
        faults: expect.arrayContaining([
          expect.stringMatching(/^n’est plus à faire\s: Créer la table «\sParticipants\s»/u),
          expect.stringMatching(/^s’y ajoute\s: Ajouter la colonne «\sCourriel\s» à «\sParticipants\s»/u),
        ]),
      })
      expect(await comparable(meta, base.id)).toEqual(before)
    })

    it('notes again what Portrea made where that note is lost, and says so', async () => {
      const base = await newBase()
      await provision(base, desired)
      const kept = await readManifest(base.http, base.id)
      await saveManifest(base.http, base.id, null)
      const shown = await proposeProvision(base, desired)
      expect(shown).toMatchObject({ steps: [], forgotten: true })
      expect(await applyProvision(base, desired, shown)).toBe(0)
      const { words: _, ...again } = (await readManifest(base.http, base.id))!
      expect(kept).toMatchObject(again)
      expect(await proposeProvision(base, desired)).toMatchObject({ steps: [], forgotten: false })
    })
  })
})

class Broken extends Error {}

/** The same connection, cut after so many calls. */
function breakingAfter(http: Http, calls: number): Http {
  let left = calls
  return {
    ...http,
    send: (request) => {
      left -= 1
      return left < 0 ? Promise.reject(new Broken('cut')) : http.send(request)
    },
  }
}
