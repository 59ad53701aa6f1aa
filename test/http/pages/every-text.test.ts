import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWebhookSettings } from '../../../src/config/webhooks-file.ts'
import { impactLines } from '../../../src/commands/impact-text.ts'
import { contextLines } from '../../../src/commands/epci-context-text.ts'
import { learningLines } from '../../../src/commands/learning-text.ts'
import { prefillDetailLines, prefillLines } from '../../../src/commands/prefill-text.ts'
import { reportLines } from '../../../src/commands/report-text.ts'
import { overviewLines, typologyLines } from '../../../src/commands/typology-text.ts'
import { workloadLines } from '../../../src/commands/workload-text.ts'
import { brakeSentence, heldSentence, releasedSentence } from '../../../src/domain/brake-sentences.ts'
import { changesBetween } from '../../../src/domain/changes.ts'
import { changesSentences } from '../../../src/domain/changes-sentences.ts'
import type { EpciReport } from '../../../src/domain/epci-report.ts'
import { reportEvents } from '../../../src/domain/events.ts'
import { choicesOf, learn } from '../../../src/domain/learning.ts'
import { region } from '../../../src/domain/region.ts'
import { regionDays } from '../../../src/domain/region-days.ts'
import { rulesImpact } from '../../../src/domain/rules-impact.ts'
import { similarEpcis } from '../../../src/domain/similar.ts'
import { conditionsSentence } from '../../../src/domain/success-conditions.ts'
import { typologyOverview } from '../../../src/domain/typology-overview.ts'
import type { SafeHtml } from '@remix-run/html-template'
import type { Departments } from '../../../src/domain/departments.ts'
import { dashboardPage } from '../../../src/http/pages/dashboard.ts'
import { filtersOf, readQuery } from '../../../src/http/pages/epci-query.ts'
import { changesPage } from '../../../src/http/pages/questions/changes-page.ts'
import { choicesPage } from '../../../src/http/pages/questions/choices-page.ts'
import { diagnosticsPage } from '../../../src/http/pages/questions/diagnostics-page.ts'
import { loadPage } from '../../../src/http/pages/questions/load-page.ts'
import { nextPage, nextRows } from '../../../src/http/pages/questions/next-page.ts'
import { riskPage } from '../../../src/http/pages/questions/risk-page.ts'
import { typologyPage } from '../../../src/http/pages/questions/typology-page.ts'
import { epciSheet } from '../../../src/http/pages/epci-sheet.ts'
import { alerts } from '../../../src/http/pages/alerts.ts'
import { sentence } from '../../../src/outbox/sentence.ts'
import { snapshotOf } from '../../../src/engine/keep-snapshots.ts'
import { issueLog } from '../../../src/engine/data-issues.ts'
import { anyReport } from '../../helpers/any-report.ts'
import { frenchFaults } from '../../helpers/french.ts'
import { CONFIG, rules } from '../../helpers/rules.ts'

const webhooks = readWebhookSettings(CONFIG)
const PROPOSED = (['new', 'completion', 'conflict', 'unsure', 'merge', 'gone'] as const).flatMap((kind) => [
  { source: 'France services', kind, count: 1 },
  { source: 'Conseillers numériques', kind, count: 3 },
])
const VISITOR = { email: 'a@exemple.fr', role: 'editor', trustedUntil: null } as const
const INLINE = /<\/?(?:a|b|small|strong|em|abbr)\b[^>]*>/gu

/** What a reader sees of a page, a line a box. */
function linesOf(page: string): string[] {
  return page
    .replaceAll(/<(?:script|style|head)\b.*?<\/(?:script|style|head)>/gsu, '\n')
    .replaceAll(/[ \n]+/gu, ' ')
    .replaceAll(INLINE, '')
    .replaceAll(/<[^>]*>/gu, '\n')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => line.replace(/^ +| +$/gu, ''))
    .filter((line) => line !== '')
}

const departments: Departments = { of: () => ['35'], name: () => 'Ille-et-Vilaine' }

