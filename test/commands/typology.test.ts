import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import { needFigures, saveNeedFigures } from '../../src/store/need-figures.ts'
import { cli } from '../helpers/cli.ts'
import type { Double } from '../helpers/nocodb-double/double.ts'
import { plain } from '../helpers/plain.ts'
import { portreaDouble } from '../helpers/portrea-double.ts'

const BREST = '242900314'
const RENNES = '243500139'
const folder = mkdtempSync(join(tmpdir(), 'portrea-typology-'))
const NOTHING_THERE = {
  ...{ governance: 'none', roadmap: 'none', referents: 'none', network: 'none', meetingsPerYear: 0 },
  ...{ aim: 'none', commitment: 'none', tool: 'none', use: 'none', mastery: 'none' },
}
const file = (name: string, content: unknown) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

let double: Double
let run: (...args: readonly string[]) => ReturnType<typeof cli>
beforeAll(async () => {
  double = await portreaDouble({
    EPCI: [
      { Nom: 'Brest Métropole', SIREN: BREST },
      { Nom: 'Rennes Métropole', SIREN: RENNES, 'Référentiel retenu': 'Outil', 'Fragilité (1–10)': 5 },
    ],
    Diagnostics: [
      {
        ...{ Date: '2026-03-01', EPCI_id: 1, Gouvernance: 'Aucune', 'Feuille de route': 'Aucune' },
        ...{ 'Référent·e·s désigné·e·s': 'Aucun', "Réseau d'acteurs": 'Aucun', 'Rencontres par an': 0 },
        ...{ Objectif: 'Pas encore défini', 'Engagement politique': 'Aucun', Outil: 'Aucun' },
        ...{ "Usage de l'outil": 'Aucun', "Maîtrise de l'outil": 'Aucune' },
      },
    ],
  })
  run = (...args) =>
    cli(args, {
      ...{ NOCODB_URL: double.url, NOCODB_TOKEN: double.token, NOCODB_BASE: double.baseId },
      ...{ PORTREA_DATA_DIR: folder, DATABASE_URL: '' },
    })
})
afterAll(async () => {
  await double.stop()
  rmSync(folder, { recursive: true })
})
type Kind = { key: string | null; epcis: { siren: string; degree: number | null }[] }
const typesOf = (stdout: string) =>
  Object.fromEntries(
    (JSON.parse(stdout).types as Kind[]).map(({ key, epcis }) => [key, epcis.map(({ siren }) => siren)]),
  )

describe('portrea import --needs', () => {
  const figures = () =>
    file(
      'ifn.csv',
      `siren;nom;total;part_75_ans\n${BREST};Brest;7,95;12,3\n${RENNES};Rennes;12;9\n123456789;Ailleurs;5;8\n`,
    )
  const said = ['--needs', '--source', 'La Mednum', '--year', '2023']
  const kept = async () => {
    const store = await openStore({ dataDir: folder })
    const found = await needFigures(store)
    await store.close()
    return found
  }
  const imported = (column: string, value: number) => ({ column, value, source: 'La Mednum', year: 2023 })

  it('keeps nothing of a dry run, and says so', async () => {
    const { stdout } = await run('import', figures(), ...said, '--dry-run')
    expect(plain(stdout)).toContain("Rien n'est enregistré")
    expect(await kept()).toEqual(new Map())
  })

  it('keeps figures by EPCI, and tells what it cannot keep', async () => {
    const { code, stdout } = await run('import', figures(), ...said, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      epcis: 2,
      columns: [
        { column: 'total', figure: 'fragility', values: 1, low: 7.95, median: 7.95, high: 7.95 },
        { column: 'part_75_ans', figure: null, values: 2, low: 9, median: 10.65, high: 12.3 },
      ],
      leftAside: ['nom'],
      refused: [
        { place: 'ligne 4', reason: 'le SIREN 123456789 n’est pas dans la table « EPCI »' },
        { place: 'ligne 3', reason: 'colonne « total » : 12 n’est pas entre 1 et 10' },
      ],
      saved: true,
    })
    expect(await kept()).toEqual(
      new Map([
        [BREST, [imported('part_75_ans', 12.3), imported('total', 7.95)]],
        [RENNES, [imported('part_75_ans', 9)]],
      ]),
    )
  })

  it.each([
    ['no source', ['--needs'], 2, /--source/],
    ['a year that is none', ['--needs', '--source', 'x', '--year', '23'], 2, /--year 23/],
    ['two kinds of file', ['--needs', '--reference'], 2, /--needs/],
  ])('is refused with %s', async (_, options, code, says) => {
    const found = await run('import', file('un.csv', `siren;total\n${BREST};5\n`), ...options)
    expect(found.code).toBe(code)
    expect(found.stderr).toMatch(says)
  })

  it('is refused where no EPCI of the base is in the file, which is then the wrong one', async () => {
    const found = await run(
      'import',
      file('autre.csv', 'siren;total\n123456789;5\n'),
      '--needs',
      '--source',
      'x',
    )
    expect(found.code).toBe(3)
    expect(found.stderr).toMatch(/ligne 2.*123456789/)
  })
})

