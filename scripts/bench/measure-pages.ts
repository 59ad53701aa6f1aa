import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { loadDepartments } from '../../src/config/geography.ts'
import type { EpciReport } from '../../src/domain/epci-report.ts'
import { buildServer } from '../../src/http/server.ts'
import { saveHistory } from '../../src/store/history.ts'
import { openStore } from '../../src/store/database.ts'
import { saveReports } from '../../src/store/reports.ts'
import { deskDouble, invitationsDouble } from '../../test/helpers/desk-double.ts'
import { diaryDouble } from '../../test/helpers/diary-double.ts'
import { manyReports } from '../../test/helpers/many-reports.ts'
import { noDays, testShop } from '../../test/helpers/print-shop.ts'
import { rules } from '../../test/helpers/rules.ts'
import { OFFICER, shownPeople } from '../../test/helpers/shown-people.ts'
import { IDLE_WORK } from '../../test/http/test-server.ts'
import type { Bench } from './measure.ts'

/** All the EPCI of France. */
const EPCIS = 1255
const [MILLISECONDS, KILOBYTES] = [100, 150]
const TIMES = 15

/** Every page over all EPCI of France: time of the server alone (no network, no browser), and weight of the answer. */
export async function measurePages({ ratios, say }: Omit<Bench, 'stage'>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-pages-'))
  const store = await openStore({ dataDir })
  try {
    say(`Making reports of ${EPCIS} EPCI…`)
    const reports = manyReports(EPCIS)
    const row = { computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint }
    await saveReports(
      store,
      reports.map((report) => ({ ...row, siren: report.siren, report })),
    )
    await saveHistory(store, '2026-04-01', reports.map(dayOf))
    const settings = { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 2, perimeter: 'open' } as const
    const shop = testShop()
    const server = await buildServer({
      ...{ store, rules, fragility: null, departments: loadDepartments(), exports: null, cron: '0 3 * * *' },
      ...{
        apiToken: 'none',
        trustedProxies: [],
        webhookSecrets: [],
        work: IDLE_WORK,
        diary: diaryDouble(),
        day: deskDouble(),
        invitations: invitationsDouble(),
        papers: noDays(shop),
      },
      now: () => new Date('2026-05-20T10:00:00Z'),
      readiness: async () => ({ ready: true, checks: {} }),
      people: {
        ...{ settings, secret: 'a secret for the bench', secure: false },
        baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
        ...shownPeople(reports),
      },
      log: pino({ level: 'silent' }),
    })
    const paths = pathsOf(reports[0]!.siren)
    for (const path of paths) {
      const { milliseconds, kilobytes } = await measuredPage(server, path)
      say(`${path}: ${milliseconds.toFixed(0)} ms, ${kilobytes.toFixed(0)} KB`)
      ratios.push(
        figure(`page ${path} of ${EPCIS} EPCI, median`, milliseconds, MILLISECONDS, 'ms'),
        figure(`page ${path} of ${EPCIS} EPCI, weight`, kilobytes, KILOBYTES, 'KB'),
      )
    }
    await server.close()
    shop.close()
  } finally {
    await store.close()
    await rm(dataDir, { recursive: true })
  }
}

/** The pages, those of questions over all EPCI. */
function pathsOf(siren: string): string[] {
  const questions = [
    'a-risque',
    'diagnostics-manquants',
    'a-faire',
    'changements',
    'charge',
    'typologie',
    'choix',
  ]
  return [
    ...['/', '/epcis', '/epcis?tri=avancement&sens=desc', '/epcis?q=saint'],
    ...[`/epcis/${siren}`, `/epcis/${siren}/calcul`],
    ...questions.map((path) => `/${path}?tous=oui`),
  ]
}

/** How an EPCI stood some time ago. */
function dayOf({ siren, actors, completeness, publishable, freshness, prefill }: EpciReport) {
  return {
    ...{ siren, actors: actors + 2, completeness, publishable, freshness, recommended: 'outil' },
    ...{ confidence: 'low', prefilled: prefill.prefilled, expected: prefill.expected },
  }
}

function figure(name: string, value: number, most: number, unit: 'ms' | 'KB'): Bench['ratios'][number] {
  return { ...{ target: 20, name, value, unit, better: 'lower' }, floor: most, aim: most }
}

async function measuredPage(
  server: FastifyInstance,
  url: string,
): Promise<{ readonly milliseconds: number; readonly kilobytes: number }> {
  const signed = await server.inject({
    ...{ method: 'POST', url: '/connexion', payload: new URLSearchParams(OFFICER).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const cookies = Object.fromEntries(signed.cookies.map(({ name, value }) => [name, value]))
  const times: number[] = []
  let bytes = 0
  for (let at = 0; at < TIMES; at++) {
    const start = performance.now()
    const answer = await server.inject({ url, cookies })
    times.push(performance.now() - start)
    if (answer.statusCode !== 200) throw new Error(`${url} answers ${answer.statusCode}`)
    bytes = answer.rawPayload.length
  }
  return { milliseconds: times.sort((one, other) => one - other)[TIMES >> 1]!, kilobytes: bytes / 1024 }
}
