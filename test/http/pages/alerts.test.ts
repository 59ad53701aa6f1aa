import { describe, expect, it } from 'vitest'
import { alerts } from '../../../src/http/pages/alerts.ts'
import { plainSpaces } from '../../helpers/plain.ts'
import { aReport } from '../test-server.ts'

const { prefill } = aReport()
const pressing = (siren: number, status: 'late' | 'at_risk', collaborativeDay: string | null) =>
  aReport({
    ...{ siren: String(siren), name: `EPCI ${siren}` },
    prefill: { ...prefill, status, collaborativeDay },
  })
const NOTHING = {
  ...{ reports: [], held: [], last: null, deliveries: [], receivers: [], failed: 0 },
  ...{ mended: null, now: new Date('2026-11-24T10:00:00Z'), soon: 14 },
}
const seen = (...reports: ReturnType<typeof pressing>[]) =>
  alerts({ ...NOTHING, reports }).map(({ text, href }) => [text, href])

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
      ['et 4 EPCI en retard', '/?alerte=late&tri=journee'],
      ['et 1 autre EPCI à risque', '/?alerte=at_risk&tri=journee'],
    ])
  })

  it('puts forward what is to be done before a day that is near, or that was missed, the most pressing first', () => {
    const toDo = (siren: number, due: string, ticked: 'ok' | null = null) =>
      aReport({
        ...{ siren: String(siren), name: `EPCI ${siren}`, day: '2026-11-24' },
        prefill: { ...prefill, status: 'on_track' },
        conditions: [
          {
            ...{ key: 'k', heading: 'operations', label: 'Un mois', short: 'le mois' },
            ...{ status: ticked ?? 'to_do', ticked },
            observed: { status: 'to_do', evidence: `à envoyer le ${due}`, due },
          },
        ],
      })
    const reports = [
      ...[toDo(1, '2026-12-08'), toDo(2, '2026-11-20'), toDo(3, '2026-12-09')],
      toDo(4, '2026-11-25', 'ok'),
    ]
    expect(alerts({ ...NOTHING, reports }).map(({ text, detail }) => [text, detail])).toEqual([
      ['EPCI 2', 'à envoyer le 2026-11-20'],
      ['EPCI 1', 'à envoyer le 2026-12-08'],
    ])
    const many = Array.from({ length: 8 }, (_, at) => toDo(at, '2026-11-30'))
    expect(seen(...many).at(-1)).toEqual(['et 2 autres EPCI à l’approche d’une échéance', '/?tri=journee'])
  })

  it('says of a référentiel that was retained what it leans on and is not there, whatever is recommended', () => {
    const of = (retained: 'reseau' | 'outil' | null, network: 'none' | 'constituted' | null) =>
      aReport({
        ...{ retained, answers: { ...aReport().situation.answers, network, referents: null } },
        prefill: { ...prefill, status: 'on_track' },
      })
    const told = (report: ReturnType<typeof of>) =>
      alerts({ ...NOTHING, reports: [report] }).map(({ detail }) => plainSpaces(detail))
    expect(told(of('reseau', 'none')).filter((detail) => detail.includes('Préalable'))).toEqual([
      '« Réseau » est retenu. Préalable : constituer d’abord le réseau d’acteurs, sur lequel ce référentiel s’appuie.',
    ])
    for (const [retained, network] of [
      ['reseau', 'constituted'],
      ['reseau', null],
      ['outil', 'none'],
      [null, 'none'],
    ] as const)
      expect(told(of(retained, network)).filter((detail) => detail.includes('Préalable'))).toEqual([])
  })

  it('counts nobody where all are named', () => {
    expect(seen(...risky)).toHaveLength(4)
    expect(seen()).toEqual([])
  })

  it('says which receivers take nothing, once others are told of it, and which are disabled', () => {
    const failing = {
      ...{ subscription: 'hub', reason: 'status 500', since: '2026-05-20T01:00:00.000Z' },
      ...{ lastFailureAt: '2026-05-20T02:00:00.000Z', notifiedAt: null, disabledAt: null },
    }
    const said = (changes: object) =>
      alerts({ ...NOTHING, receivers: [{ ...failing, ...changes }] }).map(({ text, detail }) =>
        plainSpaces(text + detail),
      )
    expect(said({})).toEqual([])
    expect(said({ notifiedAt: '2026-05-20T01:30:00.000Z' })[0]).toMatch(
      /« hub » ne reçoit plus rien depuis le 20 mai 2026 à 03:00status 500/u,
    )
    expect(said({ disabledAt: '2026-05-25T01:30:00.000Z' })[0]).toMatch(/est désactivé.*webhooks --retry/u)
  })

  it('tells for a month that the memory of the service was lost, and what took its place', () => {
    const at = (day: string) =>
      alerts({
        ...NOTHING,
        mended: {
          ...{ at: `${day}T09:00:00Z`, cause: 'damaged', aside: 'portrea.damaged-1.sqlite', told: true },
          from: '2026-11-23T02:00:00Z',
        },
      }).map(({ text, detail }) => plainSpaces(text + detail))
    expect(at('2026-11-24')).toEqual([
      expect.stringMatching(/sa copie du 23 novembre 2026 a pris sa place.*le 24 novembre 2026 à 10:00$/u),
    ])
    expect(at('2026-10-20')).toEqual([])
  })
})
