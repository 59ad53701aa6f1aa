import { describe, expect, it } from 'vitest'
import { diagnosticsPage } from '../../../src/http/pages/questions/diagnostics-page.ts'
import { riskPage } from '../../../src/http/pages/questions/risk-page.ts'
import { typologyPage } from '../../../src/http/pages/questions/typology-page.ts'
import type { Scope } from '../../../src/http/pages/questions/scope.ts'
import { manyReports } from '../../helpers/many-reports.ts'
import { rules } from '../../helpers/rules.ts'
import { plain } from '../../helpers/plain.ts'

function scope(count: number): Scope {
  const rows = manyReports(count).map((report) => ({ report, departments: [], officers: [], mine: true }))
  const visitor = { email: 'camille@exemple.bzh', role: 'editor' as const, trustedUntil: null }
  return { visitor, path: '/a-risque', rows, own: null, told: true }
}

const textOf = (page: unknown) =>
  plain(String(page).replaceAll(/<style>.*?<\/style>|<[^>]+>/gsu, ' ')).replaceAll(/\s+/gu, ' ')

describe('the page of a question', () => {
  it('answers nothing of no EPCI, rather than that all is well', () => {
    for (const page of [riskPage(scope(0), '2026-05-20'), diagnosticsPage(scope(0), null)]) {
      const text = textOf(page)
      expect(text).toContain("Il n'y a aucun EPCI à montrer ici")
      expect(text).not.toMatch(/Aucun EPCI en retard|Chaque EPCI a un diagnostic/u)
    }
  })

  it('has its table beside the chart however many EPCI there are, page by page, and places what is known only', () => {
    const all = scope(230)
    const names = (page: number) => {
      const text = String(typologyPage(all, rules.typology, page))
      return all.rows.filter(({ report }) => text.includes(`<a href="/epcis/${report.siren}">`)).length
    }
    expect([1, 2, 3, 9].map(names)).toEqual([100, 100, 30, 30])
    const [first] = all.rows
    const { typology } = first!.report
    const half = { ...typology, need: { ...typology.need, half: 50, coverage: 0.4 } }
    const unknown = { ...all, rows: [{ ...first!, report: { ...first!.report, typology: half } }] }
    expect(textOf(typologyPage(unknown, rules.typology))).toContain('hors du graphique : 1 EPCI')
  })

  it('says of which day its figures are, and that it shows the first of many only', () => {
    const all = scope(1255)
    const page = riskPage(all, '2026-05-20')
    const text = textOf(page)
    expect(text).toMatch(/Chiffres du \d/u)
    expect(text).toMatch(/Les 100 premiers sur \d/u)
    expect(Buffer.byteLength(String(page))).toBeLessThan(150 * 1024)
    expect(textOf(riskPage(scope(5), '2026-05-20'))).not.toContain('premiers sur')
  })
})
