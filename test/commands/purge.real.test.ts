import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { cli } from '../helpers/cli.ts'
import { describeProduction } from '../helpers/engines.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'
import { CONFIG } from '../helpers/rules.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const PEOPLE = ['Ada Lovelace', 'ada@example.org', 'Directrice', 'Grace Hopper', 'Alan Turing', 'Rosa Parks']

describeProduction('personal data past their time', (nocodb) => {
  let test: TestBase
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'purge')
    const [brest, quimper] = await test.insert('EPCI', [
      { Nom: 'Brest Métropole', SIREN: '242900314' },
      { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' },
    ])
    const [old, late] = await test.insert('Journées', [
      { Intitulé: 'Ancienne', Date: '2019-05-14' },
      { Intitulé: 'À venir', Date: '2099-05-14' },
    ])
    await test.link('Journées', 'EPCI', [
      { id: old!, target: brest! },
      { id: late!, target: quimper! },
    ])
    // The third is of no journée: as old as its row, made today.
    const [ada, grace] = await test.insert('Participants', [
      {
        Nom: 'Ada Lovelace',
        Courriel: 'ada@example.org',
        Fonction: 'Directrice',
        Structure: 'Mairie',
        Présent·e: true,
      },
      { Nom: 'Grace Hopper', Structure: 'CCAS' },
      { Nom: 'Alan Turing' },
    ])
    await test.link('Participants', 'Journée', [
      { id: ada!, target: old! },
      { id: grace!, target: late! },
    ])
    await test.insert('Diagnostics', [
      { Date: '2018-01-01', Auteur·rice: 'Rosa Parks', Gouvernance: 'Installée' },
      { Date: '2026-01-01', Auteur·rice: 'Rosa Parks' },
    ])
  })
  afterAll(() => test.close())

  const purge = async (environment: Readonly<Record<string, string>>, ...args: string[]) => {
    const answer = await cli(['purge', ...args], {
      ...{
        NOCODB_URL: nocodb.url,
        NOCODB_TOKEN: nocodb.token,
        NOCODB_BASE: test.base.id,
        LOG_LEVEL: 'trace',
      },
      ...{ PORTREA_DATA_DIR: test.dataDir, ...environment },
    })
    for (const name of PEOPLE) expect(answer.stdout + answer.stderr).not.toContain(name)
    return answer
  }
  const counts = async (...args: string[]) => {
    const { tables } = JSON.parse((await purge({}, '--json', ...args)).stdout) as {
      tables: { table: string; rows: number; cells: number }[]
    }
    return Object.fromEntries(tables.map(({ table, rows, cells }) => [table, [rows, cells]]))
  }

  it('are told by counts and left as they are with --dry-run; without a word of consent nothing is done', async () => {
    const before = await test.cells('Participants')
    expect(await counts('--dry-run')).toEqual({
      participants: [1, 3],
      referents: [0, 0],
      officers: [0, 0],
      invitations: [0, 0],
      diagnostics: [1, 1],
    })
    expect((await purge({})).code).toBe(2)
    expect(await test.cells('Participants')).toEqual(before)
  })

  it('are emptied with --yes; what counts, and what is younger, stays; a second time finds nothing', async () => {
    expect(await counts('--yes')).toEqual({
      participants: [1, 3],
      referents: [0, 0],
      officers: [0, 0],
      invitations: [0, 0],
      diagnostics: [1, 1],
    })
    const people = [...(await test.cells('Participants')).values()]
    expect(people.map((row) => row['Nom'] ?? null)).toEqual([null, 'Grace Hopper', 'Alan Turing'])
    expect(people[0]).toMatchObject({ Courriel: null, Fonction: null, Structure: 'Mairie' })
    expect(Boolean(people[0]?.['Présent·e'])).toBe(true)
    const diagnostics = [...(await test.cells('Diagnostics')).values()]
    expect(diagnostics.map((row) => row['Auteur·rice'] ?? null)).toEqual([null, 'Rosa Parks'])
    expect(diagnostics[0]).toMatchObject({ Gouvernance: 'Installée' })
    expect(await counts('--yes')).toEqual({
      participants: [0, 0],
      referents: [0, 0],
      officers: [0, 0],
      invitations: [0, 0],
      diagnostics: [0, 0],
    })
  })

  it('go with their row where the configuration says so, with the words for the history that NocoDB keeps', async () => {
    const config = await mkdtemp(join(tmpdir(), 'portrea-purge-'))
    await cp(CONFIG, config, { recursive: true })
    await writeFile(join(config, 'retention.yaml'), 'participants: { months: 24, erase: row }\n')
    const { tables } = JSON.parse((await purge({ PORTREA_CONFIG_DIR: config }, '--json', '--yes')).stdout)
    await rm(config, { recursive: true })
    const { id } = test.base.table('Participants')
    expect(tables).toEqual([
      {
        ...{ table: 'participants', title: 'Participants', rows: 1, cells: 1, deleted: true, undated: 0 },
        ...{
          columns: ['Nom', 'Structure', 'Fonction', 'Courriel', 'Avec', 'Pas avec', 'À savoir sur le groupe'],
          total: 3,
          spared: 0,
        },
        ...{ refused: 0, audit: `DELETE FROM nc_audit_v2 WHERE fk_model_id = '${id}' AND row_id IN ('1');` },
      },
    ])
    const people = [...(await test.cells('Participants')).values()]
    expect(people.map((row) => row['Nom'])).toEqual(['Grace Hopper', 'Alan Turing'])
  })
})
