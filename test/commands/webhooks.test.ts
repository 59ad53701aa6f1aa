import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { openStore } from '../../src/store/database.ts'
import { failed, takeDue } from '../../src/store/deliveries.ts'
import { failingReceivers, markReceiver, receiverFailed } from '../../src/store/receivers.ts'
import { saveReports } from '../../src/store/reports.ts'
import { cli } from '../helpers/cli.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { plainSpaces } from '../helpers/plain.ts'
import { CONFIG } from '../helpers/rules.ts'
import { startReceiver, status } from '../outbox/receiver.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'portrea-webhooks-'))))
afterAll(() => rm(folder, { recursive: true }))

/** Runs `portrea` with these subscriptions in its configuration. */
async function portrea(args: readonly string[], subscriptions: readonly object[], environment: object = {}) {
  await cp(CONFIG, join(folder, 'config'), { recursive: true })
  const path = join(folder, 'config/webhooks.yaml')
  const settings = parse(await readFile(join(CONFIG, 'webhooks.yaml'), 'utf8')) as object
  await writeFile(path, stringify({ ...settings, subscriptions }))
  return cli(args, {
    PORTREA_CONFIG_DIR: join(folder, 'config'),
    PORTREA_DATA_DIR: join(folder, 'data'),
    DATABASE_URL: '',
    HUB_SECRET: SECRET,
    ...environment,
  })
}
const hub = (url: string, changes: object = {}) => ({
  name: 'hub',
  url,
  secret: { env: 'HUB_SECRET' },
  events: ['sync.failed'],
  allowPrivate: true,
  ...changes,
})

/** A message that was given up. */
async function giveUp(): Promise<void> {
  const store = await openStore({ dataDir: join(folder, 'data') })
  const failure = {
    type: 'sync.failed' as const,
    key: null,
    data: { run: 'r', trigger: 'night', epcis: null, code: 'INTERNAL' },
  }
  const now = new Date()
  await saveReports(store, [], {
    at: now,
    quietDays: 1,
    subscribers: () => ['hub'],
    eventsOf: () => [failure],
  })
  for (const { id } of await takeDue(store, now, { limit: 9, leaseSeconds: 9 }))
    await failed(store, id, 'status 500', null)
  await store.close()
}

/** A receiver that took nothing for five days. */
async function disable(): Promise<void> {
  const store = await openStore({ dataDir: join(folder, 'data') })
  const since = new Date('2026-05-20T01:00:00Z')
  await receiverFailed(store, { subscription: 'hub', at: since, reason: 'status 500' })
  const [receiver] = await failingReceivers(store)
  const { subscription, reason } = receiver!
  const data = { subscription, since: receiver!.since, reason }
  await markReceiver(store, receiver!, 'disabledAt', {
    at: new Date('2026-05-25T01:00:00Z'),
    quietDays: 1,
    subscribers: () => [],
    event: { type: 'webhook.disabled', key: null, data },
  })
  await store.close()
}

describe('portrea webhooks', () => {
  it('sends a signed message to the subscription that is tried', async () => {
    const receiver = await startReceiver()
    const { code, stdout } = await portrea(['webhooks', '--test', 'hub', '--json'], [hub(receiver.url)])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ tested: { name: 'hub', sent: true } })
    const [{ body, headers }] = receiver.received as [(typeof receiver.received)[number]]
    expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'test',
    })
  })

  it('says why it was refused', async () => {
    const receiver = await startReceiver()
    receiver.answer = status(403)
    const { code, stdout } = await portrea(['webhooks', '--test', 'hub'], [hub(receiver.url)])
    expect(code).toBe(1)
    expect(stdout).toContain('status 403')
    expect((await portrea(['webhooks', '--test', 'nobody'], [hub(receiver.url)])).code).toBe(2)
  })

  it('lists what waits and what was given up, and has it sent again', async () => {
    await giveUp()
    const listed = await portrea(['webhooks', '--json'], [hub('http://127.0.0.1:1')])
    expect(listed.code).toBe(1)
    expect(JSON.parse(listed.stdout)).toMatchObject({
      subscriptions: [{ name: 'hub', pending: 0, dead: 1, reason: 'status 500' }],
      revived: 0,
    })
    const revived = await portrea(['webhooks', '--retry', '--json'], [hub('http://127.0.0.1:1')])
    expect(revived.code).toBe(0)
    expect(JSON.parse(revived.stdout)).toMatchObject({ subscriptions: [{ pending: 1, dead: 0 }], revived: 1 })
  })

  it('says which subscription is disabled, since when and why, and enables it again', async () => {
    await disable()
    const listed = await portrea(['webhooks'], [hub('http://127.0.0.1:1')])
    expect(listed.code).toBe(1)
    expect(plainSpaces(listed.stdout)).toMatch(/✗ hub.*désactivé le 25 mai 2026.*webhooks --retry/u)
    const enabled = await portrea(['webhooks', '--retry', '--json'], [hub('http://127.0.0.1:1')])
    expect(enabled.code).toBe(0)
    expect(JSON.parse(enabled.stdout)).toMatchObject({ enabled: 1, subscriptions: [{ disabledAt: null }] })
  })
})

describe('a subscription that cannot work', () => {
  it('is told by check-config, with all others', async () => {
    const { code, stderr } = await portrea(
      ['check-config'],
      [hub('https://hub.example.org', { secret: { env: 'NOT_SET' } })],
      { NOCODB_URL: 'http://127.0.0.1:9', NOCODB_TOKEN: 'a-token-of-nothing' },
    )
    expect(code).toBe(3)
    expect(stderr).toContain('la variable NOT_SET n’est pas donnée')
  })

  it('keeps the service from starting half deaf', async () => {
    const { code, stderr } = await portrea(
      ['serve'],
      [hub('https://hub.example.org', { secret: { env: 'NOT_SET' } })],
      {
        NOCODB_URL: 'http://127.0.0.1:9',
        NOCODB_TOKEN: 'a-token-of-nothing',
        PORTREA_API_TOKEN: 'a-token-for-tests',
      },
    )
    expect(code).toBe(3)
    expect(stderr).toContain('NOT_SET')
  })

  it.each([
    [
      'a private address that is not allowed',
      { allowPrivate: false, url: 'https://127.0.0.1' },
      'allowPrivate',
    ],
    ['a secret that is missing', { secret: { env: 'NOT_SET' } }, 'NOT_SET'],
    ['messages given up', {}, 'portrea -- webhooks --retry'],
    ['a receiver that is disabled', {}, 'désactivé'],
    ['nothing', null, null],
  ])('is seen by doctor: %s', async (_, changes, remedy) => {
    const { double } = await doubleBase({})
    if (remedy?.includes('--retry')) await giveUp()
    else if (remedy === 'désactivé') await disable()
    else await rm(join(folder, 'data'), { recursive: true, force: true })
    const subscriptions = changes === null ? [] : [hub('http://127.0.0.1:9', changes)]
    const { stdout } = await portrea(['doctor', '--json'], subscriptions, {
      NOCODB_URL: double.url,
      NOCODB_TOKEN: double.token,
      NOCODB_BASE: double.baseId,
    })
    const { checks } = JSON.parse(stdout) as { checks: { key: string; ok: boolean; remedy: string | null }[] }
    const check = checks.find(({ key }) => key === 'outgoing')
    expect(check).toMatchObject({ ok: remedy === null })
    if (remedy !== null) expect(check?.remedy).toContain(remedy)
  })
})
