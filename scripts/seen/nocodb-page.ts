import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'

/** Where people's NocoDB is, and who looks. */
export type Visitor = { readonly nocodbUrl: string; readonly email: string; readonly password: string }

/** What a screen shows at most: the size for which views are made. */
export const SCREEN = { width: 1440, height: 900 } as const

const PATIENCE = 60_000 // ms: a busy machine takes its time
/** NocoDB's network is never idle, and a canvas says nothing of what it shows: it is done when it stands still (ms). */
const [FIRST_LOOK, STILL, LONGEST] = [2500, 2000, 45_000]
/** Where NocoDB 0.301.3 draws the arrow of a folded group, in pixels from the top left of the grid. */
const [ARROW, FIRST_GROUP, GROUP_HEIGHT] = [32, 68, 60]

/** Where Chromium is on this machine; null: it is not. */
export function chromiumPath(): string | null {
  const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  return existsSync(path) ? path : null
}

/** A browser that looks at nothing but what it is told to; the caller closes it. */
export function openChromium(executablePath: string): Promise<Browser> {
  const args = ['--disable-gpu', '--disable-background-networking']
  // Chromium refuses root otherwise.
  return chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? [...args, '--no-sandbox'] : args,
  })
}

/** A page of a person who has signed in and reads French. */
export async function signedIn(browser: Browser, visitor: Visitor): Promise<Page> {
  const page = await browser.newPage({ viewport: SCREEN, locale: 'fr-FR' })
  page.setDefaultTimeout(PATIENCE)
  await page.goto(`${visitor.nocodbUrl}/dashboard`)
  await page.getByTestId('nc-form-signin__email').fill(visitor.email)
  await page.getByTestId('nc-form-signin__password').fill(visitor.password)
  await page.keyboard.press('Enter')
  await page.getByTestId('nc-sidebar-userinfo').waitFor()
  await chooseFrench(page)
  return page
}

/** The way the README tells: one's initials at the bottom left, « Language », « Français ». */
async function chooseFrench(page: Page): Promise<void> {
  await page.getByTestId('nc-sidebar-userinfo').click()
  await page.locator('.lang-menu').hover()
  await page.getByText('Français', { exact: true }).click()
  await page.getByText('Se déconnecter').waitFor()
  await page.keyboard.press('Escape')
}

/** Opens an address anew: NocoDB keeps much of a page from one view to the next. */
export async function openAt(page: Page, address: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(address)
}

/** Unfolds a group of a grid by its number, from 0. The grid is a canvas: its arrow is found by its place. */
export async function unfold(page: Page, group: number): Promise<void> {
  const grid = page.locator('canvas').first()
  await grid.waitFor()
  await stillPicture(page)
  await grid.click({ position: { x: ARROW, y: FIRST_GROUP + group * GROUP_HEIGHT } })
}

/** The page as it is once nothing moves any more. */
export async function stillPicture(page: Page, whole: { readonly fullPage?: boolean } = {}): Promise<Buffer> {
  await page.waitForTimeout(FIRST_LOOK)
  const begin = performance.now()
  let last = await page.screenshot(whole)
  while (performance.now() - begin < LONGEST) {
    await page.waitForTimeout(STILL)
    const now = await page.screenshot(whole)
    if (now.equals(last)) return now
    last = now
  }
  return last
}
