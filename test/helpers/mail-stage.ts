import { createHmac } from 'node:crypto'
import { readMailSettings } from '../../src/config/mail-file.ts'
import type { MailSettings } from '../../src/config/mail-file.ts'
import { desiredBase, readSettings } from '../../src/app.ts'
import type { EpciReport } from '../../src/domain/epci-report.ts'
import { openBase } from '../../src/nocodb/base.ts'
import { postOffice } from '../../src/outbox/mail/smtp.ts'
import { saveHistory } from '../../src/store/history.ts'
import { saveReports } from '../../src/store/reports.ts'
import type { Store } from '../../src/store/database.ts'
import { sendWeek } from '../../src/work/send-week.ts'
import type { SendParts } from '../../src/work/send-week.ts'
import { doubleBase } from './double-base.ts'
import { mailServer } from './mail-server.ts'
import type { Conduct } from './mail-server.ts'
import { manyReports } from './many-reports.ts'
import { memoryLog } from './memory-log.ts'
import { CONFIG, rules } from './rules.ts'

/** A Monday, after the hour of config/mail.yaml. */
const MONDAY = new Date('2026-11-23T08:30:00Z')
const WEEK = '2026-11-23'
export const KEYED = (text: string) =>
  createHmac('sha256', 'a secret for tests').update(text).digest('base64url')

export const EPCIS = manyReports(3)
const settings = readSettings(CONFIG)

/** Ana is chargée of the first and the second, and référente of the third with Yann; the second has a journée soon. */
export const ROWS = {
  EPCI: EPCIS.map(({ siren, name }, at) => ({
    ...{ Nom: name, SIREN: siren },
    ...(at < 2 ? { 'Chargé·e de déploiement': 'BIHAN Ana' } : {}),
  })),
  Chargé·e·s: [{ Nom: 'Ana Bihan', Courriel: 'Ana@Exemple.bzh' }],
  Référents: [
    { Nom: 'Ana Bihan', Courriel: 'ana@exemple.bzh ', EPCI_id: 3 },
    { Nom: 'Yann Le Goff', Courriel: 'yann@exemple.bzh', EPCI_id: 3 },
  ],
  Journées: [{ Date: '2026-12-10', EPCI_id: 2, Lieu: 'Salle des fêtes' }],
}

/** How these EPCI stood a week ago: one record less. */
export async function keepReports(store: Store, reports: readonly EpciReport[] = EPCIS): Promise<void> {
  await saveReports(
    store,
    reports.map((report) => ({
      ...{ computedAt: '2026-11-23T03:00:00.000Z', rules: rules.fingerprint },
      ...{ siren: report.siren, report },
    })),
  )
  await saveHistory(
    store,
    '2026-11-15',
    reports.map((report) => ({
      ...{ siren: report.siren, actors: report.actors - 1, completeness: report.completeness },
      ...{ publishable: report.publishable, freshness: report.freshness },
      ...{ recommended: report.recommendation.recommended, confidence: null },
      ...{ prefilled: report.prefill.prefilled, expected: report.prefill.expected },
    })),
  )
}

/** A base, a store with results, and a mail server; `send` sends the week. */
export async function mailStage({
  rows = ROWS,
  conduct = {},
  given = {},
}: {
  rows?: Parameters<typeof doubleBase>[0]
  conduct?: Conduct
  given?: Partial<SendParts> & { mail?: Partial<MailSettings> }
} = {}) {
  const { mail, ...more } = given
  const server = await mailServer(conduct)
  const { double, parts: context } = await doubleBase(rows)
  const { store, columns, geography } = context
  await keepReports(store)
  const memory = memoryLog()
  const shipped = readMailSettings(CONFIG)!
  const parts: SendParts = {
    settings: {
      ...shipped,
      ...{ enabled: true, from: 'Portrea <portrea@hub.example>', tls: false, attach: false },
      ...mail,
    },
    post: postOffice(server.url, { tls: false }),
    ...{ publicUrl: 'https://portrea.example.org/', keyed: KEYED, hub: 'Hub', store, columns, geography },
    deadlines: { notice: 30, prefill: { days: 7, progress: 80 }, consolidation: 60 },
    ...{ log: memory.log, now: () => MONDAY, signal: new AbortController().signal },
    open: () =>
      openBase({ url: double.url, token: double.token, base: double.baseId }, settings.nocodb, memory.log, {
        ...{ desired: desiredBase(settings), recall: async () => ({}) },
      }),
    shop: {
      sheet: async () => ({ pdf: new Uint8Array(), pages: 0 }),
      close: () => undefined,
    } as unknown as SendParts['shop'],
    ...more,
  }
  const send = (changes: Partial<SendParts> = {}, week = WEEK) => sendWeek({ ...parts, ...changes }, week)
  return { server, double, store, parts, memory, send }
}
