import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runSync } from '../../src/engine/run-sync.ts'
import { doubleBase } from '../helpers/double-base.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { leftToWrite, startLiveService } from '../helpers/live-service.ts'
import { plain } from '../helpers/plain.ts'

const all = { trigger: 'command', dryRun: false, epcis: null } as const
const BREST = { Nom: 'Brest Métropole', SIREN: '242900314' }
const NONE = /^Aucun EPCI n'est choisi : ce diagnostic ne compte pour aucun territoire/u

describe('what is said of no EPCI', () => {
  it('is told of each table, and of nobody by name', async () => {
    const { sync } = await doubleBase({
      EPCI: [BREST],
      Diagnostics: [{ Date: '2026-03-01' }, { Date: '2026-03-01', EPCI_id: 1 }],
      Journées: [{ Date: '2027-03-01' }, { Date: '2027-03-01', EPCI_id: 1 }],
      Référents: [{ Nom: 'Ana Riou' }, { Nom: 'Yann Le Goff', EPCI_id: 1 }],
    })
    const { reported } = await sync()
    const rows = new Map(reported.map((one) => [one.code as string, one.rows]))
    for (const code of ['diagnostic.no_epci', 'day.no_epci', 'referent.no_epci'])
      expect([code, rows.get(code)]).toEqual([code, [1]])
    expect(JSON.stringify(reported)).not.toContain('Riou')
  })

  describe('in a row of « Diagnostics »', () => {
    let test: LiveDouble
    beforeEach(async () => {
      test = await makeLiveDouble()
      test.double.table('EPCI').insert(BREST)
      test.double.table('EPCI').insert({ Nom: 'Sans SIREN' })
    })
    afterEach(() => test.close())
    const note = (id: number) => plain(String(test.double.table('Diagnostics').get(id)?.['À vérifier'] ?? ''))
    const send = (method: 'POST' | 'PATCH', cells: object) =>
      test.base.http.send({
        method,
        path: `/api/v2/tables/${test.base.table('Diagnostics').id}/records`,
        body: [cells],
        idempotent: true,
      })

    it('stands there, by a whole run, with what is wrong', async () => {
      for (const EPCI_id of [null, 1, 2])
        test.double.table('Diagnostics').insert({ Date: '2026-03-01', Gouvernance: 'Active', EPCI_id })
      await runSync(test.parts, all)
      expect(note(1)).toMatch(NONE)
      expect(note(2)).toBe('')
      expect(note(3)).toMatch(/^L'EPCI choisi n'a pas de SIREN/u)
      expect((await runSync(test.parts, all)).counts.cellsWritten).toBe(0)
    })

    it('comes as soon as it is filled in, and goes once an EPCI is chosen', async () => {
      await runSync(test.parts, all)
      const service = await startLiveService(test, test.double)
      try {
        await service.settled()
        test.hooks(service.url)
        await send('POST', { Date: '2026-03-01', Gouvernance: 'Active' })
        await expect.poll(() => note(1), { timeout: 10_000 }).toMatch(NONE)
        await send('PATCH', { Id: 1, EPCI_id: 1 })
        await expect.poll(() => note(1), { timeout: 10_000 }).toBe('')
        await service.settled()
        expect(await leftToWrite(test)).toEqual([])
      } finally {
        await service.stop()
      }
    })
  })
})
