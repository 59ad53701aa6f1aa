import { afterAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { saveHistory } from '../../../src/store/history.ts'
import { saveReports } from '../../../src/store/reports.ts'
import { axeFaults, closeBrowser, HAS_BROWSER, overflow, pageOn } from '../../helpers/browser.ts'
import { manyReports } from '../../helpers/many-reports.ts'
import { rules } from '../../helpers/rules.ts'
import { OFFICER, REFERENT, shownPeople } from '../../helpers/shown-people.ts'
import { testServer } from '../test-server.ts'

const REPORTS = manyReports(61)
const SHEET = `/epcis/${REPORTS[1]!.siren}`
const QUESTIONS = [
  '/a-risque',
  '/diagnostics-manquants',
  '/a-faire',
  '/changements',
  '/charge',
  '/typologie',
  '/choix',
]
const PATHS = ['/', '/epcis', SHEET, `${SHEET}/calcul`, ...QUESTIONS, '/epcis/200000000', '/pasla']

afterAll(closeBrowser)

async function shownServer() {
  const { server, store } = await testServer({
    people: {
      ...{ settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 2, perimeter: 'open' } as const },
      baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
      ...{ secret: 'a secret for tests', secure: false },
      ...shownPeople(REPORTS),
    },
  })
  const row = { computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint }
  await saveReports(
    store,
    REPORTS.map((report) => ({ ...row, siren: report.siren, report })),
  )
  const before = REPORTS.map(({ siren, actors, completeness, publishable, freshness, prefill }) => ({
    ...{ siren, actors: actors + 2, completeness, publishable, freshness, recommended: 'generaliste' },
    ...{ confidence: 'low', prefilled: prefill.prefilled, expected: prefill.expected },
  }))
  await saveHistory(store, '2026-04-01', before)
  return server
}

/** A person on `/`, whose every step is a click on a link or a button that they see. */
async function visitor(who: typeof OFFICER | typeof REFERENT = OFFICER) {
  const { page, at } = await pageOn(await shownServer(), who)
  let clicks = 0
  const click = async (name: string | RegExp) => {
    clicks += 1
    await page.getByRole('link', { name }).first().click()
  }
  return { page, at, click, clicks: () => clicks }
}

const textOf = (page: Page) => page.locator('main').innerText()

describe.skipIf(!HAS_BROWSER)('the pages in a browser', () => {
  it.each([
    ['by day', 1440, false],
    ['by night', 1440, true],
    ['on a tablet', 768, false],
    ['on a telephone', 390, true],
  ])(
    'have no fault that axe finds, and never scroll sideways: %s',
    async (_, width, dark) => {
      const { page, at } = await pageOn(await shownServer(), OFFICER, { width, dark })
      for (const path of PATHS) {
        await page.goto(`${at}${path}`)
        expect(await axeFaults(page), path).toEqual([])
        expect(await overflow(page), path).toBe(0)
      }
    },
    240_000,
  )

  it('lead past their header by the first key, and show where the focus is', async () => {
    const { page, at } = await pageOn(await shownServer(), OFFICER)
    await page.goto(`${at}${SHEET}`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Aller au contenu')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('contenu')
    await page.keyboard.press('Tab')
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')
    expect(outline).toBe('3px')
  })

  it('have an icon, and nothing that their policy refuses', async () => {
    const refused: string[] = []
    const { page, at } = await pageOn(await shownServer(), OFFICER)
    page.on('console', (message) => refused.push(message.text()))
    for (const path of ['/', SHEET, '/typologie']) await page.goto(`${at}${path}`)
    expect(refused).toEqual([])
    const icon = await page.request.get(`${at}/favicon.svg`)
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, 'image/svg+xml'])
  })

  it('print the list whole, without what is clicked', async () => {
    const { page, at } = await pageOn(await shownServer(), OFFICER)
    await page.goto(`${at}/epcis`)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('header.top').isVisible()).toBe(false)
    expect(await page.locator('form.filters').isVisible()).toBe(false)
    expect(await page.locator('table.rows.dense tbody tr').count()).toBe(61)
  })
})