/** Every page over all EPCI. */
function pagesOf(reports: readonly EpciReport[], over: ReturnType<typeof alerts>): SafeHtml[] {
  const rows = reports.map((report, at) => {
    const officers = [null, [], ['Ana Bihan'], ['Ana Bihan', 'Yann Le Goff']][at % 4]!
    return { report, departments: ['35'], officers, mine: at % 2 === 0 }
  })
  const filters = filtersOf(rows, departments)
  const asked = readQuery(
    { q: 'pays', alerte: 'late', type: 'aucun', page: 'x', autre: '1', tri: 'rien' },
    filters,
  )
  const list = { ...{ path: '/epcis', rows, filters, departments }, ...asked }
  const all = { ...list, ...readQuery({}, filters) }
  const shown = { visitor: VISITOR, reports, whose: '', alerts: over, computed: '' }
  const scope = { visitor: VISITOR, path: '/x', rows, own: true, told: true }
  const person = {
    name: 'Léa',
    kind: 'associative',
    organisation: 'Le lieu',
    email: 'a@b.fr',
    phone: '02 99 00 00 00',
  } as const
  const contacts = {
    listed: [{ name: 'Ana Bihan', daysPerMonth: 4, email: null }],
    bySiren: new Map<string, string>(),
    referents: new Map(reports.map(({ siren }) => [siren, [person]])),
  }
  const before = new Map(
    reports.map((one, at) => [
      one.siren,
      {
        ...reports[(at + 1) % reports.length]!,
        recommended: 'outil',
        confidence: 'low',
        prefilled: 1,
        expected: null,
      },
    ]),
  )
  const since = { day: '2026-04-20', refused: null, usual: [], only: null }
  return [
    dashboardPage({ ...shown, list }),
    dashboardPage({ ...shown, list: all }),
    riskPage(scope, '2026-05-20'),
    diagnosticsPage(scope, contacts),
    diagnosticsPage(scope, null),
    nextPage(scope, nextRows(rows), new Map([[12, 'Médiathèque']]), new Map([[12, 'https://n.example']])),
    changesPage(scope, since, before),
    loadPage(scope, contacts),
    typologyPage(scope, rules.typology),
    choicesPage(scope),
  ]
}

/** A line of a terminal without what aligns it. */
const aligned = (line: string) => line.trim().replaceAll(/ {2,}/gu, ' ')

function contextOf(report: EpciReport, others: readonly EpciReport[], before: EpciReport) {
  const momentOf = (one: EpciReport) => {
    const set = { fingerprint: one.rules, files: {}, decides: rules }
    return { ...snapshotOf(one), rules: set }
  }
  const found = changesBetween(momentOf({ ...before, day: '2026-05-02' }), momentOf(report))
  const changes = { ...found, sentences: changesSentences(found, rules) }
  const fragility =
    report.population === null ? null : { score: 5.25, median: 1, components: [], source: 'IFN' }
  return {
    ...{ region: region(others), similar: similarEpcis(report, others, rules.indicators), fragility },
    ...{ changes, turned: null },
  }
}

/** All that is said of one EPCI: on its sheet, in the terminal, in cells, to those who subscribed. */
function textsOf(report: EpciReport, others: readonly EpciReport[], before: EpciReport): string[] {
  const shown = { ...report, ...contextOf(report, others, before) }
  const names = new Map([[12, 'Médiathèque']])
  const events = reportEvents(before, report, webhooks.events)
  return [
    ...linesOf(
      (['sheet', 'technical'] as const)
        .map((tab) =>
          String(
            epciSheet({
              visitor: VISITOR,
              report: shown,
              rules,
              days: [],
              names,
              proposed: PROPOSED,
              tab,
              hasForms: true,
            }),
          ),
        )
        .join('\n'),
    ),
    ...[
      ...prefillLines(report),
      ...prefillDetailLines(report),
      ...reportLines(report.recommendation, {
        ...{ referential: report.workload.referential, workload: report.workload, method: report.method },
      }),
      ...typologyLines(report.typology, rules.typology),
      ...contextLines(shown, rules),
    ].map(aligned),
    ...[report.atChoice ?? ''],
    conditionsSentence(report.conditions),
    ...events.flatMap((event) =>
      event.type === 'prefill.changed' ? [] : [sentence(event as never, webhooks)],
    ),
  ].filter((line) => line !== '')
}

