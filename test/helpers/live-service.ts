import { loadDepartments } from '../../src/config/geography.ts'
import { buildServer } from '../../src/http/server.ts'
import { openBase } from '../../src/nocodb/base.ts'
import type { Store } from '../../src/store/database.ts'
import { countInbox } from '../../src/store/inbox.ts'
import { lastDoneRun } from '../../src/store/runs.ts'
import { startLive } from '../../src/engine/live.ts'
import type { Live, LiveContext } from '../../src/engine/live.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { deskDouble, invitationsDouble } from './desk-double.ts'
import { diaryDouble } from './diary-double.ts'
import { memoryLog } from './memory-log.ts'
import { rules } from './rules.ts'
import { NOW } from './portrea-base.ts'
import type { TestBase } from './portrea-base.ts'
import { noDays, testShop } from './print-shop.ts'

export const HOOK_SECRET = 'a-secret-of-webhooks'

/** The part of the service that lives between two nights, in this process, on a base of its own. */
export type LiveService = {
  readonly url: string
  readonly live: Live
  readonly store: Store
  readonly log: ReturnType<typeof memoryLog>
  /** Waits until nothing is left to do, or fails. */
  settled(): Promise<void>
  stop(): Promise<void>
}

export async function startLiveService(
  { base, parts }: Pick<TestBase, 'base' | 'parts'>,
  nocodb: { readonly url: string; readonly token: string },
  more: Partial<LiveContext> = {},
): Promise<LiveService> {
  const log = memoryLog()
  const { brake, columns, geography, store, webhooks } = parts
  const begin = performance.now()
  const now = () => new Date(NOW.getTime() + performance.now() - begin)
  const settings = { reconcileMinutes: 60, retrySeconds: [0.2, 0.2] }
  const open = () => openBase({ ...nocodb, base: base.id }, base.settings, log.log)
  const nothing = () => {}
  const live = startLive({
    store,
    rules,
    columns,
    geography,
    webhooks,
    now,
    settings,
    open,
    brake,
    abandoned: nothing,
    suspected: nothing,
    drifted: nothing,
    ...more,
    log: log.log,
  })
  const server = await buildServer({
    ...{ store, rules, apiToken: 'a-token-for-tests', log: log.log, now, cron: '0 3 * * *' },
    work: {
      ...live,
      start: async () => ({ id: 'none' }),
      counts: async () => ({ live: live.counts(), attempts: { sent: 0, failed: 0, dead: 0 } }),
    },
    readiness: async () => ({ ready: true, checks: {} }),
    webhookSecrets: [HOOK_SECRET],
    diary: diaryDouble(),
    day: deskDouble(),
    invitations: invitationsDouble(),
    fragility: null,
    departments: loadDepartments(),
    exports: null,
    papers: noDays(testShop()),
    trustedProxies: [],
    people: {
      signIn: async () => 'refused',
      roleOf: async () => 'editor',
      settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 0, perimeter: 'open' },
      baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
      secret: null,
      secure: false,
    },
  })
  const url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/webhooks/nocodb`
  return {
    ...{ url, live, store, log },
    settled: settling(store, log),
    async stop() {
      await server.close()
      await live.stop()
    },
  }
}

/**
 * It has looked for what was done while it was away, nothing waits, and nothing came in the last moment: webhooks may still
 * be on their way.
 */
function settling(store: Store, { lines }: ReturnType<typeof memoryLog>): () => Promise<void> {
  let looked = false
  return async () => {
    const looks = (await lastDoneRun(store)) !== null // it does not before the first whole run
    const limit = performance.now() + 30_000
    for (let quiet = 0; quiet < 6;) {
      looked ||= !looks || lines.some(({ msg }) => String(msg).startsWith('reconciled'))
      quiet = looked && (await countInbox(store)).waiting === 0 ? quiet + 1 : 0
      if (performance.now() > limit) {
        const last = JSON.stringify(lines.slice(-12), null, 1)
        throw new Error(
          `${looked ? 'the inbox does not empty' : 'it does not look'}; its last words: ${last}`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** The cells that a whole run would still write; « Historique » and the rows of the conditions aside. */
export async function leftToWrite(test: Pick<TestBase, 'parts'>, store = test.parts.store) {
  const { history, conditions } = test.parts.columns
  return (await planLeft(test, { store }))
    .filter(({ table }) => table !== history.title && table !== conditions.title)
    .flatMap(({ table, changes }) => changes.map((change) => ({ table, ...change })))
}

/** All that a run would still write, new rows as well; whole: whatever the store says of the records. */
export async function planLeft(
  { parts }: Pick<TestBase, 'parts'>,
  { store = parts.store, whole = true } = {},
) {
  const { plan } = await runSync({ ...parts, store }, {
    ...{ trigger: 'command', dryRun: true, epcis: null },
    whole,
  } as const)
  return (plan ?? []).filter(({ changes, inserts }) => changes.length > 0 || inserts.length > 0)
}
