import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../helpers/cli.ts'
import type { Double } from '../helpers/nocodb-double/double.ts'
import { portreaDouble } from '../helpers/portrea-double.ts'

const BREST = '242900314'
const folder = mkdtempSync(join(tmpdir(), 'portrea-explain-'))
const SIRENS = [BREST, '243500139', '200068120', '200069409', '200067072']
const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })

/** Five EPCI with a diagnostic; Brest with three records, another choice than the rules', and days really spent. */
const rows = {
  EPCI: SIRENS.map((siren, at) => ({
    Nom: `EPCI ${siren}`,
    SIREN: siren,
    Population: 100_000 + 50_000 * at,
    ...(at === 0
      ? { Nom: 'Brest Métropole', 'Référentiel retenu': 'Réseau', 'Jours référents réels': 13.5 }
      : {}),
  })),
  Diagnostics: SIRENS.map((_, at) => ({
    Date: '2026-03-01',
    EPCI_id: at + 1,
    Objectif: at % 2 === 0 ? 'Base de données' : 'Mise en réseau',
    Gouvernance: 'Active',
    "Réseau d'acteurs": 'Constitué',
  })),
  Acteurs: [
    { Nom: 'Espace de Brest', 'Code INSEE': '29019', Services: 'Aide aux démarches administratives' },
    {
      Nom: 'Médiathèque',
      'Code INSEE': '29019',
      Services: 'Aide aux démarches administratives',
      Typologie: 'BIB',
    },
    {
      Nom: 'Chez Yvonne Kerfictif',
      'Code INSEE': '29075',
      Services: 'Utilisation sécurisée du numérique',
      Typologie: 'Chez Yvonne',
    },
  ],
}

let double: Double
let run: (...args: readonly string[]) => Promise<{ code: number | null; stdout: string; stderr: string }>
beforeAll(async () => {
  double = await portreaDouble(rows)
  run = (...args) =>
    cli(args, {
      NOCODB_URL: double.url,
      NOCODB_TOKEN: double.token,
      NOCODB_BASE: double.baseId,
      PORTREA_DATA_DIR: folder,
    })
})
afterAll(async () => {
  await double.stop()
  rmSync(folder, { recursive: true })
})

const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/gu, ' ')

