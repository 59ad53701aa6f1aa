import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { epciReport } from '../../src/domain/epci-report.ts'
import type { EpciFacts, EpciReport } from '../../src/domain/epci-report.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import type { FieldName } from '../../src/domain/fields.ts'
import { successConditions } from '../../src/domain/success-conditions.ts'
import { compileTally } from '../../src/domain/indicators/tally.ts'
import { buildServer } from '../../src/http/server.ts'
import type { ServerDependencies } from '../../src/http/server.ts'
import { loadDepartments } from '../../src/config/geography.ts'
import { openStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'
import { memoryLog } from '../helpers/memory-log.ts'
import { deskDouble, invitationsDouble } from '../helpers/desk-double.ts'
import { diaryDouble } from '../helpers/diary-double.ts'
import { noDays, testShop } from '../helpers/print-shop.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

export const TOKEN = 'a-token-for-tests'
export const WEBHOOK_SECRETS = ['the-new-secret', 'the-old-secret'] as const
export const AUTHORIZED = { authorization: `Bearer ${TOKEN}` }
export const SIREN = '200069409'

/** Nobody works behind the server. */
export const IDLE_WORK: ServerDependencies['work'] = {
  notify() {},
  resync() {},
  start: async () => ({ id: 'the-run' }),
  counts: async () => ({
    live: { done: 0, postponed: 0, failed: 0 },
    attempts: { sent: 0, failed: 0, dead: 0 },
  }),
}

/** A server on a real store of its own, closed and removed after the test. */
export async function testServer(
  parts: Partial<ServerDependencies> = {},
): Promise<{ server: FastifyInstance; store: Store; log: ReturnType<typeof memoryLog> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-http-'))
  const store = await openStore({ dataDir })
  const log = memoryLog()
  const shop = testShop()
  const server = await buildServer({
    store,
    rules,
    fragility: null,
    departments: loadDepartments(),
    exports: null,
    papers: noDays(shop),
    cron: '0 3 * * *',
    apiToken: TOKEN,
    trustedProxies: [],
    people: {
      signIn: async () => 'refused',
      roleOf: async () => 'editor',
      settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 0, perimeter: 'open' },
      baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
      placeNames: async (ids) => new Map(ids.map((id) => [id, `Lieu ${id} <b>`])),
      secret: 'a secret for tests',
      secure: false,
    },
    now: () => new Date('2026-05-20T10:00:00Z'),
    log: log.log,
    readiness: async () => ({ ready: true, checks: {} }),
    webhookSecrets: WEBHOOK_SECRETS,
    diary: diaryDouble(),
    day: deskDouble(),
    invitations: invitationsDouble(),
    work: IDLE_WORK,
    ...parts,
  })
  onTestFinished(async () => {
    await server.close()
    shop.close()
    await store.close()
    await rm(dataDir, { recursive: true })
  })
  return { server, store, log }
}

/** What an EPCI without records shows. */
export function noRecords(): EpciFacts['indicators'] {
  const nowhere = {
    commune: () => null,
    successor: () => null,
    byPostalCode: () => [],
    byDepartment: () => [],
    municipality: () => null,
    epci: () => null,
    formerEpci: () => null,
    epciNamed: () => ({ kind: 'unknown' as const }),
  }
  const parts = { ...rules, geography: nowhere, profile: 'publication', today: '2026-05-20' } as const
  return compileTally(parts)(SIREN).tally().indicators()
}

/** A whole report, made by the domain itself. */
export function aReport(facts: Partial<EpciFacts> = {}): EpciReport {
  const byField = Object.fromEntries(FIELDS.map((field, at) => [field, at / (FIELDS.length - 1)])) as Record<
    FieldName,
    number
  >
  return epciReport(
    {
      siren: SIREN,
      name: 'CA Saint-Brieuc Armor Agglomération',
      day: '2026-05-20',
      population: 152_000,
      fragility: null,
      imported: [],
      retained: null,
      choice: { cell: null, unreadable: false, seen: [] },
      stage: null,
      workingAxes: null,
      actualDays: { referents: null, deploymentOfficer: null },
      declared: { answeredOn: {}, sentences: [] },
      listedReferents: 0,
      answers: situation({ answers: { aim: 'database', network: 'informal', meetingsPerYear: 3 } }).answers,
      indicators: {
        ...noRecords(),
        actors: 39,
        records: 41,
        completeness: 58.2,
        publishable: 91,
        freshness: 100 / 3,
        contactedShare: 0.3,
        kinds: { diversity: 0.4, named: 12, distinct: 1, counts: [{ kind: 'BIB', records: 12 }] },
        communesCovered: 13 / 32,
        prefilled: 12,
        toContact: 9,
        byField,
      },
      conditions: successConditions(
        {
          today: '2026-05-20',
          referents: 'pair',
          stage: null,
          journees: [],
          ticked: new Map([['room', 'ok']]),
        },
        rules['success-conditions'],
      ),
      findings: [{ field: 'pivot', code: 'pivot.checksum', severity: 'blocking', records: 2 }],
      prefill: {
        expected: 50,
        basis: 'declared',
        per10000: null,
        list: null,
        ...{ listed: null, byPopulation: null },
        present: 39,
        prefilled: 12,
        progress: 24,
        toComplete: 27,
        toCreate: 11,
        speed: 0.5,
        speedDays: 14,
        forecastEnd: '2026-08-09',
        forecastRange: null,
        neededSpeed: 38 / 30,
        collaborativeDay: '2026-06-19',
        lastCollaborativeDay: null,
        status: 'at_risk',
        consolidation: null,
      },
      prefillDetail: {
        referents: [
          {
            referent: 3,
            kind: 'associative',
            present: 10,
            prefilled: 4,
            progress: 40,
            toComplete: 6,
            speed: null,
            speedDays: null,
            forecastEnd: null,
            forecastRange: null,
            status: null,
            consolidation: null,
          },
        ],
        withoutReferent: { present: 29, prefilled: 8 },
        next: [{ record: 12, toCorrect: [], toFill: ['les horaires'], gain: 2 }],
      },
      participationRate: null,
      expectedParticipationRate: 0.5,
      ...facts,
    },
    rules,
  )
}
