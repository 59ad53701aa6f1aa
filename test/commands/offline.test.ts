import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli } from '../helpers/cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-offline-'))
const file = (name: string, text: string | Buffer) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('portrea', () => {
  it.each([
    [['--help'], 0],
    [['sync', '--help'], 0],
    [['nope'], 2],
    [['recommend'], 2],
    [['assess', 'x.csv', '--profile', 'nope'], 2],
    [['explain', '123'], 2],
    [['assess', '/nowhere.csv'], 3],
    [['check-config'], 3],
    [['sync'], 3],
  ])('%j exits with %d', async (args, code) => {
    expect((await cli(args)).code).toBe(code)
  })

  it('answers a failure with --json as one document on standard output', async () => {
    const { stdout, code } = await cli(['check-config', '--json'])
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CONFIG_INVALID' } })
  })

  it('exits with 4 when NocoDB cannot be reached, and says where it looked', async () => {
    const { code, stderr } = await cli(['sync'], {
      NOCODB_URL: 'http://127.0.0.1:9',
      NOCODB_TOKEN: 'a-token-of-nothing',
      PORTREA_DATA_DIR: folder,
    })
    expect(code).toBe(4)
    expect(stderr).toContain('http://127.0.0.1:9')
  }, 60_000)
})

describe('portrea assess', () => {
  const csv = [
    'id,nom,code_insee,commune,code_postal,pivot,telephone,horaires',
    'a,Espace Brest,29019,Brest,29200,???,02 98 00 00 00,Mo-Fr 09:00-12:00',
    'b,ESPACE RENNES,35238,Rennes,35000,12345678901234,,',
  ].join('\n')

  it('answers the JSON of the contract', async () => {
    const { stdout, code } = await cli(['assess', file('two.csv', csv), '--json'])
    const document = JSON.parse(stdout)
    expect(Object.keys(document)).toEqual([
      'rules',
      'profile',
      'actors',
      'epcis',
      'unreadable',
      'region',
      'duplicates',
    ])
    expect(document.profile).toBe('publication')
    expect(document.actors.map((one: { id: string }) => one.id)).toEqual(['a', 'b'])
    expect(document.actors[0]).toMatchObject({ epci: '242900314', duplicates: [] })
    expect(document.actors[0].missing).toContain('pivot')
    expect(document.actors[1].findings).toContainEqual(
      expect.objectContaining({
        field: 'pivot',
        code: 'pivot.checksum',
        severity: 'blocking',
        suggestion: null,
      }),
    )
    expect(document.epcis.map((one: { siren: string }) => one.siren)).toEqual(['242900314', '243500139'])
    expect(document.epcis[0]).toMatchObject({
      name: 'Brest Métropole',
      actors: 1,
      publishable: 0,
      freshness: null,
    })
    expect(code).toBe(1)
  })

  it('names possible duplicates on both records, and says once why and how strongly', async () => {
    const twins = `${csv}\nc,Espace de Brest,29019,Brest,29200,,+33298000000,\n`
    const { stdout } = await cli(['assess', file('twins.csv', twins), '--json'])
    const { actors, duplicates } = JSON.parse(stdout)
    expect(actors.map((one: { duplicates: string[] }) => one.duplicates)).toEqual([['c'], [], ['a']])
    expect(duplicates).toEqual([
      { one: 'a', other: 'c', score: 80, reason: 'nom équivalent, même téléphone, même commune' },
    ])
    const { stdout: text } = await cli(['assess', file('twins.csv', twins)])
    expect(text).toMatch(
      /Doublons possibles \(1 paire\).:\n {2}a et c.: nom équivalent, même téléphone, même commune \(80 points\)/,
    )
  })

  it('reads an older file: semicolons, a byte order mark, Latin-1, which it says', async () => {
    const older = Buffer.from(
      csv.replaceAll(',', ';').replace('Espace Brest', 'Médiathèque de la Liberté'),
      'latin1',
    )
    const { stdout, stderr } = await cli(['assess', file('latin1.csv', older), '--json'])
    expect(JSON.parse(stdout).actors).toHaveLength(2)
    expect(stderr).toMatch(/Latin-1|Windows-1252/)
    const marked = await cli(['assess', file('bom.csv', `\uFEFF${csv}`), '--json'])
    expect(JSON.parse(marked.stdout).actors[0].id).toBe('a')
  })

  it('reads on after a row that cannot be read, and names its line', async () => {
    const { stdout, code } = await cli([
      'assess',
      file('odd.csv', `${csv}\nc,too,many,,,,,,,,cells\n`),
      '--json',
    ])
    const { actors, unreadable } = JSON.parse(stdout)
    expect(actors).toHaveLength(2)
    expect(unreadable).toEqual([expect.objectContaining({ line: 4 })])
    expect(code).toBe(1)
  })
})

describe('portrea recommend', () => {
  it('answers the JSON of the contract, from JSON, from YAML, from standard input', async () => {
    const input = {
      siren: '200069409',
      answers: { aim: 'database', governance: 'active' },
      observed: { completeness: 10 },
    }
    const fromJson = await cli(['recommend', file('one.json', JSON.stringify(input)), '--json'])
    const yaml =
      'siren: "200069409"\nanswers: { governance: active, aim: database }\nobserved: { completeness: 10 }\n'
    const fromYaml = await cli(['recommend', file('one.yaml', yaml), '--json'])
    const fromStdin = await cli(['recommend', '-', '--json'], {}, JSON.stringify(input))
    expect(fromJson.code).toBe(0)
    expect(fromYaml.stdout).toBe(fromJson.stdout)
    expect(fromStdin.stdout).toBe(fromJson.stdout)
    expect(Object.keys(JSON.parse(fromJson.stdout))).toEqual([
      'rules',
      'recommended',
      'reading',
      'scores',
      'intervals',
      'aPriori',
      'contributions',
      'confidence',
      'preconditions',
      'contradictions',
      'reasons',
      'method',
      'counterfactual',
      'counterfactualAim',
      'factors',
      'workload',
      'workloads',
      'sensitivity',
      'nextQuestions',
      'nearTie',
      'why',
    ])
    expect(JSON.parse(fromJson.stdout).recommended).toBe('outil')
  })

  it('refuses what the contract does not know, each with its path and what is accepted', async () => {
    const wrong = {
      answers: { aim: 'money', colour: 'red' },
      observed: { completeness: 120 },
      drivers: { actors: -1 },
    }
    const { code, stderr } = await cli(['recommend', file('wrong.json', JSON.stringify(wrong))])
    expect(code).toBe(3)
    for (const path of ['answers.aim', 'answers.colour', 'observed.completeness', 'drivers.actors'])
      expect(stderr).toContain(path)
    expect(stderr).toContain('mutual_knowledge')
  })

  it.each([
    [
      'references that multiply',
      Array.from(
        { length: 30 },
        (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}, *a${at - 1}`}]`,
      ).join('\n'),
      /se multiplient/,
    ],
    ['no YAML', 'answers: [', /ligne \d+/],
    ['a list within lists', `answers: ${'['.repeat(5000)}${']'.repeat(5000)}`, /answers|profond/],
  ])('refuses %s with a sentence, at once', async (_, text, said) => {
    const { code, stderr } = await cli(['recommend', file('hostile.yaml', text)])
    expect(code).toBe(3)
    expect(stderr).toMatch(said)
    expect(stderr).not.toMatch(/^ {4}at /mu)
    expect(stderr.length).toBeLessThan(2000)
  })
})
