import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import axios from 'axios'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { chromiumPath, openChromium, signedIn, stillPicture } from '../../../scripts/seen/nocodb-page.ts'
import { desiredBase } from '../../../src/app.ts'
import { runImport } from '../../../src/engine/import/run-import.ts'
import { runSync } from '../../../src/engine/run-sync.ts'
import { provision } from '../../../src/nocodb/provision/provision.ts'
import { startReceiver } from '../../helpers/hook-receiver.ts'
import type { HookReceiver } from '../../helpers/hook-receiver.ts'
import { HOOK_SECRET, startLiveService } from '../../helpers/live-service.ts'
import type { LiveService } from '../../helpers/live-service.ts'
import { makeTestBase, settings } from '../../helpers/portrea-base.ts'
import type { TestBase } from '../../helpers/portrea-base.ts'
import { actorRow, HALL, LIBRARY, sourceOf } from './source.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'reports', 'seen', 'tests')
const EDITOR = { email: 'clics@example.org', password: 'Un-mot-de-passe-9' }
const PHONE = '+33296604787'
/** From the top left of the grid: half of the heading of a row, of the columns, and of a button (NocoDB 0.301.3). */
const [BESIDE, FIRST_ROW, HALF_BUTTON] = [80, 48, 75]

const chromium = chromiumPath()
const title = chromium === null ? ': skipped, no Chromium here (CHROMIUM_PATH)' : ''
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** What an editor does in a browser from the moment at which NocoDB is open before them. */
describe.skipIf(chromium === null)(`a proposal, in a browser${title}`, () => {
  const nocodb = inject('postgresNocodb')
  let [receiver, test, service, browser, page]: [HookReceiver, TestBase, LiveService, Browser, Page] =
    [] as never
  const bare = { title: 'clics' }
  beforeAll(async () => {
    receiver = await startReceiver()
    const target = { url: receiver.url, secret: HOOK_SECRET }
    test = await makeTestBase(nocodb, bare.title, { schema: desiredBase(settings, { target }) })
    const [epci] = await test.insert('EPCI', [{ Nom: 'Guingamp-Paimpol Agglomération', SIREN: '200067981' }])
    await test.insert('Référents', [{ Nom: 'Ana Essai', EPCI: epci! }])
    await test.insert('Acteurs', [actorRow(LIBRARY), actorRow(HALL)] as never)
    await provision(test.base, desiredBase(settings, { target }))
    await runSync(test.parts, { trigger: 'command', dryRun: false, epcis: null })
    const source = sourceOf({ a: { ...LIBRARY, telephone: PHONE } })
    await runImport(test.parts, source, { dryRun: false })
    service = await startLiveService(test, nocodb)
    receiver.to = service.url
    await service.settled()
    await asEditor(nocodb, test.base.id)
    browser = await openChromium(chromium!)
    page = await signedIn(browser, { ...EDITOR, nocodbUrl: nocodb.url })
  })
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
    await receiver?.stop()
    await test?.close()
  })

  it('is in its record after four clicks and a few seconds', async () => {
    let clicks = 0
    const click = async (what: () => Promise<unknown>) => {
      await what()
      clicks += 1
    }
    const base = page.getByTestId('nc-sidebar-base-title').filter({ hasText: bare.title })
    await click(() => base.first().click())
    await click(() => page.getByTestId('nc-tbl-side-node-Propositions').click())
    await click(() => page.getByText('Guingamp-Paimpol Agglomération', { exact: false }).first().click())
    const grid = page.locator('canvas').first()
    await grid.waitFor()
    await keep('clics-avant', await stillPicture(page))
    await click(() =>
      grid.click({ position: { x: BESIDE + 200 + 120 + 150 + 240 + 120 + HALF_BUTTON, y: FIRST_ROW } }),
    )
    const began = performance.now()
    await vi.waitUntil(
      async () => [...(await test.cells('Acteurs')).values()].some((row) => row['Téléphone'] === PHONE),
      { timeout: 30_000, interval: 100 },
    )
    const seconds = (performance.now() - began) / 1000
    await keep('clics-apres', await stillPicture(page))
    console.info(`${clicks} clicks, in the record after ${seconds.toFixed(1)} s`)
    expect([clicks, seconds < 10]).toEqual([4, true])
  })
})

async function keep(name: string, picture: Buffer): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  await writeFile(join(FOLDER, `${name}.png`), picture)
}

async function asEditor({ url, token }: { url: string; token: string }, base: string): Promise<void> {
  await axios.post(`${url}/api/v1/auth/user/signup`, EDITOR)
  const headers = { 'xc-token': token }
  await axios.post(
    `${url}/api/v2/meta/bases/${base}/users`,
    { email: EDITOR.email, roles: 'editor' },
    { headers },
  )
}
