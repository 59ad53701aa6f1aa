// Takes pictures of every view from the running demo: `npm run demo`, then `node scripts/seen/seen.ts [FILE …]`.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createLog, readSettings } from '../../src/app.ts'
import { openBase } from '../../src/nocodb/base.ts'
import { chromiumPath, openChromium, signedIn } from './nocodb-page.ts'
import { shots } from './shots.ts'
import { takeShots } from './take-shots.ts'

const Demo = z.object({
  nocodbUrl: z.string(),
  email: z.string(),
  password: z.string(),
  token: z.string(),
  baseId: z.string(),
})

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'reports', 'seen')
const path = chromiumPath()
if (path === null) throw new Error('No Chromium here: install it, or set CHROMIUM_PATH.')
const file = process.env['DEMO_FILE'] ?? join(root, 'var', 'demo.json')
const demo = Demo.parse(JSON.parse(await readFile(file, 'utf8')))
const { columns, views, nocodb } = readSettings(join(root, 'config'))
const only = process.argv.slice(2)
const wanted = shots(columns, views).filter(
  (shot) => only.length === 0 || only.some((part) => shot.file.includes(part)),
)
const base = await openBase(
  { url: demo.nocodbUrl, token: demo.token, base: demo.baseId },
  nocodb,
  createLog('warn'),
)
const browser = await openChromium(path)
try {
  const page = await signedIn(browser, demo)
  for (const [name, bytes] of await takeShots(page, base, wanted, folder))
    console.log(`${join(folder, name)}: ${Math.ceil(bytes / 1000)} kB`)
} finally {
  await browser.close()
  await base.close()
}
