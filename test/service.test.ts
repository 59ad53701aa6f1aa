import { once } from 'node:events'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { expect, it, onTestFinished } from 'vitest'
import { readEnvironment } from '../src/config/environment.ts'
import { WebhookSettings } from '../src/config/webhooks-file.ts'
import { startService } from '../src/main.ts'
import { doubleBase, settings } from './helpers/double-base.ts'
import { memoryLog } from './helpers/memory-log.ts'
import { startReceiver } from './outbox/receiver.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

it('tells subscribers and listeners of a synchronisation, and stops in order', async () => {
  const { double } = await doubleBase({ EPCI: [{ Nom: 'Brest Métropole', SIREN: '242900314' }] })
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-service-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const receiver = await startReceiver()
  const arrived = new Promise<void>((resolve) => {
    receiver.answer = (response) => {
      response.end()
      resolve()
    }
  })
  process.env['SERVICE_TEST_SECRET'] = SECRET
  const hub = {
    name: 'hub',
    url: receiver.url,
    secret: { env: 'SERVICE_TEST_SECRET' },
    events: ['sync.completed'],
  }
  const webhooks = WebhookSettings.parse({
    ...settings.webhooks,
    subscriptions: [{ ...hub, allowPrivate: true }],
  })
  const environment = readEnvironment([], {
    NOCODB_URL: double.url,
    NOCODB_TOKEN: double.token,
    NOCODB_BASE: double.baseId,
    PORTREA_API_TOKEN: 'a-token-for-tests',
    PORTREA_DATA_DIR: dataDir,
    PORT: '0',
  })
  const { log, text } = memoryLog()
  const service = await startService(environment, { ...settings, webhooks }, log) // and its first sync, at once
  const headers = { authorization: 'Bearer a-token-for-tests', 'last-event-id': '0' }
  const request = get(`${service.url}/api/events`, { headers, agent: false })
  const [feed] = (await once(request, 'response')) as [IncomingMessage]
  let said = ''
  feed.setEncoding('utf8').on('data', (some: string) => (said += some))
  await arrived
  while (!said.includes('event: sync.completed')) await once(feed, 'data')
  const types = [...said.matchAll(/^event: (.+)$/gmu)].map(([, type]) => type)
  expect(types).toEqual(['sync.started', 'sync.progress', 'sync.completed'])
  const [{ body, headers: signed }] = receiver.received as [(typeof receiver.received)[number]]
  expect(new Webhook(SECRET).verify(body, signed as Record<string, string>)).toMatchObject({
    type: 'sync.completed',
    data: { trigger: 'catch-up', counts: { epcisRead: 1 } },
  })
  const ended = once(feed, 'end')
  await service.stop()
  await ended
  expect(text()).toContain('service stopped')
  expect(text()).not.toContain('err')
})
