import { describe, expect, it } from 'vitest'
import { EpciReport } from '../../src/http/schemas/epci-report.ts'
import { TypologyAnswer } from '../../src/http/schemas/typology.ts'
import { saveReports } from '../../src/store/reports.ts'
import { situation } from '../helpers/situations.ts'
import { aReport, AUTHORIZED, SIREN, testServer } from './test-server.ts'

const NOTHING_THERE = situation({
  answers: {
    ...{ governance: 'none', roadmap: 'none', referents: 'none', network: 'none', meetingsPerYear: 0 },
    ...{ aim: 'none', commitment: 'none', tool: 'none', use: 'none', mastery: 'none' },
  },
}).answers
const needy = aReport({
  ...{ siren: '242900314', name: 'Brest Métropole', answers: NOTHING_THERE, fragility: 7.5 },
  ...{ retained: 'reseau', actualDays: { referents: 11.5, deploymentOfficer: 0 } },
  imported: [{ column: 'part_75_ans', value: 12.3, source: 'INSEE', year: 2021 }],
})

async function answers(...reports: ReturnType<typeof aReport>[]) {
  const { server, store } = await testServer()
  const rows = reports.map((report) => ({
    ...{ siren: report.siren, rules: report.rules, report },
    computedAt: '2026-05-20T01:04:00.000Z',
  }))
  await saveReports(store, rows)
  return async (url: string) => (await server.inject({ url, headers: AUTHORIZED })).json()
}

describe('GET /api/typology', () => {
  it('gives each type its definition, its EPCI, what was recommended and retained there, and the days', async () => {
    const get = await answers(aReport(), needy)
    const answer = await get('/api/typology')
    expect(TypologyAnswer.parse(answer)).toEqual(answer)
    expect(answer.types.map(({ label }: { label: string }) => label)).toEqual([
      ...['À amorcer', 'Base à bâtir', 'Réseau à réveiller', 'Réseau en marche', 'Outillé sans réseau'],
      ...['En vitesse de croisière', 'Trop peu connu', null],
    ])
    const { referents, deploymentOfficer } = needy.workload
    expect(answer.types[0]).toMatchObject({
      key: 'to_start',
      definition: expect.stringMatching(/besoin est élevé/),
      epcis: [{ siren: '242900314', name: 'Brest Métropole', nearest: 'to_start', degrees: { length: 6 } }],
      recommended: { generaliste: 1, outil: 0, reseau: 0, none: 0 },
      retained: { generaliste: 0, outil: 0, reseau: 1, none: 0 },
      days: {
        referents: { estimated: referents.estimate, range: referents.range, spent: 11.5, told: 1 },
        deploymentOfficer: { estimated: deploymentOfficer.estimate, spent: null, told: 0 }, // 0: not told yet
      },
    })
    const { aPriori } = answer.types[0]
    expect(aPriori.generaliste + aPriori.outil + aPriori.reseau + aPriori.none).toBe(1)
    const sirens = answer.types.flatMap(({ epcis }: { epcis: { siren: string }[] }) =>
      epcis.map(({ siren }) => siren),
    )
    expect(sirens.toSorted()).toEqual([SIREN, '242900314'])
  })

  it('has every type, empty, before the first synchronisation', async () => {
    const { types } = await (await answers())('/api/typology')
    expect(types).toHaveLength(8)
    expect(types.every(({ epcis }: { epcis: unknown[] }) => epcis.length === 0)).toBe(true)
  })

  it('is said of each EPCI too, with its degrees and every figure that was imported', async () => {
    const get = await answers(needy)
    const report = await get('/api/epcis/242900314')
    expect(EpciReport.parse(report)).toEqual(report)
    expect(report).toMatchObject({
      typology: {
        type: 'to_start',
        label: 'À amorcer',
        need: {
          figures: [
            { key: 'fragility', value: 7.5, from: 'person' },
            { key: 'population', value: 152_000 },
          ],
        },
      },
      imported: [{ column: 'part_75_ans', value: 12.3, source: 'INSEE', year: 2021 }],
    })
  })
})
