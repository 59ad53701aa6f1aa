import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { desiredBase } from '../../src/app.ts'
import { saveManifest } from '../../src/nocodb/provision/manifest.ts'
import { cli } from '../helpers/cli.ts'
import { describeProduction } from '../helpers/engines.ts'
import { plain } from '../helpers/plain.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** All of it but one column. */
function nearlyAll() {
  const whole = desiredBase(settings)
  const tables = whole.tables.map((table) =>
    table.key === 'days'
      ? { ...table, columns: table.columns.filter(({ title }) => title !== 'Lieu') }
      : table,
  )
  return { ...whole, tables }
}

describeProduction('portrea provision', (nocodb) => {
  let test: TestBase
  beforeAll(async () => void (test = await makeTestBase(nocodb, 'provision', { schema: nearlyAll() })))
  afterAll(() => test.close())

  const run = async (...options: string[]) => {
    const { code, stdout, stderr } = await cli(['provision', ...options], {
      ...{ NOCODB_URL: nocodb.url, NOCODB_TOKEN: nocodb.token, NOCODB_BASE: test.base.id },
      PORTREA_DATA_DIR: test.dataDir,
    })
    return { code, said: plain(stdout), progress: plain(stderr) }
  }
  const step = 'Ajouter la colonne « Lieu » à « Journées »'

  it('shows what is to be done, and does nothing, where it is only asked to', async () => {
    const { code, said } = await run('--dry-run')
    expect(code).toBe(0)
    expect(said).toContain(`  • ${step}`)
    await test.base.refresh()
    expect(test.base.table('Journées').columns.has('Lieu')).toBe(false)
  })

  it('does the steps that it shows, and those alone', async () => {
    const { code, said, progress } = await run()
    expect(code).toBe(0)
    expect(said.match(/^ {2}• .*$/gmu)).toEqual([`  • ${step}`])
    expect(progress).toContain(`[1/1] ${step}`)
    expect(said).toContain('Fait : 1 étape.')
    await test.base.refresh()
    expect(test.base.table('Journées').columns.has('Lieu')).toBe(true)
  })

  it('notes again what it made, and says so, where nothing tells it any more', async () => {
    await saveManifest(test.base.http, test.base.id, null)
    expect(await run()).toMatchObject({
      code: 0,
      said: expect.stringMatching(/Rien à faire.*\n.*elle y est remise/u),
    })
    const { said } = await run('--json')
    expect(JSON.parse(said)).toMatchObject({
      base: test.base.id,
      steps: [],
      done: 0,
      notes: [expect.any(String)],
    })
  })
})
