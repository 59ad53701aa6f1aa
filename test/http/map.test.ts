import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { officialEpcis } from '../../src/config/geography.ts'
import type { EpciReport } from '../../src/domain/epci-report.ts'
import { TypologyRules } from '../../src/domain/rules/typology.ts'
import { readContours } from '../../src/files/contours.ts'
import type { Contours } from '../../src/files/contours-file.ts'
import { measureOf } from '../../src/http/map-measures.ts'
import { patterns } from '../../src/http/pages/map-patterns.ts'
import { MAP_STYLE } from '../../src/http/pages/map-style.ts'
import { saveReports } from '../../src/store/reports.ts'
import { gridContours } from '../helpers/grid-contours.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'
import { cookiesOf, signedInPeople } from './signed-in.ts'
import { aReport, noRecords, testServer } from './test-server.ts'

const METROPOLE = [-2, 44, 6, 49] as const
const REUNION = [55.25, -21.35, 55.8, -20.9] as const

function contoursOf(sirens: readonly string[]): Contours {
  return from(gridContours(sirens, METROPOLE))
}

function from(document: unknown): Contours {
  const { zones } = readContours(document)
  return {
    zones,
    attribution: 'IGN, ADMIN EXPRESS',
    licence: 'Licence Ouverte 2.0',
    source: 'epci.geojson',
    readAt: '2026-05-01T08:00:00Z',
  }
}

async function withMap(reports: readonly EpciReport[], contours: Contours | null) {
  const { server, store } = await testServer({ ...signedInPeople(), contours: async () => contours })
  const computedAt = '2026-05-20T03:00:00.000Z'
  await saveReports(
    store,
    reports.map((report) => ({ siren: report.siren, computedAt, rules: rules.fingerprint, report })),
  )
  const cookies = await cookiesOf(server)
  return async (url: string) => {
    const answer = await server.inject({ url, cookies })
    const text = answer.body.replaceAll(/<style>[^]*?<\/style>/gu, '').replaceAll(/[ \n]+/gu, ' ')
    return { ...answer, text, status: answer.statusCode }
  }
}

const A = '200000001'
const B = '200000002'
const C = '200000003'
const paint = (text: string, siren: string) =>
  new RegExp(`href="/epcis/${siren}"><title>[^<]*</title><path class="(\\w+)"`, 'u').exec(text)?.[1]
const row = (text: string, siren: string) =>
  new RegExp(`<th scope=row><a href="/epcis/${siren}">[^<]*</a><td>([^<]*)`, 'u').exec(text)?.[1]?.trim()

