import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { saveHistory } from '../../src/store/history.ts'
import { openStore } from '../../src/store/database.ts'
import { addDays, parisDay } from '../../src/domain/days.ts'
import { typeset } from '../../src/domain/typography.ts'
import { cli } from '../helpers/cli.ts'
import { doubleBase } from '../helpers/double-base.ts'

const SIREN = '242900314'

it('explains the pre-fill of an EPCI, and lists what to do next when asked, by the names of places and of nobody', async () => {
  const { double } = await doubleBase({
    EPCI: [{ Nom: 'Brest Métropole', SIREN, 'Acteurs attendus': 10 }],
    Référents: [{ Nom: 'Maëlle Le Modèle', Type: 'Associatif', EPCI_id: 1 }],
    Acteurs: [{ Nom: 'Lieu', 'Code INSEE': '29019', Référent·e: 'Maëlle Le Modèle', EPCI_id: 1 }],
    Journées: [{ Date: addDays(parisDay(new Date()), 60), EPCI_id: 1 }],
  })
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-explain-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const store = await openStore({ dataDir })
  const none = { completeness: null, publishable: null, freshness: null, recommended: null, confidence: null }
  const before = { siren: SIREN, actors: 1, prefilled: 0, expected: 10, ...none }
  await saveHistory(store, addDays(parisDay(new Date()), -14), [before])
  await store.close()
  const explain = (...args: readonly string[]) =>
    cli(['explain', SIREN, ...args], {
      NOCODB_URL: double.url,
      NOCODB_TOKEN: double.token,
      NOCODB_BASE: double.baseId,
      PORTREA_DATA_DIR: dataDir,
      DATABASE_URL: '',
    })
  const { stdout: brief } = await explain()
  expect(brief).toContain(typeset('10 attendues d’après votre objectif'))
  expect(brief).toContain(
    typeset('aucune fiche pré-remplie, 0 %, 0 par jour sur 14 jours, alerte « Pas commencé »'),
  )
  expect(brief).not.toContain('À faire ensuite')
  const { stdout: whole } = await explain('--prefill')
  expect(whole).toContain(typeset('n° 1 (associatif·ve) : 1 fiche'))
  expect(whole).toMatch(/«\sLieu\s»\s:\sremplir .*\(\+ 10 points\)/u)
  expect(whole).not.toContain('fiche n°')
  expect(whole).not.toContain('Modèle')
  expect(JSON.parse((await explain('--json')).stdout)).toMatchObject({
    prefill: { basis: 'declared', status: 'not_started', speed: 0 },
    prefillDetail: { next: [{ record: 1, gain: 10 }] },
  })
})