describe('every text that people read of an EPCI', () => {
  it('holds the rules of French, whatever is known', () => {
    fc.assert(
      fc.property(anyReport, fc.array(anyReport, { maxLength: 3 }), anyReport, (report, others, before) => {
        const same = { ...before, siren: report.siren, name: report.name }
        expect(textsOf(report, others, same).flatMap(frenchFaults)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('names a place by its number only where its name is not known', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const named = textsOf(report, [], report).filter((line) => /Médiathèque/u.test(line))
        for (const line of named) expect(line).not.toMatch(/n° 12/u)
      }),
      { numRuns: 50 },
    )
  })
})

describe('every text that people read of all EPCI', () => {
  const nothing = { failed: 0, held: [], last: null, deliveries: [], receivers: [], mended: null }

  const { confidence } = rules.referentials
  const proposed = {
    ...rules,
    referentials: { ...rules.referentials, confidence: { ...confidence, low: 20 } },
  }

  it('holds the rules of French, however many there are', () => {
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 12 }), (reports) => {
        const over = alerts({ ...nothing, reports, now: new Date('2026-05-20T10:00:00Z'), soon: 14 })
        const texts = [
          ...pagesOf(reports, over).flatMap((page) => linesOf(String(page))),
          ...workloadLines(regionDays(reports)).map(aligned),
          ...overviewLines(typologyOverview(reports, rules.typology)).map(aligned),
          ...impactLines(rulesImpact(reports, rules, proposed), []).map(aligned),
          ...learningLines(learn(choicesOf(reports), rules)).map(aligned),
        ]
        expect(texts.flatMap(frenchFaults)).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  it('does so of what a run finds odd, and of what the brake holds, once and often', () => {
    const codes = [
      ...(['actor.no_epci', 'actor.unlinked', 'actor.other_epci', 'actor.unknown_code'] as const),
      ...(['actor.unknown_referent', 'duplicates.crowd', 'epci.no_actors', 'epci.no_siren'] as const),
      ...(['epci.repeated_siren', 'epci.unknown_siren', 'epci.dissolved', 'epci.unknown_retained'] as const),
      ...(['epci.odd_fragility', 'epci.odd_figure', 'day.no_date', 'diagnostic.no_epci'] as const),
      ...(['diagnostic.repeated_date', 'diagnostic.future_date', 'condition.unknown_code'] as const),
      'schema.renamed' as const,
    ]
    for (const times of [1, 2, 30]) {
      const list = issueLog()
      for (const code of codes) for (let at = 1; at <= times; at++) list.add(code, at)
      expect(list.all().flatMap(({ message }) => frenchFaults(message))).toEqual([])
    }
    const counts = fc.record({
      before: fc.integer({ min: 1, max: 3000 }),
      now: fc.nat(2),
      rows: fc.integer({ min: 1, max: 40 }),
    })
    fc.assert(
      fc.property(counts, ({ before, now, rows }) => {
        const reasons = [
          { code: 'rows.missing', table: 'actors', before, now },
          { code: 'column.emptied', table: 'actors', column: 'epci', before, now },
          { code: 'recommendations.turned', epcis: before, turned: 1 + now },
        ] as const
        const title = (table: string, column: string | null) => column ?? table
        const texts = [
          ...reasons.map((reason) => brakeSentence(reason, title)),
          ...heldSentence(reasons, { rows, cells: rows + now }, title).split('\n'),
          ...(['accepted', 'mended'] as const).map(releasedSentence),
        ]
        expect(texts.flatMap(frenchFaults)).toEqual([])
      }),
    )
  })
})
