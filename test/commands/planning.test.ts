import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { addDays, parisDay } from '../../src/domain/days.ts'
import { monthAfter } from '../../src/domain/planning/months.ts'
import { typeset } from '../../src/domain/typography.ts'
import { cli } from '../helpers/cli.ts'
import { doubleBase } from '../helpers/double-base.ts'

it('plans a year by chargé·e, from the base as it is, and writes nothing', async () => {
  const journee = addDays(parisDay(new Date()), 70)
  const { double } = await doubleBase({
    EPCI: [
      { Nom: 'Brest Métropole', SIREN: '242900314', 'Chargé·e de déploiement': 'BIHAN Ana' },
      { Nom: 'Haut-Léon Communauté', SIREN: '200067072', Étape: 'Pressenti' },
    ],
    Chargé·e·s: [{ Nom: 'Ana Bihan', 'Jours par mois': 1 }, { Nom: 'Zoé Inactive' }],
    Journées: [{ Date: journee, EPCI_id: 1 }],
  })
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-planning-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const before = JSON.stringify([double.table('EPCI').get(1), double.table('EPCI').get(2)])
  const planning = (...args: readonly string[]) =>
    cli(['planning', ...args], {
      NOCODB_URL: double.url,
      NOCODB_TOKEN: double.token,
      NOCODB_BASE: double.baseId,
      PORTREA_DATA_DIR: dataDir,
      DATABASE_URL: '',
    })
  const { stdout } = await planning('--json', '--months', '14')
  const made = JSON.parse(stdout)
  expect(made.months).toHaveLength(14)
  const at = made.officers[0].months.find(({ month }: { month: string }) => month === monthAfter(journee, 0))
  expect(at).toMatchObject({ journees: 1 })
  expect(at.over).toBeGreaterThan(0)
  expect(made.officers.map(({ name, epcis }: { name: string; epcis: number }) => [name, epcis])).toEqual([
    ['Ana Bihan', 1],
    ['Zoé Inactive', 0],
    [null, 1],
  ])
  expect(made.proposed).toMatchObject([
    { siren: '200067072', readiness: 'far', month: null, why: 'not_agreed' },
  ])
  const { stdout: text } = await planning()
  expect(text).toContain(typeset('Ana Bihan : 1 EPCI, 1 jour par mois'))
  expect(text).toMatch(/dépasse de \d/u)
  expect(text).toContain(typeset("aucun mois : l'accord de l'EPCI manque encore"))
  expect(JSON.stringify([double.table('EPCI').get(1), double.table('EPCI').get(2)])).toBe(before)
  const { code, stderr } = await planning('--months', '99')
  expect(code).toBe(2)
  expect(stderr).toContain('de 1 à 36')
})