describe.skipIf(!HAS_BROWSER)('a question is answered in at most two clicks', () => {
  it('which of mine are at risk before their journée: one, the soonest first', async () => {
    const { page, click, clicks } = await visitor()
    await click('Qui est à risque avant sa journée')
    const soonest = await page.locator('table').first().locator('tbody tr td:nth-child(2)').allInnerTexts()
    const risky = REPORTS.slice(0, 12).filter(
      ({ prefill }) =>
        prefill.collaborativeDay !== null &&
        ['late', 'at_risk', 'not_started'].includes(prefill.status ?? ''),
    )
    const days = risky.map(({ prefill }) => prefill.collaborativeDay!).toSorted()
    expect(soonest.map((text) => text.split(' ')[0])).toEqual(days.map((day) => String(Number(day.slice(8)))))
    expect(clicks()).toBe(1)
  })

  it('which diagnostics are missing, and whom to call: one, as NocoDB says it', async () => {
    const { page, click, clicks } = await visitor()
    await click('Voir tous les EPCI')
    await page.goBack()
    await click('Quels diagnostics manquent')
    await page.getByRole('link', { name: 'Voir tous les EPCI' }).click()
    const text = await textOf(page)
    expect(text).toContain('manquant')
    const called = REPORTS[1]!
    const row = page.getByRole('row', { name: new RegExp(called.name) })
    if (await row.count()) await expect(row.first().innerText()).resolves.toContain('02 99 00 00 00')
    expect(clicks()).toBeLessThanOrEqual(2)
  })

  it('why this référentiel, and what would change it: one', async () => {
    const { page, click, clicks } = await visitor()
    await click(REPORTS[0]!.name)
    const text = await textOf(page)
    expect(text).toContain('Recommandé')
    expect(text).toContain('Ce qui le changerait')
    expect(clicks()).toBe(1)
  })

  it('what changed since last month, of all and of one: one, two', async () => {
    const { page, click, clicks } = await visitor()
    await click('Qu’est-ce qui a changé')
    expect(await textOf(page)).toContain('2 fiches présentes de moins')
    expect(clicks()).toBe(1)
    await page.goto(new URL('/', page.url()).href)
    await click(REPORTS[0]!.name)
    await click('Ce qui a changé')
    expect(await page.locator('table tbody tr').count()).toBe(1)
    expect(clicks()).toBe(3)
  })

  it('how many days, in which month, for whom: one', async () => {
    const { page, click, clicks } = await visitor()
    await click('Combien de jours')
    const text = await textOf(page)
    expect(text).toContain('Ana Bihan')
    expect(text).toContain('par mois')
    expect(clicks()).toBe(1)
  })

  it('which records to do next, by name, and where they are in NocoDB: one', async () => {
    const { page, click, clicks } = await visitor()
    await click('Quelles fiches remplir ensuite')
    const record = page.getByRole('link', { name: /Médiathèque \d+/ }).first()
    expect(await record.getAttribute('href')).toMatch(/^https:\/\/nocodb\.example\/.*rowId=\d+$/)
    expect(clicks()).toBe(1)
  })

  it('which types of territories, as a chart and as a table; and its EPCI: one, two', async () => {
    const { page, click, clicks } = await visitor()
    await click('Quels types de territoires')
    expect(await page.locator('svg.points').first().getAttribute('aria-label')).toContain('besoin')
    expect(await page.locator('table').count()).toBe(2)
    await page.locator('table').first().getByRole('link').first().click()
    expect(page.url()).toContain('/epcis?type=')
    expect(clicks() + 1).toBe(2)
  })

  it('whether the retained follows the recommended: one', async () => {
    const { page, click, clicks } = await visitor()
    await click('Le retenu suit-il')
    expect(await textOf(page)).toMatch(/Retenu comme recommandé\s: \d+ sur \d+\sEPCI/u)
    expect(clicks()).toBe(1)
  })

  it('whose EPCI are mine: none; a référent·e sees theirs, and no button to recalculate', async () => {
    const { page, click } = await visitor(REFERENT)
    expect(await page.locator('table.dense tbody tr').count()).toBe(1)
    await click(REPORTS[1]!.name)
    expect(await page.getByRole('button', { name: 'Recalculer' }).count()).toBe(0)
  })
})
