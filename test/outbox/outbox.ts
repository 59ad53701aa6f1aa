import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readTargets } from '../../src/config/webhook-targets.ts'
import { subscribersOf } from '../../src/config/subscribers.ts'
import { readWebhookSettings, WebhookSettings } from '../../src/config/webhooks-file.ts'
import type { PortreaEvent } from '../../src/domain/events.ts'
import type { DeliveryContext } from '../../src/outbox/deliver.ts'
import { openStore } from '../../src/store/database.ts'
import { saveReports } from '../../src/store/reports.ts'
import { memoryLog } from '../helpers/memory-log.ts'
import { CONFIG } from '../helpers/rules.ts'
import type { Receiver } from './receiver.ts'

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
export const shipped = readWebhookSettings(CONFIG)
export const START = new Date('2026-05-20T01:00:00.000Z')
const failure: PortreaEvent = {
  type: 'sync.failed',
  key: null,
  data: { run: 'r', trigger: 'night', epcis: null, code: 'INTERNAL' },
}

/** A store, receivers that subscribed under these names, and a clock that only the test moves. */
export async function outbox(
  receivers: Readonly<Record<string, Pick<Receiver, 'url'>>>,
  events: readonly string[] = ['sync.failed'],
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-outbox-'))
  const store = await openStore({ dataDir })
  onTestFinished(async () => {
    await store.close()
    await rm(dataDir, { recursive: true })
  })
  const settings = WebhookSettings.parse({
    ...shipped,
    delivery: { ...shipped.delivery, timeoutSeconds: 1 },
    subscriptions: Object.entries(receivers).map(([name, { url }]) => ({
      name,
      url: `${url}/secret-path`,
      secret: { env: 'S' },
      events,
      allowPrivate: true,
    })),
  })
  const clock = { at: START }
  const memory = memoryLog()
  const parts: DeliveryContext = {
    store,
    targets: readTargets(settings, { S: SECRET }),
    settings,
    log: memory.log,
    now: () => clock.at,
  }
  return {
    parts,
    memory,
    pass: (seconds: number) => void (clock.at = new Date(clock.at.getTime() + seconds * 1000)),
    tell: (count = 1) =>
      saveReports(store, [], {
        at: clock.at,
        quietDays: 14,
        subscribers: subscribersOf(settings),
        eventsOf: () => Array.from({ length: count }, () => failure),
      }),
  }
}
