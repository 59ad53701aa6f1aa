import { afterAll, describe, expect, it } from 'vitest'
import { saveReports } from '../../../src/store/reports.ts'
import { axeFaults, closeBrowser, HAS_BROWSER, overflow, pageOn } from '../../helpers/browser.ts'
import { manyReports } from '../../helpers/many-reports.ts'
import { rules } from '../../helpers/rules.ts'
import { testServer } from '../test-server.ts'

const PERSON = { email: 'camille@exemple.bzh', password: 'un mot de passe' }
const REPORTS = manyReports(61)
const SHEET = `/epcis/${REPORTS[0]!.siren}`
const PATHS = ['/', SHEET, '/epcis/200000000', '/pasla']

afterAll(closeBrowser)

async function shownServer() {
  const { server, store } = await testServer({
    people: {
      signIn: async () => ({ id: 'us1', role: 'owner' }),
      roleOf: async () => 'owner',
      settings: { recheckMinutes: 5, awayMinutes: 60 },
      baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
      secret: 'a secret for tests',
      secure: false,
    },
  })
  const row = { computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint }
  await saveReports(
    store,
    REPORTS.map((report) => ({ ...row, siren: report.siren, report })),
  )
  return server
}

describe.skipIf(!HAS_BROWSER)('the pages in a browser', () => {
  it.each([
    ['by day', 1440, false],
    ['by night', 1440, true],
    ['on a telephone', 390, false],
    ['on a telephone by night', 390, true],
  ])('have no fault that axe finds, and never scroll sideways: %s', async (_, width, dark) => {
    const { page, at } = await pageOn(await shownServer(), PERSON, { width, dark })
    for (const path of PATHS) {
      await page.goto(`${at}${path}`)
      expect(await axeFaults(page), path).toEqual([])
      expect(await overflow(page), path).toBe(0)
    }
  })

  it('lead past their header by the first key, and show where the focus is', async () => {
    const { page, at } = await pageOn(await shownServer(), PERSON)
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
    const { page, at } = await pageOn(await shownServer(), PERSON)
    page.on('console', (message) => refused.push(message.text()))
    for (const path of ['/', SHEET]) await page.goto(`${at}${path}`)
    expect(refused).toEqual([])
    const icon = await page.request.get(`${at}/favicon.svg`)
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, 'image/svg+xml'])
  })
})