describe('the map', () => {
  it('paints a guess otherwise than what is sure or retained, and says so', async () => {
    const unsure = aReport({ siren: A })
    const low = {
      ...unsure,
      recommendation: {
        ...unsure.recommendation,
        confidence: { ...unsure.recommendation.confidence, level: 'low' as const },
      },
    }
    const reports = [
      low,
      { ...low, siren: B, retained: low.workload.referential },
      {
        ...low,
        siren: C,
        recommendation: {
          ...low.recommendation,
          confidence: { ...low.recommendation.confidence, level: 'high' as const },
        },
      },
    ]
    const { text } = await (await withMap(reports, contoursOf([A, B, C])))('/carte')
    const [guess = '', retained = '', sure = ''] = [A, B, C].map((siren) => paint(text, siren))
    expect([guess[0], retained[0], sure]).toEqual(['g', 'c', retained])
    expect(text).toContain(`<pattern id="${guess}"`)
    expect(text).toContain('confiance faible (1 EPCI)')
  })

  it('is for those signed in', async () => {
    const { server } = await testServer(signedInPeople())
    const answer = await server.inject({ url: '/carte?par=type' })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/connexion?to=%2Fcarte%3Fpar%3Dtype'])
  })

  it('paints each EPCI, links it to its sheet, says its figure, and says the same in the table', async () => {
    const reports = [
      aReport({ siren: A, name: 'Un <b>', retained: 'outil' }),
      aReport({ siren: B, name: 'Deux', retained: 'reseau' }),
    ]
    const page = await withMap(reports, contoursOf([A, B]))
    const { status, text } = await page('/carte')
    expect(status).toBe(200)
    expect([paint(text, A), paint(text, B)]).toEqual(['c1', 'c2'])
    expect(text).toContain('<title>Un &lt;b&gt; : Outil (retenu)</title>')
    expect([row(text, A), row(text, B)]).toEqual(['Outil (retenu)', 'Réseau (retenu)'])
    expect(text).toContain('Outil (1 EPCI)')
    expect(text).toContain('IGN, ADMIN EXPRESS, Licence Ouverte 2.0, lus le 1er mai 2026')
  })

  it('never shows what is unknown as a zero', async () => {
    const indicators = noRecords()
    const reports = [
      aReport({ siren: A, name: 'Zéro', indicators: { ...indicators, completeness: 0 } }),
      aReport({ siren: B, name: 'Inconnu', indicators: { ...indicators, completeness: null } }),
      aReport({ siren: C, name: 'Presque', indicators: { ...indicators, completeness: 99.9 } }),
    ]
    const { text } = await (await withMap(reports, contoursOf([A, B, C])))('/carte?par=completude')
    expect([A, B, C].map((siren) => paint(text, siren))).toEqual(['s0', 'u', 's4'])
    expect([A, B, C].map((siren) => row(text, siren))).toEqual(['0\u202f%', 'inconnu', '99\u202f%'])
    expect(text).toContain('inconnu (1 EPCI)')
  })

  it.each([
    ['preremplissage', '24\u202f%', 's1'],
    ['fragilite', '6,3', 's3'],
    ['maturite', 'inconnu', 'u'],
    ['n’importe quoi', 'Outil (recommandé, confiance moyenne)', 'c1'],
  ])('by %s says %s', async (par, told, painted) => {
    const reports = [aReport({ siren: A, fragility: 6.3 })]
    const { text } = await (await withMap(reports, contoursOf([A])))(`/carte?par=${encodeURIComponent(par)}`)
    expect([row(text, A), paint(text, A)]).toEqual([told, painted])
  })

  it('hatches an EPCI without any diagnostic, whatever is counted, and tells it in the legend', async () => {
    const answers = situation({ answers: { referents: 'one' } }).answers
    const none = { answers, listedReferents: 1 }
    const reports = [
      aReport({ siren: A, ...none }),
      aReport({ siren: B, ...none, retained: 'outil' }),
      aReport({ siren: C, answers }),
    ]
    const { text } = await (await withMap(reports, contoursOf([A, B, C])))('/carte')
    expect([A, B, C].map((siren) => paint(text, siren) === 'u')).toEqual([true, false, false])
    expect([row(text, A), row(text, B)]).toEqual(['sans diagnostic', 'Outil (retenu)'])
    expect(row(text, C)).toMatch(/\(recommandé, confiance faible\)$/u)
    expect(text).toContain('sans diagnostic (1 EPCI)')
    expect(text).toContain('Chiffres du 20 mai 2026.')
  })

  it('says of which days its figures are', async () => {
    const reports = [aReport({ siren: A, day: '2026-05-18' }), aReport({ siren: B })]
    const { text } = await (await withMap(reports, null))('/carte')
    expect(text).toContain('Chiffres du 18 mai 2026 au 20 mai 2026, selon l’EPCI.')
  })

  it('tells of no type near from what is not known', async () => {
    const { typology } = aReport()
    const known = { ...aReport({ siren: A }), typology: { ...typology, type: null, label: null } }
    const unknown = { ...aReport({ siren: B }), typology: { ...typology, type: 'unknown' } }
    const { text } = await (await withMap([known, unknown], contoursOf([A, B])))('/carte?par=type')
    expect([paint(text, A), row(text, A), paint(text, B)]).toEqual(['n', 'aucun type proche', 'u'])
    expect(text).toContain('aucun type proche (1 EPCI)')
    expect(text).toContain(`${rules.typology.unknown.label} (1 EPCI)`)
  })

  it('paints and counts each of any number of types apart', async () => {
    const [first] = rules.typology.types
    const many = Array.from({ length: 64 }, (_, at) => ({ ...first!, key: `t${at}`, label: `Type ${at}.` }))
    const { classes } = measureOf('type', { typology: { ...rules.typology, types: many } })
    expect(new Set(classes.map((one) => one.paint)).size).toBe(66)
    const drawn = String(patterns(classes.map((one) => one.paint)))
    const looks = [...drawn.matchAll(/<pattern id="c\d+"([^]*?)<\/pattern>/gu)].map(([, look]) => look)
    expect([looks.length, new Set(looks).size]).toEqual([64, 64])
    for (const { paint: one } of classes) expect(MAP_STYLE).toContain(`.${one} {`)
    const tooMany = { ...rules.typology, types: [...many, { ...first!, key: 'more', label: 'De trop' }] }
    expect(TypologyRules.safeParse(tooMany).success).toBe(false)
    expect(TypologyRules.safeParse({ ...tooMany, types: many }).success).toBe(true)
  })

  it('draws what is overseas apart, and names whom it has no contour of', async () => {
    const overseas = gridContours([B], REUNION)
    const main = gridContours([A, '200000009'], METROPOLE)
    const both = from({ type: 'FeatureCollection', features: [...main.features, ...overseas.features] })
    const reports = [A, '200000009', B, C].map((siren) => aReport({ siren, name: `EPCI ${siren}` }))
    const { text } = await (await withMap(reports, both))('/carte')
    expect(text).toMatch(/<text[^>]*>La Réunion<\/text>/u)
    expect(text).toContain('Sans contour\u00a0: EPCI 200000003.')
    expect([A, B, C].map((siren) => paint(text, siren) !== undefined)).toEqual([true, true, false])
  })

  it('without contours says how to have them, and shows the table', async () => {
    const { status, text } = await (await withMap([aReport({ siren: A })], null))('/carte')
    expect(status).toBe(200)
    expect(text).toContain('portrea -- contours')
    expect(text).not.toContain('class="france"')
    expect(row(text, A)).toMatch(/^Outil/u)
  })

  it('of all the EPCI of France weighs less than 400 KB', async () => {
    const all = officialEpcis()
    const sirens = all.map(({ siren }) => siren)
    const report = aReport()
    const reports = all.map(({ siren, name }) => ({ ...report, siren, name }))
    const page = await withMap(reports, contoursOf(sirens))
    const { body, text } = await page('/carte?par=type')
    expect(sirens.filter((siren) => paint(text, siren) === undefined)).toEqual([])
    expect(Buffer.byteLength(body)).toBeLessThan(400_000)
    const began = performance.now()
    await page('/carte?par=completude')
    console.log(
      `map of ${sirens.length}: ${Buffer.byteLength(body)} bytes, ${Math.round(performance.now() - began)} ms`,
    )
  }, 60_000)
})
