import axios from 'axios'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { signIn } from '../../scripts/local-nocodb/account.ts'
import { isFormula } from '../../src/domain/formula.ts'
import type { EpciReport } from '../../src/domain/epci-report.ts'
import { dashboardPage } from '../../src/http/pages/dashboard.ts'
import { filtersOf, readQuery } from '../../src/http/pages/epci-query.ts'
import { getReport } from '../../src/store/reports.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { startReceiver } from '../helpers/hook-receiver.ts'
import type { HookReceiver } from '../helpers/hook-receiver.ts'
import { HOOK_SECRET, leftToWrite, startLiveService } from '../helpers/live-service.ts'
import type { LiveService } from '../helpers/live-service.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

const [BREST, RENNES] = ['242900314', '243500139']
const all = { trigger: 'command', dryRun: false, epcis: null } as const
/** What NocoDB 0.301 takes in one cell. */
const LONGEST = 100_000
const FORMULA = `=cmd|' /C calc'!A0`
const MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(2)>'

describe('a base that nobody means well with, on the real NocoDB', () => {
  const nocodb = inject('postgresNocodb')
  let receiver: HookReceiver
  let test: TestBase
  let service: LiveService | undefined
  let actors: number[]

  beforeAll(async () => {
    receiver = await startReceiver()
    test = await makeTestBase(nocodb, 'hostile', { target: { url: receiver.url, secret: HOOK_SECRET } })
    await test.insert('EPCI', [
      { Nom: FORMULA, SIREN: BREST },
      { Nom: `\u202e${MARKUP}\u200f www.evil.example/phish @all`, SIREN: RENNES },
    ])
    const place = { 'Code INSEE': '29019', Commune: 'Brest', 'Code postal': '29200' }
    actors = await test.insert('Acteurs', [
      { Nom: `${FORMULA} Maison`, ...place, Téléphone: '0298000000', Courriels: '@SUM(1)' },
      { Nom: `${FORMULA} Maison`, ...place, Téléphone: '0298000000', Horaires: '+cmd' },
      {
        Nom: MARKUP,
        ...place,
        Adresse: '\u202eeur al ed 1\u202c',
        'Présentation (détail)': 'x '.repeat(LONGEST / 2),
      },
      { Nom: 'x'.repeat(LONGEST), ...place },
      {
        Nom: 'Long',
        ...place,
        Horaires: ';'.repeat(LONGEST),
        Téléphone: '0'.repeat(LONGEST),
        Courriels: '. '.repeat(LONGEST / 2),
        'Site web': 'a.'.repeat(LONGEST / 2),
      },
    ])
    await runSync(test.parts, all)
    service = await startLiveService(test, nocodb)
    receiver.to = service.url
    await service?.settled()
  }, 300_000)
  afterAll(async () => {
    await service?.stop()
    await receiver.stop()
    await test.close()
  })

  it('is assessed whole: every record has its figures, and a second run writes nothing', async () => {
    const cells = await test.cells('Acteurs')
    for (const id of actors) expect(cells.get(id)?.['Complétude (%)']).toEqual(expect.any(Number))
    expect(await leftToWrite(test)).toEqual([])
  })

  it('gets no cell of ours that a spreadsheet would compute, nor one as long as what it tells of', async () => {
    const written = {
      Acteurs: ['À compléter', 'Anomalies', 'Doublons possibles'],
      EPCI: ['Pourquoi'],
      Historique: ['EPCI'],
    }
    for (const [table, titles] of Object.entries(written))
      for (const row of (await test.cells(table)).values())
        for (const title of titles) {
          const text = String(row[title] ?? '')
          expect([table, title, isFormula(text)]).toEqual([table, title, false])
          expect(text.length).toBeLessThan(3000)
        }
    const names = [...(await test.cells('Historique')).values()].map((row) => row['EPCI'])
    expect(names).toContain(`'${FORMULA}`)
  })

  it('shows its names on pages as what they are: text, in the direction of the page', async () => {
    const stored = await getReport(test.parts.store, RENNES)
    const departments = { of: () => [], name: () => null }
    const rows = [{ report: stored!.report as EpciReport, departments: [], officers: [MARKUP], mine: false }]
    const filters = filtersOf(rows, departments)
    const shown = dashboardPage({
      visitor: { email: MARKUP, role: 'viewer', trustedUntil: null },
      reports: [stored!.report as EpciReport],
      list: { ...{ path: '/epcis', rows, filters, departments }, ...readQuery({ q: MARKUP }, filters) },
      alerts: [],
      ...{ computed: '', whose: MARKUP },
    })
    const page = String(shown)
    expect(page).not.toMatch(/<script>alert|<img src=x|\u202e|\u200f/u)
    expect(page).toContain('&lt;script&gt;alert(1)')
  })

  it('takes fifteen hundred records in one request: one webhook, every record assessed', async () => {
    receiver.calls.length = 0
    const token = await signIn(nocodb.url, nocodb.email, nocodb.password)
    const rows = Array.from({ length: 1500 }, (_, at) => ({
      Nom: `Lieu ${at}`,
      'Code INSEE': at % 2 ? '29019' : '35238',
    }))
    await axios.post(`${nocodb.url}/api/v2/tables/${test.base.table('Acteurs').id}/records`, rows, {
      headers: { 'xc-auth': token },
      maxBodyLength: Infinity,
    })
    await expect.poll(() => receiver.calls.length, { timeout: 120_000 }).toBeGreaterThan(0)
    for (let tries = 0; tries < 20; tries++) {
      try {
        await service?.settled()
        break
      } catch {
        continue // it takes longer than a test of one record waits
      }
    }
    expect((await getReport(test.parts.store, RENNES))?.report).toMatchObject({ actors: 750 })
    expect(await leftToWrite(test)).toEqual([])
  }, 600_000)
})
