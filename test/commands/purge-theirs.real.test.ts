import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { desiredBase } from '../../src/app.ts'
import { readColumns } from '../../src/config/columns-file.ts'
import { openSdk } from '../../src/nocodb/meta-client.ts'
import { readManifest, saveManifest } from '../../src/nocodb/provision/manifest.ts'
import { cli } from '../helpers/cli.ts'
import { describeProduction } from '../helpers/engines.ts'
import { plain } from '../helpers/plain.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'
import { CONFIG } from '../helpers/rules.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

/** Rows of people age from their last change: the command is run as if four years had passed. */
const FOUR_YEARS_ON = `--import=data:text/javascript,${encodeURIComponent(
  'const R=Date;const on=4*365.25*864e5;globalThis.Date=class extends R{constructor(...a){a.length?super(...a):super(R.now()+on)}static now(){return R.now()+on}}',
)}`

const column = (title: string, at: number) => ({
  ...{ title, column_name: `c${at}`, uidt: 'SingleLineText', pv: at === 0 },
})
const SECRETS = ['Ada Lovelace', 'ada@example.org', 'Grace Hopper', 'Alan Turing', 'allergie aux noix']

describeProduction('tables of people that are people’s own, four years on', (nocodb) => {
  let test: TestBase
  let config: string
  beforeAll(async () => {
    config = await mkdtemp(join(tmpdir(), 'portrea-purge-'))
    await cp(CONFIG, config, { recursive: true })
    const yaml = join(config, 'columns.yaml')
    const text = await readFile(yaml, 'utf8')
    // As `adopt` writes it where a person agreed: a table of staff, and in it three columns of theirs.
    const staff = text.replace(
      /(\nreferents:\n  title: )Référents([\s\S]*?\n {4}name: \{ title: )Nom([\s\S]*?\n {4}email: \{ title: )Courriel/u,
      '$1Équipe$2Agent$3Mél',
    )
    await writeFile(yaml, staff)
    const desired = desiredBase({ ...settings, columns: readColumns(config) })
    test = await makeTestBase(nocodb, 'purge-theirs', {
      schema: desired,
      before: async (base, meta) => {
        for (const title of ['Équipe', 'Contacts privés'])
          await meta.dbTable.create(base, {
            title,
            table_name: title === 'Équipe' ? 'equipe' : 'contacts',
            columns: ['Agent', 'Mél', 'Congés'].map(column) as never,
          })
      },
    })
    await test.insert('Équipe', [
      { Agent: 'Ada Lovelace', Mél: 'ada@example.org', Congés: 'août' },
      { Agent: 'Grace Hopper', Congés: 'juillet' },
    ])
    await test.insert('Contacts privés', [{ Agent: 'Alan Turing', Mél: 'alan@example.org' }])
    await test.insert('Participants', [
      { Nom: 'Ada Lovelace', Courriel: 'ada@example.org', Structure: 'Mairie' },
      { Nom: 'Alan Turing' },
    ])
  })
  afterAll(async () => {
    await rm(config, { recursive: true })
    await test.close()
  })

  const purge = async (retention: string, ...args: string[]) => {
    await writeFile(join(config, 'retention.yaml'), retention)
    const answer = await cli(['purge', ...args], {
      ...{ NOCODB_URL: nocodb.url, NOCODB_TOKEN: nocodb.token, NOCODB_BASE: test.base.id },
      ...{ PORTREA_DATA_DIR: test.dataDir, PORTREA_CONFIG_DIR: config, NODE_OPTIONS: FOUR_YEARS_ON },
    })
    for (const secret of SECRETS) expect(answer.stdout + answer.stderr).not.toContain(secret)
    return answer
  }
  const document = async (retention: string, ...args: string[]) =>
    JSON.parse((await purge(retention, '--json', ...args)).stdout) as {
      tables: { title: string; rows: number; cells: number; columns: string[]; spared: number }[]
      left: { title: string; reason: string }[]
    }
  const all = async (...tables: string[]) =>
    Promise.all(tables.map(async (table) => [...(await test.cells(table)).values()]))
  const referents = 'referents: { months: 36, erase: row }'

  it('are never touched, cell by cell, and said to be left', async () => {
    const before = await all('Équipe', 'Contacts privés')
    const { tables, left } = await document(referents, '--yes')
    expect(tables).toEqual([])
    expect(left).toEqual([
      expect.objectContaining({ title: 'Équipe', reason: expect.stringContaining('named:') }),
    ])
    expect(await all('Équipe', 'Contacts privés')).toEqual(before)
  })

  it('are emptied of the columns that config/retention.yaml names, and of nothing else; no row goes', async () => {
    const before = await all('Équipe')
    const named = `referents: { months: 36, erase: row, named: { table: Équipe, columns: [Mél, Disparue] } }`
    const shown = plain((await purge(named, '--dry-run')).stdout)
    expect(shown).toMatch(/« Équipe » \(2 lignes\) : 1 case à vider dans 1 ligne \(« Mél »\)/u)
    expect(shown).toMatch(/« Équipe » : « Disparue » : config\/retention.yaml la nomme/u)
    expect(await all('Équipe')).toEqual(before)
    const done = plain((await purge(named, '--yes')).stdout)
    expect(done.indexOf('À effacer')).toBeLessThan(done.indexOf('Effacé :'))
    const after = (await all('Équipe'))[0]!
    expect(after.map(({ Mél, UpdatedAt: _, ...row }) => [row, Mél])).toEqual(
      before[0]!.map(({ Mél: _, UpdatedAt: __, ...row }) => [row, null]),
    )
  })

  it('are not taken for the table of a role that the configuration gives to another', async () => {
    const before = await all('Contacts privés', 'Équipe')
    const named = `referents: { months: 36, erase: row, named: { table: Contacts privés, columns: [Mél] } }`
    const { tables, left } = await document(named, '--yes')
    expect(tables).toEqual([])
    expect(left.map(({ title }) => title).sort()).toEqual(['Contacts privés', 'Équipe'])
    expect(await all('Contacts privés', 'Équipe')).toEqual(before)
  })

  it('do not take the place of Portrea’s own, which is known whatever it is called; what people added there is spared', async () => {
    const meta = await openSdk(test.base.http)
    const { id, columns } = test.base.table('Participants')
    await meta.dbTable.update(id, { title: 'Inscrits', table_name: 'Inscrits' })
    await meta.dbTableColumn.update(columns.get('Nom')!.id, {
      title: 'Personne',
      uidt: 'SingleLineText',
    } as never)
    await meta.dbTableColumn.create(id, { title: 'Repas', column_name: 'repas', uidt: 'LongText' } as never)
    const copy = ['Nom', 'Courriel'].map(column)
    await meta.dbTable.create(test.base.id, {
      title: 'Participants',
      table_name: 'copie',
      columns: copy as never,
    })
    await test.base.refresh()
    await test.insert('Participants', [{ Nom: 'Grace Hopper', Courriel: 'grace@example.org' }])
    const [first] = [...(await test.cells('Inscrits')).values()]
    await test.base.http.send({
      method: 'PATCH',
      path: `/api/v2/tables/${id}/records`,
      body: [{ Id: first!['Id'], Repas: 'allergie aux noix' }],
    })
    const theirs = await all('Participants')
    const whole = await document('participants: { months: 24, erase: row }', '--dry-run')
    expect(whole.tables).toMatchObject([{ title: 'Inscrits', rows: 1, spared: 1 }])
    expect(whole.left).toEqual([expect.objectContaining({ title: 'Participants' })])
    await document('participants: { months: 24, erase: [name, email] }', '--yes')
    const after = (await all('Inscrits'))[0]!
    expect(
      after.map((row) => [row['Personne'] ?? null, row['Courriel'] ?? null, row['Structure'] ?? null]),
    ).toEqual([
      [null, null, 'Mairie'],
      [null, null, null],
    ])
    expect(after[0]).toMatchObject({ Repas: 'allergie aux noix' })
    expect(await all('Participants')).toEqual(theirs)
  })

  it('are left, all of them, where the base keeps no trace of what Portrea made', async () => {
    const kept = await readManifest(test.base.http, test.base.id)
    await saveManifest(test.base.http, test.base.id, null)
    const { tables, left } = await document('diagnostics: { months: 1, erase: [author] }', '--yes')
    expect([tables, left]).toEqual([[], [expect.objectContaining({ title: 'Diagnostics' })]])
    await saveManifest(test.base.http, test.base.id, kept)
  })

  it('are told where no age can be read, and stay', async () => {
    const meta = await openSdk(test.base.http)
    await meta.dbTable.delete(test.base.table('Journées').id)
    const { tables, left } = await document('participants: { months: 24, erase: [name] }', '--yes')
    expect(tables).toEqual([])
    expect(left.find(({ title }) => title === 'Inscrits')?.reason).toContain('Journées')
  })
})