describe('portrea explain', () => {
  it('says why, what would change it, what to ask, where people differ, who is like it, and what is there', async () => {
    const { code, stdout } = await run('explain', BREST)
    expect(code).toBe(0)
    const text = plain(stdout)
    expect(text).toContain('Référentiel recommandé : « Outil »')
    expect(text).toMatch(/Ce qui la ferait changer :\n {2}« Outil » devance « Réseau » de /u)
    expect(text).toMatch(
      /Charge estimée pour « Réseau », en jours :\n {2}Référent·e·s +[\d,]+, entre [\d,]+ et [\d,]+ selon ce qui reste inconnu \(bornes 9 à 14/u,
    )
    expect(text).toContain('Méthode d’accompagnement de « Réseau » :')
    expect(text).toMatch(/À demander ensuite, le plus utile d’abord :\n {2}\? /u)
    expect(text).toMatch(/Désaccord avec le référentiel retenu :\n {2}• Le Hub a retenu « Réseau »/u)
    expect(text).toMatch(/Territoires les plus semblables :\n {2}• EPCI 243500139, semblable à \d+ % /u)
    expect(text).toContain('aide et accompagnement : 2 acteurs, dans 13 % des communes')
    expect(text).toContain('accès à l’équipement et aux réseaux : personne\n')
    expect(text).toContain('horaires : 0 % (0 % des cases)')
    expect(text).toContain('Bibliothèque ou médiathèque (1)')
    expect(text).toMatch(/6 communes sans acteur : /u)
    expect(text).toMatch(/0,3 acteur pour 10 000 habitants \(médiane sur 1 EPCI : 0,3\)/u)
    expect(text).not.toContain('Yvonne')
  })

  it('gives the same as one document, with the fragility of a file as context', async () => {
    const file = join(folder, 'ifn.csv')
    writeFileSync(file, `siren,total\n${BREST},6.5\n243500139,4.5\n`)
    const { stdout } = await run('explain', BREST, '--json', '--fragility', file)
    const document = JSON.parse(stdout)
    expect(document).toMatchObject({
      siren: BREST,
      retained: 'reseau',
      disagreement: { recommended: 'outil' },
      needs: { equipment: { status: 'nobody' }, help: { actors: 2 } },
      byCommune: [{ code: '29019', actors: 2 }, { code: '29075' }],
      kinds: { counts: [{ kind: 'BIB', records: 1 }] },
      similar: { length: 3 },
      fragility: { score: 6.5, median: 5.5 },
      region: { epcis: 1 },
      changes: null,
    })
    expect(stdout).not.toContain('Yvonne')
    const without = JSON.parse((await run('explain', BREST, '--json')).stdout)
    expect(without.recommendation).toEqual(document.recommendation)
  })

  it('names the file of fragility that cannot be read', async () => {
    const { code, stderr } = await run('explain', BREST, '--fragility', join(folder, 'absent.json'))
    expect(code).toBe(3)
    expect(stderr).toContain('absent.json n’existe pas')
  })
})

describe('portrea explain --at', () => {
  it('has nothing to make again before the first synchronisation', async () => {
    const { code, stderr } = await run('explain', BREST, '--at', today)
    expect(code).toBe(3)
    expect(stderr).toContain('synchronisez d’abord')
  })

  it('makes a kept result again by its own rules, without NocoDB, and says that it is the same', async () => {
    expect((await run('sync')).code).toBe(0)
    const environment = { PORTREA_DATA_DIR: folder }
    const { code, stdout } = await cli(['explain', BREST, '--at', today], environment)
    expect(code).toBe(0)
    expect(plain(stdout)).toContain('Refait avec ses propres règles : identique, au dernier chiffre.')
    const document = JSON.parse((await cli(['explain', BREST, '--at', today, '--json'], environment)).stdout)
    expect(document).toMatchObject({
      same: true,
      day: today,
      retained: 'reseau',
      decision: { recommended: 'outil' },
    })
    expect(JSON.stringify(document)).not.toContain('Yvonne')
  }, 60_000)

  it('says, once an answer has changed, what changed and why', async () => {
    const { url, token } = double
    const table = double.table('Diagnostics').id
    await fetch(`${url}/api/v2/tables/${table}/records`, {
      method: 'PATCH',
      headers: { 'xc-token': token, 'content-type': 'application/json' },
      body: JSON.stringify([{ Id: 1, Objectif: 'Mise en réseau' }]),
    })
    const { stdout } = await run('explain', BREST)
    const text = plain(stdout)
    expect(text).toContain('la recommandation est passée de « Outil » à « Réseau »')
    expect(text).toContain('Cause : les réponses.')
    expect(text).toContain('Réponses : l’objectif (« Base de données » → « Mise en réseau »).')
    const kept = JSON.parse((await run('explain', BREST, '--at', today, '--json')).stdout)
    expect(kept.decision.recommended).toBe('outil')
  })

  it.each([['2026-02-30'], ['yesterday']])('refuses %s, which is no day', async (day) => {
    const { code, stderr } = await run('explain', BREST, '--at', day)
    expect(code).toBe(2)
    expect(stderr).toContain('AAAA-MM-JJ')
  })
})

describe('portrea workload', () => {
  it('adds up the days of all EPCI, each once, by month of its journée', async () => {
    const { code, stdout } = await run('workload')
    expect(code).toBe(0)
    const days = JSON.parse((await run('workload', '--json')).stdout)
    const text = plain(stdout)
    expect(text).toContain(`Charge des ${days.epcis} EPCI de la base`)
    const one = JSON.parse((await run('explain', BREST, '--json')).stdout).workload.referents
    expect(days.referents.estimate).toBeGreaterThanOrEqual(one.estimate)
    expect(days.months.map(({ epcis }: { epcis: number }) => epcis)).toEqual([days.epcis])
    expect(text).toMatch(/Sans date|\d{4} : /)
  })
})

describe('portrea calibrate', () => {
  it('shows estimate against actual, and says that it is too early', async () => {
    const { code, stdout } = await run('calibrate')
    expect(code).toBe(0)
    const text = plain(stdout)
    expect(text).toContain('« Réseau », référent·e·s (de 9 à 14 jours) : 1 EPCI')
    expect(text).toContain('Trop tôt pour proposer un autre plafond : il faut 20 EPCI')
    expect(text).toMatch(/• Brest Métropole \(242900314\) : 13,5 jours réels pour [\d,]+ estimés/u)
    expect(text).toContain('Rien n’est appliqué')
    const { roles } = JSON.parse((await run('calibrate', '--json')).stdout)
    expect(roles.flatMap((one: { observations: unknown[] }) => one.observations)).toMatchObject([
      { siren: BREST, referential: 'reseau', role: 'referents', actual: 13.5 },
    ])
  })
})
