// Takes the picture of the README from the running demo: `npm run demo`, then `node scripts/readme-picture.ts`.
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { createLog, readSettings } from '../src/app.ts'
import { openBase } from '../src/nocodb/base.ts'
import { viewAddress } from './demo/demo-base.ts'

const Demo = z.object({
  nocodbUrl: z.string(),
  email: z.string(),
  password: z.string(),
  token: z.string(),
  baseId: z.string(),
})
type Demo = z.infer<typeof Demo>

const root = join(import.meta.dirname, '..')
const picture = join(root, '.github', 'grille-nocodb.png')
const VIEW = 'Recommandations'
const PATIENCE = 30_000 // ms
const SETTLE = 4000 // ms: NocoDB's network is never idle, and a canvas says nothing of what it shows
/** Where NocoDB 0.301.3 draws the arrows of folded groups, in pixels from the top of the grid. */
const FIRST_GROUP = 68
const GROUP_HEIGHT = 60

const demo = Demo.parse(
  JSON.parse(await readFile(process.env['DEMO_FILE'] ?? join(root, 'var', 'demo.json'), 'utf8')),
)
const address = await addressOfView(demo)
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [], // Chromium refuses root otherwise
})
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR' })
  page.setDefaultTimeout(PATIENCE)
  await signIn(page, demo)
  await chooseFrench(page)
  await page.goto(address)
  await showRows(page)
  await page.screenshot({ path: picture })
} finally {
  await browser.close()
}
console.log(`${picture}: ${Math.ceil(statSync(picture).size / 1000)} kB`)

async function addressOfView({ nocodbUrl, token, baseId }: Demo): Promise<string> {
  const { columns, nocodb } = readSettings(join(root, 'config'))
  const base = await openBase({ url: nocodbUrl, token, base: baseId }, nocodb, createLog('warn'))
  try {
    return await viewAddress(base, columns.epcis.title, VIEW)
  } finally {
    await base.close()
  }
}

async function signIn(page: Page, { nocodbUrl, email, password }: Demo): Promise<void> {
  await page.goto(`${nocodbUrl}/dashboard`)
  await page.getByTestId('nc-form-signin__email').fill(email)
  await page.getByTestId('nc-form-signin__password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByTestId('nc-sidebar-userinfo').waitFor()
}

/** The way the README tells: one's initials at the bottom left, « Language », « Français ». */
async function chooseFrench(page: Page): Promise<void> {
  await page.getByTestId('nc-sidebar-userinfo').click()
  await page.locator('.lang-menu').hover()
  await page.getByText('Français', { exact: true }).click()
  await page.getByText('Se déconnecter').waitFor()
}

/** Folds the sidebar and unfolds the last group: the grid is a canvas, so its arrow is found by its place. */
async function showRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('nocodb-gui-v2') ?? '{}')
    localStorage.setItem('nocodb-gui-v2', JSON.stringify({ ...kept, isLeftSidebarOpen: false }))
  })
  await page.reload()
  const grid = page.locator('canvas').first()
  await grid.waitFor()
  await page.waitForTimeout(SETTLE)
  await grid.click({ position: { x: 32, y: FIRST_GROUP + 2 * GROUP_HEIGHT } })
  await page.waitForTimeout(SETTLE)
}
