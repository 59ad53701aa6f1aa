import { describe, expect, it } from 'vitest'
import { watched } from '../../src/http/pages/watched.ts'
import { aReport } from './test-server.ts'

const { prefill } = aReport()
const pressing = (siren: number, status: 'late' | 'at_risk', collaborativeDay: string | null) =>
  aReport({
    ...{ siren: String(siren), name: `EPCI ${siren}` },
    prefill: { ...prefill, status, collaborativeDay },
  })
const seen = (...reports: ReturnType<typeof pressing>[]) =>
  watched({ reports, last: null, deliveries: [], dead: 0 }).map(({ text, href }) => [text, href])

describe('what asks for somebody’s eyes', () => {
  const risky = [1, 2, 3, 4].map((siren) => pressing(siren, 'at_risk', `2026-12-0${5 - siren}`))
  const late = [5, 6, 7, 8].map((siren) => pressing(siren, 'late', null))

  it('names the nearest journées first, then counts the others, each with the list that shows them', () => {
    expect(seen(...late, ...risky)).toEqual([
      ...[4, 3, 2, 1].map((siren) => [`EPCI ${siren}`, `/epcis/${siren}`]),
      ...[5, 6].map((siren) => [`EPCI ${siren}`, `/epcis/${siren}`]),
      ['et 2 autres EPCI en retard', '/?alerte=late&tri=journee'],
    ])
    const more = [11, 12, 13].map((siren) => pressing(siren, 'at_risk', '2026-11-30'))
    expect(seen(...late, ...risky, ...more).slice(6)).toEqual([
      ['et 4 autres EPCI en retard', '/?alerte=late&tri=journee'],
      ['et 1 autre EPCI à risque', '/?alerte=at_risk&tri=journee'],
    ])
  })

  it('counts nobody where all are named', () => {
    expect(seen(...risky)).toHaveLength(4)
    expect(seen()).toEqual([])
  })
})
