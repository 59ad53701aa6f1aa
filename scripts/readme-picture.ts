// Takes the picture of the README from the running demo: `npm run demo`, then `node scripts/readme-picture.ts`.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { createLog, readSettings } from '../src/app.ts'
import { openBase } from '../src/nocodb/base.ts'
import { chromiumPath, openAt, openChromium, signedIn, stillPicture, unfold } from './seen/nocodb-page.ts'
import { addressOf } from './seen/take-shots.ts'

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
const LAST_GROUP = 2

const demo = Demo.parse(
  JSON.parse(await readFile(process.env['DEMO_FILE'] ?? join(root, 'var', 'demo.json'), 'utf8')),
)
const address = await addressOfView(demo)
const path = chromiumPath()
if (path === null) throw new Error('No Chromium here: install it, or set CHROMIUM_PATH.')
const browser = await openChromium(path)
try {
  const page = await signedIn(browser, demo)
  await foldSidebar(page)
  await openAt(page, address)
  await unfold(page, LAST_GROUP)
  const taken = await stillPicture(page)
  await writeFile(picture, taken)
  console.log(`${picture}: ${Math.ceil(taken.length / 1000)} kB`)
} finally {
  await browser.close()
}

async function addressOfView({ nocodbUrl, token, baseId }: Demo): Promise<string> {
  const { columns, views, nocodb } = readSettings(join(root, 'config'))
  const base = await openBase({ url: nocodbUrl, token, base: baseId }, nocodb, createLog('warn'))
  try {
    return await addressOf(base, columns.epcis.title, views.views.recommendations.title)
  } finally {
    await base.close()
  }
}

/** The grid alone: it is kept by the browser, so any page of NocoDB will do. */
async function foldSidebar(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('nocodb-gui-v2') ?? '{}')
    localStorage.setItem('nocodb-gui-v2', JSON.stringify({ ...kept, isLeftSidebarOpen: false }))
  })
}
