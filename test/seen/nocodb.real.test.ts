import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { chromiumPath, openAt, openChromium, SCREEN, signedIn } from '../../scripts/seen/nocodb-page.ts'
import { shots } from '../../scripts/seen/shots.ts'
import { addressOf, takeShots } from '../../scripts/seen/take-shots.ts'
import { desiredBase } from '../../src/app.ts'
import { parisDay } from '../../src/domain/days.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { openSdk } from '../../src/nocodb/meta-client.ts'
import { provision } from '../../src/nocodb/provision/provision.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

/** Pictures kept as artefacts of the run: somebody looks at them. */
const FOLDER = join(import.meta.dirname, '..', '..', 'reports', 'seen', 'tests')
/** A page that shows nothing weighs less (bytes). */
const EMPTY_PAGE = 25_000
const KINDS = ['02-', '07-', '15-', '16-'] // a grid, a kanban, a calendar, a form

const chromium = chromiumPath()
const title = chromium === null ? ': skipped, no Chromium here (CHROMIUM_PATH)' : ''

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

describe.skipIf(chromium === null)(`what people see in NocoDB${title}`, () => {
  const nocodb = inject('postgresNocodb')
  const today = parisDay(new Date())
  let test: TestBase
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'seen')
    await fill(test, today)
    await provision(test.base, desiredBase(settings, { publicUrl: 'https://portrea.example.org' }))
    await runSync(
      { ...test.parts, now: () => new Date() },
      { trigger: 'command', dryRun: false, epcis: null },
    )
    browser = await openChromium(chromium!)
    page = await signedIn(browser, { ...nocodb, nocodbUrl: nocodb.url })
  })
  afterAll(async () => {
    await browser?.close()
    await test?.close()
  })

  const opened = async (table: string, view: string) => openAt(page, await addressOf(test.base, table, view))

  it('is kept as pictures of grids, forms, kanban and calendar', async () => {
    const wanted = shots(settings.columns, settings.views).filter(({ file }) =>
      KINDS.some((kind) => file.startsWith(kind)),
    )
    const taken = await takeShots(page, test.base, wanted, FOLDER)
    expect([...taken.keys()]).toEqual(wanted.map(({ file }) => file))
    expect([...taken].filter(([, bytes]) => bytes < EMPTY_PAGE)).toEqual([])
  })

  it('is one card an actor in the kanban, under its step, with what it lacks', async () => {
    await opened('Acteurs', 'Avancement')
    const stack = page.locator('.nc-kanban-stack').filter({ hasText: 'Contacté' })
    await stack.getByText('Médiathèque des Essais').waitFor()
    expect(await stack.getByText(/^Il manque/).count()).toBe(1)
  })

  it('is one card a journée in the calendar, on its day', async () => {
    await opened('Journées', 'Calendrier')
    await page.getByText('Journée des Essais').first().waitFor()
  })

  it('lets a visitor without an account answer the shared form, its EPCI included', async () => {
    const meta = await openSdk(test.base.http)
    const table = test.base.table('Diagnostics')
    const { list } = await meta.dbView.list(table.id)
    const form = list.find((view) => view.title === 'Diagnostic')
    const { uuid } = (await meta.dbViewShare.create(String(form?.id))) as { uuid?: string }
    const context = await browser.newContext({ viewport: SCREEN, locale: 'fr-FR' })
    const visitor = await context.newPage()
    visitor.setDefaultTimeout(60_000)
    await visitor.goto(`${nocodb.url}/dashboard/#/nc/form/${uuid}`)
    await answer(visitor)
    await context.close()
    const rows = [...(await test.cells('Diagnostics')).values()]
    expect(rows.map((row) => [row['Gouvernance'], (row['EPCI'] as { Nom?: string } | null)?.Nom])).toEqual([
      ['Active', 'CC des Essais'],
    ])
  })
})

async function fill({ insert }: TestBase, today: string): Promise<void> {
  const officer = { 'Chargé·e de déploiement': 'Alix Essai' }
  const [epci] = await insert('EPCI', [
    { Nom: 'CC des Essais', SIREN: '242900314', ...officer },
    { Nom: 'CC des Autres', SIREN: '243500139' },
  ])
  await insert('Référents', [{ Nom: 'Ana Essai', Type: 'Institutionnel', EPCI: epci! }])
  await insert('Journées', [{ Intitulé: 'Journée des Essais', Date: today, EPCI: epci! }])
  await insert('Acteurs', [
    { Nom: 'Médiathèque des Essais', Commune: 'Brest', Étape: 'Contacté', EPCI: epci! },
    { Nom: 'CCAS des Essais', Commune: 'Brest', Téléphone: '+33261910000', EPCI: epci! },
  ])
}

/** As a visitor does: the EPCI looked for by its name, the day, one of the ten answers, « Envoyer ». */
async function answer(visitor: Page): Promise<void> {
  const epci = visitor.getByTestId('nc-shared-form-item-EPCI')
  await epci.locator('.nc-virtual-cell').click()
  const found = visitor.locator('.nc-list-item-wrapper').filter({ hasText: 'CC des Essais' })
  await found.locator('.nc-list-item-link-unlink-btn').click()
  await visitor.keyboard.press('Escape')
  await visitor.getByTestId('nc-shared-form-item-Date').locator('input').fill('25/11/2026')
  await visitor.keyboard.press('Enter')
  await visitor.locator('.nc-select-option-Gouvernance-Active').click()
  await visitor.screenshot({ path: join(FOLDER, '16-diagnostic-partage.png') })
  await visitor.getByTestId('shared-form-submit-button').click()
  await visitor.getByText('Vos réponses compteront').waitFor()
}