describe('portrea typology', () => {
  beforeAll(async () => {
    const store = await openStore({ dataDir: folder })
    const total = { column: 'total', value: 7.95, source: 'La Mednum', year: 2023 }
    const replaced = { columns: ['total'], sirens: null }
    await saveNeedFigures(store, replaced, new Map([[BREST, [total]]]), '2026-05-20T10:00:00.000Z')
    await store.close()
  })

  it('gives the types of the base, as one document', async () => {
    const { code, stdout } = await run('typology', '--json')
    expect(code).toBe(0)
    expect(typesOf(stdout)).toMatchObject({ to_start: [BREST], unknown: [RENNES], null: [] })
  })

  it('says of each what it is, what is recommended there and the days', async () => {
    const { stdout } = await run('typology')
    expect(plain(stdout)).toMatch(/« À amorcer » : 1 EPCI\n {2}Le besoin est élevé .*\n {2}A priori : .*\n/u)
    expect(plain(stdout)).toContain('Jours référent·e·s : estimés : ')
    expect(plain(stdout)).toMatch(/Retenu : Outil 1\n/u)
  })

  it('is said of one EPCI by explain, with the source of its need', async () => {
    const sheet = plain((await run('explain', BREST)).stdout)
    expect(sheet).toContain('Type de territoire : « À amorcer »')
    expect(sheet).toContain('fragilité numérique 7,95 (La Mednum, 2023)')
  })
})

describe('portrea typology FILE', () => {
  const offline = (...args: readonly string[]) =>
    cli(['typology', ...args], { NOCODB_URL: '', NOCODB_TOKEN: '' })
  const some = {
    completeness: 30,
    freshness: 10,
    contactedShare: 0.1,
    participationRate: 0.2,
    communesCovered: 0.3,
  }

  it('types territories without a base, their need from a file where it is given', async () => {
    const territories = file('territoires.json', [
      { siren: BREST, answers: NOTHING_THERE, observed: some },
      { siren: RENNES, answers: NOTHING_THERE, observed: some, fragility: 3.1, population: 12_000 },
      { name: 'Ailleurs' },
    ])
    const { code, stdout } = await offline(territories, '--json')
    expect(code).toBe(0)
    expect(typesOf(stdout)).toMatchObject({ to_start: [RENNES], unknown: ['', BREST] })
    const needs = file('besoins.json', {
      epci: [
        { siren: BREST, total: 7 },
        { siren: '200069409', total: 5 },
      ],
    })
    const told = JSON.parse((await offline(territories, '--needs', needs, '--json')).stdout)
    expect(told.types[0].epcis).toMatchObject([
      { siren: BREST, name: 'Brest Métropole', degree: 1, firm: true },
      { siren: RENNES, degree: 0.4 },
    ])
  })

  it.each([
    ['an answer that is none', [{}, { answers: { aim: 'all' } }], /territoire 2, answers\.aim: /],
    ['a population that cannot be', { epcis: [{ population: -3 }] }, /territoire 1, population: /],
    ['one thing alone', { siren: BREST }, /liste de territoires/],
  ])('refuses %s, saying where', async (_, content, says) => {
    const { code, stderr } = await offline(file('faux.json', content))
    expect(code).toBe(3)
    expect(stderr).toMatch(says)
  })
})
